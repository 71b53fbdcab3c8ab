import type { Action, Command, Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isReviewer } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { type Project, projectCode, projectNumber, titleOf } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Stored } from '../src/usecases/alter-project.ts';
import type { Facts, MyProject } from '../src/usecases/load-facts.ts';
import type { OpenedProject } from '../src/usecases/open-project.ts';
import { byCode } from './facts.ts';
import { memberCard, openedCard } from './project-shown.ts';
import { team } from './project-team.ts';
import { STATE_WORDS } from './project-words.ts';
import { closedText, lockedText, openCalls, referenceOf } from './submission-context.ts';
import { type Teller, tellLocked } from './submission-tellers.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  unknownEvent: {
    zh: '没有找到征集项目的活动“{code}”。请点选活动，或发送“提交项目”。',
    en: 'There is no event “{code}” that takes projects. Tap one, or send “submit”.',
  },
  drafts: {
    zh: '您有还没提交的项目。要继续填写，还是新建一个？',
    en: 'You have projects that are not submitted yet. Would you like to go on with one, or begin another?',
  },
  continues: { zh: '继续：{code} {title}', en: 'Continue: {code} {title}' },
  another: { zh: '新建项目', en: 'Begin another' },
  submitFor: { zh: '提交项目：{title}', en: 'Submit for: {title}' },
  none: {
    zh: '您还没有项目。发送“提交项目”即可开始。',
    en: 'You have no project yet. Send “submit” to begin one.',
  },
  list: { zh: '这些是您的项目：', en: 'These are your projects:' },
  item: { zh: '{code} {title}（{state}）', en: '{code} {title} ({state})' },
  unknown: {
    zh: '没有找到项目“{code}”，或您无权查看。发送“我的项目”可查看您的项目。',
    en: 'There is no project “{code}” that you can see. Send “projects” for your own.',
  },
  which: {
    zh: '有几个项目的编号都是 {code}，是哪一个？',
    en: 'There are several projects {code}. Which one?',
  },
  sureWithdraw: {
    zh: '确定撤回项目 {code} 吗？撤回后不再参加审核，填过的内容都会保留。截止前可发送“恢复项目 {code}”恢复，截止后需请主办方重新开放。',
    en: 'Do you really want to withdraw project {code}? It will not be reviewed; everything you wrote is kept. Until the deadline “restore {code}” brings it back, after that the organizers can.',
  },
  yes: { zh: '确定撤回', en: 'Yes, withdraw it' },
  no: { zh: '保留', en: 'Keep it' },
  kept: { zh: '好的，没有改动。', en: 'Fine, nothing was changed.' },
  withdrawn: {
    zh: '项目 {code} 已撤回。截止前发送“恢复项目 {code}”可恢复。',
    en: 'Project {code} is withdrawn. Until the deadline, send “restore {code}” to bring it back.',
  },
  restored: { zh: '项目 {code} 已恢复：{state}。', en: 'Project {code} is back: {state}.' },
  restore: { zh: '恢复', en: 'Restore' },
  show: { zh: '查看项目', en: 'View it' },
} as const satisfies Record<string, Text>;

const NEW = ['new', '新建'];

/** What follows a command about a project: its number, perhaps its event, and more. */
interface Named {
  readonly number: number | undefined;
  readonly event: string | undefined;
  readonly rest: readonly string[];
}

function namedIn(argument: string, { facts }: C): Named {
  const [first = '', ...words] = fold(argument).split(' ');
  const codes = [...facts.events, ...facts.projects].map(({ event }) => event.code);
  const hasEvent = words[0] !== undefined && codes.includes(words[0]);
  return {
    number: projectNumber(first),
    event: hasEvent ? words[0] : undefined,
    rest: hasEvent ? words.slice(1) : words,
  };
}

function mineBy({ number, event }: Named, { facts }: C): readonly MyProject[] {
  return facts.projects.filter(
    (one) => one.project.number === number && (event === undefined || one.event.code === event),
  );
}

