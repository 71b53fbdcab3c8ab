import type { Book } from '../conversation/flow.ts';
import type { Incoming } from '../conversation/types.ts';
import { Batches, type Composing, LEFT_AFTER_MS } from './batch.ts';
import { coalesce } from './coalesce.ts';
import { Marks } from './marks.ts';
import type { House, Inbound, Inbox, Post, Sessions, Stored } from './ports.ts';

const BATCH = 64;
// As many as an outage may leave are taken up by one sweep; those after them by the next.
const LEFT_AT_ONCE = 1_000;
const BATCHES_AT_ONCE = 1;
const ACCEPTED_AT_ONCE = 500;
const WAKING_AT_MOST = 50_000;
// Far more than a crash can leave; what is beyond it is the sweep's.
const ROUNDS_AT_START = 200;

export interface RunnerParts<F> {
  readonly book: Book<F>;
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly house: House<F>;
}

/**
 * The way of a message. Conversations are worked on in batches, so that durability costs a few round trips per
 * batch; within a conversation messages keep their order. Correctness rests on the compare-and-set alone: two
 * runners on one store never lose or double a turn.
 */
export class Runner<F> {
  private readonly dirty = new Set<string>();
  private readonly busy = new Set<string>();
  private running = 0;
  private idle: (() => void)[] = [];
  private closing = false;
  private readonly parts: RunnerParts<F>;
  private readonly marks: Marks;
  private readonly batches: Batches<F>;
  private readonly store: (messages: readonly Inbound[]) => Promise<void>;

  constructor(parts: RunnerParts<F>) {
    const { inbox, sessions, house } = parts;
    this.parts = parts;
    this.marks = new Marks({
      inbox,
      sessions,
      now: house.now,
      isBusy: (id) => this.busy.has(id),
      fault: house.fault,
    });
    this.batches = new Batches({ ...parts, marks: this.marks });
    this.store = coalesce(async (messages) => inbox.add(await this.withSeen(messages)), ACCEPTED_AT_ONCE);
  }

  /** Stores messages; resolves once they are durable, which is when a channel may acknowledge them. */
  async accept(messages: readonly Inbound[]): Promise<void> {
    await this.store(messages);
    for (const { conversation } of messages) this.wake(conversation);
  }

  /** What a person had seen when they wrote: without their own word on it, every reply stored by then. */
  private async withSeen(messages: readonly Inbound[]): Promise<readonly Inbound[]> {
    const unclear = messages.filter(({ input }) => isTyped(input) && input.seen === undefined);
    if (unclear.length === 0) return messages;
    const ids = [...new Set(unclear.map(({ conversation }) => conversation))];
    const last = await this.parts.sessions.lastReplies(ids);
    return messages.map((message) => {
      const { input } = message;
      if (!isTyped(input) || input.seen !== undefined) return message;
      return { ...message, input: { ...input, seen: last.get(message.conversation) ?? 0 } };
    });
  }

  /** Sees to a conversation soon. Beyond a bound it is left to the sweep: nothing is lost, memory stays flat. */
  wake(conversation: string): void {
    if (this.closing || this.dirty.size >= WAKING_AT_MOST) return;
    this.dirty.add(conversation);
    if (this.running < BATCHES_AT_ONCE) void this.work();
  }

  /** Takes up what was left undone by a crash or another process. Returns how many conversations. */
  async recover(): Promise<number> {
    const since = new Date(this.parts.house.now().getTime() - LEFT_AFTER_MS);
    const [waiting, unfinished] = await Promise.all([
      this.parts.inbox.waiting(since, LEFT_AT_ONCE),
      this.parts.sessions.unfinished(since, LEFT_AT_ONCE),
    ]);
    const left = new Set([...waiting, ...unfinished]);
    for (const conversation of left) this.wake(conversation);
    return left.size;
  }

  /**
   * Takes up everything that was left undone, at once: for the start of the only process on a store. Rejects when
   * an outage prevents it.
   */
  async recoverAll(): Promise<void> {
    const { inbox, sessions, house } = this.parts;
    const now = house.now();
    let before = '';
    for (let rounds = 0; rounds < ROUNDS_AT_START; rounds++) {
      const left = await Promise.all([inbox.waiting(now, BATCH), sessions.unfinished(now, BATCH)]);
      const ids = [...new Set(left.flat())];
      if (ids.length === 0) return;
      const more = await this.batches.see(ids, 0);
      for (const id of more) this.wake(id);
      await this.marks.flush();
      // An effect that fails again and again is the sweep's; it must not keep the house from opening.
      if (more.length === 0 && ids.join() === before) return;
      before = ids.join();
    }
  }

  /** Reminds of forms that were left open and drops those that stayed so. Returns how many. */
  async tendForms(): Promise<number> {
    const now = this.parts.house.now();
    const { sessions } = this.parts;
    const expired = await sessions.toExpire(now, BATCH);
    const left = (await sessions.toNudge(now, BATCH)).filter((id) => !expired.includes(id));
    // A form whose effect is under way is not left; touching it would only keep the effect from being taken up.
    const isLeft = (one: Stored, at: Date | null) =>
      at !== null && at <= now && one.session.active?.state !== 'performing';
    for (const id of expired)
      await this.tend(id, (one) => (isLeft(one, one.expireAt) ? { kind: 'expire' } : undefined));
    for (const id of left)
      await this.tend(id, (one) => (isLeft(one, one.nudgeAt) ? { kind: 'nudge' } : undefined));
    return expired.length + left.length;
  }

  /** One that fails is reported and tried again the next time, and does not hold up the others. */
  private async tend(id: string, pick: (stored: Stored) => Incoming | undefined): Promise<void> {
    await this.batches.news(id, pick).catch((cause: unknown) => {
      this.parts.house.fault(`the open form of conversation ${id} was left to the next sweep`, cause);
    });
  }

  /**
   * Puts what people did not ask for into their conversations, without seizing the chat: its buttons are known
   * there from now on. The caller sends the replies, and answers for it that they are sent once. Several for one
   * conversation come after one another. Returns one post for each.
   */
  compose(letters: readonly Composing[]): Promise<Post[]> {
    return this.batches.compose(letters);
  }

  /** Resolves when nothing is under way; what is woken later is left to the next start. */
  async close(): Promise<void> {
    this.closing = true;
    await this.settled();
  }

  /** Resolves when every woken conversation has been seen to and everything done is marked. */
  async settled(): Promise<void> {
    while (this.running > 0 || this.dirty.size > 0) {
      if (this.running === 0) void this.work();
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
    await this.marks.flush();
  }

  private async work(): Promise<void> {
    this.running++;
    for (let batch = this.takeBatch(); batch.length > 0; batch = this.takeBatch()) {
      const more = await this.batches.see(batch).catch((cause: unknown) => {
        // Left to the sweep: it is stored, and an outage must not turn into a busy loop.
        this.parts.house.fault('a batch of conversations was left to the sweep', cause);
        return [];
      });
      for (const id of batch) this.busy.delete(id);
      for (const id of more) this.dirty.add(id);
    }
    this.running--;
    if (this.running > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private takeBatch(): string[] {
    const batch: string[] = [];
    for (const id of this.dirty) {
      if (batch.length === BATCH) break;
      if (!this.busy.has(id)) batch.push(id);
    }
    for (const id of batch) {
      this.dirty.delete(id);
      this.busy.add(id);
    }
    return batch;
  }
}

function isTyped(input: Inbound['input']): input is Extract<Inbound['input'], { kind: 'text' | 'file' }> {
  return input.kind === 'text' || input.kind === 'file';
}
