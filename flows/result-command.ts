import type { Action, Command, Context } from '../src/conversation/flow.ts';
import type { Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { namesTrack, projectsIn, trackIn } from './result-words.ts';
import { tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  reopen: {
    zh: '请写明项目、评委序号和原因，例如：重开评分表 P03 J2 录入有误',
    en: 'Please name the project, the judge’s number and the reason, for example: reopen sheet P03 J2 typing error',
  },
  decide: {
    zh: '请按裁定的先后写明并列的项目和理由，例如：裁定 P03 P05 评委合议',
    en: 'Please name the tied projects, the first one first, and the reason, for example: decide P03 P05 the panel agreed',
  },
  award: {
    zh: '请写明项目和奖项，例如：授奖 P05 最具投资价值奖；取消请发送：授奖 P05 取消',
    en: 'Please name the project and the award, for example: award P05 Best investment. To take it back: award P05 none',
  },
  tooLong: {
    zh: '太长：收到 {length, number} 字，上限 {max, number} 字。请精简后重新发送。',
    en: 'That is too long: {length, number} characters, and at most {max, number} are possible. Please send a shorter one.',
  },
} as const satisfies Record<string, Text>;

/** Bounds of a reason and of an award's name: the same as what carries them out has. */
const REASON_MAX = 200;
const AWARD_MAX = 60;

const effect = (kind: string, input: Record<string, unknown>): Action => ({ effect: { kind, input } });

const lengthOf = (said: string): number => [...said].length;

/** Of a track: what is not a track that is known is handed on, so that those that are known can be told. */
function ofTrack(argument: string, c: C) {
  const { event, track, rest } = trackIn(argument, c);
  return { event, track: track ?? (/^[a-z0-9][a-z0-9-]{0,31}$/u.test(rest) ? rest : null), rest };
}

const shows = (kind: string) => (argument: string, c: C) => {
  const { event, track } = ofTrack(argument, c);
  return effect(kind, { event, track });
};

/** `lock main`, and with sheets missing `lock main 3`. */
function lock(argument: string, c: C): Action {
  const { event, track, rest } = trackIn(argument, c);
  const missing = /^\d{1,6}$/u.test(rest) ? Number(rest) : null;
  return effect('lock-track', { event, track, missing });
}

const JUDGE = /^(?:j|评委 ?)0*(?<judge>[1-9]\d{0,2})[ ,，:：]+(?<reason>.+)$/isu;

function reopen(argument: string, c: C): Action {
  const { event, numbers, rest } = projectsIn(argument, c);
  const found = JUDGE.exec(rest)?.groups;
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0 || !found) return tell(TEXTS.reopen, c);
  const reason = (found.reason ?? '').trim();
  if (lengthOf(reason) > REASON_MAX)
    return tell(TEXTS.tooLong, c, { length: lengthOf(reason), max: REASON_MAX });
  return effect('reopen-sheet', { event, number, judge: Number(found.judge), reason });
}

function decide(argument: string, c: C): Action {
  const { event, numbers, rest } = projectsIn(argument, c);
  const unique = new Set(numbers);
  if (unique.size < 2 || unique.size < numbers.length || unique.size > 20 || rest === '')
    return tell(TEXTS.decide, c);
  if (lengthOf(rest) > REASON_MAX) return tell(TEXTS.tooLong, c, { length: lengthOf(rest), max: REASON_MAX });
  return effect('decide-tie', { event, numbers, reason: rest });
}

const QUOTES = /^["'“”‘’「」《》]+|["'“”‘’「」《》]+$/gu;
const NONE = ['none', '取消', '无'];

function award(argument: string, c: C): Action {
  const { event, numbers, rest } = projectsIn(argument, c);
  const name = rest.replace(QUOTES, '').replace(/\s+/gu, ' ').trim();
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0 || name === '') return tell(TEXTS.award, c);
  if (lengthOf(name) > AWARD_MAX) return tell(TEXTS.tooLong, c, { length: lengthOf(name), max: AWARD_MAX });
  return effect('award', { event, number, name: NONE.includes(name.toLowerCase()) ? null : name });
}

/** `publish results main`, which shows it, and `publish results fair main r7`, which does it. */
function publish(argument: string, c: C): Action {
  const { event, track, rest } = trackIn(argument, c);
  const seen = /^r(?<seen>\d{1,9})$/u.exec(rest)?.groups?.seen;
  const named = track ?? (/^[a-z0-9][a-z0-9-]{0,31}$/u.test(rest) && seen === undefined ? rest : null);
  return effect('publish-results', { event, track: named, seen: seen === undefined ? null : Number(seen) });
}

function announce(argument: string, c: C): Action {
  return effect('announce-results', { event: trackIn(argument, c).event });
}

const knowsProject = (argument: string, c: C): boolean => projectsIn(argument, c).numbers.length > 0;

/** What is said about standings, locking and publishing. Who may is for what carries it out to say. */
export const resultCommands: readonly Command<Facts>[] = [
  {
    id: 'standing',
    words: { zh: ['排名'], en: ['standing', 'standings'] },
    argument: true,
    knows: namesTrack,
    run: shows('standing'),
  },
  {
    id: 'progress',
    words: { zh: ['打分进度'], en: ['progress'] },
    argument: true,
    knows: namesTrack,
    run: shows('progress'),
  },
  {
    id: 'lock-track',
    words: { zh: ['锁定打分', '锁定'], en: ['lock track', 'lock'] },
    argument: true,
    knows: namesTrack,
    run: lock,
  },
  {
    id: 'reopen-sheet',
    words: { zh: ['重开评分表', '重开 评分表'], en: ['reopen sheet'] },
    argument: true,
    knows: knowsProject,
    run: reopen,
  },
  {
    id: 'decide-tie',
    words: { zh: ['裁定'], en: ['decide'] },
    argument: true,
    knows: knowsProject,
    run: decide,
  },
  { id: 'award', words: { zh: ['授奖'], en: ['award'] }, argument: true, knows: knowsProject, run: award },
  {
    id: 'publish-results',
    words: { zh: ['公布结果', '公布成绩'], en: ['publish results'] },
    argument: true,
    knows: namesTrack,
    run: publish,
  },
  {
    id: 'announce-results',
    words: { zh: ['发布结果通知'], en: ['announce results'] },
    argument: true,
    knows: namesTrack,
    run: announce,
  },
];
