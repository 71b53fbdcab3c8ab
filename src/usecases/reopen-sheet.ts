import type { Project } from '../domain/project.ts';
import { emptySheet, sheetId, withEntry } from '../domain/sheet.ts';
import { DAY } from '../domain/time.ts';
import { openAgain, type PanelMember, type Reopened, type TrackRun } from '../domain/track-run.ts';
import type { Lang } from '../text/text.ts';
import { type ChasePorts, writeNew } from './chase-judges.ts';
import {
  changeRun,
  type LedRefusal,
  type LedTrack,
  ledProject,
  type ProjectNaming,
  trackOf,
  withScoring,
} from './led-track.ts';
import { type Result, refused } from './ports.ts';

export interface Reopening extends ProjectNaming {
  /** The judge's number in the panel, from 1. */
  readonly judge: number;
  readonly reason: string;
  readonly effect: string;
}

export interface ReopenedSheet extends LedTrack {
  readonly project: Project;
  readonly judge: PanelMember;
}

export type ReopenRefusal =
  | LedRefusal
  | 'unknown-project'
  | 'unknown-judge'
  | 'not-locked'
  | 'published'
  | 'open-already';

/**
 * Lets a judge write on one sheet of a locked track again. It stands in the run first, so that it is known whatever
 * happens next; the same effect completes what was interrupted.
 */
export function reopenSheet(ports: ChasePorts) {
  return async (input: Reopening): Promise<Result<ReopenedSheet, ReopenRefusal>> => {
    const found = await ledProject(ports, input, ['scorer']);
    if (!found.ok) return found;
    const { run, project } = found.data;
    const judge = run.scoring.panel[input.judge - 1];
    if (!judge) return refused('unknown-judge', found.data);
    const data = { ...found.data, judge };
    const next = await changeRun(ports, run.id, (one) =>
      reopened(one, project.id, judge.person, input, ports),
    );
    if (!next) return refused(whyNot(run, project.id, judge.person), data);
    const entry = next.scoring.reopened?.find(({ id }) => id === input.effect);
    if (entry) await openReopened(ports, next, entry);
    return { ok: true, data: { ...data, run: next } };
  };
}

function whyNot(run: TrackRun, project: string, judge: string): ReopenRefusal {
  const { state } = run.scoring;
  if (state === 'published') return 'published';
  const isOpen = openAgain(run).some((one) => one.project === project && one.judge === judge);
  return state === 'locked' && isOpen ? 'open-already' : 'not-locked';
}

function reopened(
  run: TrackRun,
  project: string,
  judge: string,
  { effect, person: by, reason }: Reopening,
  { clock }: Pick<ChasePorts, 'clock'>,
): TrackRun | undefined {
  const known = run.scoring.reopened ?? [];
  if (known.some(({ id }) => id === effect)) return run;
  if (run.scoring.state !== 'locked') return undefined;
  if (openAgain(run).some((one) => one.project === project && one.judge === judge)) return undefined;
  const entry = { id: effect, project, judge, by, at: clock.now(), reason, endedAt: null };
  return withScoring(run, { reopened: [...known, entry] });
}

/** Does what stands in the run: opens the sheet, and tells its judge. Done again it changes nothing. */
export async function openReopened(ports: ChasePorts, run: TrackRun, reopened: Reopened): Promise<void> {
  await openSheet(ports, run, reopened);
  const { project: id, judge, reason } = reopened;
  const [[event], [project]] = await Promise.all([ports.events.byId([run.event]), ports.projects.byId([id])]);
  if (!event?.call || !project) return;
  const about = { event, track: trackOf({ ...event, call: event.call }, run) };
  const write = (lang: Lang) => ports.letters.sheetReopened(project, about, reason, lang);
  const hold = { run: run.id, project: id, judge, still: 'reopened' } as const;
  await writeNew(ports, run, [{ id: `reopened/${reopened.id}`, person: judge, hold, write }], DAY);
}

async function openSheet(
  ports: ChasePorts,
  { event, track, scoring }: TrackRun,
  { id, project, judge, by, reason }: Reopened,
): Promise<void> {
  for (;;) {
    const [stored] = await ports.sheets.byId([sheetId(project, judge)]);
    const sheet = stored ?? emptySheet({ event, track, project, judge });
    const at = ports.clock.now();
    const entry = { id, at, by, what: 'reopened', proxy: false, scores: {}, comment: null, reason } as const;
    const next = withEntry(sheet, scoring.rubric, entry);
    if (next === sheet || (await ports.sheets.save(next))) return;
  }
}
