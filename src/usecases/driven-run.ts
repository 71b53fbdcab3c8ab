import type { Grant } from '../domain/access.ts';
import type { Track } from '../domain/call.ts';
import { drives, isDriver } from '../domain/driving.ts';
import type { CallingEvent } from '../domain/event.ts';
import { runState } from '../domain/run-of-show.ts';
import { runId, type TrackRun } from '../domain/track-run.ts';
import { type Events, type Grants, type Result, refused } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';

export interface DrivePorts {
  readonly events: Events;
  readonly grants: Grants;
  readonly runs: Runs;
}

/** Which track somebody means; null: whichever they drive. */
export interface Meaning {
  readonly person: string;
  readonly event: string | null;
  readonly track: string | null;
}

export interface DrivenTrack {
  readonly event: CallingEvent;
  readonly track: Track;
  readonly run: TrackRun | undefined;
}

export interface DrivenRun extends DrivenTrack {
  readonly run: TrackRun;
}

export type DriveRefusal = 'not-host' | 'unknown-track' | 'no-run' | 'which-track';

/** The tracks of live events that somebody drives, with their days. */
export async function drivenTracks(
  ports: DrivePorts,
  { person, event: wanted, track }: Meaning,
): Promise<Result<readonly DrivenTrack[], 'not-host' | 'unknown-track'>> {
  const [held, live] = await Promise.all([ports.grants.of([person]), ports.events.live()]);
  const calling = live.flatMap((one) => (one.call ? [{ ...one, call: one.call }] : []));
  const driven = calling.flatMap((event) => tracksIn(event, held).map((one) => ({ event, track: one })));
  if (!isDriver(held) || driven.length === 0) return refused('not-host', calling);
  const meant = driven.filter(
    (one) => (wanted === null || one.event.id === wanted) && (track === null || one.track.code === track),
  );
  if (meant.length === 0) return refused('unknown-track', driven);
  const runs = await ports.runs.byId(meant.map((one) => runId(one.event.id, one.track.code)));
  const runOf = new Map(runs.map((run) => [run.id, run]));
  return {
    ok: true,
    data: meant.map((one) => ({ ...one, run: runOf.get(runId(one.event.id, one.track.code)) })),
  };
}

function tracksIn(event: CallingEvent, held: readonly Grant[]): readonly Track[] {
  return event.call.tracks.filter(({ code }) => drives(held, event, code));
}

/**
 * The run that somebody means: of several, those that go on, or one that has an item that they name. Closed ones are
 * meant only by who names them or drives no other.
 */
export async function drivenRun(
  ports: DrivePorts,
  meaning: Meaning,
  item?: string,
): Promise<Result<DrivenRun, DriveRefusal>> {
  const found = await drivenTracks(ports, meaning);
  if (!found.ok) return found;
  const planned = found.data.flatMap((one): DrivenRun[] => (one.run ? [{ ...one, run: one.run }] : []));
  if (planned.length === 0) return refused('no-run', found.data);
  const open = planned.filter(({ run }) => runState(run.plan, run.commands).phase !== 'closed');
  const candidates = open.length > 0 ? open : planned;
  const having = candidates.filter(({ run }) => run.plan.items.some(({ id }) => id === item));
  const meant = having.length > 0 ? having : candidates;
  const [only, ...more] = meant;
  return only && more.length === 0 ? { ok: true, data: only } : refused('which-track', meant);
}

/**
 * Changes a run as one atomic act; `change` is called again after a conflict, and leaves it as it is by giving back
 * what it got. Gives back what is stored then.
 */
export async function changeRun(
  { runs }: Pick<DrivePorts, 'runs'>,
  id: string,
  change: (run: TrackRun) => TrackRun | Promise<TrackRun>,
): Promise<TrackRun> {
  for (;;) {
    const [run] = await runs.byId([id]);
    if (!run) throw new Error(`expected the run ${id}, received none`);
    const changed = await change(run);
    if (changed === run) return run;
    const next = { ...changed, rev: run.rev + 1 };
    if (await runs.save(next)) return next;
  }
}
