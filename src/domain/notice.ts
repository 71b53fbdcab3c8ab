import { type Event, isLive } from './event.ts';
import { graceOf, occurrences } from './reminder.ts';
import { HOUR } from './time.ts';

/** A reason to write to those who registered for an event, due at a moment. */
export interface Occasion {
  /** Unique and derived from what it is about, so planning twice plans once. */
  readonly id: string;
  readonly event: string;
  readonly kind: 'reminder' | 'moved' | 'cancelled';
  /** The reminder's rule; of a moved event, the digest of the programme that is announced. */
  readonly rule: string | null;
  readonly session: string | null;
  /** The start it speaks of: when the event has another one by now, the occasion is superseded. */
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

/** A message as it lies ready for one person, its words frozen. A choice's value is the command it stands for. */
export interface Letter {
  readonly text: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export const FAIL_CAUSES = ['blocked', 'deactivated', 'not_found', 'invalid', 'window_closed'] as const;

export type DeliveryState =
  | 'pending'
  | 'claimed'
  | 'sending'
  | 'retry_wait'
  | 'sent'
  | 'unknown'
  | 'failed'
  | 'skipped';

/** One message to one person. The row decides what happens to it, never a job. */
export interface Delivery {
  /** What it is about and to whom: unique, so the same thing is never queued twice. */
  readonly id: string;
  readonly person: string;
  /** `notice`: honours unsubscribing. `own`: news of one's own registration. */
  readonly kind: 'notice' | 'own';
  readonly event: string;
  /** Sent only while this registration is active and this occasion still stands. */
  readonly registration: string | null;
  readonly occasion: string | null;
  readonly letter: Letter;
  readonly state: DeliveryState;
  readonly cause: string | null;
  readonly notBefore: Date;
  readonly expiresAt: Date;
  /** A claim or an attempt that has not ended by then is taken up by the sweep. */
  readonly leaseUntil: Date | null;
  readonly attempt: string | null;
  readonly attempts: number;
  readonly messageId: string | null;
}

/** How an attempt to send ended. `refused`: it surely did not arrive. `unsure`: it may have. */
export type Sending =
  | { readonly result: 'sent'; readonly messageId: string }
  | { readonly result: 'refused'; readonly retryAfterMs: number; readonly cause: string }
  | { readonly result: 'unsure'; readonly cause: string }
  | { readonly result: 'failed'; readonly cause: (typeof FAIL_CAUSES)[number] };

export const MAX_ATTEMPTS = 6;
const FIRST_WAIT = 5_000;
const WAIT_GROWS = 4;

/**
 * What the end of an attempt makes of a row. Only what surely did not arrive is tried again: after the time that
 * the channel asked for, and never sooner than 5 seconds, 20, 80 and so on, so that an outage of half an hour is
 * outlasted.
 */
export function afterAttempt(
  row: Delivery,
  ended: Sending,
  now: Date,
): Pick<Delivery, 'state' | 'cause' | 'messageId' | 'notBefore'> {
  const same = { messageId: row.messageId, notBefore: row.notBefore };
  if (ended.result === 'sent') return { ...same, state: 'sent', cause: null, messageId: ended.messageId };
  if (ended.result === 'unsure') return { ...same, state: 'unknown', cause: ended.cause };
  if (ended.result === 'failed') return { ...same, state: 'failed', cause: ended.cause };
  if (row.attempts >= MAX_ATTEMPTS) return { ...same, state: 'failed', cause: ended.cause };
  return {
    ...same,
    state: 'retry_wait',
    cause: ended.cause,
    notBefore: new Date(now.getTime() + Math.max(ended.retryAfterMs, waitAfter(row.attempts))),
  };
}

/** The least wait after so many attempts, this one included. */
function waitAfter(attempts: number): number {
  return FIRST_WAIT * WAIT_GROWS ** (attempts - 1);
}
