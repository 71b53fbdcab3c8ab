import { laneOf } from '../domain/delivery.ts';
import { type Account, accountOf } from '../domain/person.ts';
import type { Channel, Pace, Post, Sending } from './channel.ts';
import type { Outlet } from './outlet.ts';
import type { Bucket } from './pace/bucket.ts';
import { Gate } from './pace/gate.ts';
import { Pacer } from './pacer.ts';

/** Replies that could not leave for so long stay in their outbox for the sweep; other processes look there after 10 s. */
const PATIENCE_MS = 8_000;
const FIRST_REST_MS = 1_000;
/** How long a stop waits for what has begun to leave. */
const GRACE_MS = 4_000;
const CLOSING: Sending = { result: 'refused', retryAfterMs: 0, cause: 'stopped' };

/** What a channel gives as the cause when its platform was written to too often. */
const TOO_MANY = 'too_many_requests';

export interface CourierParts {
  /** Instead of the channel's own pace. */
  readonly pace?: Pace;
  /** The bucket that this bot account shares with other processes (default: one of its own). */
  readonly bucket?: Bucket | undefined;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly fault: (message: string, cause: unknown) => void;
}

/**
 * Sends what goes to one channel, at its pace. The replies of a conversation leave one after the other; what
 * surely did not arrive is tried again, what may have arrived is not.
 */
export class Courier implements Outlet {
  private readonly channel: Channel;
  private readonly pacer: Pacer;
  private readonly gate: Gate;
  private readonly everyMs: number;
  private readonly now: () => number;
  private readonly wait: (ms: number) => Promise<void>;
  private readonly fault: CourierParts['fault'];
  /** The end of the line of each conversation with something on its way; false: what was in it stayed behind. */
  private readonly lines = new Map<string, Promise<boolean>>();
  /** Replies on their way, so that a sweep that finds them in an outbox does not send them twice. */
  private readonly underway = new Set<string>();
  private refused = 0;

  constructor(channel: Channel, { pace, bucket, now, wait, fault }: CourierParts) {
    this.channel = channel;
    this.now = now ?? (() => performance.now());
    this.wait = wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    this.fault = fault;
    const kept = pace ?? channel.pace;
    this.everyMs = kept.everyMs;
    this.pacer = new Pacer(kept, { bucket, now: this.now });
    this.gate = new Gate(kept, this.now);
  }

  async deliver(posts: readonly Post[], sent: (post: Post) => void): Promise<void> {
    for (const post of posts) {
      const keyOf = (seq: number) => `${post.conversation} ${seq}`;
      const replies = post.replies.filter(({ seq }) => !this.underway.has(keyOf(seq)));
      if (replies.length === 0) continue;
      const keys = replies.map(({ seq }) => keyOf(seq));
      for (const key of keys) this.underway.add(key);
      void this.inLine(post.conversation, async () => {
        const went = await this.sendReplies({ ...post, replies });
        if (went) sent(post);
        return went;
      }).then(() => {
        for (const key of keys) this.underway.delete(key);
      });
    }
  }

  /** As `laneOf` names it. */
  get lane(): string {
    const { name, bot } = this.channel;
    return laneOf({ channel: name, bot });
  }

  get limit(): number | undefined {
    return this.channel.massLimit;
  }

  get change(): Outlet['change'] {
    const { channel } = this;
    if (!channel.edit) return undefined;
    return async ({ id }, messageId, { lang, replies }) => {
      const [message] = channel.write(replies, lang);
      return message !== undefined && (await channel.edit?.(id, messageId, message)) === true;
    };
  }

  get menu(): Outlet['menu'] {
    const { channel } = this;
    return channel.menuFor && (async ({ id }, entries) => channel.menuFor?.(id, entries));
  }

  get perSecond(): number {
    return this.everyMs > 0 ? 1_000 / this.everyMs : Number.POSITIVE_INFINITY;
  }

  /** How often the platform said that it was written to too often. */
  get tooMany(): number {
    return this.refused;
  }

  turn(conversation: string): Promise<boolean> {
    return this.pacer.turn(conversation, 'letter');
  }

  async letter({ id }: Account, { conversation, lang, replies }: Post): Promise<Sending> {
    let last: Sending = { result: 'failed', cause: 'invalid' };
    for (const [i, message] of this.channel.write(replies, lang).entries()) {
      // What has begun to leave does so even without a turn, which there are none of after a stop.
      if (i > 0) await this.pacer.turn(conversation, 'letter');
      last = await this.attempt('letter', conversation, id, message);
      // A part of it has arrived already: sent again, it would arrive twice.
      if (last.result === 'refused' && i > 0) return { result: 'unsure', cause: last.cause };
      if (last.result !== 'sent') return last;
    }
    return last;
  }

  async settled(): Promise<void> {
    while (this.lines.size > 0) await Promise.all(this.lines.values());
  }

  /** Begins nothing new; resolves when what has begun to leave has left. The rest stays in its outbox for the next start. */
  async close(): Promise<void> {
    this.pacer.close();
    await Promise.race([this.settled(), this.wait(GRACE_MS)]);
  }

  /** What comes after replies that stayed behind stays behind too: the sweep sends all of them in order. */
  private inLine(conversation: string, work: () => Promise<boolean>): Promise<boolean> {
    const before = this.lines.get(conversation) ?? Promise.resolve(true);
    const line = before
      .then((went) => went && work())
      .catch((cause: unknown) => {
        this.fault('replies were left in their outbox', cause);
        return false;
      })
      .finally(() => {
        if (this.lines.get(conversation) === line) this.lines.delete(conversation);
      });
    this.lines.set(conversation, line);
    return line;
  }

  /** False: they stay in the outbox. */
  private async sendReplies({ conversation, lang, replies }: Post): Promise<boolean> {
    const { id } = accountOf(conversation);
    for (const [i, message] of this.channel.write(replies, lang).entries()) {
      const ended = await this.sendReply(conversation, id, message, i > 0);
      if (ended.result === 'refused') return false;
      if (ended.result === 'unsure') this.fault('a reply may not have arrived', ended.cause);
      if (ended.result === 'failed') return true;
    }
    return true;
  }

  /** `begun`: something that belongs to it has left, so that it must not stay behind for a stop. */
  private async sendReply(
    conversation: string,
    id: string,
    message: unknown,
    begun: boolean,
  ): Promise<Sending> {
    const until = this.now() + PATIENCE_MS;
    for (let rest = FIRST_REST_MS; ; rest *= 2) {
      if (!(await this.pacer.turn(conversation, 'reply')) && !begun) return CLOSING;
      const ended = await this.attempt('reply', conversation, id, message);
      if (ended.result !== 'refused') return ended;
      const ms = Math.max(rest, ended.retryAfterMs);
      if (this.now() + ms > until) return ended;
      await this.wait(ms);
    }
  }

  private async attempt(
    kind: 'reply' | 'letter',
    conversation: string,
    id: string,
    message: unknown,
  ): Promise<Sending> {
    const ended = await this.gate.pass(kind, () => this.channel.send(id, message));
    if (ended.result !== 'refused') return ended;
    const tooMany = ended.cause === TOO_MANY;
    if (tooMany) this.refused++;
    if (ended.retryAfterMs > 0) this.pacer.hold(conversation, ended.retryAfterMs, { tooMany });
    return ended;
  }
}
