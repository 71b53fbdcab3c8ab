import type { Text } from '../text/text.ts';
import { type Project, projectNumber } from './project.ts';
import { type Criterion, type Rubric, type Scores, scoreProblem } from './rubric.ts';
import { emptySheet, type Sheet, sheetId } from './sheet.ts';
import { type TrackRun, takesSheet } from './track-run.ts';

/** Columns of the form beside those of the criteria. */
export const FORM_COLUMNS = {
  project: { zh: '项目编号', en: 'Project' },
  title: { zh: '项目名称', en: 'Title' },
  judge: { zh: '评委', en: 'Judge' },
  code: { zh: '编码', en: 'Code' },
  comment: { zh: '评语', en: 'Comment' },
} as const satisfies Record<string, Text>;

/** A form has no more rows than this. */
export const FORM_ROWS_MAX = 10_000;
const COMMENT_MAX = 1_000;

export type FormCell = string | number | boolean | Date | null;

/** A track that forms can be of. */
export interface ScoredTrack {
  readonly run: TrackRun;
  /** Its judges, with the codes that papers name them by. */
  readonly judges: readonly { readonly person: string; readonly name: string; readonly code: string }[];
  readonly sheets: readonly Sheet[];
  /** Whether who brings the form may enter scores of it. */
  readonly allowed: boolean;
}

export type FormProblem =
  | 'no-column'
  | 'unknown-project'
  | 'unknown-judge'
  | 'two-judges'
  | 'other-track'
  | 'not-allowed'
  | 'no-run'
  | 'not-open'
  | 'locked'
  | 'recused'
  | 'missing'
  | 'number'
  | 'range'
  | 'step'
  | 'long'
  | 'twice';

/** Where a form is wrong: as rows and columns are called in a spreadsheet. */
export interface RowProblem {
  readonly row: number;
  readonly column: Text;
  readonly what: FormProblem;
  readonly received: string;
  /** Whose scores were expected. */
  readonly criterion: Criterion | undefined;
}

/** Scores that a form brings for one sheet. */
export interface FormEntry {
  readonly row: number;
  readonly project: Project;
  readonly judge: string;
  readonly rubric: Rubric;
  /** As it is stored, or as nobody has written on it. */
  readonly sheet: Sheet;
  readonly scores: Scores;
  /** null: none is given, and the one there is stays. */
  readonly comment: string | null;
  /** `changed`: the sheet was handed in with other scores or another comment. */
  readonly kind: 'new' | 'changed' | 'same';
}

