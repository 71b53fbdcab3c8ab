import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { projectCode } from '../src/domain/project.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { ExtendRefusal } from '../src/usecases/extend-deadline.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { CallRefusal } from '../src/usecases/organized-call.ts';
import type { ReopenRefusal } from '../src/usecases/reopen-project.ts';

type Reason = CallRefusal | ExtendRefusal | ReopenRefusal | 'deadline-changed';

const TEXTS: Readonly<Record<Reason, Text>> = {
  'not-allowed': {
    zh: '只有这个活动的主办方可以这样做，没有做任何改动。',
    en: 'Only the organizers of that event can do this. Nothing was changed.',
  },
  'no-call': {
    zh: '这个活动没有征集项目。',
    en: 'That event does not call for projects.',
  },
  'unknown-project': {
    zh: '没有找到项目 {code}。发送“缺材料”可查看还没有完成的项目。',
    en: 'There is no project {code}. Send “late” to see those that are not complete.',
  },
  decided: {
    zh: '{code} 的审核结果已经公布，不需要再调整截止时间，没有做任何改动。',
    en: 'The decision on {code} has been published, so deadlines matter to it no more. Nothing was changed.',
  },
  withdrawn: {
    zh: '{code} 已由团队撤回。要让团队继续修改，请发送“重新开放 {code}”。',
    en: 'The team has withdrawn {code}. To let them go on with it, send “reopen {code}”.',
  },
  past: {
    zh: '这个时间已经过去，没有做任何改动。请写一个将来的时间。',
    en: 'That time has passed, so nothing was changed. Please give one that is still to come.',
  },
  'not-later': {
    zh: '这个时间不晚于活动的截止时间（{until}），没有做任何改动。请写一个更晚的时间。',
    en: 'That is no later than the deadline of the event ({until}), so nothing was changed. Please give a later time.',
  },
  'deadline-changed': {
    zh: '截止时间刚刚被改为 {until}，没有再做改动。需要时请重新发送。',
    en: 'Somebody has just set the deadline to {until}; nothing else was changed. Send it again if need be.',
  },
  open: {
    zh: '{code} 本来就可以修改，没有做任何改动。要给团队更多时间，请发送“延期 {code} 2天”。',
    en: 'The team can change {code} as it is, so nothing was changed. To give them more time, send “extend {code} 2d”.',
  },
  'accepted-soon': {
    zh: '{code} 已决定通过，审核结果还没有公布，没有做任何改动。请先撤销决定或公布结果。',
    en: '{code} was accepted, and that has yet to be published. Please take that decision back or publish it first; nothing was changed.',
  },
  'not-reopened': {
    zh: '{code} 没有重新开放过，或团队已经再次提交，没有做任何改动。',
    en: '{code} was not reopened, or the team has submitted it again. Nothing was changed.',
  },
};

const isReason = (reason: string): reason is Reason => Object.hasOwn(TEXTS, reason);

/** Why nothing was done about a deadline. */
export function tellDeadlineRefusal(
  { reason, data }: Extract<Outcome, { ok: false }>,
  { lang }: Context<Facts>,
  { input }: Effect,
): Told {
  if (!isReason(reason))
    throw new Error(`expected a refusal that flows/deadline-refusals.ts knows, received ${reason}`);
  const { event } = (data ?? {}) as { readonly event?: Event };
  const until = event?.call ? formatWhen(event.call.closesAt, event.zone, lang) : '';
  const code = typeof input.number === 'number' ? projectCode({ number: input.number }) : '';
  return { replies: [{ kind: 'say', text: fill(TEXTS[reason], lang, { code, until }) }] };
}
