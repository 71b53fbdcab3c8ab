import { type Grant, holdsRole, organizes, type Role } from '../domain/access.ts';
import { findTrack, type Track } from '../domain/call.ts';
import type { CallingEvent } from '../domain/event.ts';
import { type Project, titleOf } from '../domain/project.ts';
import { runId, type TrackRun } from '../domain/track-run.ts';
import { type Clock, type Events, type Grants, type Projects, type Result, refused } from './ports.ts';
import type { Runs, Sheets } from './roadshow-ports.ts';

export interface TrackPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly runs: Runs;
  readonly sheets: Sheets;
}

/** A track as somebody names it: what is null is whatever there is one of. */
export interface TrackNaming {
  readonly person: string;
  readonly event: string | null;
  readonly track: string | null;
}

export interface LedTrack {
  readonly event: CallingEvent;
  readonly track: Track;
  readonly run: TrackRun;
}

/** A track that could be meant. */
export type TrackOption = Omit<LedTrack, 'run'>;

export type LedRefusal = 'not-allowed' | 'which-track' | 'unknown-track' | 'not-planned';

/**
 * The track that somebody means who organizes its event, or has one of these roles for it. To everybody else there
 * is none, whatever they name.
 */
export async function ledTrack(
  ports: Pick<TrackPorts, 'events' | 'grants' | 'runs'>,
  { person, event, track }: TrackNaming,
  roles: readonly Role[],
): Promise<Result<LedTrack, LedRefusal>> {
  const [held, found] = await Promise.all([
    ports.grants.of([person]),
    event === null ? ports.events.live() : ports.events.byId([event]),
  ]);
  const all = found.flatMap((one) => optionsOf(one, held, roles));
  if (all.length === 0) return refused('not-allowed');
  const named = track === null ? all : all.filter((one) => one.track.code === track);
  if (named.length === 0) return refused('unknown-track', { options: all });
  const runs = await ports.runs.byId(named.map((one) => runId(one.event.id, one.track.code)));
  const runOf = new Map(runs.map((run) => [run.id, run]));
  const planned = named.flatMap((one) => {
    const run = runOf.get(runId(one.event.id, one.track.code));
    return run ? [{ ...one, run }] : [];
  });
  const [first, ...more] = planned;
  if (!first) return refused('not-planned', { options: named });
  return more.length === 0 ? { ok: true, data: first } : refused('which-track', { options: planned });
}

function optionsOf(
  event: Awaited<ReturnType<Events['live']>>[number],
  held: readonly Grant[],
  roles: readonly Role[],
): TrackOption[] {
  const { call } = event;
  if (!call) return [];
  const leads = ({ code }: Track): boolean =>
    organizes(held, event.office) || roles.some((role) => holdsRole(held, role, event, [code]));
  return call.tracks.filter(leads).map((track) => ({ event: { ...event, call }, track }));
}

export interface ProjectNaming {
  readonly person: string;
  readonly event: string | null;
  readonly number: number;
}

/** The track in whose run a project is, of somebody who leads it. */
export async function ledProject(
  ports: Pick<TrackPorts, 'events' | 'grants' | 'runs' | 'projects'>,
  { person, event, number }: ProjectNaming,
  roles: readonly Role[],
): Promise<Result<LedTrack & { readonly project: Project }, LedRefusal | 'unknown-project'>> {
  const [held, found] = await Promise.all([
    ports.grants.of([person]),
    event === null ? ports.events.live() : ports.events.byId([event]),
  ]);
  const options = found.flatMap((one) => optionsOf(one, held, roles));
  if (options.length === 0) return refused('not-allowed');
  const runs = await ports.runs.ofEvents([...new Set(options.map((one) => one.event.id))]);
  const hits = await Promise.all(
    runs.map(async (run) => {
      const option = options.find((one) => one.event.id === run.event && one.track.code === run.track);
      const project = option && (await ports.projects.byNumber(run.event, number));
      const isShown = project && run.plan.items.some((item) => item.project === project.id);
      return option && project && isShown ? [{ ...option, run, project }] : [];
    }),
  );
  const [first, ...more] = hits.flat();
  if (!first) return refused('unknown-project', { number });
  return more.length === 0 ? { ok: true, data: first } : refused('which-track', { options: hits.flat() });
}

/** The projects of a run, in the order of its plan. */
export async function projectsOf(
  { projects }: Pick<TrackPorts, 'projects'>,
  { plan }: Pick<TrackRun, 'plan'>,
): Promise<Project[]> {
  const ids = plan.items.flatMap(({ project }) => project ?? []);
  const known = new Map((await projects.byId(ids)).map((one) => [one.id, one]));
  return ids.flatMap((id) => known.get(id) ?? []);
}

/** What a project is called in both languages. */
export function titlesOf(project: Project) {
  return { zh: titleOf(project, 'zh'), en: titleOf(project, 'en') };
}

/** The track of a run, where its event still has it. */
export function trackOf({ call }: CallingEvent, { track }: Pick<TrackRun, 'track'>): Track {
  return (
    findTrack(call, track) ?? {
      code: track,
      name: { zh: track, en: track },
      session: null,
      fields: [],
      capacity: null,
    }
  );
}

/**
 * Changes a run as one atomic act; `change` is called again after a conflict, and leaves it as it is by giving back
 * what it got. undefined: it does not want to, or there is none.
 */
export async function changeRun(
  { runs }: Pick<TrackPorts, 'runs'>,
  id: string,
  change: (run: TrackRun) => TrackRun | undefined,
): Promise<TrackRun | undefined> {
  for (;;) {
    const [run] = await runs.byId([id]);
    const next = run && change(run);
    if (!next || next === run || (await runs.save(next))) return next;
  }
}

/** A run with its scoring changed. */
export function withScoring(run: TrackRun, given: Partial<TrackRun['scoring']>): TrackRun {
  return { ...run, scoring: { ...run.scoring, ...given }, rev: run.rev + 1 };
}
