import { inflateRawSync } from 'node:zlib';
import readXlsx from 'read-excel-file/node';
import { archiveProblem } from '../../domain/archive.ts';
import { FORM_ROWS_MAX } from '../../domain/score-form.ts';
import { readZip, startsAsZip, type ZipEntry } from '../../domain/zip.ts';
import type { Workbook, WorkbookCell, WorkbookProblem } from '../../usecases/paper-ports.ts';

const ENTRIES_MAX = 1_000;
const MEGABYTE = 1024 * 1024;
/** Forms of so many rows unpack to a part of this. */
const UNPACKED_MAX = 32 * MEGABYTE;
const COLUMNS_MAX = 100;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/u;
const FORMULA = /<(?:\w+:)?f[\s/>]/u;
/** Where a row or a cell says to be: `r="AB12"`. */
const PLACE = /\sr\s*=\s*["'](?<column>[A-Z]{0,4})(?<row>\d{1,9})["']/gu;
const DEFLATED = 8;

/**
 * Reads the first sheet of a spreadsheet that anybody may have made. What it unpacks to is bounded before a byte is
 * unpacked, and where its cells say to be is bounded before it is read: a cell far away makes a sheet of millions.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const problem = problemOf(bytes);
  if (problem) return { problem };
  try {
    const [first] = await readXlsx(Buffer.from(bytes));
    const rows = (first?.data ?? []).map((row) => row.map(cellOf));
    return rows.length === 0 ? { problem: 'empty' } : { rows };
  } catch {
    // Whoever sent it chose every byte.
    return { problem: 'no-workbook' };
  }
}

function cellOf(cell: unknown): WorkbookCell {
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return cell instanceof Date ? cell : null;
}

function problemOf(bytes: Uint8Array): WorkbookProblem | undefined {
  if (!startsAsZip(bytes)) return 'no-workbook';
  if (archiveProblem(bytes)) return 'bomb';
  const entries = readZip(bytes, ENTRIES_MAX);
  if (entries === undefined || entries === 'broken') return 'bomb';
  if (entries.reduce((sum, { size }) => sum + size, 0) > UNPACKED_MAX) return 'bomb';
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) return 'no-workbook';
  const sheets: string[] = [];
  for (const entry of entries) {
    const unpacked = unpack(bytes, entry);
    if (!unpacked) return 'bomb';
    if (SHEET.test(entry.name)) sheets.push(Buffer.from(unpacked).toString('utf8'));
  }
  if (sheets.some((xml) => FORMULA.test(xml))) return 'formulas';
  return sheets.some(isTooLarge) ? 'too-many' : undefined;
}

/** An entry's bytes, if they are as many as it says. */
function unpack(bytes: Uint8Array, { from, to, packed, size }: ZipEntry): Uint8Array | undefined {
  const raw = bytes.subarray(to - packed, to);
  const method = new DataView(bytes.buffer, bytes.byteOffset + from).getUint16(8, true);
  if (method !== DEFLATED) return raw;
  try {
    const unpacked = inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
    return unpacked.length === size ? unpacked : undefined;
  } catch {
    return undefined;
  }
}

function isTooLarge(xml: string): boolean {
  if (xml.split('<row').length > FORM_ROWS_MAX + 2) return true;
  for (const { groups } of xml.matchAll(PLACE))
    if (Number(groups?.row) > FORM_ROWS_MAX + 1 || columnNumber(groups?.column ?? '') > COLUMNS_MAX)
      return true;
  return false;
}

/** `A` is 1, `AA` is 27. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
