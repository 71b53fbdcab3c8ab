import readSheet from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { makeTable } from '../../src/documents/table-file.ts';
import type { Table, TableCell } from '../../src/usecases/export-ports.ts';
import { at } from '../domain/examples.ts';

const table = (...rows: TableCell[][]): Table => ({
  name: 'fair-projects',
  title: 'Projects',
  zone: 'Asia/Shanghai',
  headings: ['Code', 'Title, "as sent"'],
  rows,
});
const csv = async (...rows: TableCell[][]): Promise<string> =>
  Buffer.from((await makeTable(table(...rows), 'csv')).bytes).toString();

const FORMULAS = [
  '=1+1',
  '+86138',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
];

describe('a table as .csv', () => {
  it('has its mark, lines that end as they should, and quotes where they are needed', async () => {
    const text = await csv(['P01', 'plain'], ['P02', 'a "b", c\r\nd'], [null, 5_000_000]);
    expect(text).toBe(
      '\ufeffCode,"Title, ""as sent"""\r\nP01,plain\r\nP02,"a ""b"", c\r\nd"\r\n,5000000\r\n',
    );
  });

  it.each(FORMULAS)('holds %j as no formula', async (hostile) => {
    const [, row = ''] = (await csv([hostile, 'x'])).split(/(?<=")\r\n|\r\n(?=')/u);
    expect(`${await csv([hostile, 'x'])}${row}`).toContain(`'${hostile}`);
  });

  it('leaves numbers and what is in the middle as they are', async () => {
    expect(await csv([-5, 'a=b'])).toContain('-5,a=b');
  });

  it('has times as the clocks of the zone show them', async () => {
    expect(await csv(['P01', at('2026-05-10T02:00Z')])).toContain('P01,2026-05-10 10:00:00');
  });
});

describe('a table as .xlsx', () => {
  it('holds texts as texts, numbers as numbers, and times as times', async () => {
    const made = await makeTable(
      table(...FORMULAS.map((one) => [one, -5]), [null, at('2026-05-10T02:00Z')]),
      'xlsx',
    );
    expect(made.name).toBe('fair-projects.xlsx');
    const [sheet] = await readSheet(Buffer.from(made.bytes));
    const rows = sheet?.data ?? [];
    expect(rows[0]).toEqual(['Code', 'Title, "as sent"']);
    expect(rows.at(-1)).toEqual([null, at('2026-05-10T10:00Z')]);
    expect(rows.slice(1, -1).map((row) => row[1])).toEqual(FORMULAS.map(() => -5));
    expect(rows.slice(1, -1).map((row) => String(row[0]).trim())).toEqual(FORMULAS.map((one) => one.trim()));
  });
});
