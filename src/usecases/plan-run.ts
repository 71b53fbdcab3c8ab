import { findSession } from '../domain/event.ts';
import { type Project, projectCode, titleOf } from '../domain/project.ts';
import { hasBegun } from '../domain/run-calls.ts';
import type { RunItem, RunPlan } from '../domain/run-of-show.ts';
import { placedIn } from '../domain/slot.ts';
import { inZone, momentsOf } from '../domain/time.ts';
import { runId, type TrackRun } from '../domain/track-run.ts';
import type { Text } from '../text/text.ts';
import {
  changeRun,
  type DrivenRun,
  type DrivenTrack,
  type DrivePorts,
  type DriveRefusal,
  drivenRun,
  drivenTracks,
  type Meaning,
} from './driven-run.ts';
import { closedScoring } from './open-scoring.ts';
import { type Clock, type Projects, type Result, refused } from './ports.ts';
import { allProjects } from './walk-projects.ts';

export interface PlanPorts extends DrivePorts {
  readonly clock: Clock;
  readonly projects: Projects;
}

export interface Planning extends Meaning {
  /** When it begins, on the clocks of the place; null: with the session of the track. */
  readonly time: { readonly hour: number; readonly minute: number } | null;
}

export interface PlannedRun extends DrivenRun {
  /** Accepted projects of the track whose teams do not come. */
  readonly declined: readonly Project[];
}

type PlanRefusal = Exclude<DriveRefusal, 'no-run'> | 'no-projects' | 'no-such-time' | 'begun';

/**
 * Plans the day of a track from its accepted projects, by their places. Planned again it is made anew, with the items
 * that were added to it, until something has been said to it.
 */
export function planRun(ports: PlanPorts) {
  return async (input: Planning): Promise<Result<PlannedRun, PlanRefusal>> => {
    const found = await drivenTracks(ports, input);
    if (!found.ok) return found;
    const [driven, ...more] = found.data;
    if (!driven || more.length > 0) return refused('which-track', found.data);
    const startsAt = startOf(driven, input.time);
    if (!startsAt) return refused('no-such-time', driven);
    const { event, track } = driven;
    const placed = placedIn(await allProjects(ports.projects, event.id), track.code).filter(
      ({ state }) => state === 'accepted',
    );
    const [coming, declined] = [
      placed.filter(({ slot }) => slot?.state !== 'declined'),
      placed.filter(({ slot }) => slot?.state === 'declined'),
    ];
    const items = coming.map((project) => itemOf(project, driven));
    for (;;) {
      const [run] = await ports.runs.byId([runId(event.id, track.code)]);
      const all = withAdded(items, run?.plan.items ?? []);
      if (all.length === 0) return refused('no-projects', driven);
      const plan: RunPlan = { event: event.id, track: track.code, startsAt, items: all };
      const next = run ? replanned(run, plan) : firstRun(driven, plan);
      if (!next) return refused('begun', { ...driven, run });
      if (next === run || (await ports.runs.save(next)))
        return { ok: true, data: { ...driven, run: next, declined } };
    }
  };
}

function firstRun({ event, track }: DrivenTrack, plan: RunPlan): TrackRun {
  return {
    id: runId(event.id, track.code),
    event: event.id,
    track: track.code,
    plan,
    commands: [],
    scoring: closedScoring(event.call),
    active: true,
    rev: 1,
  };
}

/** The same plan again changes nothing, also when the day has begun since. */
function replanned(run: TrackRun, plan: RunPlan): TrackRun | undefined {
  if (JSON.stringify(run.plan) === JSON.stringify(plan)) return run;
  return hasBegun(run) ? undefined : { ...run, plan, active: true, rev: run.rev + 1 };
}

function startOf({ event, track }: DrivenTrack, time: Planning['time']): Date | undefined {
  const session = track.session ? findSession(event, track.session) : undefined;
  const begins = session?.startsAt ?? event.startsAt;
  if (!time) return begins;
  const { year, month, day } = inZone(begins, event.zone);
  return momentsOf({ year, month, day, ...time }, event.zone)?.[0]?.toJSDate();
}

function itemOf(project: Project, { event }: DrivenTrack): RunItem {
  const { pitch, questions, changeover } = event.call.roadshow;
  return {
    id: projectCode(project),
    kind: 'project',
    project: project.id,
    title: { zh: titleOf(project, 'zh'), en: titleOf(project, 'en') },
    parties: [],
    pitch,
    questions,
    changeover,
  };
}

/** What was added before stays behind what it followed, or at the end where that is gone. */
function withAdded(items: readonly RunItem[], before: readonly RunItem[]): RunItem[] {
  return before.reduce<RunItem[]>(
    (all, item, i) => (item.kind === 'project' ? all : insert(all, item, before[i - 1]?.id ?? null)),
    [...items],
  );
}

function insert(items: readonly RunItem[], item: RunItem, after: string | null): RunItem[] {
  const found = items.findIndex(({ id }) => id === after);
  const place = after === null ? 0 : found < 0 ? items.length : found + 1;
  return [...items.slice(0, place), item, ...items.slice(place)];
}

export interface Adding extends Meaning {
  /** The same again adds nothing. */
  readonly effect: string;
  readonly kind: Exclude<RunItem['kind'], 'project'>;
  readonly title: Text;
  readonly minutes: number;
  readonly parties: readonly Text[];
  /** The item that it follows; null: it is the first. */
  readonly after: string | null;
}

export interface AddedItem extends DrivenRun {
  readonly item: RunItem;
}

export const ITEMS_MAX = 200;

/** Adds a signing, a speech or a break to a run that has not begun. */
export function addRunItem(ports: PlanPorts) {
  return async (
    input: Adding,
  ): Promise<Result<AddedItem, DriveRefusal | 'begun' | 'unknown-item' | 'too-many'>> => {
    const found = await drivenRun(ports, input);
    if (!found.ok) return found;
    const { kind, title, minutes, parties, after, effect } = input;
    let wrong: 'begun' | 'unknown-item' | 'too-many' | undefined;
    const run = await changeRun(ports, found.data.run.id, (one) => {
      const { items } = one.plan;
      wrong = undefined;
      if (items.some(({ added }) => added === effect)) return one;
      if (hasBegun(one)) wrong = 'begun';
      else if (items.length >= ITEMS_MAX) wrong = 'too-many';
      else if (after !== null && !items.some(({ id }) => id === after)) wrong = 'unknown-item';
      if (wrong) return one;
      const item: RunItem = {
        ...{ id: freeId(items), kind, project: null, title, parties: [...parties], added: effect },
        ...{ pitch: minutes, questions: 0, changeover: 0 },
      };
      return { ...one, plan: { ...one.plan, items: insert(items, item, after) } };
    });
    if (wrong) return refused(wrong, { ...found.data, run });
    const item = run.plan.items.find(({ added }) => added === effect);
    if (!item) throw new Error(`expected the added item in run ${run.id}, received none`);
    return { ok: true, data: { ...found.data, run, item } };
  };
}

function freeId(items: readonly RunItem[]): string {
  const taken = new Set(items.map(({ id }) => id));
  let number = 1;
  while (taken.has(`A${number}`)) number++;
  return `A${number}`;
}
