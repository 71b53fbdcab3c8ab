import type { Line, Printed, Sheet } from './printed.ts';

export type ContentsRow =
  | { readonly kind: 'field'; readonly name: string }
  | {
      readonly kind: 'project';
      readonly code: string;
      readonly titles: readonly Line[];
      readonly page: number;
    };

export interface IndexRow {
  readonly organization: string;
  readonly entries: readonly { readonly code: string; readonly page: number }[];
}

/** The pages of an edition. The cover is page 1; each project has a page, and each page a number. */
export interface Pages {
  readonly contents: readonly (readonly ContentsRow[])[];
  readonly sheets: readonly { readonly sheet: Sheet; readonly page: number }[];
  readonly index: readonly (readonly IndexRow[])[];
  readonly total: number;
}

/** How many lines a page of the contents or of the index holds, and what takes more than one. */
const LINES = 32;
const FIELD_LINES = 2;
const TWO_TITLES = 1.7;
/** Projects of one organization that are named in a line. */
const CODES_IN_LINE = 4;

const linesOf = (titles: readonly Line[]): number => (titles.length > 1 ? TWO_TITLES : 1);

/** Lays an edition out: what stands on which page is the same in every format that has pages. */
export function pagesOf({ fields, organizations }: Printed): Pages {
  const contentsPages = chunk<Unnumbered>(
    fields.flatMap(({ name, sheets }) => [
      { lines: FIELD_LINES, with: linesOf(sheets[0]?.titles ?? []), row: { kind: 'field' as const, name } },
      ...sheets.map(({ code, titles }) => ({
        lines: linesOf(titles),
        with: 0,
        row: { kind: 'project' as const, code, titles },
      })),
    ]),
  );
  const first = 1 + contentsPages.length + 1;
  const sheets = fields.flatMap((field) => field.sheets).map((sheet, i) => ({ sheet, page: first + i }));
  const pageOf = new Map(sheets.map(({ sheet, page }) => [sheet.code, page]));
  const at = (code: string) => ({ code, page: pageOf.get(code) ?? 0 });
  const index = chunk(
    organizations.flatMap(({ organization, codes }) =>
      split(codes, CODES_IN_LINE).map((some, i) => ({
        lines: 1,
        with: 0,
        row: { organization: i === 0 ? organization : '', entries: some.map(at) },
      })),
    ),
  );
  return {
    contents: contentsPages.map((rows) =>
      rows.map((row) => (row.kind === 'field' ? row : { ...row, page: at(row.code).page })),
    ),
    sheets,
    index,
    total: 1 + contentsPages.length + sheets.length + index.length,
  };
}

type Unnumbered =
  | Exclude<ContentsRow, { kind: 'project' }>
  | Omit<Extract<ContentsRow, { kind: 'project' }>, 'page'>;

interface Measured<R> {
  readonly lines: number;
  /** Lines that must stand on the same page below it. */
  readonly with: number;
  readonly row: R;
}

function chunk<R>(rows: readonly Measured<R>[]): R[][] {
  const pages: R[][] = [];
  let left = 0;
  for (const { lines, with: below, row } of rows) {
    if (pages.length === 0 || lines + below > left) {
      pages.push([]);
      left = LINES;
    }
    pages.at(-1)?.push(row);
    left -= lines;
  }
  return pages;
}

function split<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
