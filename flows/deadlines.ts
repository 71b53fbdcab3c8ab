import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer, organizes } from '../src/domain/access.ts';
import { minuteAfter, REOPENED_FOR } from '../src/domain/deadline.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { projectNumber } from '../src/domain/project.ts';
import { MINUTE, writeLocal } from '../src/domain/time.ts';
import type { Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { readWanted, type Wanted } from './deadline-times.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  notAllowed: {
    zh: '只有活动主办方可以查看和调整项目的截止时间。',
    en: 'Only the organizers of an event can see and set the deadlines of projects.',
  },
  noCall: {
    zh: '目前没有征集项目的活动。',
    en: 'No event calls for projects at present.',
  },
  which: { zh: '是哪个活动？', en: 'Which event is it?' },
  howExtend: {
    zh: '请写明项目编号和时间，例如：延期 P03 2天，或：延期 P03 {example}。取消单独延期请发送：延期 P03 取消',
    en: 'Please give the number of a project and a time, for example: extend P03 2d, or: extend P03 {example}. To take an extension back: extend P03 off',
  },
  howExtendAll: {
    zh: '请写明时间，例如：全部延期 2天，或：全部延期 {example}',
    en: 'Please give a time, for example: extend all 2d, or: extend all {example}',
  },
  howReopen: {
    zh: '请写明项目编号，例如：重新开放 P03（48 小时），或：重新开放 P03 {example}',
    en: 'Please give the number of a project, for example: reopen P03 (for 48 hours), or: reopen P03 {example}',
  },
  past: {
    zh: '这个时间已经过去。请写一个将来的时间，例如：{example}',
    en: 'That time has passed. Please give one that is still to come, for example: {example}',
  },
} as const satisfies Record<string, Text>;

const OFF = /^(?:off|cancel|undo|取消|撤销|恢复)$/u;
const NOW = /^(?:now|at once|现在|立即|立刻)$/u;
const NAMED = /^(?<code>(?:p|项目)? ?\d{1,5} ?号?)(?=$|[ :,\p{Script=Han}])[ :,]*(?<rest>.*)$/u;

/** Events whose calls a person looks after, the next one first. */
function callsOf({ facts }: C): readonly CallingEvent[] {
  return facts.events.flatMap(({ event }) => {
    const { call } = event;
    return call && organizes(facts.grants, event.office) ? [{ ...event, call }] : [];
  });
}

/**
 * Does something with the event that the last word names, or with the only one there is; of several it asks which.
 * `act` gets what is left of the argument.
 */
function ofCall(
  verb: string,
  argument: string,
  c: C,
  act: (event: CallingEvent, rest: string) => Action,
): Action {
  if (!isOrganizer(c.facts.grants)) return tell(TEXTS.notAllowed, c);
  const calls = callsOf(c);
  const [first] = calls;
  if (!first) return tell(TEXTS.noCall, c);
  const said = fold(argument);
  const words = said.split(' ');
  const named = calls.find(({ code }) => words.at(-1) === code);
  if (named) return act(named, words.slice(0, -1).join(' '));
  if (calls.length === 1) return act(first, said);
  const choices = calls.map(({ code, title }) => ({
    value: [verb, said, code].filter((word) => word !== '').join(' '),
    label: title[c.lang],
  }));
  return offer(TEXTS.which[c.lang], choices);
}

const FROM = /^(?:from|从) ?(?<from>\d{1,5})$/u;
const SEND = /^(?:send|发送) ?(?<counted>\d{1,6})$/u;

function late(argument: string, c: C): Action {
  return ofCall('late', argument, c, ({ id }, rest) => ({
    effect: { kind: 'late', input: { event: id, from: Number(FROM.exec(rest)?.groups?.from ?? 1) } },
  }));
}

function chase(argument: string, c: C): Action {
  return ofCall('chase', argument, c, ({ id }, rest) => {
    const counted = SEND.exec(rest)?.groups?.counted;
    return counted === undefined
      ? { effect: { kind: 'count-chased', input: { event: id } } }
      : { effect: { kind: 'chase', input: { event: id, counted: Number(counted) } } };
  });
}

