import type { Project } from '../domain/project.ts';
import {
  figuresOf,
  type OtherViews,
  otherViews,
  type TrackFigures,
  tiesIn,
} from '../domain/track-scoring.ts';
import {
  type LedRefusal,
  type LedTrack,
  ledTrack,
  projectsOf,
  type TrackNaming,
  type TrackPorts,
} from './led-track.ts';
import type { Result } from './ports.ts';

export interface ShownStanding extends LedTrack, TrackFigures {
  readonly projects: readonly Project[];
  readonly others: OtherViews;
  /** Projects that nothing but the chair can tell apart. */
  readonly ties: readonly (readonly string[])[];
}

/** How a track stands, for those who organize its event or are its chief scorer: nobody else learns it from here. */
export function showStanding(ports: TrackPorts) {
  return async (input: TrackNaming): Promise<Result<ShownStanding, LedRefusal>> => {
    const found = await ledTrack(ports, input, ['scorer']);
    return found.ok ? { ok: true, data: await standingIn(ports, found.data) } : found;
  };
}

/** How a track stands now. */
export async function standingIn(ports: TrackPorts, led: LedTrack): Promise<ShownStanding> {
  const { run } = led;
  const [projects, sheets] = await Promise.all([
    projectsOf(ports, run),
    ports.sheets.ofTrack(run.event, run.track),
  ]);
  const figures = figuresOf(run, sheets);
  const others = otherViews(run, sheets, figures.standing);
  return { ...led, ...figures, projects, others, ties: tiesIn(run, sheets) };
}

export interface ShownProgress extends LedTrack, TrackFigures {
  readonly projects: readonly Project[];
}

/** How far the scoring of a track is, for its hosts too: who is missing, and no score. */
export function showProgress(ports: TrackPorts) {
  return async (input: TrackNaming): Promise<Result<ShownProgress, LedRefusal>> => {
    const found = await ledTrack(ports, input, ['scorer', 'host']);
    if (!found.ok) return found;
    const { run } = found.data;
    const [projects, sheets] = await Promise.all([
      projectsOf(ports, run),
      ports.sheets.ofTrack(run.event, run.track),
    ]);
    return { ok: true, data: { ...found.data, ...figuresOf(run, sheets), projects } };
  };
}
