import type { Sending } from '../channel.ts';
import type { Outlet } from '../outlet.ts';
import type { Mailbox, Post, Reply } from './ports.ts';
import { Recent } from './recent.ts';

/** How often a waiting visitor looks by themselves, for replies that another process stored. */
const LOOK_EVERY_MS = 3_000;

/** A missing reply comes within this long: its process stores it in a moment, or after a crash the sweep does. */
const MISSING_AT_MOST_MS = 30_000;

/** A letter is a row in the store, as many as it takes. */
const PER_SECOND = 1_000;

/** The mailbox with a bell: who waits for replies is woken when this process stores some. */
export class Mail implements Outlet {
  readonly perSecond = PER_SECOND;
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly recent = new Recent();
  private readonly mailbox: Mailbox;
  private readonly now: () => Date;
  private closed = false;

  constructor(mailbox: Mailbox, now: () => Date) {
    this.mailbox = mailbox;
    this.now = now;
  }

  /** A visitor has just arrived: there is nothing to look for until the bell rings. */
  begin(conversation: string): void {
    this.recent.begin(conversation);
  }

  /** Stored is sent: whoever looks finds it. */
  async deliver(posts: readonly Post[], sent: (post: Post) => void = () => {}): Promise<void> {
    await this.mailbox.put(posts, this.now());
    for (const post of posts) {
      this.recent.add(post);
      for (const wake of this.waiting.get(post.conversation) ?? []) wake();
      sent(post);
    }
  }

  async turn(): Promise<boolean> {
    return !this.closed;
  }

  async letter(_account: unknown, post: Post): Promise<Sending> {
    await this.deliver([post]);
    return { result: 'sent', messageId: String(post.replies.at(-1)?.seq ?? 0) };
  }

  async settled(): Promise<void> {}

  /** Replies after a number; with none there, those that come within `waitMs` or until the visitor leaves. */
  async after(
    conversation: string,
    seq: number,
    limit: number,
    waitMs: number,
    signalOf: () => AbortSignal,
  ): Promise<readonly Reply[]> {
    const until = performance.now() + waitMs;
    // Who waits and has the last reply we know of need not look first: the bell or the next look will tell.
    let looks = !(waitMs > 0 && this.recent.isLast(conversation, seq));
    for (;;) {
      // The bell is hung before looking, so that nothing stored in between goes unheard.
      const bell = this.hang(conversation);
      try {
        const known = this.recent.after(conversation, seq);
        const settledAt = new Date(this.now().getTime() - MISSING_AT_MOST_MS);
        const replies = known ?? (looks ? await this.mailbox.after(conversation, seq, limit, settledAt) : []);
        const left = until - performance.now();
        if (replies.length > 0 || left <= 0 || this.closed) return replies;
        const signal = signalOf();
        if (signal.aborted) return replies;
        await bell.rings(Math.min(left, LOOK_EVERY_MS), signal);
        looks = true;
      } finally {
        bell.takeDown();
      }
    }
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Lets everybody who waits go at once. */
  close(): void {
    this.closed = true;
    for (const bells of this.waiting.values()) for (const wake of bells) wake();
  }

  private hang(conversation: string) {
    const bells = this.waiting.get(conversation) ?? new Set();
    this.waiting.set(conversation, bells);
    let wake = () => {};
    const rung = new Promise<void>((resolve) => {
      wake = resolve;
    });
    bells.add(wake);
    return {
      /** Resolves when the bell rings, when time is up or when the visitor left. */
      async rings(ms: number, signal: AbortSignal): Promise<void> {
        const timer = setTimeout(wake, ms);
        signal.addEventListener('abort', wake, { once: true });
        await rung;
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
      },
      takeDown: () => {
        bells.delete(wake);
        if (bells.size === 0) this.waiting.delete(conversation);
      },
    };
  }
}
