import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import type { Event } from '../src/domain/event.ts';
import { type Project, projectCode, projectNumber, titleOf } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts, MyProject } from '../src/usecases/load-facts.ts';
import type { ManualStand } from '../src/usecases/manual-editions.ts';
import { tellManualRefusal } from './manual.ts';
import { aboutEvent, calledEvents, wordsAfterEvent } from './manual-events.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  stand: {
    zh: '“{title}”项目手册校样：已确认 {approved}，待更正 {corrected}，未答复 {silent}，未发送 {unsent}。{corrections}{waiting}',
    en: 'Proofs of the manual of “{title}”: {approved} approved, {corrected} to correct, {silent} not answered, {unsent} not sent.{corrections}{waiting}',
  },
  correction: { zh: '\n{code} {title}：{text}', en: '\n{code} {title}: {text}' },
  waiting: { zh: '\n未答复：{codes}', en: '\nNot answered: {codes}' },
  send: { zh: '发送校样', en: 'Send the proofs' },
  again: { zh: '更正后重发 {code}', en: 'Send {code} again, corrected' },
  sent: {
    zh: '{asked, plural, =0 {没有需要校对的项目。} other {已向 # 个项目的团队发送校样。}}',
    en: '{asked, plural, =0 {There is no project left to ask.} one {The team of # project is asked.} other {The teams of # projects are asked.}}',
  },
  approved: {
    zh: '谢谢，{code} 的页面已确认。之后发现问题仍可发送“勘误 {code} 内容”。',
    en: 'Thank you, the page of {code} is approved. If you still find something, send “fix {code}” and what to correct.',
  },
  corrected: {
    zh: '已收到对 {code} 的勘误，主办方处理后会再发校样给您。',
    en: 'Your correction of {code} is with the organizers. You will get the page again once it is done.',
  },
  whichApprove: {
    zh: '请写明项目编号，例如：确认 P03',
    en: 'Please name the project, for example: ok P03',
  },
  whichFix: {
    zh: '请写明项目编号和要更正的内容，例如：勘误 P03 单位名称应为……',
    en: 'Please name the project and what to correct, for example: fix P03 the name of the institute is …',
  },
  'unknown-project': {
    zh: '没有找到这个项目，或您不是它的团队成员。',
    en: 'There is no such project, or you are not a member of its team.',
  },
  'not-asked': {
    zh: '这个项目目前没有待校对的页面。',
    en: 'No page of that project is to be checked at present.',
  },
} as const satisfies Record<string, Text>;

const LISTED = 12;

function proofs(argument: string, c: C): Action {
  return aboutEvent(argument, 'proofs', c, (event, [first = '', second = '']) => {
    const sends = ['send', '发送', 'again', '重发'].includes(fold(first));
    if (!sends) return { effect: { kind: 'show-proofs', input: { event: event.id } } };
    const number = projectNumber(second) ?? null;
    return { effect: { kind: 'send-proofs', input: { event: event.id, number } } };
  });
}

/** The person's project that words begin with, and the words after it. */
function mine(argument: string, { facts }: C): { project: MyProject; rest: string } | undefined {
  const events = facts.projects.map(({ event }) => event);
  const { event, words } = wordsAfterEvent(argument, events);
  const number = projectNumber(words[0] ?? '');
  const fits = facts.projects.filter(
    (one) => one.project.number === number && (!event || one.event.id === event.id),
  );
  // Of two with the same code it is the one whose page was sent.
  const project = fits.find((one) => one.project.proof !== null) ?? fits[0];
  const code = words[0] ?? '';
  return project && { project, rest: argument.slice(argument.indexOf(code) + code.length).trim() };
}

const isMine = (argument: string, c: C): boolean => mine(argument, c)?.project.project.proof != null;

/** “Ok” alone is said of many things; with the code of a project it is meant of its page. */
const APPROVES = /^(?:ok\s+(?:[a-z0-9-]+\s+)?|确认\s*(?:[a-z0-9-]+\s+)?)(?:p|项目)\s*\d{1,5}号?$/iu;
const named = (written: string): string =>
  APPROVES.test(written) ? written.replace(/^(?:ok|确认)\s*/iu, '') : written;

