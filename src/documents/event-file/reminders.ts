import { dueAt, type ReminderRule, reminderRuleSchema } from '../../domain/reminder.ts';
import { Fields } from './fields.ts';
import { readLead, readMoment, writeLead, writeMoment } from './moment.ts';
import { code, number, oneOf, type Reader } from './readers.ts';
import type { Source, Spot } from './source.ts';

const KEYS = ['id', 'before', 'daysBefore', 'at', 'of'];
const OF = ['event', 'session'] as const;
const [BEFORE, AT] = reminderRuleSchema.options;

type Before = Extract<ReminderRule, { kind: 'before' }>;
type At = Extract<ReminderRule, { kind: 'at' }>;

/** The id of a rule that is written without one: told by what it says, so that moving it in the list keeps it. */
export function defaultId(rule: ReminderRule): string {
  const what =
    rule.kind === 'before'
      ? `before-${writeLead(rule)}`
      : `before-${rule.daysBefore}d-at-${rule.time.replace(':', '')}`;
  return rule.of === 'session' ? `session-${what}` : what;
}

/** A rule with the id that it has when none is written. */
export const named = (rule: ReminderRule): ReminderRule => ({ ...rule, id: defaultId(rule) });

/** Of an event whose file says nothing of reminders: a week before, the evening before, an hour before. */
export const DEFAULT_REMINDERS: ReminderRule[] = [
  named({ id: '', kind: 'before', of: 'event', days: 7, minutes: 0 }),
  named({ id: '', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' }),
  named({ id: '', kind: 'before', of: 'event', days: 0, minutes: 60 }),
];

/** What rules are checked against: starts that are not known (refused elsewhere) are undefined. */
export interface Starts {
  readonly zone: string | undefined;
  readonly event: Date | undefined;
  readonly sessions: readonly Date[] | undefined;
}

export function reminder(starts: Starts): Reader<ReminderRule> {
  return (source, spot) => {
    const shape = 'a reminder such as { before: 1h } or { daysBefore: 1, at: "18:00" }';
    const fields = Fields.read(source, spot, KEYS, shape);
    if (!fields) return undefined;
    const isBefore = fields.has('before');
    const isAt = fields.has('daysBefore') || fields.has('at');
    if (isBefore === isAt) {
      const received = isBefore ? 'both' : 'neither';
      source.refuse(spot, `expected either before (such as 7d), or daysBefore and at, received ${received}`);
    }
    const of = fields.optional('of', 'event' as const, oneOf(OF));
    const id = fields.has('id') ? fields.required('id', code) : '';
    if (of === undefined || id === undefined || isBefore === isAt) return undefined;
    const rule = isBefore ? before(fields, of) : at(fields, of);
    if (!rule) return undefined;
    refuseNeverBefore(source, spot, rule, starts);
    return { ...rule, id: id || defaultId(rule) };
  };
}

const lead: Reader<Pick<Before, 'days' | 'minutes'>> = (source, spot) => {
  const read = readLead(source.written(spot) ?? '');
  const valid = BEFORE.pick({ days: true, minutes: true }).safeParse(read);
  if (valid.success) return valid.data;
  const { days, minutes } = BEFORE.shape;
  const most = `at most ${days.maxValue}d, and ${Number(minutes.maxValue) / 60}h beside whole days`;
  return source.expected(spot, read ? most : 'a span such as 7d, 2h or 1h30m');
};

function before(fields: Fields, of: ReminderRule['of']): Before | undefined {
  const span = fields.required('before', lead);
  return span && { id: '', kind: 'before', of, ...span };
}

const clock: Reader<string> = (source, spot) => {
  const moment = readMoment(source.written(spot) ?? '');
  const isWhole = moment?.kind === 'clock' && moment.clock.second === 0 && moment.clock.millisecond === 0;
  if (!isWhole) return source.expected(spot, 'a local time such as "18:00"');
  return [moment.clock.hour, moment.clock.minute].map((part) => String(part).padStart(2, '0')).join(':');
};

function at(fields: Fields, of: ReminderRule['of']): At | undefined {
  const daysBefore = fields.required('daysBefore', number(AT.shape.daysBefore));
  const time = fields.required('at', clock);
  return daysBefore === undefined || time === undefined
    ? undefined
    : { id: '', kind: 'at', of, daysBefore, time };
}

function refuseNeverBefore(source: Source, spot: Spot, rule: ReminderRule, starts: Starts): void {
  const { zone } = starts;
  const known = rule.of === 'event' ? starts.event && [starts.event] : starts.sessions;
  if (!zone || !known) return;
  if (known.some((start) => dueAt(rule, start, zone) < start)) return;
  const [first] = known;
  const received = first
    ? `${writeMoment(dueAt(rule, first, zone), zone)} for the start at ${writeMoment(first, zone)}`
    : 'a reminder of sessions without any session';
  source.refuse(spot, `expected a reminder that falls before its start, received ${received}`);
}