/** Does something with the project of the person that is named, or the only one there is; else asks which. */
function ofMine(
  argument: string,
  c: C,
  verb: string,
  act: (mine: MyProject, rest: readonly string[]) => Action,
): Action {
  const { facts, lang } = c;
  if (facts.projects.length === 0) return tell(TEXTS.none, c);
  const named = namedIn(argument, c);
  const found = argument === '' ? facts.projects : mineBy(named, c);
  const [only, ...more] = found;
  if (!only) return tell(TEXTS.unknown, c, { code: [...argument].slice(0, 20).join('') });
  if (more.length === 0) return act(only, named.rest);
  const text =
    argument === '' ? TEXTS.list[lang] : fill(TEXTS.which, lang, { code: projectCode(only.project) });
  return offer(
    text,
    found.map((one) => listed(one, verb, c)),
  );
}

function listed({ project }: MyProject, verb: string, c: C): Choice {
  const { lang } = c;
  const label = fill(TEXTS.item, lang, {
    code: referenceOf(project, c),
    title: titleOf(project, lang),
    state: STATE_WORDS[project.state][lang],
  });
  return { value: `${verb} ${referenceOf(project, c)}`, label };
}

function submit(argument: string, c: C): Action {
  const { facts, lang } = c;
  const words = fold(argument).split(' ');
  const isNew = NEW.includes(words.at(-1) ?? '');
  const code = (isNew ? words.slice(0, -1) : words).join(' ');
  const found = code === '' ? undefined : byCode(facts, code)?.event;
  if (code !== '' && !found?.call) return unknownEvent(code, c);
  const closed = found && closedText(found, c);
  if (closed) return { replies: [{ kind: 'say', text: closed }] };
  const drafts = facts.projects.filter(
    (one) =>
      ['draft', 'changes-requested'].includes(one.project.state) &&
      (!found || one.event.id === found.id) &&
      lockedText(one, c) === undefined,
  );
  if (isNew || drafts.length === 0) return start(found);
  return offer(TEXTS.drafts[lang], [
    ...drafts.map(({ project }) => ({
      value: `edit ${referenceOf(project, c)}`,
      label: fill(TEXTS.continues, lang, { code: projectCode(project), title: titleOf(project, lang) }),
    })),
    { value: found ? `submit ${found.code} new` : 'submit new', label: TEXTS.another[lang] },
  ]);
}

function start(event: Event | undefined): Action {
  const raw = event && { event: { kind: 'picked' as const, values: [event.id] } };
  return { start: { flow: 'submission', ...(raw && { raw }) } };
}

function unknownEvent(code: string, { facts, lang }: C): Action {
  const text = fill(TEXTS.unknownEvent, lang, { code: [...code].slice(0, 40).join('') });
  return offer(text, submitChoices(facts, lang));
}

/** To begin a project for each event that takes them now. */
export function submitChoices(facts: Facts, lang: C['lang']): Choice[] {
  return openCalls(facts).map(({ code, title }) => ({
    value: `submit ${code}`,
    label: fill(TEXTS.submitFor, lang, { title: title[lang] }),
  }));
}

function show(argument: string, c: C): Action {
  if (argument === '') return listMine(c);
  const named = namedIn(argument, c);
  if (mineBy(named, c).length > 0) return ofMine(argument, c, 'project', (mine) => memberCard(mine, c));
  if (named.number === undefined)
    return tell(TEXTS.unknown, c, { code: [...argument].slice(0, 20).join('') });
  return { effect: { kind: 'open-project', input: { number: named.number, event: named.event ?? null } } };
}

function listMine(c: C): Action {
  const { facts, lang } = c;
  if (facts.projects.length === 0) return tell(TEXTS.none, c);
  return offer(
    TEXTS.list[lang],
    facts.projects.map((one) => listed(one, 'project', c)),
  );
}

function edit(argument: string, c: C): Action {
  return ofMine(argument, c, 'edit', (mine) => {
    const locked = lockedText(mine, c);
    if (locked) return { replies: [{ kind: 'say', text: locked }] };
    return { start: { flow: 'edit-project', raw: { project: { kind: 'text', text: mine.project.id } } } };
  });
}

