import {
  type RunCommand,
  type RunRefusal,
  refusalOf,
  runState,
  standingCommands,
} from '../domain/run-of-show.ts';
import { stepOf } from '../domain/track-now.ts';
import type { TrackRun } from '../domain/track-run.ts';
import {
  changeRun,
  type DrivenRun,
  type DrivePorts,
  type DriveRefusal,
  drivenRun,
  type Meaning,
} from './driven-run.ts';
import { joinPanel, openedScoring, type PanelPorts } from './open-scoring.ts';
import { type Clock, type Result, refused } from './ports.ts';
import { type TickPorts, tickRun } from './tick-runs.ts';

export interface SteerPorts extends DrivePorts, PanelPorts, TickPorts {
  readonly clock: Clock;
  /** Locks the scoring of a run that is `locking`. Interrupted, whoever looks after active runs does. */
  readonly lockTrack: (run: string) => Promise<unknown>;
}

/** What a host says to a run. */
export type Order =
  /** `step`: what the host saw; null: they typed it. */
  | { readonly what: 'next'; readonly step: number | null }
  | { readonly what: 'pause' | 'resume' | 'undo' }
  | { readonly what: 'delay'; readonly minutes: number }
  | { readonly what: 'swap'; readonly items: readonly [string, string] }
  | { readonly what: 'noshow'; readonly item: string }
  | { readonly what: 'close'; readonly sure: boolean };

export interface Steering extends Meaning {
  readonly order: Order;
  /** The id of the command: the same again is the same command. */
  readonly effect: string;
}

export interface Steered extends DrivenRun {
  /** What an undo has taken back. */
  readonly undone: RunCommand | null;
}

export type SteerRefusal =
  | DriveRefusal
  | RunRefusal
  /** Somebody else went on since the host saw it, or a moment ago. */
  | 'went-on'
  | 'just-went-on'
  | 'confirm-close';

/** Two hosts who say `next` within this time mean the same. */
export const SAME_NEXT_MS = 10_000;

/** Says something to the run of a track. The first `next` begins it and opens its scoring; `close` ends both. */
export function steerRun(ports: SteerPorts) {
  const join = joinPanel(ports);
  return async (input: Steering): Promise<Result<Steered, SteerRefusal>> => {
    const { order, effect, person } = input;
    const found = await drivenRun(ports, input, itemIn(order));
    if (!found.ok) return found;
    const { event } = found.data;
    const command: RunCommand = { ...commandOf(order), id: effect, at: ports.clock.now(), by: person };
    let wrong: SteerRefusal | undefined;
    let opened = false;
    const run = await changeRun(ports, found.data.run.id, async (one) => {
      opened = false;
      wrong = undefined;
      if (one.commands.some(({ id }) => id === effect)) return one;
      wrong = whyNot(one, order, command);
      if (wrong) return one;
      opened = command.what === 'next' && one.scoring.state === 'closed';
      const scoring = opened ? await openedScoring(ports, event, one.track) : one.scoring;
      return { ...one, commands: [...one.commands, command], scoring: ended(scoring, command) };
    });
    if (wrong) return refused(wrong, { ...found.data, run });
    // Who became a judge while it opened finds it open here, or is found.
    if (opened) await join(event, run.track);
    if (run.scoring.state === 'locking') await ports.lockTrack(run.id);
    await tickRun(ports, run, event);
    return { ok: true, data: { ...found.data, run, undone: undoneBy(run, effect) } };
  };
}

const itemIn = (order: Order): string | undefined =>
  order.what === 'noshow' ? order.item : order.what === 'swap' ? order.items[0] : undefined;

function commandOf(order: Order) {
  if (order.what === 'delay' || order.what === 'swap' || order.what === 'noshow') return order;
  return { what: order.what };
}

function ended(scoring: TrackRun['scoring'], { what, by }: RunCommand): TrackRun['scoring'] {
  return what === 'close' && scoring.state === 'open'
    ? { ...scoring, state: 'locking', closedBy: by }
    : scoring;
}

function whyNot(run: TrackRun, order: Order, command: RunCommand): SteerRefusal | undefined {
  const { plan, commands, scoring } = run;
  const state = runState(plan, commands);
  // What was scored is being locked: no command brings it back.
  if (state.phase === 'closed') return 'closed';
  if (order.what === 'resume' && state.phase !== 'paused') return 'not-paused';
  if (order.what === 'close' && scoring.state === 'closed') return 'not-live';
  const wrong = order.what === 'next' ? whyNotNext(run, order.step, command) : undefined;
  if (wrong) return wrong;
  if (order.what === 'close' && !order.sure) return 'confirm-close';
  return refusalOf(plan, commands, command);
}

function whyNotNext({ commands }: TrackRun, step: number | null, { at, by }: RunCommand) {
  if (step !== null) return step === stepOf(commands) ? undefined : 'went-on';
  const last = standingCommands(commands).at(-1);
  if (last?.what !== 'next' || last.by === by) return undefined;
  return at.getTime() - last.at.getTime() < SAME_NEXT_MS ? 'just-went-on' : undefined;
}

function undoneBy({ commands }: TrackRun, effect: string): RunCommand | null {
  const place = commands.findIndex(({ id, what }) => id === effect && what === 'undo');
  return place < 0 ? null : (standingCommands(commands.slice(0, place)).at(-1) ?? null);
}
