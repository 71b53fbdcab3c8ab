import {
  dueCalls,
  expectedTimes,
  type RunState,
  runState,
  standingCommands,
  upcoming,
} from './run-of-show.ts';
import { HOUR, MINUTE } from './time.ts';
import type { TrackRun } from './track-run.ts';

/** Why a team hears of its time: so long before it, as the next one, or because something came in between. */
export type CallWhy = 30 | 10 | 'next' | 'moved' | 'paused' | 'absent';

/** What a team was told of its time. */
export interface RunCall {
  readonly item: string;
  readonly why: CallWhy;
  /** When it was expected on stage; null: nobody could say. */
  readonly from: Date | null;
  readonly at: Date;
  /** Its letters have been written. */
  readonly written?: true;
}

/** Teams that know their time hear of a change only when it is longer than this. */
export const SHIFT_TOLD_MS = 5 * MINUTE;

/** What nobody has gone on with for so long is forgotten rather than late: teams are not told of it any more. */
const FORGOTTEN_MS = 2 * HOUR;

type Calling = Pick<TrackRun, 'plan' | 'commands' | 'calls'>;

/** What teams are to be told at a moment and were not, by what they were told before. */
export function callsToMake(run: Calling, now: Date): RunCall[] {
  const { plan, commands, calls = [] } = run;
  const state = runState(plan, commands);
  if (state.phase === 'closed' || isForgotten(run, state, now)) return [];
  const due = dueCalls(plan, state, now);
  const expected = new Map(expectedTimes(plan, state, now).map(({ item, from }) => [item, from]));
  const coming = new Set(upcoming(state));
  return plan.items.flatMap(({ id: item, kind }): RunCall[] => {
    if (kind !== 'project') return [];
    const made = calls.filter((one) => one.item === item);
    const call = (why: CallWhy, from: Date | null) => ({ item, why, from, at: now });
    const last = made.at(-1);
    if (state.missing.includes(item)) return last?.why === 'absent' ? [] : [call('absent', null)];
    const from = expected.get(item);
    if (!coming.has(item) || !from) return [];
    if (state.phase === 'paused') return last && last.why !== 'paused' ? [call('paused', null)] : [];
    const whys = due.filter((one) => one.item === item).map(({ why }) => why);
    const fresh = whys.filter((why) => isFresh(why, made));
    if (fresh.length > 0) return fresh.map((why) => call(why, from));
    return isMoved(run, item, last, from) ? [call('moved', from)] : [];
  });
}

/** Each call is made once; who was called shortly before the time is not told that half an hour is left. */
function isFresh(why: CallWhy, made: readonly RunCall[]): boolean {
  return !made.some((one) => one.why === why || (why === 30 && one.why !== 'moved'));
}

function isMoved({ commands }: Calling, item: string, last: RunCall | undefined, from: Date): boolean {
  if (last && (last.from === null || Math.abs(from.getTime() - last.from.getTime()) > SHIFT_TOLD_MS))
    return true;
  const swap = standingCommands(commands).findLast((one) => one.what === 'swap' && one.items.includes(item));
  return swap !== undefined && !(last && last.at >= swap.at);
}

function isForgotten({ plan, commands }: Calling, state: RunState, now: Date): boolean {
  const since = Math.max(plan.startsAt.getTime(), commands.at(-1)?.at.getTime() ?? 0);
  return state.phase !== 'paused' && now.getTime() - since > FORGOTTEN_MS;
}

/** Whether anything that stands was said to a run, or it can be scored: then commands alone change its order. */
export function hasBegun({ commands, scoring }: Pick<TrackRun, 'commands' | 'scoring'>): boolean {
  return scoring.state !== 'closed' || standingCommands(commands).length > 0;
}
