import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { inZone, MINUTE } from '../domain/time.ts';
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
      time(row.sentAt, zone),
      time(row.confirmedAt, zone),
    ];
    const sheet = writeExcelFile([headings, ...rows.map(cellsOf)], {
      sheet: words.title(lang),
      columns: COLUMNS.map(([, width]) => ({ width })),
      stickyRowsCount: 1,
    });
    return { name: words.fileName(number, lang), type: TYPE, bytes: await sheet.toBuffer() };
  };
}

const text = (value: string | null): Cell => (value ? { value, type: String } : null);

/** A spreadsheet knows no zones: it is given what the clocks of the event's zone show. */
function time(at: Date | null, zone: string): Cell {
  if (!at) return null;
  return { value: new Date(at.getTime() + inZone(at, zone).offset * MINUTE), type: Date, format: TIME };
}