function withdraw(argument: string, c: C): Action {
  return ofMine(argument, c, 'withdraw', ({ project }, [sure]) => {
    const ref = referenceOf(project, c);
    if (sure === 'yes') return { effect: { kind: 'withdraw-project', input: { project: project.id } } };
    if (sure === 'no') return tell(TEXTS.kept, c);
    return offer(fill(TEXTS.sureWithdraw, c.lang, { code: ref }), [
      { value: `withdraw ${ref} yes`, label: TEXTS.yes[c.lang] },
      { value: `withdraw ${ref} no`, label: TEXTS.no[c.lang] },
    ]);
  });
}

const restore = (argument: string, c: C): Action =>
  ofMine(argument, c, 'restore', ({ project }) => ({
    effect: { kind: 'restore-project', input: { project: project.id } },
  }));

const knowsMine = (argument: string, c: C): boolean => mineBy(namedIn(argument, c), c).length > 0;

/** Projects: begun, looked at, changed and taken back by their teams. */
export const projectCommands: readonly Command<Facts>[] = [
  {
    id: 'submit',
    words: { zh: ['提交项目', '提交'], en: ['submit'] },
    argument: true,
    knows: (argument, { facts }) => byCode(facts, fold(argument).split(' ')[0] ?? '')?.event.call != null,
    run: submit,
  },
  {
    id: 'projects',
    words: { zh: ['我的项目'], en: ['projects', 'my projects'] },
    run: (_, c) => listMine(c),
  },
  {
    id: 'project',
    words: { zh: ['项目'], en: ['project'] },
    argument: true,
    knows: (argument, c) =>
      knowsMine(argument, c) || (isReviewer(c.facts.grants) && namedIn(argument, c).number !== undefined),
    run: show,
  },
  { id: 'edit', words: { zh: ['修改项目'], en: ['edit'] }, argument: true, knows: knowsMine, run: edit },
  {
    id: 'withdraw',
    words: { zh: ['撤回项目', '撤回'], en: ['withdraw'] },
    argument: true,
    knows: knowsMine,
    run: withdraw,
  },
  {
    id: 'restore',
    words: { zh: ['恢复项目'], en: ['restore'] },
    argument: true,
    knows: knowsMine,
    run: restore,
  },
  {
    id: 'team',
    words: { zh: ['队友'], en: ['team'] },
    argument: true,
    knows: knowsMine,
    run: (argument, c) => ofMine(argument, c, 'team', (mine, rest) => team(mine, rest, c)),
  },
];

const telling =
  (told: (stored: Stored, c: C) => ReturnType<Teller>): Teller =>
  (outcome, c) =>
    outcome.ok ? told(outcome.data as Stored, c) : (tellLocked(outcome, c) ?? tell(TEXTS.none, c));

const refOf = ({ project }: { project: Project }, c: C): string => referenceOf(project, c);

/** What is told of projects, by effect. */
export const projectTellers: Readonly<Record<string, Teller>> = {
  'open-project': (outcome, c, { input }) => {
    if (outcome.ok) return { replies: openedCard(outcome.data as OpenedProject, c) };
    const code = projectCode({ number: Number(input.number) });
    if (outcome.reason !== 'which-event') return tell(TEXTS.unknown, c, { code });
    const { events } = outcome.data as { events: readonly Event[] };
    return offer(
      fill(TEXTS.which, c.lang, { code }),
      events.map((event) => ({ value: `project ${code} ${event.code}`, label: event.title[c.lang] })),
    );
  },
  'withdraw-project': telling((stored, c) =>
    offer(fill(TEXTS.withdrawn, c.lang, { code: refOf(stored, c) }), [
      { value: `restore ${refOf(stored, c)}`, label: TEXTS.restore[c.lang] },
    ]),
  ),
  'restore-project': telling((stored, c) =>
    offer(
      fill(TEXTS.restored, c.lang, {
        code: refOf(stored, c),
        state: STATE_WORDS[stored.project.state][c.lang],
      }),
      [{ value: `project ${refOf(stored, c)}`, label: TEXTS.show[c.lang] }],
    ),
  ),
};
