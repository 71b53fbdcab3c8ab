import type { Pace } from '../channel.ts';
import { type Answer, type Ask, type Bucket, LocalBucket, type Rest } from './bucket.ts';

/** A bucket elsewhere, which may be out of reach. */
export interface Remote extends Bucket {
  /** Resolves when it answers. */
  check(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
/** While nobody knows how many processes send, the letters of one take no more than this part of the pace. */
const LETTERS_ONE_IN = 3;

export interface SharedParts {
  readonly pace: Pace;
  readonly now: () => number;
  /** Called once when the bucket gets out of reach, however many turns come of it. */
  readonly onAway: (cause: unknown) => void;
}

/**
 * The bucket of a bot account that several processes share. While it is out of reach each has its own: replies go on
 * as they did, letters more slowly. It never rejects.
 */
export class SharedBucket implements Bucket {
  private readonly remote: Remote;
  private readonly own: LocalBucket;
  private readonly now: () => number;
  private readonly onAway: SharedParts['onAway'];
  /** Out of reach, and when to look again. */
  private away: { lookAt: number } | undefined;

  constructor(remote: Remote, { pace, now, onAway }: SharedParts) {
    this.remote = remote;
    this.own = new LocalBucket(pace, now, LETTERS_ONE_IN);
    this.now = now;
    this.onAway = onAway;
  }

  async take(asks: readonly Ask[]): Promise<Answer> {
    if (this.isReached()) {
      try {
        const answer = await this.remote.take(asks);
        for (const [i, ask] of asks.entries()) if (answer.turns[i] === 'go') this.own.spend(ask);
        return answer;
      } catch (error) {
        this.lose(error);
      }
    }
    return this.own.take(asks);
  }

  async rest(rest: Rest): Promise<void> {
    await this.own.rest(rest);
    if (!this.isReached()) return;
    await this.remote.rest(rest).catch((error: unknown) => this.lose(error));
  }

  /** Whoever asks during an outage does not wait for its end, but has it looked for. */
  private isReached(): boolean {
    const { away } = this;
    if (!away) return true;
    if (this.now() < away.lookAt) return false;
    away.lookAt = Number.POSITIVE_INFINITY;
    this.remote.check().then(
      () => {
        this.away = undefined;
      },
      () => {
        away.lookAt = this.now() + LOOK_EVERY_MS;
      },
    );
    return false;
  }

  private lose(cause: unknown): void {
    if (this.away) return;
    this.away = { lookAt: this.now() + LOOK_EVERY_MS };
    this.onAway(cause);
  }
}
