import type { Event } from '../domain/event.ts';
import type { Scores } from '../domain/rubric.ts';
import { emptySheet, type Sheet, type SheetEntry, sheetId, withEntry } from '../domain/sheet.ts';
import { type PanelMember, type Scoring, type TrackRun, takesSheet } from '../domain/track-run.ts';
import { type Result, refused } from './ports.ts';
import type { Sheets } from './roadshow-ports.ts';

/** Whose sheet of which project. */
export interface Target {
  readonly run: TrackRun;
  readonly event: Event;
  readonly project: string;
  readonly number: number;
  readonly judge: PanelMember;
}

/** A sheet as its judge may read it, with what it is about. */
export interface Scored extends Target {
  readonly sheet: Sheet;
  /** Who entered it, where that was not the judge: the judge's number on the panel. */
  readonly seat: number | null;
}

export type SheetRefusal = 'locked' | 'recused' | 'not-recused';

/** Scores that are given, with what is kept of by whom. */
export function scoresEntry(
  id: string,
  at: Date,
  by: string,
  given: { readonly scores: Scores; readonly comment: string | null; readonly proxy: boolean },
): SheetEntry {
  return { id, at, by, what: 'scored', reason: null, ...given };
}

export function stateEntry(id: string, at: Date, by: string, what: 'recused' | 'returned'): SheetEntry {
  return { id, at, by, what, proxy: false, scores: {}, comment: null, reason: null };
}

const isFor = (what: SheetEntry['what'], { state }: Sheet): SheetRefusal | undefined => {
  if (what === 'scored') return state === 'recused' ? 'recused' : undefined;
  if (what === 'returned') return state === 'recused' ? undefined : 'not-recused';
  return undefined;
};

/** Where a sheet belongs. Before its track's day is planned, a judge can stand back already. */
export interface Written {
  readonly run: Pick<TrackRun, 'event' | 'track'> & {
    readonly scoring: Pick<Scoring, 'state' | 'rubric' | 'reopened'>;
  };
  readonly project: string;
  readonly judge: Pick<PanelMember, 'person'>;
}

/**
 * Adds an entry to a sheet. What this gives back as done is stored: it was added to the very revision that had not
 * been locked. The same entry again is the same sheet, also after the scoring has ended.
 */
export async function writeSheet(
  { sheets }: { readonly sheets: Sheets },
  { run, project, judge }: Written,
  entry: SheetEntry,
): Promise<Result<Sheet, SheetRefusal>> {
  const { event, track, scoring } = run;
  for (;;) {
    const [stored] = await sheets.byId([sheetId(project, judge.person)]);
    if (stored?.entries.some(({ id }) => id === entry.id)) return { ok: true, data: stored };
    const sheet = stored ?? emptySheet({ event, track, project, judge: judge.person });
    const isEarly = scoring.state === 'closed' && entry.what !== 'scored';
    if (sheet.locked || !(isEarly || takesSheet(run, sheet))) return refused('locked');
    const wrong = isFor(entry.what, sheet);
    if (wrong) return refused(wrong);
    if (entry.what === 'recused' && sheet.state === 'recused') return { ok: true, data: sheet };
    const next = withEntry(sheet, scoring.rubric, entry);
    if (await sheets.save(next)) return { ok: true, data: next };
  }
}
