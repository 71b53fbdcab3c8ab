import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { isReviewer } from '../src/domain/access.ts';
import { projectCode } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { isYes, type Named, named, namesProject, noReviewer, reviewed } from './review-words.ts';
import { tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  which: {
    zh: '请写明项目编号，例如：{example}。发送“审核”可查看待审核的项目。',
    en: 'Please name the project by its code, for example: {example}. Send “review” for those that wait.',
  },
  unknownPart: {
    zh: '没有“{said}”这个活动、领域或赛道。发送“审核”可查看全部。',
    en: 'There is no event, field or track “{said}”. Send “review” to see everything.',
  },
  noText: {
    zh: '请在编号后面写上备注，例如：备注 {code} 请核实专利状态',
    en: 'Please write the note after the code, for example: note {code} patents to be checked',
  },
  tooLong: {
    zh: '太长：收到 {length, number} 字，上限 {max, number} 字。请精简后重新发送。',
    en: 'That is too long: {length, number} characters, and at most {max, number} are possible. Please send a shorter one.',
  },
  publishWhat: {
    zh: '要公布什么？请点选，或发送“公布 P03”单独公布一个项目的审核结果。',
    en: 'What would you like to publish? Tap a choice, or send “publish P03” for the decision on one project.',
  },
  decisions: { zh: '审核结果', en: 'Decisions' },
  schedule: { zh: '排期', en: 'Schedule' },
} as const satisfies Record<string, Text>;

/** The most characters of a message to a team or a note. */
export const MESSAGE_MAX = 1_000;

const effect = (kind: string, input: Record<string, unknown>): Action => ({ effect: { kind, input } });
const opening = ({ event, number }: Named, view: string): Action =>
  effect('review-project', { event, number, view });

/** What needs a project: tells who reviews nothing, and asks for the code where none is named. */
function withProject(
  argument: string,
  c: C,
  word: Text,
  event: 'after' | 'before',
  act: (one: Named) => Action,
): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const one = named(argument, c, event);
  return one ? act(one) : tell(TEXTS.which, c, { example: fill(word, c.lang) });
}

const PAGE = /(?:^| )(?:page|第) ?(?<page>\d{1,4}) ?页?$/u;

/** `review`, `review fair`, `review energy page 2`, `review P03`. */
function review(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const one = named(argument, c, 'after');
  if (one) return opening(one, 'whole');
  const said = fold(argument);
  const page = Number(PAGE.exec(said)?.groups?.page ?? 1) - 1;
  const [first = '', ...more] = said.replace(PAGE, '').trim().split(' ');
  const event = byCode(c.facts, first)?.event;
  const word = (event ? more : [first, ...more]).join(' ');
  const part = word === '' ? null : partNamed(word, c);
  if (part === undefined) return tell(TEXTS.unknownPart, c, { said: [...argument].slice(0, 40).join('') });
  const found =
    part === null ? undefined : reviewed(c).filter(({ call }) => partIn(part, call) !== undefined);
  const only = found?.length === 1 ? found[0]?.id : undefined;
  return effect('review', { event: event?.id ?? only ?? null, part, page: Math.max(0, page) });
}

type Call = ReturnType<typeof reviewed>[number]['call'];

/** The code of a field or track, by its code or its name. */
function partIn(word: string, { fields, tracks }: Call): string | undefined {
  const known = [...fields, ...tracks];
  return known.find(({ code, name }) => [code, fold(name.zh), fold(name.en)].includes(word))?.code;
}

export function partNamed(word: string, c: C): string | undefined {
  return reviewed(c)
    .map(({ call }) => partIn(fold(word), call))
    .find((code) => code !== undefined);
}

function accept(argument: string, c: C): Action {
  const named = argument.replace(/^\/?accept(?: project)?\s*/iu, '');
  return withProject(named, c, { zh: '通过 P03', en: 'accept P03' }, 'after', ({ event, number }) =>
    effect('decide-project', { event, number, verdict: 'accept', messages: [], until: null }),
  );
}

/** With the reason at once, or by a form that asks for it. */
function reject(argument: string, c: C): Action {
  return withProject(argument, c, { zh: '不通过 P03', en: 'reject P03' }, 'before', (one) => {
    const { event, number } = one;
    if (one.rest === '' || byCode(c.facts, one.rest))
      return opening({ ...one, event: event ?? byCode(c.facts, one.rest)?.event.id ?? null }, 'reject');
    const messages = [{ part: null, text: one.rest }];
    return (
      tooLong(one.rest, c) ??
      effect('decide-project', { event, number, verdict: 'reject', messages, until: null })
    );
  });
}

function changes(argument: string, c: C): Action {
  return withProject(argument, c, { zh: '要求修改 P03', en: 'changes P03' }, 'after', (one) =>
    opening(one, 'changes'),
  );
}

