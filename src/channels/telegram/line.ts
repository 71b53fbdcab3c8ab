import type { Front } from '../channel.ts';
import { type BotApi, CallFailed } from './api.ts';
import type { Intake } from './intake.ts';
import { arrange, type Hopeless, hopelessOf, type Menu, setMenu, type Webhook, whoAmI } from './setup.ts';
import { ALLOWED_UPDATES, numberOf } from './updates.ts';

const BATCH = 100;
/** How much longer than Telegram's own waiting a long poll may take. */
const POLL_SLACK_MS = 10_000;
const BACKOFF_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;

export interface LineParts {
  readonly api: BotApi;
  readonly intake: Intake;
  readonly front: Front;
  readonly menu: Menu;
  readonly webhook: Webhook | undefined;
  readonly pollSeconds: number;
  /** Resolves after so long, or when the signal says so. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Keeps the bot reachable: introduces it, then fetches updates unless they are posted; outages are waited out. */
export class Line {
  private readonly parts: LineParts;
  private readonly ending = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private started = false;
  private introduced = false;
  private offset: number | undefined;
  private failures = 0;
  private failure: Error | undefined = new Error('The Telegram bot has not been started.');
  private hopeless: Hopeless | undefined;

  constructor(parts: LineParts) {
    this.parts = parts;
  }

  /** Resolves after the first attempt; rejects when no later one could succeed. */
  async start(): Promise<void> {
    await this.tried(() => this.introduce());
    if (this.hopeless) throw this.hopeless;
    this.started = true;
    this.running = this.run();
  }

  /** Stops fetching; resolves when what was fetched is taken. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  async check(): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.parts.webhook) await this.parts.api.call('getMe', {});
  }

  private get goesOn(): boolean {
    return !this.ending.signal.aborted && !this.hopeless;
  }

  private async run(): Promise<void> {
    while (this.goesOn) {
      if (this.failures > 0) await this.pause();
      else if (this.introduced && this.parts.webhook) return;
      if (this.goesOn) await this.tried(() => (this.introduced ? this.poll() : this.introduce()));
    }
  }

  private async introduce(): Promise<void> {
    const { api, front, intake, menu, webhook } = this.parts;
    // Open first: updates are posted from the moment that Telegram knows where to.
    intake.open(await whoAmI(api));
    await arrange(api, webhook);
    this.introduced = true;
    await setMenu(api, front, menu);
  }

  private async poll(): Promise<void> {
    const { api, intake, pollSeconds: timeout } = this.parts;
    const asked = {
      limit: BATCH,
      timeout,
      allowed_updates: [...ALLOWED_UPDATES],
      ...(this.offset !== undefined && { offset: this.offset }),
    };
    const updates: unknown = await api.call('getUpdates', asked, {
      ms: timeout * 1_000 + POLL_SLACK_MS,
      signal: this.ending.signal,
    });
    const numbers = Array.isArray(updates) ? updates.map(numberOf) : [undefined];
    if (!Array.isArray(updates) || !numbers.every((one) => one !== undefined))
      throw new Error('expected a list of numbered updates of Telegram, received another');
    if (updates.length === 0) return;
    await intake.take(updates);
    // Telegram forgets what lies before the offset of the next call, so it moves only now.
    this.offset = Math.max(...numbers) + 1;
  }

  private async tried(step: () => Promise<void>): Promise<void> {
    try {
      await step();
      this.failures = 0;
      this.failure = undefined;
    } catch (error) {
      if (this.ending.signal.aborted) return;
      this.hopeless = hopelessOf(error);
      this.failure = this.hopeless ?? (error as Error);
      this.failures++;
      this.report();
    }
  }

  /** Once for a row of failures, and when it is given up, unless start() says so itself. */
  private report(): void {
    const { front } = this.parts;
    if (this.hopeless && this.started) front.fault('the Telegram bot is given up', this.hopeless);
    else if (!this.hopeless && this.failures === 1)
      front.fault('Telegram updates cannot be received; it is tried until they can', this.failure);
  }

  private async pause(): Promise<void> {
    const { trouble } = this.failure instanceof CallFailed ? this.failure : {};
    const asked = (trouble?.kind === 'answered' && trouble.retryAfterMs) || 0;
    const backoff = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** (this.failures - 1));
    await this.parts.wait(Math.max(asked, backoff), this.ending.signal);
  }
}
