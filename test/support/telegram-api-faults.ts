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