export const proofCommands: readonly Command<Facts>[] = [
  {
    id: 'proofs',
    words: { zh: ['校样'], en: ['proofs'] },
    argument: true,
    knows: (argument, c) => wordsAfterEvent(argument, calledEvents(c)).event !== undefined,
    run: proofs,
  },
  {
    id: 'send-proofs',
    words: { zh: ['发送校样'], en: ['send proofs'] },
    argument: true,
    knows: (argument, c) => wordsAfterEvent(argument, calledEvents(c)).event !== undefined,
    run: (argument, c) =>
      aboutEvent(argument, 'send proofs', c, ({ code }, words) =>
        proofs([code, 'send', ...words].join(' '), c),
      ),
  },
  {
    id: 'ok',
    words: { zh: ['确认校样'], en: ['approve'] },
    argument: true,
    means: (said) => APPROVES.test(said),
    knows: (argument, c) => isMine(named(argument), c),
    run(written, c) {
      const argument = named(written);
      const found = mine(argument, c);
      if (!found) return tell(argument.trim() === '' ? TEXTS.whichApprove : TEXTS['unknown-project'], c);
      return answer(found.project, null);
    },
  },
  {
    id: 'fix',
    words: { zh: ['勘误'], en: ['fix'] },
    argument: true,
    knows: isMine,
    run(argument, c) {
      const found = mine(argument, c);
      if (!found && argument.trim() !== '') return tell(TEXTS['unknown-project'], c);
      return found && found.rest !== '' ? answer(found.project, found.rest) : tell(TEXTS.whichFix, c);
    },
  },
];

const answer = ({ project }: MyProject, text: string | null): Action => ({
  effect: { kind: 'answer-proof', input: { project: project.id, text } },
});

function tellProofs({ event, projects }: ManualStand, c: C): Told {
  const { lang } = c;
  const of = (state: string | undefined) => projects.filter(({ proof }) => proof?.state === state);
  const [corrected, silent] = [of('corrected'), of('asked')];
  const text = fill(TEXTS.stand, lang, {
    title: event.title[lang],
    approved: of('approved').length,
    corrected: corrected.length,
    silent: silent.length,
    unsent: of(undefined).length,
    corrections: corrected
      .slice(0, LISTED)
      .map((one) => correctionLine(one, c))
      .join(''),
    waiting: silent.length > 0 ? fill(TEXTS.waiting, lang, { codes: silent.map(projectCode).join(' ') }) : '',
  });
  const choices = [
    ...(projects.length > of('approved').length
      ? [{ value: `proofs ${event.code} send`, label: TEXTS.send[lang] }]
      : []),
    ...corrected.slice(0, LISTED).map((one) => ({
      value: `proofs ${event.code} again ${projectCode(one)}`,
      label: fill(TEXTS.again, lang, { code: projectCode(one) }),
    })),
  ];
  return offer(text, choices);
}

const correctionLine = (project: Project, { lang }: C): string =>
  fill(TEXTS.correction, lang, {
    code: projectCode(project),
    title: titleOf(project, lang),
    text: project.proof?.text ?? '',
  });

type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const REFUSED: Readonly<Record<string, Text>> = {
  'unknown-project': TEXTS['unknown-project'],
  'not-asked': TEXTS['not-asked'],
  empty: TEXTS.whichFix,
};

const told =
  <T>(say: (data: T, c: C) => Told): Teller =>
  (outcome, c) => {
    if (outcome.ok) return say(outcome.data as T, c);
    const text = REFUSED[outcome.reason];
    return text ? tell(text, c) : tellManualRefusal(outcome.reason, c);
  };

export const proofTellers: Readonly<Record<string, Teller>> = {
  'show-proofs': told(tellProofs),
  'send-proofs': told(({ asked }: { event: Event; asked: number }, c) => tell(TEXTS.sent, c, { asked })),
  'answer-proof': told((project: Project, c) =>
    tell(project.proof?.state === 'approved' ? TEXTS.approved : TEXTS.corrected, c, {
      code: projectCode(project),
    }),
  ),
};
