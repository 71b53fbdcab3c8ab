import type { Inbox, Sessions } from './ports.ts';

/** How long a mark may wait for others. A crash in between costs a look at what was done, never a second effect. */
const FLUSH_AFTER_MS = 200;
const FLUSH_AT = 500;

interface Delivered {
  readonly rev: number;
  readonly seqs: readonly number[];
  readonly idle: boolean;
}

/**
 * Marks what is done: messages handled and replies delivered. They are bookkeeping, as the session itself says
 * what it includes, so they are written together a moment later; a conversation that goes on meanwhile drops
 * its delivered replies with its next commit and needs no mark of its own.
 */
export class Marks {
  private handled: string[] = [];
  private delivered = new Map<string, Delivered>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<boolean> = Promise.resolve(true);
  private readonly inbox: Inbox;
  private readonly sessions: Sessions;
  private readonly now: () => Date;
  private readonly isBusy: (id: string) => boolean;
  private readonly fault: (message: string, cause: unknown) => void;

  constructor(parts: {
    inbox: Inbox;
    sessions: Sessions;
    now: () => Date;
    /** Whether a conversation is worked on: its marks wait, as they would only cost that turn its compare-and-set. */
    isBusy: (id: string) => boolean;
    fault: (message: string, cause: unknown) => void;
  }) {
    this.inbox = parts.inbox;
    this.sessions = parts.sessions;
    this.now = parts.now;
    this.isBusy = parts.isBusy;
    this.fault = parts.fault;
  }

  messages(ids: readonly string[]): void {
    this.handled.push(...ids);
    this.schedule();
  }

  replies(id: string, rev: number, seqs: readonly number[], idle: boolean): void {
    const before = this.delivered.get(id)?.seqs ?? [];
    this.delivered.set(id, { rev, seqs: [...before, ...seqs], idle });
    this.schedule();
  }

  /** Numbers of replies of a conversation that were delivered but may still stand in its outbox. */
  deliveredOf(id: string): readonly number[] {
    return this.delivered.get(id)?.seqs ?? [];
  }

  private schedule(): void {
    if (this.handled.length + this.delivered.size >= FLUSH_AT) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS);
  }

  /**
   * Writes every mark there is. A failure is only reported, by false too: what is not marked is looked at again,
   * and found done.
   */
  flush(): Promise<boolean> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private async write(): Promise<boolean> {
    const { handled, delivered } = this;
    this.handled = [];
    this.delivered = new Map([...delivered].filter(([id]) => this.isBusy(id)));
    if (this.delivered.size > 0) this.schedule();
    const marks = [...delivered].flatMap(([id, mark]) => (this.isBusy(id) ? [] : [{ id, ...mark }]));
    try {
      await Promise.all([
        handled.length > 0 ? this.inbox.done(handled, this.now()) : undefined,
        marks.length > 0 ? this.sessions.sent(marks) : undefined,
      ]);
      return true;
    } catch (cause) {
      this.fault('marks of what is done could not be written; it will be looked at again', cause);
      return false;
    }
  }
}
