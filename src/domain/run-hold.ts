import { SHIFT_TOLD_MS } from './run-calls.ts';
import { expectedTimes, runState, stageClock, upcoming } from './run-of-show.ts';
import type { TrackRun } from './track-run.ts';

/** What must still be so of a run when a letter about it is sent, or else it is not sent any more. */
export type RunHold = { readonly run: string; readonly item: string } & (
  | { readonly still: 'coming'; readonly from: Date; readonly isNext: boolean }
  | { readonly still: 'paused' | 'absent' }
  | { readonly still: 'on-stage'; readonly since: Date; readonly part: 'pitch' | 'questions' | 'over' }
);

/** Whether a letter about a run is still true. */
export function holdsOfRun(
  hold: RunHold,
  { plan, commands }: Pick<TrackRun, 'plan' | 'commands'>,
  now: Date,
): boolean {
  const state = runState(plan, commands);
  const { item } = hold;
  if (state.phase === 'closed') return false;
  if (hold.still === 'absent') return state.missing.includes(item);
  if (hold.still === 'on-stage') {
    const isOn = state.current?.item === item && state.current.since.getTime() === hold.since.getTime();
    return isOn && state.phase === 'live' && stageClock(plan, state, now)?.part === hold.part;
  }
  const coming = upcoming(state);
  if (!coming.includes(item)) return false;
  if (hold.still !== 'coming') return state.phase === 'paused';
  if (state.phase === 'paused') return false;
  if (hold.isNext && (coming[0] !== item || !state.current)) return false;
  const expected = expectedTimes(plan, state, now).find((one) => one.item === item);
  return expected !== undefined && Math.abs(expected.from.getTime() - hold.from.getTime()) <= SHIFT_TOLD_MS;
}
