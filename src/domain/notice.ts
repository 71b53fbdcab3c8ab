import { DateTime } from 'luxon';
import type { Lang } from '../text/text.ts';
import type { Audience } from './audience.ts';
import type { LetterFile } from './delivery.ts';
import { HOUR } from './time.ts';

/** What stands under a notice to be pressed. */
export const NOTICE_BUTTONS = ['receipt', 'register', 'agenda'] as const;
export type NoticeButton = (typeof NOTICE_BUTTONS)[number];

/** A file of this size goes along on every channel. */
export const NOTICE_FILE_MAX_BYTES = 10 * 1024 * 1024;

/** What a notice says: the same in each language of its event. Names in braces stand for what differs by reader. */
export interface NoticeContent {
  readonly text: Readonly<Partial<Record<Lang, string>>>;
  readonly file: LetterFile | null;
  readonly buttons: readonly NoticeButton[];
  /** An address that the text ends with. */
  readonly link: string | null;
}

export const NOTICE_STATES = [
  /** Written, its audience counted, and not confirmed. */
  'draft',
  /** Confirmed; it starts at its time. */
  'scheduled',
  /** Its readers are being written down. */
  'starting',
  'running',
  'paused',
  /** Cancelled; its rows are being ended. */
  'stopping',
  'done',
  'cancelled',
  /** Its start came later than it makes sense. */
  'missed',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** States in which something is still to be done for a notice. */
export const LIVE_STATES: readonly NoticeState[] = ['starting', 'running', 'paused', 'stopping'];

export interface Notice {
  /** The form that it was written in: confirming that twice makes one notice. */
  readonly id: string;
  /** What people call it: N12. */
  readonly number: number;
  readonly office: string;
  readonly event: string;
  /** The IANA zone that its times are told in. */
  readonly zone: string;
  readonly author: string;
  /** Where its progress is told. */
  readonly conversation: string;
  readonly content: NoticeContent;
  readonly audience: Audience;
  /** Passes quiet hours and unsubscribing: for what nobody may miss, such as a fire or a changed place. */
  readonly critical: boolean;
  /** Channels that it does not go out by, as their pace does not allow it. */
  readonly without: readonly string[];
  /** When it is to start; null: as soon as it is confirmed. */
  readonly startsAt: Date | null;
  /** Readers at the time of the last count. */
  readonly counted: number;
  readonly state: NoticeState;
  /** Why it is paused. */
  readonly pausedFor: 'person' | 'errors' | null;
  /** How far its readers are written down. */
  readonly cursor: string;
  /** Rows written. */
  readonly total: number;
  readonly createdAt: Date;
  /** When sending began and ended. */
  readonly beganAt: Date | null;
  readonly endedAt: Date | null;
  /** What was last told of its progress. */
  readonly told: { readonly percent: number; readonly at: Date; readonly messageId: string | null } | null;
  readonly history: readonly {
    readonly at: Date;
    readonly by: string | null;
    readonly what: NoticeState | 'again';
  }[];
  readonly rev: number;
}

/** How late a notice may still start by itself. */
export const START_GRACE = HOUR;
/** How long its rows are tried: what could not be sent by then is missed. */
export const SENDING_TIME = 24 * HOUR;

export type NoticeAct =
  | 'confirm'
  | 'start'
  | 'run'
  | 'pause'
  | 'fail'
  | 'resume'
  | 'drop'
  | 'cancel'
  | 'stop'
  | 'end'
  | 'again'
  | 'miss';

const ACTS: Readonly<Record<NoticeAct, { from: readonly NoticeState[]; to: NoticeState }>> = {
  confirm: { from: ['draft'], to: 'scheduled' },
  start: { from: ['scheduled'], to: 'starting' },
  run: { from: ['starting'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  fail: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  drop: { from: ['draft', 'scheduled'], to: 'cancelled' },
  cancel: { from: ['starting', 'running', 'paused'], to: 'stopping' },
  stop: { from: ['stopping'], to: 'cancelled' },
  end: { from: ['running'], to: 'done' },
  again: { from: ['done', 'cancelled'], to: 'running' },
  miss: { from: ['scheduled'], to: 'missed' },
};

/** What an act makes of a notice; undefined: it is not in a state for it. */
export function act(notice: Notice, what: NoticeAct, by: string | null, now: Date): Notice | undefined {
  const { from, to } = ACTS[what];
  if (!from.includes(notice.state)) return undefined;
  const ended = to === 'done' || to === 'cancelled' || to === 'missed';
  return {
    ...notice,
    state: to,
    pausedFor: to === 'paused' ? (what === 'fail' ? 'errors' : 'person') : null,
    beganAt: what === 'run' ? now : notice.beganAt,
    endedAt: ended ? now : null,
    history: [...notice.history, { at: now, by, what: what === 'again' ? 'again' : to }],
    rev: notice.rev + 1,
  };
}

const QUIET_FROM = 22;
const QUIET_UNTIL = 8;

/**
 * When something may be sent that must not wake anybody: at once, or at 8:00 in a zone when it is between 22:00
 * and 8:00 there.
 */
export function afterQuiet(at: Date, zone: string): Date {
  const local = DateTime.fromJSDate(at, { zone });
  if (local.hour >= QUIET_UNTIL && local.hour < QUIET_FROM) return at;
  const day = local.hour >= QUIET_FROM ? local.plus({ days: 1 }) : local;
  return day.set({ hour: QUIET_UNTIL, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

/** How a notice goes, in people. */
export interface Progress {
  readonly total: number;
  readonly sent: number;
  readonly unknown: number;
  readonly failed: number;
  readonly skipped: number;
  readonly remaining: number;
  /** Failed and skipped ones by cause. */
  readonly causes: Readonly<Record<string, number>>;
}

/** Sums up the rows of a notice. */
export function progressOf(
  tally: readonly { readonly state: string; readonly cause: string | null; readonly count: number }[],
): Progress {
  const of = (...states: string[]) =>
    tally.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const causes: Record<string, number> = {};
  for (const { state, cause, count } of tally)
    if ((state === 'failed' || state === 'skipped') && cause) causes[cause] = (causes[cause] ?? 0) + count;
  return {
    total: tally.reduce((sum, { count }) => sum + count, 0),
    sent: of('sent'),
    unknown: of('unknown'),
    failed: of('failed'),
    skipped: of('skipped'),
    remaining: of('pending', 'claimed', 'sending', 'retry_wait'),
    causes,
  };
}

/** The share that has ended, 0 to 100, rounded down: 100 only when nothing remains. */
export function percentOf({ total, remaining }: Progress): number {
  return total === 0 ? 100 : Math.floor(((total - remaining) / total) * 100);
}

const JUDGED_AT = 20;
const BAD_SHARE = 0.5;
/** What is a reader's own doing says nothing of whether sending works. */
const READERS_OWN = ['blocked', 'deactivated', 'window_closed'];
/** The platform takes no more for a moment: the pace is mended by itself. */
const ASKED_TO_WAIT = 'too_many_requests';

/**
 * Whether the last attempts went so badly that sending should be stopped for a person to look: at least half of
 * 20 or more ended as unknown, as failed for another reason than their reader's own, or had to be tried again for
 * another reason than that there were too many at once.
 */
export function goesBadly(last: readonly Pick<Ended, 'state' | 'cause'>[]): boolean {
  const judged = last.filter(
    ({ state, cause }) =>
      !(state === 'failed' && READERS_OWN.includes(cause ?? '')) &&
      !(state === 'retry_wait' && cause === ASKED_TO_WAIT),
  );
  if (judged.length < JUDGED_AT) return false;
  return judged.filter(({ state }) => state !== 'sent').length >= judged.length * BAD_SHARE;
}

type Ended = { readonly state: string; readonly cause: string | null };
