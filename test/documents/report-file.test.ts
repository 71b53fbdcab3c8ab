import readSheet from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { reportWords } from '../../flows/notice-report.ts';
import { reportMaker } from '../../src/documents/report-file.ts';
import type { ReportRow } from '../../src/usecases/ports.ts';
import { at } from '../domain/examples.ts';
import { aNotice } from '../support/notices.ts';

const make = reportMaker(reportWords);
const ROW: ReportRow = {
  name: '张工',
  organization: 'Some University',
  ticket: '7K2M9QXA',
  channel: 'telegram',
  lang: 'zh',
  state: 'sent',
  cause: null,
  attempts: 1,
  sentAt: null,
  confirmedAt: null,
};

async function written(rows: readonly ReportRow[], zone = 'Asia/Shanghai'): Promise<unknown[][]> {
  const { bytes } = await make(aNotice({ zone }), rows, 'en');
  const [sheet] = await readSheet(Buffer.from(bytes));
  return sheet?.data ?? [];
}

describe('the table of a report', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://127.0.0.1","x")',
    '+1',
    '-1',
    '@SUM(A1)',
    "=cmd|' /C calc'!A0",
    '<b>&amp;"',
    '007',
    '2026-05-10',
    '😀 张',
  ])('holds %j as the text that it is', async (hostile) => {
    const given = { name: hostile, organization: hostile, ticket: hostile, channel: hostile };
    const [, row] = await written([{ ...ROW, ...given }]);
    expect(row?.slice(0, 4)).toEqual([hostile, hostile, hostile, hostile]);
  });

  it('leaves out what no table can hold', async () => {
    const [, row] = await written([{ ...ROW, name: 'a\u0000b\u0007c\ud800' }]);
    expect(row?.[0]).toMatch(/^abc/u);
  });

  it('says a cause that it has no words for as it is called', async () => {
    const [, row] = await written([{ ...ROW, state: 'unknown', cause: 'ECONNRESET' }]);
    expect(row?.slice(5, 7)).toEqual(['unknown', 'other (ECONNRESET)']);
  });

  it('has the times that the clocks of the zone showed, before and after they were put forward', async () => {
    const winter = { ...ROW, sentAt: at('2026-03-08T05:00Z'), confirmedAt: at('2026-03-08T10:00Z') };
    const [headings, row] = await written([winter], 'America/New_York');
    expect(headings?.[8]).toBe('Sent at (America/New_York)');
    expect(row?.slice(8)).toEqual([at('2026-03-08T00:00Z'), at('2026-03-08T06:00Z')]);
  });

  it('has a row for each of 2,000 readers', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => ({ ...ROW, name: `Guest ${i}` }));
    const table = await written(rows);
    expect(table).toHaveLength(2_001);
    expect(table.at(-1)?.[0]).toBe('Guest 1999');
  });
});
