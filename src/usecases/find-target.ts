import type { Event } from '../domain/event.ts';
import { isSaid, lateFor, stageOf } from '../domain/judging.ts';
import { type Sheet, sheetId } from '../domain/sheet.ts';
import { type PanelMember, type TrackRun, takesSheet } from '../domain/track-run.ts';
import type { Text } from '../text/text.ts';
import type { JudgePorts } from './judge-seats.ts';
import { type Result, refused } from './ports.ts';
import type { Target } from './write-sheet.ts';

/** Where a project may be looked for, and whom the scores are from. */
export interface Within {
  readonly events: readonly Event[];
  /** Of all tracks of those events. */
  readonly runs: readonly TrackRun[];
  /** Whose sheet it is on a track's day; undefined: nobody's here. */
  readonly judgeOf: (run: TrackRun) => PanelMember | undefined;
  /** Those that they have written on. */
  readonly sheets: readonly Sheet[];
}

export type TargetRefusal =
  | 'unknown-project'
  | 'other-track'
  | 'not-open'
  | 'locked'
  | 'not-shown'
  | 'nothing-on-stage'
  | 'which'
  | 'late'
  | 'recused';

type Ports = Pick<JudgePorts, 'projects' | 'clock'>;
type Found = Result<Target, TargetRefusal>;

/** The project of a number: one that is in a track of the judge before one that is not. */
export async function findByNumber(ports: Ports, within: Within, number: number): Promise<Found> {
  const { events, runs, judgeOf } = within;
  const found = await Promise.all(events.map(({ id }) => ports.projects.byNumber(id, number)));
  const all = found.flatMap((project): Target[] => {
    const run = runs.find(
      ({ event, plan }) =>
        event === project?.event && plan.items.some((item) => item.project === project?.id),
    );
    const event = events.find(({ id }) => id === run?.event);
    if (!project || !run || !event) return [];
    const judge = judgeOf(run) ?? { person: '', name: '' };
    return [{ run, event, project: project.id, number, judge }];
  });
  const own = all.filter(({ judge }) => judge.person !== '');
  const one = own.find(({ run }) => run.scoring.state === 'open') ?? own[0];
  if (one) return { ok: true, data: one };
  const [other] = all;
  return other
    ? refused('other-track', { track: trackName(other.event, other.run.track), number })
    : refused('unknown-project', { number });
}

/** What a track is called; by its code where its event knows it no more. */
export function trackName(event: Event, track: string): Text {
  return event.call?.tracks.find(({ code }) => code === track)?.name ?? { zh: track, en: track };
}

/** Whether scores of a project are taken of its judge now. */
export function checkTaken(target: Target, { sheets }: Pick<Within, 'sheets'>): Found {
  const { run, number, project, judge } = target;
  const sheet = sheets.find(({ id }) => id === sheetId(project, judge.person));
  if (run.scoring.state === 'closed') return refused('not-open', { number });
  if (sheet?.state === 'recused') return refused('recused', { number });
  const found = { id: sheetId(project, judge.person), locked: sheet?.locked ?? false };
  if (!takesSheet(run, found)) return refused('locked', { number });
  if (!stageOf(run).shown.includes(project)) return refused('not-shown', { number });
  return { ok: true, data: target };
}

/**
 * The project that scores are meant for which name none: the one on stage. `late`: it has only just come, and the
 * one before has no scores of this judge yet, so nobody can tell.
 */
export async function findOnStage(ports: Ports, within: Within): Promise<Found> {
  const own = within.runs.flatMap((run) => {
    const judge = run.scoring.state === 'open' ? within.judgeOf(run) : undefined;
    const event = within.events.find(({ id }) => id === run.event);
    return judge && event ? [{ run, event, judge, stage: stageOf(run) }] : [];
  });
  const live = own.flatMap((one) =>
    one.stage.current ? [{ ...one, project: one.stage.current.project }] : [],
  );
  const [only] = live;
  if (!only) {
    const last = own.flatMap((one) => {
      const project = one.stage.shown.at(-1);
      return project === undefined ? [] : [{ ...one, project }];
    });
    if (own.length > 0) return refused('nothing-on-stage', await numbered(ports, last));
    const sat = within.runs.filter((run) => within.judgeOf(run) !== undefined);
    return refused(sat.some(({ scoring }) => scoring.state !== 'closed') ? 'locked' : 'not-open');
  }
  if (live.length > 1) return refused('which', await numbered(ports, live));
  const before = lateFor(only.stage, ports.clock.now());
  const sheet = within.sheets.find(({ id }) => id === sheetId(before ?? '', only.judge.person));
  const isLate = before !== undefined && !isSaid(sheet);
  const all = await numbered(ports, [...(isLate ? [{ ...only, project: before }] : []), only]);
  const target = all.at(-1);
  if (!target) return refused('nothing-on-stage', []);
  return isLate && all.length > 1 ? refused('late', all) : { ok: true, data: target };
}

async function numbered(
  { projects }: Pick<Ports, 'projects'>,
  found: readonly Omit<Target, 'number'>[],
): Promise<readonly Target[]> {
  const known = await projects.byId(found.map(({ project }) => project));
  return found.flatMap(({ run, event, project, judge }) => {
    const number = known.find(({ id }) => id === project)?.number;
    return number === undefined ? [] : [{ run, event, project, judge, number }];
  });
}
