import type { LetterFile } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Project, ProjectFile } from '../domain/project.ts';
import type { Place } from '../domain/same-files.ts';
import type { Lang } from '../text/text.ts';
import type { StoredFile } from './ports.ts';

/** What can be had as a table, and what as an archive. */
export const TABLES = ['projects', 'reviews', 'materials'] as const;
export type TableKind = (typeof TABLES)[number];
export const FORMATS = ['xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** Whatever a person wrote is a text; a time is shown as the clocks of the table's zone do. */
export type TableCell = string | number | Date | null;

export interface Table {
  /** Without its ending. */
  readonly name: string;
  /** What its sheet is called. */
  readonly title: string;
  readonly zone: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** A project as it was reviewed; `names`: what its reviewers were called by whoever invited them. */
export interface ReviewRow {
  readonly project: Project;
  readonly names: ReadonlyMap<string, string>;
}

/** A file of a project, and where else its bytes stand. */
export interface MaterialRow {
  readonly project: Project;
  readonly part: string;
  readonly file: ProjectFile;
  /** undefined: it is gone. */
  readonly stored: StoredFile | undefined;
  readonly sameAs: readonly Place[];
}

export interface TableRows {
  readonly projects: readonly Project[];
  readonly reviews: readonly ReviewRow[];
  readonly materials: readonly MaterialRow[];
}

/** The words of exports, in a person's language. */
export type TableWords = {
  readonly [K in TableKind]: (event: Event, rows: TableRows[K], lang: Lang) => Table;
};

export type MakeTable = (
  table: Table,
  format: Format,
) => Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;

/** The decks of an event, for whoever organized it when they asked. */
export interface Decks {
  readonly event: string;
  readonly person: string;
  readonly images: boolean;
}

/** A signed link to an archive; undefined: the house has no public address. */
export type LinkDecks = (decks: Decks, name: string, until: Date) => string | undefined;

/** What exports need beside the stores. */
export interface Exporting {
  readonly words: TableWords;
  readonly makeTable: MakeTable;
  readonly linkDecks: LinkDecks;
  /** A signed link to a file; undefined: the house has no public address. */
  linkFile(file: LetterFile, until: Date): string | undefined;
}
