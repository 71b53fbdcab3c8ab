import type { Call } from './call.ts';
import { type Event, isLive } from './event.ts';
import type { Occasion } from './occasion.ts';
import { deadlineOf, missingParts, type Project, type ProjectHistory } from './project.ts';
import { dueAt, graceOf } from './reminder.ts';
import { DAY, HOUR, inZone } from './time.ts';

/** How long a project that is opened again can be changed, unless somebody says until when. */
export const REOPENED_FOR = 48 * HOUR;

/** A team is chased by hand no more than once within it. */
export const CHASED_EVERY = 12 * HOUR;

/** How long the news of another deadline are worth sending. */
const MOVED_GRACE = 7 * DAY;
/** So that the event is stored by the time it is told. */
const MOVED_DELAY = 2_000;

/**
 * The reminders of a call before the event's deadline and before later ones that projects have of their own. Each is
 * about a deadline, not about a project: it goes to whoever has that one when it falls due.
 */
export function planDeadlines(event: Event, own: readonly Date[]): Occasion[] {
  const { call } = event;
  if (!call || !isLive(event)) return [];
  const later = own.filter((at) => at > call.closesAt).map((at) => at.getTime());
  const deadlines = [...new Set([call.closesAt.getTime(), ...later])].map((at) => new Date(at));
  return deadlines.flatMap((startsAt) => plannedFor(event, call, startsAt));
}

function plannedFor(event: Event, { reminders }: Call, startsAt: Date): Occasion[] {
  return reminders
    .map((rule) => ({ rule: rule.id, session: null, startsAt, dueAt: dueAt(rule, startsAt, event.zone) }))
    .filter((one) => one.dueAt < startsAt)
    .map((one) => ({
      id: [event.id, 'deadline', one.rule, startsAt.getTime(), one.dueAt.getTime()].join('/'),
      event: event.id,
      kind: 'deadline' as const,
      ...one,
      expiresAt: new Date(one.dueAt.getTime() + graceOf(one)),
      state: 'planned' as const,
    }));
}

/** What teams must hear when an event changes from one revision to the next: that its deadline is another one. */
export function announceDeadline(
  before: Event,
  after: Event,
  revision: number,
  now: Date,
): Occasion | undefined {
  const until = after.call?.closesAt;
  if (!until || !before.call || !isLive(after) || until <= now) return undefined;
  if (until.getTime() === before.call.closesAt.getTime()) return undefined;
  return {
    id: [after.id, 'deadline-moved', revision, until.getTime()].join('/'),
    event: after.id,
    kind: 'deadline-moved',
    rule: String(revision),
    session: null,
    startsAt: until,
    dueAt: new Date(now.getTime() + MOVED_DELAY),
    expiresAt: new Date(Math.min(until.getTime(), now.getTime() + MOVED_GRACE)),
    state: 'planned',
  };
}

/** Whether what an occasion says of a deadline is still so of the event. */
export function speaksOfDeadline({ kind, startsAt }: Occasion, { call }: Event): boolean {
  if (!call) return false;
  // A later one may be a project's own.
  return kind === 'deadline' ? startsAt >= call.closesAt : startsAt.getTime() === call.closesAt.getTime();
}

/** Whether a project still has to be submitted, or was submitted without everything; the deadline does not matter. */
export function isLate(project: Project, event: Event): boolean {
  if (project.state === 'draft' || project.state === 'changes-requested') return true;
  return (
    project.state === 'submitted' &&
    event.call !== null &&
    missingParts(project, event, event.call).length > 0
  );
}

/** When the team last changed something. */
export function lastChange({ parts, createdAt }: Pick<Project, 'parts' | 'createdAt'>): Date {
  const times = Object.values(parts).map(({ at }) => at.getTime());
  return new Date(Math.max(createdAt.getTime(), ...times));
}

/** The deadline that a project has of its own; undefined: it has the event's. */
export function ownDeadline(project: Pick<Project, 'extendedUntil'>, call: Call): Date | undefined {
  const until = deadlineOf(project, call);
  return until > call.closesAt ? until : undefined;
}

/** The first full minute so long after a moment, by the clocks of a zone. */
export function minuteAfter(from: Date, span: { days: number; minutes: number }, zone: string): Date {
  const at = inZone(from, zone).plus(span);
  const minute = at.startOf('minute');
  return (minute < at ? minute.plus({ minutes: 1 }) : minute).toJSDate();
}

/** How many days ago a moment was by the calendar of a zone; 0: today. */
export function daysSince(at: Date, now: Date, zone: string): number {
  const [day, today] = [at, now].map((one) => inZone(one, zone).startOf('day'));
  return day && today ? Math.max(0, Math.round(today.diff(day, 'days').days)) : 0;
}

/** The entry of what an effect did to a project, if it has done it already. */
export function doneBy({ history }: Pick<Project, 'history'>, effect: string): ProjectHistory | undefined {
  return history.findLast((entry) => entry.effect === effect);
}

/** When a team was chased for the last time, by another effect than this one. */
export function chasedAt({ history }: Pick<Project, 'history'>, effect: string): Date | undefined {
  return history.findLast((entry) => entry.what === 'chased' && entry.effect !== effect)?.at;
}
