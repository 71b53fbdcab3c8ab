import type { Mailbox, Post, Reply } from './ports.ts';

/** How often a waiting visitor looks by themselves, for replies that another process stored. */
const LOOK_EVERY_MS = 3_000;

/** The mailbox with a bell: who waits for replies is woken when this process stores some. */
export class Mail {
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly mailbox: Mailbox;
  private readonly now: () => Date;
  private closed = false;

  constructor(mailbox: Mailbox, now: () => Date) {
    this.mailbox = mailbox;
    this.now = now;
  }

  async deliver(posts: readonly Post[]): Promise<void> {
    await this.mailbox.put(posts, this.now());
    for (const { conversation } of posts) for (const wake of this.waiting.get(conversation) ?? []) wake();
  }

  /** Replies after a number; with none there, those that come within `waitMs` or until `signal` aborts. */
  async after(
    conversation: string,
    seq: number,
    limit: number,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<Reply[]> {
    const until = performance.now() + waitMs;
    for (;;) {
      // The bell is hung before looking, so that nothing stored in between goes unheard.
      const bell = this.hang(conversation);
      try {
        const replies = await this.mailbox.after(conversation, seq, limit);
        const left = until - performance.now();
        if (replies.length > 0 || left <= 0 || signal.aborted || this.closed) return replies;
        await bell.rings(Math.min(left, LOOK_EVERY_MS), signal);
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
