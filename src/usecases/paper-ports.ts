import type { Track } from '../domain/call.ts';
import type { CallingEvent } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import type { Rubric } from '../domain/rubric.ts';
import type { RunItem } from '../domain/run-of-show.ts';
import type { Lang, Text } from '../text/text.ts';
import type { Table } from './export-ports.ts';

export const PAPERS = ['sheets', 'run', 'xlsx'] as const;
export type PaperKind = (typeof PAPERS)[number];

/** A judge as papers name them. */
export interface PaperJudge {
  readonly person: string;
  readonly name: string;
  /** Names event, track and judge, the same on every paper: `fair/main/7K2M9Q`. */
  readonly code: string;
}

/** One item of a track on paper. */
export interface PaperItem {
  readonly kind: RunItem['kind'];
  readonly project: Project | undefined;
  readonly title: Text;
  readonly parties: readonly Text[];
  /** Minutes on stage. */
  readonly minutes: number;
  /** null: nobody knows yet. */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Everything that papers of a track say. */
export interface TrackPaper {
  readonly event: CallingEvent;
  readonly track: Track;
  readonly rubric: Rubric;
  readonly judges: readonly PaperJudge[];
  readonly items: readonly PaperItem[];
}

interface PrintedHead {
  readonly lang: Lang;
  readonly title: string;
  readonly event: string;
}

/** Sheets to be filled in by hand, one after the other: every text as it is printed. */
export interface PrintedSheets extends PrintedHead {
  readonly columns: { readonly project: string; readonly total: string; readonly comment: string };
  readonly criteria: readonly { readonly name: string; readonly range: string }[];
  readonly how: string;
  readonly signature: string;
  readonly date: string;
  readonly judges: readonly { readonly line: string; readonly code: string }[];
  readonly projects: readonly {
    readonly code: string;
    readonly title: string;
    readonly organization: string;
  }[];
  /** Below a sheet: `page` of `pages`. */
  readonly pages: Text;
}

/** A running order as it is printed. */
export interface PrintedRun extends PrintedHead {
  readonly printedAt: string;
  readonly headings: readonly string[];
  readonly rows: readonly {
    readonly time: string;
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly minutes: string;
  }[];
}

/** The words of papers, in a person's language. */
export interface PaperWords {
  sheets(paper: TrackPaper, lang: Lang): PrintedSheets;
  run(paper: TrackPaper, now: Date, lang: Lang): PrintedRun;
  form(paper: TrackPaper, lang: Lang): Table;
  fileName(paper: TrackPaper, kind: PaperKind, lang: Lang): string;
}

/** Why a file is no filled form: `too-many` rows or columns, `formulas` in it, `bomb`: it is broken or unpacks to far too much. */
export type WorkbookProblem = 'no-workbook' | 'too-many' | 'formulas' | 'bomb' | 'empty';

/** A cell as a spreadsheet holds it. */
export type WorkbookCell = string | number | boolean | Date | null;

/** The cells of the first sheet, by row from the top. */
export type Workbook =
  | { readonly rows: readonly (readonly WorkbookCell[])[] }
  | { readonly problem: WorkbookProblem };

/** What papers need beside the stores. */
export interface Paper {
  readonly words: PaperWords;
  printSheets(sheets: PrintedSheets): Promise<Uint8Array>;
  printRun(run: PrintedRun): Promise<Uint8Array>;
  readWorkbook(bytes: Uint8Array): Promise<Workbook>;
}
