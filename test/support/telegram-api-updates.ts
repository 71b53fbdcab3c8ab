import { Agent, request } from 'node:http';

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

interface Poll {
  readonly limit: number;
  readonly answer: (updates: readonly Update[] | 'conflict') => void;
  readonly timer: NodeJS.Timeout;
}

const POSTS_AT_ONCE = 40;

/** Updates on their way to the bot: fetched by it, or posted to it and posted again until it says 200. */
export class Updates {
  /** Statuses of every post, in order. */
  readonly statuses: number[] = [];
  allowed: readonly string[] | undefined;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: POSTS_AT_ONCE });
  private readonly retryMs: number;
  private readonly changed: () => void;
  private readonly pending = new Set<Update>();
  private readonly posting = new Set<Update>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private poll: Poll | undefined;
  private hook: Webhook | undefined;
  private last = 0;

  constructor(retryMs: number, changed: () => void) {
    this.retryMs = retryMs;
    this.changed = changed;
  }

  get webhook(): Webhook | undefined {
    return this.hook;
  }

  set webhook(webhook: Webhook | undefined) {
    this.hook = webhook;
    this.postAll();
  }

  /** How many the bot has not confirmed. */
  get open(): number {
    return this.pending.size;
  }

  /** An update with a number of its own, which is not sent. */
  make(content: object): Update {
    return { update_id: ++this.last, ...content };
  }

  /** Sends an update to the bot, unless it does not want such. */
  add(content: object): Update {
    const update = this.make(content);
    if (this.allowed && !Object.keys(content).some((kind) => this.allowed?.includes(kind))) return update;
    this.pending.add(update);
    this.answerPoll();
    this.postAll();
    return update;
  }

  /** Sends an update once more, as Telegram does while it is not sure that the bot has it. */
  repeat(update: Update): void {
    this.pending.add(update);
    this.answerPoll();
    this.postAll();
  }

  /** Fetches as getUpdates does: an offset confirms what lies before it, and an earlier fetch is ended. */
  fetch(offset: number, limit: number, timeoutMs: number): Promise<readonly Update[] | 'conflict'> {
    if (this.hook) return Promise.resolve('conflict');
    this.endPoll('conflict');
    for (const update of this.pending) {
      if (update.update_id >= offset) break;
      this.pending.delete(update);
    }
    this.changed();
    if (this.pending.size > 0 || timeoutMs <= 0) return Promise.resolve(this.first(limit));
    return new Promise((answer) => {
      const timer = setTimeout(() => this.endPoll([]), timeoutMs);
      this.poll = { limit, answer, timer };
    });
  }

  /** Posts an update once, as Telegram does; resolves with the status. */
  post(update: unknown, { url, secret } = this.hook ?? { url: '', secret: '' }): Promise<number> {
    const body = typeof update === 'string' ? update : JSON.stringify(update);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(secret !== '' && { 'x-telegram-bot-api-secret-token': secret }),
    };
    return new Promise((resolve, reject) => {
      const post = request(url, { method: 'POST', agent: this.agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      post.on('error', reject);
      post.end(body);
    });
  }

  close(): void {
    this.hook = undefined;
    for (const timer of this.timers) clearTimeout(timer);
    this.endPoll([]);
    this.agent.destroy();
  }

  private first(limit: number): Update[] {
    return [...this.pending].slice(0, limit);
  }

  private answerPoll(): void {
    if (this.poll) this.endPoll(this.first(this.poll.limit));
  }

  private endPoll(updates: readonly Update[] | 'conflict'): void {
    const { poll } = this;
    this.poll = undefined;
    clearTimeout(poll?.timer);
    poll?.answer(updates);
  }

  private postAll(): void {
    if (!this.hook) return;
    for (const update of this.pending) {
      if (this.posting.size >= POSTS_AT_ONCE) return;
      if (!this.posting.has(update)) void this.postUntilTaken(update);
    }
  }

  private async postUntilTaken(update: Update): Promise<void> {
    this.posting.add(update);
    const status = await this.post(update).catch(() => 0);
    this.statuses.push(status);
    if (status >= 200 && status < 300) {
      this.pending.delete(update);
      this.posting.delete(update);
      this.postAll();
    } else if (this.hook) {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.posting.delete(update);
        this.postAll();
      }, this.retryMs);
      this.timers.add(timer);
    }
    this.changed();
  }
}
