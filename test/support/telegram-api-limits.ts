/** What happened within the last so many milliseconds. */
class Window {
  private times: number[] = [];
  private readonly most: number;
  private readonly ms: number;

  constructor(most: number, ms: number) {
    this.most = most;
    this.ms = ms;
  }

  /** Milliseconds to wait, 0 when there is room now. */
  lack(now: number): number {
    this.times = this.times.filter((at) => at > now - this.ms);
    const first = this.times[this.times.length - this.most];
    return first === undefined ? 0 : first + this.ms - now;
  }

  take(now: number): void {
    this.times.push(now);
  }
}

/** So many at once, then one an interval. */
class Allowance {
  private left: number;
  private at = 0;
  private readonly most: number;
  private readonly everyMs: number;

  constructor(most: number, everyMs: number) {
    this.most = most;
    this.everyMs = everyMs;
    this.left = most;
  }

  lack(now: number): number {
    this.left = Math.min(this.most, this.left + (now - this.at) / this.everyMs);
    this.at = now;
    return this.left >= 1 ? 0 : (1 - this.left) * this.everyMs;
  }

  take(): void {
    this.left--;
  }
}

interface Limit {
  lack(now: number): number;
  take(now: number): void;
}

/** So much Telegram takes from a bot within any second. */
export const OVER_ALL = 30;

/**
 * Telegram's limits to the letter: 30 messages within any second over all, one a second in each chat with three at
 * once, 20 within any minute in a group.
 */
export class SendLimits {
  /** Messages that were tried, and those of them that were refused. */
  calls = 0;
  refused = 0;
  private readonly all = new Window(OVER_ALL, 1_000);
  private readonly chats = new Map<string, readonly Limit[]>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Whole seconds to wait before a message may be sent to a chat; 0: it is counted. */
  take(id: string): number {
    const now = this.now();
    const limits = [this.all, ...this.ofChat(id)];
    const lack = Math.max(...limits.map((one) => one.lack(now)));
    this.calls++;
    if (lack > 0) this.refused++;
    else for (const one of limits) one.take(now);
    return Math.ceil(lack / 1_000);
  }

  private ofChat(id: string): readonly Limit[] {
    const isGroup = id.startsWith('-');
    const known = this.chats.get(id) ?? [
      new Allowance(3, 1_000),
      ...(isGroup ? [new Window(20, 60_000)] : []),
    ];
    this.chats.set(id, known);
    return known;
  }
}
