import type { Front, Inbound } from '../channel.ts';
import { backoff, type Wait } from './time.ts';

/** WeChat does not deliver a message again, so what cannot be stored is kept here, up to so many. */
export const KEPT = 1_000;
const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 30_000;

type Row = Promise<Inbound | undefined>;

/** Stores messages one after the other in the order in which they came, however long the store is out of reach. */
export class Intake {
  private readonly rows: Row[] = [];
  private readonly closing = new AbortController();
  private readonly front: Pick<Front, 'accept' | 'fault'>;
  private readonly wait: Wait;
  private pumping: Promise<void> | undefined;
  /** Messages are being lost, and that was said. */
  private overflown = false;

  constructor(front: Pick<Front, 'accept' | 'fault'>, wait: Wait) {
    this.front = front;
    this.wait = wait;
  }

  /** Takes a message that is still being read; nothing comes of one that resolves with undefined. */
  add(row: Row): void {
    // Looked at in its turn only, and until then a rejection has nobody.
    row.catch(() => {});
    const full = this.rows.length >= KEPT;
    if (!full) this.rows.push(row);
    else if (!this.overflown) {
      const cause = new Error(
        `expected at most ${KEPT} messages to wait, received more; bring the store back`,
      );
      this.front.fault('new WeChat messages are lost: too many wait to be stored', cause);
    }
    this.overflown = full;
    this.pumping ??= this.pump();
  }

  /** Resolves when everything is stored or given up. */
  async idle(): Promise<void> {
    await this.pumping;
  }

  /** From now on each message is tried once more and no longer. */
  close(): void {
    this.closing.abort();
  }

  private async pump(): Promise<void> {
    for (let row = this.rows[0]; row; row = this.rows[0]) {
      try {
        const inbound = await row;
        if (inbound) await this.store(inbound);
      } catch (cause) {
        this.front.fault('a WeChat message is lost', cause);
      }
      this.rows.shift();
    }
    this.pumping = undefined;
  }

  private async store(inbound: Inbound): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const last = this.closing.signal.aborted;
      try {
        return await this.front.accept([inbound]);
      } catch (cause) {
        if (last) throw cause;
        if (attempt === 0) this.front.fault('a WeChat message could not be stored and is tried again', cause);
        await this.wait(backoff(attempt, FIRST_WAIT_MS, MOST_WAIT_MS), this.closing.signal);
      }
    }
  }
}
