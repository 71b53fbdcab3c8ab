/** What can go wrong with a call. */
export type Fault =
  | {
      readonly is: 'refused';
      readonly code: number;
      readonly description?: string;
      readonly parameters?: Readonly<Record<string, number>>;
    }
  /** The connection breaks, after the call was carried out or before. */
  | { readonly is: 'reset'; readonly counted: boolean }
  /** Nothing is ever answered, though the call was carried out. */
  | { readonly is: 'silent' }
  /** Carried out, and answered with something that is no JSON. */
  | { readonly is: 'garbled' };

interface Planned {
  readonly fault: Fault;
  readonly method: string | undefined;
  readonly chat: string | undefined;
  times: number;
}

export interface FaultPlan {
  /** Only this method, only this chat, and how often (default once). */
  readonly method?: string;
  readonly chat?: string;
  readonly times?: number;
}

/** Faults that lie in wait for calls. */
export class Faults {
  private planned: Planned[] = [];

  add(fault: Fault, { method, chat, times = 1 }: FaultPlan): void {
    this.planned.push({ fault, method, chat, times });
  }

  clear(): void {
    this.planned = [];
  }

  /** The fault that a call runs into, if any. */
  take(method: string, chat: string): Fault | undefined {
    if (this.planned.length === 0) return undefined;
    const met = this.planned.find(
      (one) => (one.method ?? method) === method && (one.chat ?? chat) === chat && one.times > 0,
    );
    if (!met) return undefined;
    met.times--;
    this.planned = this.planned.filter(({ times }) => times > 0);
    return met.fault;
  }
}

/** So many at once, then so many a second. */
class Bucket {
  private tokens: number;
  private at = 0;
  private readonly burst: number;
  private readonly perSecond: number;

  constructor(burst: number, perSecond: number) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
  }

  /** Seconds to wait, 0 when there is room now. */
  lack(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.at) / 1_000) * this.perSecond);
    this.at = now;
    return this.tokens >= 1 ? 0 : (1 - this.tokens) / this.perSecond;
  }

  take(): void {
    this.tokens--;
  }
}

/** Telegram's own limits: 30 messages a second over all, one a second in each chat with a few at once. */
export class SendLimits {
  private readonly all = new Bucket(31, 30);
  private readonly chats = new Map<string, Bucket>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Whole seconds to wait before a message may be sent to a chat; 0: it is counted. */
  take(id: string): number {
    const chat = this.chats.get(id) ?? new Bucket(4, 1);
    this.chats.set(id, chat);
    const now = this.now();
    const lack = Math.max(this.all.lack(now), chat.lack(now));
    if (lack > 0) return Math.ceil(lack);
    this.all.take();
    chat.take();
    return 0;
  }
}