/** A time that is good as an example: the deadline's own time of day, a day later. */
function example({ call, zone }: CallingEvent, { facts }: C): string {
  const from = call.closesAt > facts.now ? call.closesAt : facts.now;
  return writeLocal(minuteAfter(from, { days: 1, minutes: 0 }, zone), zone);
}

/** What to say of a time that cannot be; undefined: it can. */
function wrongTime(wanted: Wanted, how: Text, event: CallingEvent, c: C): Action | undefined {
  if (!('wrong' in wanted)) return undefined;
  return tell(wanted.wrong === 'past' ? TEXTS.past : how, c, { example: example(event, c) });
}

function numbered(rest: string): { readonly number: number; readonly time: string } | undefined {
  const { code = '', rest: time = '' } = NAMED.exec(rest)?.groups ?? {};
  const number = projectNumber(code);
  return number === undefined ? undefined : { number, time: time.trim() };
}

function extend(argument: string, c: C): Action {
  return ofCall('extend', argument, c, (event, rest) => {
    const named = numbered(rest);
    const how = tell(TEXTS.howExtend, c, { example: example(event, c) });
    if (!named || named.time === '') return how;
    const effect = (to: unknown): Action => ({
      effect: { kind: 'extend-project', input: { event: event.id, number: named.number, to } },
    });
    if (OFF.test(named.time)) return effect(null);
    const wanted = readWanted(named.time, event, c.facts.now);
    if ('by' in wanted) return effect({ by: wanted.by });
    if ('until' in wanted) return effect({ until: wanted.until.toISOString() });
    return wrongTime(wanted, TEXTS.howExtend, event, c) ?? how;
  });
}

function extendAll(argument: string, c: C): Action {
  return ofCall('extend all', argument, c, (event, rest) => {
    const { now } = c.facts;
    const { closesAt } = event.call;
    const wanted: Wanted = NOW.test(rest) ? { until: now } : readWanted(rest, event, now);
    const wrong = wrongTime(wanted, TEXTS.howExtendAll, event, c);
    if (wrong || 'wrong' in wanted) return wrong ?? {};
    const base = closesAt > now ? closesAt : now;
    const until = 'until' in wanted ? wanted.until : minuteAfter(base, wanted.by, event.zone);
    const input = { event: event.id, from: closesAt.toISOString(), until: until.toISOString() };
    return { effect: { kind: 'extend-call', input } };
  });
}

function reopen(argument: string, c: C): Action {
  return ofCall('reopen', argument, c, (event, rest) => {
    const { now } = c.facts;
    const named = numbered(rest);
    const how = tell(TEXTS.howReopen, c, { example: example(event, c) });
    if (!named) return how;
    const effect = (until: Date | null): Action => ({
      effect: {
        kind: 'reopen-project',
        input: { event: event.id, number: named.number, until: until?.toISOString() ?? null },
      },
    });
    if (OFF.test(named.time)) return effect(null);
    const usual = { days: 0, minutes: REOPENED_FOR / MINUTE };
    const wanted = named.time === '' ? { by: usual } : readWanted(named.time, event, now);
    if ('by' in wanted) return effect(minuteAfter(now, wanted.by, event.zone));
    if ('until' in wanted) return effect(wanted.until);
    return wrongTime(wanted, TEXTS.howReopen, event, c) ?? how;
  });
}

/** Whether what follows a command names a call, or a project, of somebody who may do something about it. */
function knows(argument: string, c: C): boolean {
  const said = fold(argument);
  const last = said.split(' ').at(-1);
  return callsOf(c).some(({ code }) => code === last) || (callsOf(c).length > 0 && /^p ?\d/u.test(said));
}

/** What organizers say about deadlines. */
export const deadlineCommands: readonly Command<Facts>[] = [
  { id: 'late', words: { zh: ['缺材料', '未交'], en: ['late'] }, argument: true, knows, run: late },
  { id: 'chase', words: { zh: ['催交'], en: ['chase'] }, argument: true, knows, run: chase },
  { id: 'extend', words: { zh: ['延期'], en: ['extend'] }, argument: true, knows, run: extend },
  {
    id: 'extend-all',
    words: { zh: ['全部延期'], en: ['extend all'] },
    argument: true,
    knows,
    run: extendAll,
  },
  { id: 'reopen', words: { zh: ['重新开放'], en: ['reopen'] }, argument: true, knows, run: reopen },
];
