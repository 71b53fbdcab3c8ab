import type { Pace } from '../channel.ts';

/** A message that would leave now. */
export interface Ask {
  readonly chat: string;
  readonly kind: 'reply' | 'letter';
  /** It takes so much longer than the pace says. */
  readonly extraMs: number;
}

export interface Answer {
  /** What became of each that asked: it leaves, it waits, or its chat rests for so many milliseconds. */
  readonly turns: readonly ('go' | 'wait' | { readonly restMs: number })[];
  /** How long until it is worth asking for a reply, and for a letter. */
  readonly replyMs: number;
  readonly letterMs: number;
}

/** A rest that the platform asked for. */
export interface Rest {
  readonly chat: string;
  readonly ms: number;
  /** It is meant for the whole bot. */
  readonly whole: boolean;
  /** The platform said that it was written to too often. */
  readonly tooMany: boolean;
}

/**
 * The bucket of one bot account. Replies may use all that is in it; a letter leaves only while it is full, so that a
 * reply that comes next leaves at once.
 */
export interface Bucket {
  /** Takes turns for those who ask, the first one first. */
  take(asks: readonly Ask[]): Promise<Answer>;
  /** Nothing leaves to the chat for so long; nothing at all when it is for the whole bot. */
  rest(rest: Rest): Promise<void>;
}

/**
 * A turn that comes so much too late counts as if it had come in time: what timers, round trips and a busy process
 * take is not lost to the pace. It may bring a few closer together, which `within` of a pace bounds.
 */
export const LATE_MS = 100;
/** Messages come so much closer together on the road, which is added to the time that `within` names. */
export const CLOSER_MS = 15;
/** How many may leave within the time of a pace: one place is left to a reply. */
export function mostFor(kind: Ask['kind'], most: number): number {
  return kind === 'letter' && most > 1 ? most - 1 : most;
}

/** Two chats that are refused within this time are a sign that the whole bot is too fast. */
export const TOGETHER_MS = 1_000;

/**
 * A bucket in the memory of this process. The rests of single chats are left to who asks. `lettersOneIn`: letters
 * take so many intervals each.
 */
export class LocalBucket implements Bucket {
  private readonly pace: Pace;
  private readonly now: () => number;
  private readonly lettersOneIn: number;
  private readonly tolerance: number;
  /** When the bucket is full. */
  private full = Number.NEGATIVE_INFINITY;
  private restsUntil = Number.NEGATIVE_INFINITY;
  /** Letters that are slowed down do not leave before this. */
  private lettersAt = Number.NEGATIVE_INFINITY;
  /** When the last ones left, as many as may within the time of the pace. */
  private left: readonly number[] = [];
  private refused: { readonly chat: string; readonly at: number } | undefined;

  constructor(pace: Pace, now: () => number, lettersOneIn = 1) {
    this.pace = pace;
    this.now = now;
    this.lettersOneIn = lettersOneIn;
    this.tolerance = (pace.burst - 1) * pace.everyMs;
  }

  async take(asks: readonly Ask[]): Promise<Answer> {
    const now = this.now();
    const turns = asks.map((ask) => {
      if (this.readyAt(ask.kind) > now) return 'wait';
      this.spend(ask);
      return 'go';
    });
    const after = (at: number) => Math.max(0, at - now);
    return { turns, replyMs: after(this.readyAt('reply')), letterMs: after(this.readyAt('letter')) };
  }

  /** Takes what somebody else has allowed. */
  spend({ kind, extraMs }: Ask): void {
    const { everyMs, within } = this.pace;
    const now = this.now();
    const from = this.full < now - LATE_MS ? now : this.full;
    this.full = from + everyMs + extraMs;
    if (kind === 'letter' && this.lettersOneIn > 1) this.lettersAt = now + this.lettersOneIn * everyMs;
    if (within) this.left = [...this.left, now].slice(-within.most);
  }

  async rest({ chat, ms, whole, tooMany }: Rest): Promise<void> {
    const now = this.now();
    const before = this.refused;
    const another = before !== undefined && before.chat !== chat && now - before.at < TOGETHER_MS;
    if (tooMany) this.refused = { chat, at: now };
    if (whole || (tooMany && another)) this.restsUntil = Math.max(this.restsUntil, now + ms);
  }

  private readyAt(kind: Ask['kind']): number {
    const { ms = 0 } = this.pace.within ?? {};
    const most = mostFor(kind, this.pace.within?.most ?? 0);
    const first = this.left.at(-most);
    const roomAt = first !== undefined && this.left.length >= most ? first + ms + CLOSER_MS : this.restsUntil;
    const own = kind === 'reply' ? this.full - this.tolerance : Math.max(this.full, this.lettersAt);
    return Math.max(own, roomAt, this.restsUntil);
  }
}
