import writeExcelFile, { type Cell } from 'write-excel-file/universal';
import { inZone } from '../domain/time.ts';
import type { MakeTable, Table, TableCell } from '../usecases/export-ports.ts';
import { clockIn } from './report-file.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WIDTH = 20;

/** Makes tables as files for spreadsheets: whatever a person wrote in them is never a formula there. */
export const makeTable: MakeTable = async (table, format) => {
  const isCsv = format === 'csv';
  const bytes = isCsv ? csvOf(table) : await xlsxOf(table);
  return { name: `${table.name}.${format}`, type: isCsv ? 'text/csv; charset=utf-8' : XLSX, bytes };
};

/** Cells of text stay text there, so nothing is put before what looks like a formula. */
async function xlsxOf({ title, zone, headings, rows }: Table): Promise<Uint8Array> {
  const time = clockIn(zone);
  const cell = (value: TableCell): Cell => {
    if (value === null || value === '') return null;
    if (value instanceof Date) return time(value);
    return typeof value === 'number' ? { value, type: Number } : { value, type: String };
  };
  const top = headings.map((value): Cell => ({ value, type: String, fontWeight: 'bold' }));
  const sheet = writeExcelFile([top, ...rows.map((row) => row.map(cell))], {
    sheet: title,
    columns: headings.map(() => ({ width: WIDTH })),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await (await sheet.toBlob()).arrayBuffer());
}

// What a spreadsheet would calculate, in full width too; it looks beyond spaces.
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;
const TO_QUOTE = /[",\r\n]/u;
/** Without it some programs read another encoding. */
const MARK = '\ufeff';

/** As RFC 4180 has it. */
function csvOf({ zone, headings, rows }: Table): Uint8Array {
  const written = (value: TableCell): string => {
    if (value instanceof Date) return inZone(value, zone).toFormat('yyyy-MM-dd HH:mm:ss');
    if (typeof value !== 'string') return value === null ? '' : String(value);
    const plain = FORMULA.test(value) ? `'${value}` : value;
    return TO_QUOTE.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const lines = [headings, ...rows].map((row) => row.map(written).join(','));
  return Buffer.from(`${MARK}${lines.join('\r\n')}\r\n`);
}
