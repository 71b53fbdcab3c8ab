import { isComplete, type Rubric, type Scores, totalOf } from './rubric.ts';
import type { ValidSheet } from './standing.ts';

/** What was done to a sheet. Nothing of it is ever changed or removed. */
export interface SheetEntry {
  /** The effect's: the same again is the same entry. */
  readonly id: string;
  readonly at: Date;
  /** Who said it: the judge, or who entered it for them. */
  readonly by: string;
  readonly what: 'scored' | 'recused' | 'returned' | 'reopened';
  /** Entered by somebody else for the judge. */
  readonly proxy: boolean;
  /** What it gave; those that it does not name stay as they were. */
  readonly scores: Scores;
  readonly comment: string | null;
  /** Why a locked sheet was reopened. */
  readonly reason: string | null;
}

/** What one judge says of one project. A recusal is a state, never a zero. */
export interface Sheet {
  /** `PROJECT/JUDGE`. */
  readonly id: string;
  readonly event: string;
  readonly track: string;
  readonly project: string;
  readonly judge: string;
  readonly state: 'empty' | 'draft' | 'submitted' | 'recused';
  /** The scoring of its track has ended: nothing is added any more. */
  readonly locked: boolean;
  readonly scores: Scores;
  /** Hundredths of a point; null: it is not complete. */
  readonly total: number | null;
  readonly comment: string | null;
  readonly entries: readonly SheetEntry[];
  readonly rev: number;
}

export function sheetId(project: string, judge: string): string {
  return `${project}/${judge}`;
}

/** A sheet that nobody has written on. */
export function emptySheet(of: Pick<Sheet, 'event' | 'track' | 'project' | 'judge'>): Sheet {
  return {
    ...of,
    id: sheetId(of.project, of.judge),
    state: 'empty',
    locked: false,
    scores: {},
    total: null,
    comment: null,
    entries: [],
    rev: 0,
  };
}

/** A sheet with one more entry. What is known by its id is left as it is. */
export function withEntry(sheet: Sheet, rubric: Rubric, entry: SheetEntry): Sheet {
  if (sheet.entries.some(({ id }) => id === entry.id)) return sheet;
  const entries = [...sheet.entries, entry];
  const next = { ...sheet, entries, rev: sheet.rev + 1 };
  if (entry.what === 'recused') return { ...next, state: 'recused', scores: {}, total: null };
  if (entry.what === 'returned') return { ...next, state: 'empty' };
  if (entry.what === 'reopened') return { ...next, locked: false };
  const scores = { ...sheet.scores, ...entry.scores };
  const whole = isComplete(rubric, scores);
  return {
    ...next,
    state: whole ? 'submitted' : 'draft',
    scores,
    total: whole ? totalOf(rubric, scores) : null,
    comment: entry.comment ?? sheet.comment,
  };
}

/** Sheets that count. */
export function validSheets(sheets: readonly Sheet[]): ValidSheet[] {
  return sheets.flatMap(({ state, project, judge, scores, total }) =>
    state === 'submitted' && total !== null ? [{ project, judge, scores, total }] : [],
  );
}

/** How far the scoring of one project is. */
export interface Completeness {
  readonly project: string;
  readonly submitted: number;
  readonly recused: number;
  /** Judges of the panel whose sheet is still to come. */
  readonly missing: readonly string[];
}

/** How far each project's scoring is, for a panel of judges. */
export function completeness(
  projects: readonly string[],
  judges: readonly string[],
  sheets: readonly Sheet[],
): Completeness[] {
  const known = new Map(sheets.map((sheet) => [sheet.id, sheet.state]));
  return projects.map((project) => {
    const states = judges.map((judge) => known.get(sheetId(project, judge)) ?? 'empty');
    return {
      project,
      submitted: states.filter((state) => state === 'submitted').length,
      recused: states.filter((state) => state === 'recused').length,
      missing: judges.filter((_, i) => states[i] === 'empty' || states[i] === 'draft'),
    };
  });
}
