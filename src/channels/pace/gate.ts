import type { Pace } from '../channel.ts';
import { type Ask, mostFor } from './bucket.ts';

/** A message arrives within this time after it left, as far as a limit is concerned; at the latest when it is answered. */
const ROAD_MS = 50;

interface Waiting {
  readonly kind: Ask['kind'];
  readonly go: () => void;
}

/**
 * The last gate of a bot account in this process. Between its turn and its leaving a message may be held up, and then
 * come out together with others: here no more pass than the platform takes within a time, replies first; letters
 * leave one place to a reply.
 */
export class Gate {
  private readonly within: Pace['within'];
  private readonly now: () => number;
  /** Until when each message that passed counts. */
  private counted: { until: number }[] = [];
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor({ within }: Pick<Pace, 'within'>, now: () => number) {
    this.within = within;
    this.now = now;
  }

  /** Sends once there is room. */
  async pass<T>(kind: Ask['kind'], send: () => Promise<T>): Promise<T> {
    if (!this.within) return send();
    const { ms } = this.within;
    if (this.waiting.some((one) => one.kind === kind) || this.isFull(kind))
      await new Promise<void>((go) => {
        this.waiting.push({ kind, go });
        this.sleep();
      });
    const mine = { until: this.now() + ROAD_MS + ms };
    this.counted.push(mine);
    try {
      return await send();
    } finally {
      mine.until = Math.min(mine.until, this.now() + ms);
      this.sleep();
    }
  }

  private isFull(kind: Ask['kind']): boolean {
    const now = this.now();
    this.counted = this.counted.filter(({ until }) => until > now);
    return this.within !== undefined && this.counted.length >= mostFor(kind, this.within.most);
  }

  private sleep(): void {
    clearTimeout(this.timer);
    if (this.waiting.length === 0) return;
    const soonest = Math.min(...this.counted.map(({ until }) => until));
    this.timer = setTimeout(() => this.open(), Math.max(1, Math.ceil(soonest - this.now())));
  }

  /** Lets one pass; it counts before the next is looked at. */
  private open(): void {
    const reply = this.waiting.findIndex(({ kind }) => kind === 'reply');
    if (!this.isFull(reply < 0 ? 'letter' : 'reply')) {
      const [next] = this.waiting.splice(Math.max(0, reply), 1);
      next?.go();
    }
    this.sleep();
  }
}
