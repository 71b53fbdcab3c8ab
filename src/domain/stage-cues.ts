import type { RunPlan, RunState } from './run-of-show.ts';
import { MINUTE } from './time.ts';

/** What the hosts of a track hear of the item on stage. */
export type StageCue = {
  readonly item: string;
  readonly since: Date;
  /** From when it is so. */
  readonly at: Date;
} & (
  | { readonly what: 'questions'; readonly minutes: number }
  | { readonly what: 'last-minute' }
  | { readonly what: 'over'; readonly minutes: number }
);

/** A cue is worth something at its moment alone. */
export const CUE_LIVES_MS = MINUTE;
const AGAIN_AFTER = 3;
const LAST_OVER = 31;

/** The cues for the item on stage whose moment has just come: none is older than a minute. */
export function stageCues({ items }: RunPlan, state: RunState, now: Date): StageCue[] {
  const { current, phase, pausedMs } = state;
  const item = items.find(({ id }) => id === current?.item);
  if (!item || !current || phase !== 'live') return [];
  const began = current.since.getTime() + pausedMs;
  const whole = item.pitch + item.questions;
  const at = (minutes: number) => new Date(began + minutes * MINUTE);
  const about = { item: item.id, since: current.since };
  const overs = Array.from({ length: 1 + (LAST_OVER - 1) / AGAIN_AFTER }, (_, i) => 1 + i * AGAIN_AFTER);
  const all: StageCue[] = [
    ...(item.questions > 0 && item.pitch > 0
      ? [{ ...about, what: 'questions' as const, minutes: item.questions, at: at(item.pitch) }]
      : []),
    ...(whole > 1 ? [{ ...about, what: 'last-minute' as const, at: at(whole - 1) }] : []),
    ...overs.map((minutes) => ({ ...about, what: 'over' as const, minutes, at: at(whole + minutes) })),
  ];
  const age = (cue: StageCue): number => now.getTime() - cue.at.getTime();
  return all.filter((cue) => age(cue) >= 0 && age(cue) < CUE_LIVES_MS);
}
