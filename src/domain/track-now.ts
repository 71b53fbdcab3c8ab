import type { Text } from '../text/text.ts';
import {
  type Expected,
  expectedTimes,
  firstState,
  nextParty,
  type RunCommand,
  type RunItem,
  type RunPhase,
  type RunPlan,
  type RunState,
  runState,
  type StageClock,
  stageClock,
  upcoming,
} from './run-of-show.ts';
import { MINUTE } from './time.ts';
import type { TrackRun } from './track-run.ts';

export interface TimedItem extends Expected {
  readonly about: RunItem;
}

/** How a track stands at a moment, as everybody may know. */
export interface TrackNow {
  readonly event: string;
  readonly track: string;
  readonly phase: RunPhase;
  readonly onStage: TimedItem | null;
  readonly clock: StageClock | null;
  /** The party that was called to the stage last, and the one that follows. */
  readonly party: Text | null;
  readonly nextParty: Text | null;
  /** What is to come, in order. */
  readonly coming: readonly TimedItem[];
  /** How far it is behind the plan; less than 0: ahead of it. */
  readonly delayMinutes: number;
  /** How often a host went on or back: whoever saw another number saw another moment. */
  readonly step: number;
}

/** How the day of a track stands. */
export function trackNow(run: Pick<TrackRun, 'event' | 'track' | 'plan' | 'commands'>, now: Date): TrackNow {
  const { plan, commands } = run;
  const state = runState(plan, commands);
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const timed = expectedTimes(plan, state, now).flatMap((one): TimedItem[] => {
    const about = items.get(one.item);
    return about ? [{ ...one, about }] : [];
  });
  const onStage = timed.find(({ item }) => item === state.current?.item) ?? null;
  return {
    event: run.event,
    track: run.track,
    phase: state.phase,
    onStage,
    clock: stageClock(plan, state, now) ?? null,
    party: onStage?.about.parties[state.cued - 1] ?? null,
    nextParty: nextParty(plan, state) ?? null,
    coming: timed.filter((one) => one !== onStage),
    delayMinutes: delayOf(plan, state, now),
    step: stepOf(commands),
  };
}

/** How often a host went on, or back. */
export function stepOf(commands: readonly RunCommand[]): number {
  return commands.filter(({ what }) => what === 'next' || what === 'undo').length;
}

/** What is to come next, or else the end of what is on stage, against the plan in the order of now. */
function delayOf(plan: RunPlan, state: RunState, now: Date): number {
  const expected = expectedTimes(plan, state, now);
  const [next] = upcoming(state);
  const planned = expectedTimes(plan, { ...firstState(plan), order: state.order }, plan.startsAt);
  const moment = (times: readonly Expected[]): number | undefined =>
    next === undefined
      ? times.find(({ item }) => item === state.current?.item)?.to.getTime()
      : times.find(({ item }) => item === next)?.from.getTime();
  const [is, was] = [moment(expected), moment(planned)];
  return is === undefined || was === undefined ? 0 : Math.round((is - was) / MINUTE);
}