function tooLong(text: string, c: C): Action | undefined {
  const { length } = [...text];
  return length > MESSAGE_MAX ? tell(TEXTS.tooLong, c, { length, max: MESSAGE_MAX }) : undefined;
}

function note(argument: string, c: C): Action {
  return withProject(
    argument,
    c,
    { zh: '备注 P03 请核实专利状态', en: 'note P03 patents to be checked' },
    'before',
    (one) => {
      const { event, number, rest } = one;
      if (rest === '') return tell(TEXTS.noText, c, { code: projectCode({ number }) });
      return tooLong(rest, c) ?? effect('note-project', { event, number, text: rest });
    },
  );
}

/** Reviewers stand back from a project. */
export function conflict(argument: string, c: C): Action {
  const said = argument.replace(/^审核 ?/u, '');
  return withProject(said, c, { zh: '回避 P03', en: 'conflict P03' }, 'after', (one) => {
    const { event, number, rest } = one;
    return isYes(rest) ? effect('stand-back', { event, number }) : opening(one, 'conflict');
  });
}

function undecide(argument: string, c: C): Action {
  return withProject(argument, c, { zh: '撤销决定 P03', en: 'undecide P03' }, 'after', ({ event, number }) =>
    effect('undecide-project', { event, number }),
  );
}

const eventIn = (said: string, { facts }: C): string | null => byCode(facts, fold(said))?.event.id ?? null;

function decisions(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  return effect('decisions', { event: eventIn(argument, c) });
}

const WHAT = /^(?<what>审核结果|decisions?|排期|schedule)\s*(?<rest>.*)$/iu;
const COUNTED = /^(?<event>\S+) (?<counted>\d{1,5})$/u;

/** `publish decisions fair`, which asks, `publish decisions fair 45`, which does it; the same of a schedule; `publish P03`. */
function publish(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const one = named(argument, c, 'after');
  if (one) {
    const { event, number, rest } = one;
    return isYes(rest) ? effect('publish-decision', { event, number }) : opening(one, 'publish');
  }
  const found = WHAT.exec(argument.trim())?.groups;
  if (!found) {
    const choices = [
      { value: 'decisions', label: TEXTS.decisions[c.lang] },
      { value: 'schedule', label: TEXTS.schedule[c.lang] },
    ];
    return { replies: [{ kind: 'ask', text: TEXTS.publishWhat[c.lang], choices }] };
  }
  const isSchedule = /^(?:排期|schedule)/iu.test(found.what ?? '');
  const sure = COUNTED.exec(found.rest ?? '')?.groups;
  const event = eventIn(sure?.event ?? found.rest ?? '', c);
  if (sure && event !== null)
    return effect(isSchedule ? 'publish-schedule' : 'publish-decisions', {
      event,
      counted: Number(sure.counted),
    });
  return isSchedule ? effect('schedule', { event, track: null, page: 0 }) : effect('decisions', { event });
}

const knows = namesProject;
const isTheirs = (argument: string, c: C): boolean =>
  isReviewer(c.facts.grants) && eventIn(argument, c) !== null;

/** Projects are reviewed and decided on by reviewers and organizers, and told of by organizers. */
export const reviewCommands: readonly Command<Facts>[] = [
  {
    id: 'review',
    words: { zh: ['审核'], en: ['review'] },
    argument: true,
    knows: (argument, c) =>
      knows(argument, c) ||
      isTheirs(argument, c) ||
      (isReviewer(c.facts.grants) && partNamed(argument, c) !== undefined),
    run: review,
  },
  {
    id: 'accept-project',
    words: { zh: ['通过'], en: ['accept project'] },
    argument: true,
    // The word alone is that of a seat that is offered: a ticket never looks like the code of a project.
    means: (said) => /^accept p ?\d{1,5}(?!\w)/iu.test(said),
    knows: (argument, c) => knows(argument.replace(/^\/?accept(?: project)?\s*/iu, ''), c),
    run: accept,
  },
  { id: 'reject', words: { zh: ['不通过'], en: ['reject'] }, argument: true, knows, run: reject },
  { id: 'changes', words: { zh: ['要求修改'], en: ['changes'] }, argument: true, knows, run: changes },
  { id: 'note', words: { zh: ['备注'], en: ['note'] }, argument: true, knows, run: note },
  {
    id: 'conflict',
    words: { zh: ['回避审核'], en: ['conflict'] },
    argument: true,
    knows,
    run: conflict,
  },
  { id: 'undecide', words: { zh: ['撤销决定'], en: ['undecide'] }, argument: true, knows, run: undecide },
  {
    id: 'decisions',
    words: { zh: ['审核结果'], en: ['decisions'] },
    argument: true,
    knows: isTheirs,
    run: decisions,
  },
  {
    id: 'publish',
    words: { zh: ['公布'], en: ['publish'] },
    argument: true,
    knows: (argument, c) => knows(argument, c) || (isReviewer(c.facts.grants) && WHAT.test(argument)),
    run: publish,
  },
];