export interface FormPlan {
  readonly entries: readonly FormEntry[];
  /** Rows that nobody has filled in. */
  readonly blank: number;
  readonly problems: readonly RowProblem[];
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]*\)/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const wordsOf = (cell: FormCell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  return (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();
};

/** A score as it stands in a cell; undefined: it is no number. */
function numberIn(cell: FormCell | undefined): number | undefined {
  if (typeof cell === 'number') return cell;
  const text = typeof cell === 'string' ? cell.normalize('NFKC').trim() : '';
  return /^\d{1,6}(?:\.\d{1,6})?$/u.test(text) ? Number(text) : undefined;
}

interface Reading {
  readonly projects: readonly Project[];
  readonly tracks: readonly ScoredTrack[];
  readonly headings: readonly string[];
}

const columnAt = (headings: readonly string[], { zh, en }: Text, nth = 0): number | undefined => {
  const found = headings.flatMap((one, i) => (one === plain(zh) || one === plain(en) ? [i] : []));
  return found[nth];
};

/** The columns of a rubric's criteria; of two of one name, in order. */
function criterionColumns(headings: readonly string[], rubric: Rubric): (number | undefined)[] {
  return rubric.map(({ name }, i) => {
    const before = rubric.slice(0, i).filter((one) => plain(one.name.zh) === plain(name.zh));
    return columnAt(headings, name, before.length);
  });
}

/** What a filled form would change, row by row, and everything that is wrong with it. Its first row names the columns. */
export function readForm(rows: readonly (readonly FormCell[])[], given: Omit<Reading, 'headings'>): FormPlan {
  const headings = (rows[0] ?? []).map((cell) => plain(wordsOf(cell)));
  const missing = missingColumns(headings, given.tracks);
  if (missing.length > 0) return { entries: [], blank: 0, problems: missing };
  const reading = { ...given, headings };
  const entries = new Map<string, FormEntry>();
  const problems: RowProblem[] = [];
  let blank = 0;
  rows.slice(1).forEach((cells, i) => {
    const read = readRow(cells, i + 2, reading);
    if (read === 'blank') blank++;
    else if ('problems' in read) problems.push(...read.problems);
    else {
      const known = entries.get(read.sheet.id);
      if (known && !isSame(known, read))
        problems.push(problemAt(read.row, FORM_COLUMNS.project, 'twice', String(known.row)));
      else if (!known) entries.set(read.sheet.id, read);
    }
  });
  return { entries: [...entries.values()], blank, problems };
}

const problemAt = (
  row: number,
  column: Text,
  what: FormProblem,
  received = '',
  criterion?: Criterion,
): RowProblem => ({ row, column, what, received, criterion });

function missingColumns(headings: readonly string[], tracks: readonly ScoredTrack[]): RowProblem[] {
  const rubric = tracks[0]?.run.scoring.rubric ?? [];
  const needed = [FORM_COLUMNS.project, FORM_COLUMNS.judge, ...rubric.map(({ name }) => name)];
  return needed
    .filter((name) => columnAt(headings, name) === undefined)
    .map((name) => problemAt(1, name, 'no-column'));
}

function isSame(a: FormEntry, b: FormEntry): boolean {
  return a.comment === b.comment && a.rubric.every(({ code }) => a.scores[code] === b.scores[code]);
}

function readRow(
  cells: readonly FormCell[],
  row: number,
  reading: Reading,
): FormEntry | 'blank' | { readonly problems: readonly RowProblem[] } {
  const { headings, projects, tracks } = reading;
  const at = (column: Text) => cells[columnAt(headings, column) ?? -1];
  const wrong = (column: Text, what: FormProblem, received = '') => ({
    problems: [problemAt(row, column, what, received.slice(0, 60))],
  });
  const comment = wordsOf(at(FORM_COLUMNS.comment));
  const written = wordsOf(at(FORM_COLUMNS.project));
  const known = projects.find(({ number }) => number === projectNumber(written));
  const track = tracks.find(({ run }) => run.plan.items.some(({ project }) => project === known?.id));
  const rubric = track?.run.scoring.rubric ?? tracks[0]?.run.scoring.rubric ?? [];
  const filled = criterionColumns(headings, rubric).map((i) => cells[i ?? -1]);
  if (filled.every((cell) => wordsOf(cell) === '') && comment === '') return 'blank';
  if (!known) return wrong(FORM_COLUMNS.project, 'unknown-project', written);
  if (!track) return wrong(FORM_COLUMNS.project, 'no-run', written);
  if (!track.allowed) return wrong(FORM_COLUMNS.project, 'not-allowed', written);
  const judge = judgeIn(wordsOf(at(FORM_COLUMNS.judge)), wordsOf(at(FORM_COLUMNS.code)), track, tracks);
  if ('what' in judge) return wrong(judge.column, judge.what, judge.received);
  const { event, track: code } = track.run;
  const blank = emptySheet({ event, track: code, project: known.id, judge: judge.person });
  const sheet = track.sheets.find(({ id }) => id === sheetId(known.id, judge.person)) ?? blank;
  const scored = scoresIn(filled, rubric, row);
  const refusal = unwritable(track.run, sheet);
  const problems = [
    ...(refusal ? [problemAt(row, FORM_COLUMNS.judge, refusal, judge.name)] : []),
    ...scored.problems,
    ...(comment.length > COMMENT_MAX
      ? [problemAt(row, FORM_COLUMNS.comment, 'long', String(comment.length))]
      : []),
  ];
  if (problems.length > 0) return { problems };
  const entry = {
    row,
    project: known,
    judge: judge.name,
    rubric,
    sheet,
    scores: scored.scores,
    comment: comment === '' ? null : comment,
  };
  return { ...entry, kind: kindOf(entry) };
}

/** Why nothing can be written on a sheet now; undefined: it can. A reopened one is open though its track is locked. */
export function unwritable(
  run: TrackRun,
  sheet: Sheet,
): Extract<FormProblem, 'not-open' | 'locked' | 'recused'> | undefined {
  if (sheet.locked) return 'locked';
  if (sheet.state === 'recused') return 'recused';
  if (takesSheet(run, sheet)) return undefined;
  return run.scoring.state === 'closed' ? 'not-open' : 'locked';
}

function kindOf({ sheet, scores, comment, rubric }: Omit<FormEntry, 'kind'>): FormEntry['kind'] {
  if (sheet.state !== 'submitted') return 'new';
  const isOther = rubric.some(({ code }) => sheet.scores[code] !== scores[code]);
  return isOther || (comment !== null && comment !== sheet.comment) ? 'changed' : 'same';
}

type JudgeProblem = { readonly column: Text; readonly what: FormProblem; readonly received: string };

/** The judge of a row: by the code where there is one, or else by a name that only one of the track has. */
function judgeIn(
  name: string,
  code: string,
  { judges }: ScoredTrack,
  tracks: readonly ScoredTrack[],
): ScoredTrack['judges'][number] | JudgeProblem {
  const column = FORM_COLUMNS.code;
  if (code !== '') {
    const found = judges.find((one) => plain(one.code) === plain(code));
    const elsewhere = tracks.some((track) => track.judges.some((one) => plain(one.code) === plain(code)));
    return found ?? { column, what: elsewhere ? 'other-track' : 'unknown-judge', received: code };
  }
  const named = judges.filter((one) => plain(one.name) === plain(name) && name !== '');
  const [first, ...more] = named;
  if (first && more.length === 0) return first;
  return { column: FORM_COLUMNS.judge, what: first ? 'two-judges' : 'unknown-judge', received: name };
}

function scoresIn(
  cells: readonly (FormCell | undefined)[],
  rubric: Rubric,
  row: number,
): { readonly scores: Scores; readonly problems: readonly RowProblem[] } {
  const scores: Record<string, number> = {};
  const problems: RowProblem[] = [];
  rubric.forEach((criterion, i) => {
    const words = wordsOf(cells[i]);
    const score = numberIn(cells[i]);
    const what = words === '' ? 'missing' : score === undefined ? 'number' : scoreProblem(criterion, score);
    if (what) problems.push(problemAt(row, criterion.name, what, words.slice(0, 60), criterion));
    else if (score !== undefined) scores[criterion.code] = score;
  });
  return { scores, problems };
}
