import { runState } from './run-of-show.ts';
import { type Completeness, completeness, emptySheet, type Sheet, validSheets } from './sheet.ts';
import { type Standing, standingOf } from './standing.ts';
import { type JudgeProfile, profilesOf, type View, viewsOf } from './standing-views.ts';
import type { TrackRun } from './track-run.ts';

/** The projects of a track by their ids. */
export interface Shown {
  /** In the order in which they are shown. */
  readonly all: readonly string[];
  /** Called to the stage, and not there. */
  readonly absent: readonly string[];
  readonly taking: readonly string[];
}

/** Which projects take part in a track, as things stand. */
export function shownIn({ plan, commands }: Pick<TrackRun, 'plan' | 'commands'>): Shown {
  const { order, missing } = runState(plan, commands);
  const projectOf = new Map(plan.items.map(({ id, project }) => [id, project]));
  const projects = (items: readonly string[]) => items.flatMap((id) => projectOf.get(id) ?? []);
  const all = projects(order);
  const absent = projects(missing);
  return { all, absent, taking: all.filter((one) => !absent.includes(one)) };
}

/** How a track stands: places, and how far its scoring is. */
export interface TrackFigures {
  readonly shown: Shown;
  readonly standing: Standing;
  readonly completeness: readonly Completeness[];
  /** Sheets that are still to come. */
  readonly missing: number;
}

/** Computes how a track stands from its sheets. */
export function figuresOf(run: TrackRun, sheets: readonly Sheet[]): TrackFigures {
  const { rubric, rules, panel, decisions } = run.scoring;
  const shown = shownIn(run);
  const judges = panel.map(({ person }) => person);
  const far = completeness(shown.taking, judges, sheets);
  return {
    shown,
    standing: standingOf(rubric, rules, shown.taking, validSheets(sheets), decisions),
    completeness: far,
    missing: far.reduce((sum, { missing }) => sum + missing.length, 0),
  };
}

/** What organizers alone see beside the standing. */
export interface OtherViews {
  readonly views: readonly View[];
  readonly profiles: readonly JudgeProfile[];
  /** Orders by these measures; the published one is never among them. */
  readonly centred: readonly string[];
  readonly z: readonly string[];
  /** Whether either one puts the projects that have a place into another order. */
  readonly differs: boolean;
}

/** Equal but for the noise of computing. */
const NOISE = 1e-9;

/** The orders by judge-centred and z-scored means beside the standing. */
export function otherViews(run: TrackRun, sheets: readonly Sheet[], standing: Standing): OtherViews {
  const taking = new Set(shownIn(run).taking);
  const valid = validSheets(sheets).filter(({ project }) => taking.has(project));
  const views = viewsOf(valid);
  const placeOf = new Map(
    standing.ranked.flatMap(({ project, place }) => (place === null ? [] : [[project, place]])),
  );
  const placed = views.filter(({ project }) => placeOf.has(project));
  const place = ({ project }: View): number => placeOf.get(project) ?? 0;
  const ordered = (by: 'centred' | 'z'): View[] =>
    [...placed].sort((a, b) => (Math.abs(a[by] - b[by]) > NOISE ? b[by] - a[by] : place(a) - place(b)));
  const [centred, z] = [ordered('centred'), ordered('z')];
  const differs = [centred, z].some((order) =>
    order.some((one, i) => i > 0 && place(order[i - 1] ?? one) > place(one)),
  );
  const ids = (order: readonly View[]) => order.map(({ project }) => project);
  return { views, profiles: profilesOf(valid), centred: ids(centred), z: ids(z), differs };
}

/** Projects that nothing that was scored tells apart, a group for each place that they share. */
export function tiesIn(run: TrackRun, sheets: readonly Sheet[]): readonly (readonly string[])[] {
  const undecided = { ...run, scoring: { ...run.scoring, decisions: [] } };
  const groups = new Map<number, string[]>();
  for (const { project, place } of figuresOf(undecided, sheets).standing.ranked)
    if (place !== null) groups.set(place, [...(groups.get(place) ?? []), project]);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** A sheet for every judge and project of a track, as before anybody wrote on it. */
export function emptySheets(run: TrackRun): Sheet[] {
  const { event, track, scoring } = run;
  return shownIn(run).all.flatMap((project) =>
    scoring.panel.map(({ person: judge }) => emptySheet({ event, track, project, judge })),
  );
}
