import type { Pace } from './channel.ts';

/** One bucket: so many at once, then one per interval. It holds a single time, from which all else follows. */
class Bucket {
  private full = 0;
  private readonly burst: number;
  private readonly everyMs: number;

  constructor(burst: number, everyMs: number) {
    this.burst = burst;
    this.everyMs = everyMs;
  }

  /** When the next one may leave. */
  get readyAt(): number {
    return this.full - (this.burst - 1) * this.everyMs;
  }

  /** When it is full: from then on nothing is taken from those who come next. */
  get fullAt(): number {
    return this.full;
  }

  take(now: number, extraMs: number): void {
    this.full = Math.max(this.full, now) + this.everyMs + extraMs;
  }

  /** Nothing leaves before this time. */
  hold(until: number): void {
    this.full = Math.max(this.full, until + (this.burst - 1) * this.everyMs);
  }
}

interface Waiting {
  readonly chat: string;
  readonly go: (yes: boolean) => void;
}

/** A platform that asks for a longer rest than this means the whole bot, not one chat. */
const LONG_REST_MS = 5_000;
const CHATS_KEPT = 10_000;

/**
 * Lets the messages of one bot account leave at the pace that its platform allows. Replies never wait behind
 * letters: these leave only while the bucket is full, so that a reply that comes next leaves at once. A chat that
 * has to wait holds up no other.
 */
export class Pacer {
  private readonly pace: Pace;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly all: Bucket;
  private readonly chats = new Map<string, Bucket>();
  private readonly replies: Waiting[] = [];
  private readonly letters: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(pace: Pace, now: () => number = () => performance.now(), random: () => number = Math.random) {
    this.pace = pace;
    this.now = now;
    this.random = random;
    this.all = new Bucket(pace.burst, pace.everyMs);
  }

  /** Resolves with true when a message to this chat may leave, with false when there are no turns any more. */
  turn(chat: string, kind: 'reply' | 'letter'): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    return new Promise((go) => {
      (kind === 'reply' ? this.replies : this.letters).push({ chat, go });
      this.run();
    });
  }

  /** The platform asked for a rest. */
  hold(chat: string, ms: number): void {
    const until = this.now() + ms;
    this.bucketOf(chat).hold(until);
    if (ms > LONG_REST_MS) this.all.hold(until);
  }

  /** Ends all waiting: nobody gets a turn any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const { go } of [...this.replies.splice(0), ...this.letters.splice(0)]) go(false);
  }

  private bucketOf(chat: string): Bucket {
    const bucket = this.chats.get(chat) ?? new Bucket(this.pace.chatBurst, this.pace.chatEveryMs);
    // Set anew, it goes to the end: the chat that was quiet longest stands first.
    this.chats.delete(chat);
    this.chats.set(chat, bucket);
    return bucket;
  }

  private run(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (let now = this.now(); this.all.readyAt <= now; now = this.now()) {
      const letters = this.all.fullAt <= now ? this.letters : [];
      const next = this.ready(this.replies, now) ?? this.ready(letters, now);
      if (!next) break;
      this.all.take(now, (this.pace.jitterMs ?? 0) * this.random());
      this.bucketOf(next.chat).take(now, 0);
      next.go(true);
    }
    this.forget();
    const soonest = Math.min(
      this.soonest(this.replies, this.all.readyAt),
      this.soonest(this.letters, this.all.fullAt),
    );
    if (soonest === Number.POSITIVE_INFINITY) return;
    const ms = soonest - this.now();
    this.timer = setTimeout(() => this.run(), Math.max(1, Math.ceil(ms)));
  }

  /** When the first of a queue may leave, if the bot may from some time on. */
  private soonest(queue: readonly Waiting[], from: number): number {
    return Math.max(from, Math.min(...queue.map(({ chat }) => this.bucketOf(chat).readyAt)));
  }

  /** Takes the first of a queue whose chat may be written to. */
  private ready(queue: Waiting[], now: number): Waiting | undefined {
    const at = queue.findIndex(({ chat }) => this.bucketOf(chat).readyAt <= now);
    return at < 0 ? undefined : queue.splice(at, 1)[0];
  }

  private forget(): void {
    for (const [chat, { readyAt }] of this.chats) {
      if (this.chats.size <= CHATS_KEPT || readyAt > this.now()) return;
      this.chats.delete(chat);
    }
  }
}
