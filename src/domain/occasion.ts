import { type Event, isLive } from './event.ts';
import { graceOf, occurrences } from './reminder.ts';
import { HOUR } from './time.ts';

/** A reason to write to those who registered for an event, or to its teams, due at a moment. */
export interface Occasion {
  /** Unique and derived from what it is about, so planning twice plans once. */
  readonly id: string;
  readonly event: string;
  /** `deadline` and `deadline-moved` are for teams, the others for guests. */
  readonly kind: 'reminder' | 'moved' | 'cancelled' | 'deadline' | 'deadline-moved';
  /**
   * The reminder's rule; of a moved event, the digest of the programme that is announced; of a moved deadline, the
   * revision of the event.
   */
  readonly rule: string | null;
  readonly session: string | null;
  /** The start, or the deadline, that it speaks of: when there is another one by now, the occasion is superseded. */
  readonly startsAt: Date;
  readonly dueAt: Date;
  /** From then on it is missed, not sent. */
  readonly expiresAt: Date;
  readonly state: 'planned' | 'done' | 'missed' | 'superseded';
}

const CHANGE_GRACE = 24 * HOUR;
const CHANGE_DELAY = 2_000;

/**
 * When and where an event and its sessions are: what a guest has written down. The order in which sessions and
 * languages are listed makes no difference.
 */
export function programmeOf({ startsAt, endsAt, zone, place, sessions }: Event): string {
  const times = sessions
    .map((one) => JSON.stringify([one.code, one.startsAt, one.endsAt, one.venue.zh, one.venue.en]))
    .sort();
  return JSON.stringify([startsAt, endsAt, zone, place.zh, place.en, times]);
}

/** Every reminding of an event; none when it is not open or running. */
export function planReminders(event: Event): Occasion[] {
  if (!isLive(event)) return [];
  return occurrences(event).map((one) => ({
    id: [event.id, one.rule, one.session ?? '', one.startsAt.getTime(), one.dueAt.getTime()].join('/'),
    event: event.id,
    kind: 'reminder' as const,
    ...one,
    expiresAt: new Date(one.dueAt.getTime() + graceOf(one)),
    state: 'planned' as const,
  }));
}

/**
 * What the registered must hear when an event changes from one revision to the next: that it is cancelled, or
 * that it is now at other times or places, or takes place after all. Of an event that is over they hear nothing.
 */
export function announceChange(
  before: Event,
  after: Event,
  revision: number,
  now: Date,
): Occasion | undefined {
  const cancelled = after.status === 'cancelled' && before.status !== 'cancelled';
  const moved = programmeOf(before) !== programmeOf(after) || before.status === 'cancelled';
  const over = before.endsAt <= now && after.endsAt <= now;
  if (over || (!cancelled && !(moved && isLive(after)))) return undefined;
  const kind = cancelled ? 'cancelled' : 'moved';
  return {
    id: [after.id, kind, revision].join('/'),
    event: after.id,
    kind,
    rule: null,
    session: null,
    startsAt: after.startsAt,
    // A moment later, so that the event is stored by the time it is told.
    dueAt: new Date(now.getTime() + CHANGE_DELAY),
    expiresAt: new Date(now.getTime() + CHANGE_GRACE),
    state: 'planned',
  };
}
