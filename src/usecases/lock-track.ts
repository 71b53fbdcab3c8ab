import type { Project } from '../domain/project.ts';
import { type Sheet, sheetId } from '../domain/sheet.ts';
import { DAY } from '../domain/time.ts';
import { openAgain, type Reopened, type TrackRun } from '../domain/track-run.ts';
import { emptySheets, figuresOf, type TrackFigures } from '../domain/track-scoring.ts';
import { type ChasePorts, writeNew } from './chase-judges.ts';
import {
  changeRun,
  type LedRefusal,
  type LedTrack,
  ledTrack,
  projectsOf,
  type TrackNaming,
  trackOf,
  withScoring,
} from './led-track.ts';
import { type Result, refused } from './ports.ts';
import { openReopened } from './reopen-sheet.ts';
import { organizersOf, scorersOf } from './track-people.ts';

export interface Locking extends TrackNaming {
  /** With how many sheets missing it is to be locked; null: with none. */
  readonly missing: number | null;
}

export interface LockedTrack extends LedTrack, TrackFigures {
  readonly projects: readonly Project[];
}

export type LockRefusal = LedRefusal | 'not-open' | 'incomplete';

/**
 * Ends the scoring of a track: from the first step on nothing more is taken. A track with sheets missing is locked
 * only by who says how many. A sheet that was reopened and handed in is locked again.
 */
export function lockTrack(ports: ChasePorts) {
  return async (input: Locking): Promise<Result<LockedTrack, LockRefusal>> => {
    const found = await ledTrack(ports, input, ['scorer']);
    if (!found.ok) return found;
    const { run } = found.data;
    const { state } = run.scoring;
    if (state === 'closed' || state === 'published') return refused('not-open', found.data);
    if (state === 'open') {
      const before = await lockedOf(ports, { ...found.data, run });
      if (before.missing !== (input.missing ?? 0)) return refused('incomplete', before);
    }
    const next = await changeRun(ports, run.id, (one) =>
      one.scoring.state === 'open' ? withScoring(one, { state: 'locking', closedBy: input.person }) : one,
    );
    const done = next && (await settleRun(ports, next));
    return { ok: true, data: await lockedOf(ports, { ...found.data, run: done ?? run }) };
  };
}

async function lockedOf(ports: ChasePorts, led: LedTrack): Promise<LockedTrack> {
  const { run } = led;
  const [projects, sheets] = await Promise.all([
    projectsOf(ports, run),
    ports.sheets.ofTrack(run.event, run.track),
  ]);
  return { ...led, ...figuresOf(run, sheets), projects };
}

const RUNS_AT_ONCE = 200;

/** Completes what was begun and not ended: tracks that are being locked, and reopened sheets that were handed in. */
export function settleRuns(ports: ChasePorts) {
  return async (): Promise<number> => {
    const runs = await ports.runs.active(RUNS_AT_ONCE);
    const begun = runs.filter((run) => run.scoring.state === 'locking' || openAgain(run).length > 0);
    await Promise.all(begun.map((run) => settleRun(ports, run)));
    return begun.length;
  };
}

/** Completes the locking of a track that somebody has closed, who knows of it. */
export function finishTrack(ports: ChasePorts) {
  return async (run: string): Promise<void> => {
    const [found] = await ports.runs.byId([run]);
    if (found) await settleRun(ports, found);
  };
}

/** Brings a run that is being locked, or has a sheet to lock again, to its end. */
async function settleRun(ports: ChasePorts, run: TrackRun): Promise<TrackRun | undefined> {
  if (run.scoring.state === 'locking') return finishLocking(ports, run);
  for (const reopened of openAgain(run)) await settleReopened(ports, run, reopened);
  const [now] = await ports.runs.byId([run.id]);
  return now;
}

const LIVES = DAY;

async function finishLocking(ports: ChasePorts, run: TrackRun): Promise<TrackRun | undefined> {
  await ports.sheets.lock(run.event, run.track, emptySheets(run));
  await tellLocked(ports, run);
  const lockedAt = ports.clock.now();
  return changeRun(ports, run.id, (one) =>
    one.scoring.state === 'locking' ? withScoring(one, { state: 'locked', lockedAt }) : one,
  );
}

async function tellLocked(ports: ChasePorts, run: TrackRun): Promise<void> {
  const [event] = await ports.events.byId([run.event]);
  if (!event?.call) return;
  const about = { event, track: trackOf({ ...event, call: event.call }, run) };
  const { missing } = figuresOf(run, await ports.sheets.ofTrack(run.event, run.track));
  const readers = new Set([...(await organizersOf(ports, event)), ...(await scorersOf(ports, event, run))]);
  const wanted = [...readers]
    .filter((person) => person !== run.scoring.closedBy)
    .map((person) => ({
      id: `locked/${run.id}/${person}`,
      person,
      hold: null,
      write: (lang: 'zh' | 'en') => ports.letters.trackLocked(about, missing, lang),
    }));
  await writeNew(ports, run, wanted, LIVES);
}

/** A reopened sheet is opened if it is not yet, and locked again once its judge has handed it in. */
async function settleReopened(ports: ChasePorts, run: TrackRun, reopened: Reopened): Promise<void> {
  const [sheet] = await ports.sheets.byId([sheetId(reopened.project, reopened.judge)]);
  const isOpened = sheet?.entries.some(({ id }) => id === reopened.id) === true;
  // Whatever of the reopening is not done yet is done: the sheet opened, its judge told.
  if (!sheet || !isOpened || !isHandedIn(sheet, reopened)) return openReopened(ports, run, reopened);
  const locked = sheet.locked || (await ports.sheets.save({ ...sheet, locked: true, rev: sheet.rev + 1 }));
  if (!locked) return settleReopened(ports, run, reopened);
  const endedAt = ports.clock.now();
  await changeRun(ports, run.id, (one) => {
    const all = one.scoring.reopened ?? [];
    if (!all.some((entry) => entry.id === reopened.id && entry.endedAt === null)) return one;
    return withScoring(one, {
      reopened: all.map((entry) => (entry.id === reopened.id ? { ...entry, endedAt } : entry)),
    });
  });
}

/** Whether something was said on a sheet since it was reopened, and nothing is left to say. */
function isHandedIn({ entries, state }: Sheet, { id }: Reopened): boolean {
  const since = entries.slice(entries.findIndex((entry) => entry.id === id) + 1);
  const isWhole = state === 'submitted' || state === 'recused';
  return isWhole && since.some(({ what }) => what !== 'reopened');
}
