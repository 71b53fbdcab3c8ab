import type { Pace } from './channel.ts';
import { type Answer, type Ask, type Bucket, LocalBucket } from './pace/bucket.ts';

/** The pace of one chat: so many at once, then one per interval. */
class ChatPace {
  private full = 0;
  private readonly tolerance: number;
  private readonly everyMs: number;

  constructor(burst: number, everyMs: number) {
    this.tolerance = (burst - 1) * everyMs;
    this.everyMs = everyMs;
  }

  /** When the next one may leave. */
  get readyAt(): number {
    return this.full - this.tolerance;
  }

  take(now: number): void {
    this.full = Math.max(this.full, now) + this.everyMs;
  }

  /** Nothing leaves before this time. */
  hold(until: number): void {
    this.full = Math.max(this.full, until + this.tolerance);
  }
}

type Kind = Ask['kind'];

interface Waiting {
  readonly chat: string;
  readonly kind: Kind;
  readonly go: (yes: boolean) => void;
}

export interface PacerParts {
  /** The bucket of the bot account (default: one of this process alone). An account without a pace asks none. */
  readonly bucket?: Bucket | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** A platform that asks for a longer rest than this means the whole bot, not one chat. */
const LONG_REST_MS = 5_000;
const CHATS_KEPT = 10_000;
const KINDS = ['reply', 'letter'] as const;

/**
 * Lets the messages of one bot account leave at the pace that its platform allows. Replies never wait behind
 * letters: these leave only while the bucket is full, so that a reply that comes next leaves at once. A chat that
 * has to wait holds up no other.
 */
export class Pacer {
  private readonly pace: Pace;
  private readonly bucket: Bucket;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly chats = new Map<string, ChatPace>();
  private readonly queues: Readonly<Record<Kind, Waiting[]>> = { reply: [], letter: [] };
  /** When it is worth asking for each kind, as the bucket said last. */
  private readonly askAt = { reply: Number.NEGATIVE_INFINITY, letter: Number.NEGATIVE_INFINITY };
  private isAsking = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(pace: Pace, { bucket, now = () => performance.now(), random = Math.random }: PacerParts = {}) {
    this.pace = pace;
    this.now = now;
    this.random = random;
    this.bucket = (pace.everyMs > 0 && bucket) || new LocalBucket(pace, now);
  }

  /** Resolves with true when a message to this chat may leave, with false when there are no turns any more. */
  turn(chat: string, kind: Kind): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    return new Promise((go) => {
      this.queues[kind].push({ chat, kind, go });
      this.run();
    });
  }

  /** The platform asked for a rest; `tooMany`: because it was written to too often. */
  hold(chat: string, ms: number, { tooMany = false } = {}): void {
    this.paceOf(chat).hold(this.now() + ms);
    void this.bucket.rest({ chat, ms, tooMany, whole: ms > LONG_REST_MS });
  }

  /** Ends all waiting: nobody gets a turn any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const kind of KINDS) for (const { go } of this.queues[kind].splice(0)) go(false);
  }

  private paceOf(chat: string): ChatPace {
    const { chatBurst, chatEveryMs, groups } = this.pace;
    const known = this.chats.get(chat);
    const made = () =>
      groups && IS_GROUP.test(chat)
        ? new ChatPace(groups.burst, groups.everyMs)
        : new ChatPace(chatBurst, chatEveryMs);
    const pace = known ?? made();
    // Set anew, it goes to the end: the chat that was quiet longest stands first.
    this.chats.delete(chat);
    this.chats.set(chat, pace);
    return pace;
  }

  /** Asks for those whose turn it may be, all in one, or comes back when it is somebody's. */
  private run(): void {
    // What the answer brings is followed by another look.
    if (this.isAsking || this.closed) return;
    clearTimeout(this.timer);
    const now = this.now();
    const replies = this.ready('reply', now);
    const asking = replies.length > 0 ? replies : this.ready('letter', now);
    if (asking.length === 0) {
      this.sleep(now);
      return;
    }
    this.isAsking = true;
    const jitterMs = this.pace.jitterMs ?? 0;
    const asks = asking.map(({ chat, kind }) => ({ chat, kind, extraMs: jitterMs * this.random() }));
    void this.bucket.take(asks).then((answer) => {
      this.isAsking = false;
      this.follow(asking, answer);
      this.run();
    });
  }

  private follow(asking: readonly Waiting[], { turns, replyMs, letterMs }: Answer): void {
    const now = this.now();
    this.askAt.reply = now + replyMs;
    this.askAt.letter = now + letterMs;
    for (const [i, turn] of turns.entries()) {
      const one = asking[i];
      const queue = one && this.queues[one.kind];
      const at = queue?.indexOf(one as Waiting) ?? -1;
      if (!one || at < 0 || turn === 'wait') continue;
      if (turn === 'go') {
        this.paceOf(one.chat).take(now);
        queue?.splice(at, 1);
        one.go(true);
      } else this.paceOf(one.chat).hold(now + turn.restMs);
    }
    this.forget();
  }

  private sleep(now: number): void {
    const soonest = Math.min(...KINDS.map((kind) => this.soonest(kind)));
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.timer = setTimeout(() => this.run(), Math.max(1, Math.ceil(soonest - now)));
  }

  /** When the first of a queue may leave. */
  private soonest(kind: Kind): number {
    const ready = this.queues[kind].map(({ chat }) => this.paceOf(chat).readyAt);
    return Math.max(this.askAt[kind], Math.min(...ready));
  }

  /** Those of a queue to ask for: one of each chat that may be written to, no more than can leave at once. */
  private ready(kind: Kind, now: number): Waiting[] {
    if (this.askAt[kind] > now) return [];
    const { everyMs, burst } = this.pace;
    const atMost = everyMs > 0 ? (kind === 'reply' ? burst : 1) : Number.POSITIVE_INFINITY;
    const found = new Map<string, Waiting>();
    for (const one of this.queues[kind]) {
      if (found.size >= atMost) break;
      if (!found.has(one.chat) && this.paceOf(one.chat).readyAt <= now) found.set(one.chat, one);
    }
    return [...found.values()];
  }

  private forget(): void {
    for (const [chat, { readyAt }] of this.chats) {
      if (this.chats.size <= CHATS_KEPT || readyAt > this.now()) return;
      this.chats.delete(chat);
    }
  }
}

/** A conversation with a group: its platform gives it a negative number. */
const IS_GROUP = /:-\d+$/u;
