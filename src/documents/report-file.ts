import writeExcelFile, { type Cell } from 'write-excel-file/universal';
import { HOUR, inZone, MINUTE } from '../domain/time.ts';
import type { MakeReport, ReportRow, ReportWords } from '../usecases/ports.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The columns with their widths, in characters. */
const COLUMNS: readonly (readonly [keyof ReportRow, number])[] = [
  ['name', 16],
  ['organization', 30],
  ['ticket', 12],
  ['channel', 16],
  ['lang', 10],
  ['state', 12],
  ['cause', 30],
  ['attempts', 8],
  ['sentAt', 30],
  ['confirmedAt', 30],
];
const TIME = 'yyyy-mm-dd hh:mm:ss';

/** Makes reports as .xlsx. Whatever a person wrote is a cell of text, so that nothing in it is ever a formula. */
export function reportMaker(words: ReportWords): MakeReport {
  return async ({ number, zone }, rows, lang) => {
    const time = clockIn(zone);
    const headings = COLUMNS.map(
      ([column]): Cell => ({
        value: words.heading(column, zone, lang),
        type: String,
        fontWeight: 'bold',
      }),
    );
    const cellsOf = (row: ReportRow): Cell[] => [
      text(row.name),
      text(row.organization),
      text(row.ticket),
      text(row.channel && words.channel(row.channel, lang)),
      text(words.language(row.lang, lang)),
      text(words.state(row.state, lang)),
      text(row.cause && words.cause(row.cause, lang)),
      { value: row.attempts, type: Number },
      time(row.sentAt),
      time(row.confirmedAt),
    ];
    // This form of the package compresses in a thread of its own: everybody waits for this one.
    const sheet = writeExcelFile([headings, ...rows.map(cellsOf)], {
      sheet: words.title(lang),
      columns: COLUMNS.map(([, width]) => ({ width })),
      stickyRowsCount: 1,
    });
    return {
      name: words.fileName(number, lang),
      type: TYPE,
      bytes: new Uint8Array(await (await sheet.toBlob()).arrayBuffer()),
    };
  };
}

const text = (value: string | null): Cell => (value ? { value, type: String } : null);

const QUARTER = HOUR / 4;

/** Cells of what the clocks of a zone show, as a spreadsheet knows no zones. */
export function clockIn(zone: string): (at: Date | null) => Cell {
  // Clocks are changed at quarters of an hour, and most letters of a notice leave within few of them.
  const offsets = new Map<number, number>();
  return (at) => {
    if (!at) return null;
    const quarter = Math.floor(at.getTime() / QUARTER);
    const offset = offsets.get(quarter) ?? inZone(at, zone).offset;
    offsets.set(quarter, offset);
    return { value: new Date(at.getTime() + offset * MINUTE), type: Date, format: TIME };
  };
}
