import { z } from 'zod';
import type { Event } from './event.ts';
import { HOUR, inZone, MINUTE } from './time.ts';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected 1 to 32 of a-z, 0-9 and -');

/**
 * When to remind, relative to a start. `before` counts exact time, except whole days, which keep the local
 * clock over a change to or from daylight-saving time. `at` is a local time on an earlier day; a local time
 * that a clock change skips is moved on by the skipped hour, as clocks on the wall do.
 */
export const reminderRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    id: idSchema,
    kind: z.literal('before'),
    of: z.enum(['event', 'session']),
    days: z.int().min(0).max(365),
    minutes: z
      .int()
      .min(0)
      .max(24 * 60),
  }),
  z.strictObject({
    id: idSchema,
    kind: z.literal('at'),
    of: z.enum(['event', 'session']),
    daysBefore: z.int().min(0).max(365),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a local time such as 18:00'),
  }),
]);
export type ReminderRule = z.infer<typeof reminderRuleSchema>;

/** One planned reminding: a rule met one start. */
export interface Occurrence {
  readonly rule: string;
  /** null: the event itself. */
  readonly session: string | null;
  readonly startsAt: Date;
  readonly dueAt: Date;
}

/** The moment (UTC) a rule falls due for a start in a zone. */
export function dueAt(rule: ReminderRule, startsAt: Date, zone: string): Date {
  const start = inZone(startsAt, zone);
  if (rule.kind === 'before')
    return start.minus({ days: rule.days }).minus({ minutes: rule.minutes }).toJSDate();
  const [hour, minute] = rule.time.split(':').map(Number);
  return start
    .minus({ days: rule.daysBefore })
    .set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 })
    .toJSDate();
}

/** Every reminding of an event, earliest first. One that would fall on or after its start is left out. */
export function occurrences(event: Event): Occurrence[] {
  const planned = event.reminders.flatMap((rule) => {
    const starts =
      rule.of === 'event'
        ? [{ code: null, startsAt: event.startsAt }]
        : event.sessions.map(({ code, startsAt }) => ({ code, startsAt }));
    return starts.map(({ code, startsAt }) => ({
      rule: rule.id,
      session: code,
      startsAt,
      dueAt: dueAt(rule, startsAt, event.zone),
    }));
  });
  return planned
    .filter((one) => one.dueAt < one.startsAt)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** How late a reminder may still leave: a tenth of its lead, at least 5 minutes, at most 2 hours, never past the start. */
export function graceOf({ dueAt: due, startsAt }: Occurrence): number {
  const lead = startsAt.getTime() - due.getTime();
  return Math.min(lead, 2 * HOUR, Math.max(5 * MINUTE, lead / 10));
}
