import type { Ended } from '../domain/delivery.ts';
import { afterQuiet, goesBadly, type Notice } from '../domain/notice.ts';
import type { Clock, Notices } from '../usecases/ports.ts';

const AT_MOST = 100;
/** How long a look at which notices run is good for: a pause holds within a second. */
const FRESH_MS = 300;
const JUDGED = 50;

export interface RunningParts {
  readonly clock: Clock;
  readonly notices: Notices;
  /** Stops a notice whose sending goes badly, for a person to look at. */
  readonly stopBad: (notice: string) => Promise<unknown>;
}

type Some = ReadonlyMap<string, Notice>;

/** The notices that may be sent now, and how the sending of each goes. */
export class Running {
  private readonly parts: RunningParts;
  private seen: { readonly at: Date; readonly notices: Some } | undefined;
  private looking: Promise<Some> | undefined;
  private readonly judged = new Map<string, Ended[]>();

  constructor(parts: RunningParts) {
    this.parts = parts;
  }

  /** Those first that cannot wait. Quiet hours hold up the others as a whole. */
  async now(): Promise<Some> {
    const age = this.seen ? Math.abs(this.parts.clock.now().getTime() - this.seen.at.getTime()) : FRESH_MS;
    if (this.seen && age < FRESH_MS) return this.seen.notices;
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async look(): Promise<Some> {
    const at = this.parts.clock.now();
    const found = await this.parts.notices.inState(['running'], AT_MOST);
    const awake = found.filter(({ critical, zone }) => critical || afterQuiet(at, zone) <= at);
    const sorted = awake.sort((a, b) => Number(b.critical) - Number(a.critical));
    const notices = new Map(sorted.map((one) => [one.id, one]));
    this.seen = { at, notices };
    for (const id of this.judged.keys()) if (!notices.has(id)) this.judged.delete(id);
    return notices;
  }

  /** Takes note of how an attempt for a notice ended. What was on its way when the notice was stopped says no more. */
  async judge(notice: string, ended: Ended): Promise<void> {
    if (!this.seen?.notices.has(notice)) return;
    const last = [...(this.judged.get(notice) ?? []), ended].slice(-JUDGED);
    this.judged.set(notice, last);
    if (!goesBadly(last)) return;
    this.judged.delete(notice);
    this.seen = undefined;
    await this.parts.stopBad(notice);
  }
}
