import type { SheetHold } from './chasing.ts';
import type { Account } from './person.ts';
import type { Hold } from './project-hold.ts';
import type { RunHold } from './run-hold.ts';

/** A message as it lies ready for one person, its words frozen. A choice's value is the command it stands for. */
export interface Letter {
  readonly text: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** A stored file that goes along. */
  readonly file?: LetterFile;
}

export interface LetterFile {
  readonly kind: 'stored';
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export const FAIL_CAUSES = ['blocked', 'deactivated', 'not_found', 'invalid', 'window_closed'] as const;

export const DELIVERY_STATES = [
  'pending',
  'claimed',
  'sending',
  'retry_wait',
  'sent',
  'unknown',
  'failed',
  'skipped',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** States from which a row goes on by itself. */
export const OPEN_STATES: readonly DeliveryState[] = ['pending', 'claimed', 'sending', 'retry_wait'];

/** States that a row has come to for a reason. */
export const CAUSED_STATES: readonly DeliveryState[] = ['unknown', 'failed', 'skipped'];

/** One message to one person. The row decides what happens to it, never a job. */
export interface Delivery {
  /** What it is about and to whom: unique, so the same thing is never queued twice. */
  readonly id: string;
  readonly person: string;
  /** The conversation that alone is to hear it; null: wherever the person is reached best. */
  readonly to: string | null;
  /** `notice`: honours unsubscribing. `own`: news of one's own registration or account. */
  readonly kind: 'notice' | 'own';
  readonly event: string | null;
  /** Sent only while this registration is active and this occasion still stands. */
  readonly registration: string | null;
  readonly occasion: string | null;
  /** Sent only while this is so of a project, of the day of a track, or of score sheets. */
  readonly hold: Hold | RunHold | SheetHold | null;
  /** The notice that it belongs to: sent only while that one runs. */
  readonly notice: string | null;
  /** The bot account that sends it; null: it is chosen when the row is due. */
  readonly lane: string | null;
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
  /** When its last attempt ended. */
  readonly endedAt: Date | null;
  /** When its reader confirmed that they have it. */
  readonly receiptAt: Date | null;
}

type Given = Pick<Delivery, 'id' | 'person' | 'kind' | 'letter' | 'notBefore' | 'expiresAt'> &
  Partial<Delivery>;

/** A row that nobody has tried to send. */
export function newDelivery(given: Given): Delivery {
  return {
    to: null,
    event: null,
    registration: null,
    occasion: null,
    hold: null,
    notice: null,
    lane: null,
    state: 'pending',
    cause: null,
    leaseUntil: null,
    attempt: null,
    attempts: 0,
    messageId: null,
    endedAt: null,
    receiptAt: null,
    ...given,
  };
}

/** The bot account that an account is written to by: one queue of letters. */
export function laneOf({ channel, bot }: Pick<Account, 'channel' | 'bot'>): string {
  return `${channel}:${bot}`;
}

/** How an attempt to send ended. `refused`: it surely did not arrive. `unsure`: it may have. */
export type Sending =
  | { readonly result: 'sent'; readonly messageId: string }
  | { readonly result: 'refused'; readonly retryAfterMs: number; readonly cause: string }
  | { readonly result: 'unsure'; readonly cause: string }
  | { readonly result: 'failed'; readonly cause: (typeof FAIL_CAUSES)[number] };

/** What the end of an attempt leaves in its row. */
export type Ended = Pick<Delivery, 'state' | 'cause' | 'messageId' | 'notBefore' | 'endedAt'>;

export const MAX_ATTEMPTS = 6;
const FIRST_WAIT = 5_000;
const WAIT_GROWS = 4;

/**
 * What the end of an attempt makes of a row. Only what surely did not arrive is tried again: after the time that
 * the channel asked for, and never sooner than 5 seconds, 20, 80 and so on, so that an outage of half an hour is
 * outlasted.
 */
export function afterAttempt(row: Delivery, ended: Sending, now: Date): Ended {
  const same = { messageId: row.messageId, notBefore: row.notBefore, endedAt: now };
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
