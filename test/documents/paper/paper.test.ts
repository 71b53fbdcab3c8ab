import { makeZip } from 'client-zip';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../src/documents/paper/read-workbook.ts';
import { runPdf } from '../../../src/documents/paper/run-pdf.ts';
import { sheetsPdf } from '../../../src/documents/paper/sheets-pdf.ts';
import { makeTable } from '../../../src/documents/table-file.ts';
import type { TableCell } from '../../../src/usecases/export-ports.ts';
import type { PrintedRun, PrintedSheets } from '../../../src/usecases/paper-ports.ts';
import { readPdf, someFonts } from '../manual/reading.ts';

const projects = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    code: `P${String(i + 1).padStart(2, '0')}`,
    title: i === 0 ? '长'.repeat(200) : `项目 ${i + 1}`,
    organization: '热能工程系',
  }));
const sheets = (count: number, criteria = 3): PrintedSheets => ({
  lang: 'zh',
  title: '主会场 · 评委评分表',
  event: '成果路演',
  columns: { project: '项目', total: '总分', comment: '评语' },
  criteria: Array.from({ length: criteria }, (_, i) => ({ name: `评分项${i + 1}`, range: '0–100' })),
  how: '请打分。',
  signature: '评委签字：____',
  date: '日期：____',
  judges: ['甲', '乙'].map((name, i) => ({ line: `评委：${name}`, code: `fair/main/00000${i}` })),
  projects: projects(count),
  pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
});
const embedded = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/FontFile3? /gu)?.length ?? 0;

describe('printed papers', () => {
  it('are a sheet for each judge with every project, and carry their fonts', async () => {
    const bytes = await sheetsPdf(sheets(6), someFonts());
    const { pages } = await readPdf(bytes);
    expect(pages).toHaveLength(2);
    pages.forEach((text, i) => {
      for (const words of [
        `评委：${'甲乙'[i]}`,
        `fair/main/00000${i}`,
        'P01 长',
        'P06 项目 6',
        '评分项3',
        '0–100',
        '评委签字',
        '第 1 页，共 1 页',
      ])
        expect(text).toContain(words);
    });
    expect(embedded(bytes)).toBe(2);
  });

  it('go on for as many pages as it takes, with up to ten criteria', async () => {
    const { pages } = await readPdf(await sheetsPdf(sheets(20, 10), someFonts()));
    expect(pages.length % 2).toBe(0);
    const own = pages.slice(0, pages.length / 2);
    expect(own.length).toBeGreaterThan(1);
    for (const { code } of projects(20))
      expect(own.filter((text) => text.includes(`${code} `))).toHaveLength(1);
    for (const text of own) expect(text).toContain('评分项10');
    expect(own.at(-1)).toContain(`第 ${own.length} 页，共 ${own.length} 页`);
  });

  it('list the running order', async () => {
    const rows = projects(30).map(({ code, title }, i) => {
      const time = `${String(9 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`;
      return { time, code, title, detail: '单位', minutes: '13 分钟' };
    });
    const run: PrintedRun = {
      lang: 'zh',
      title: '主会场 · 路演流程',
      event: '成果路演',
      printedAt: '打印于今天',
      headings: ['时间', '编号', '内容', '时长'],
      rows,
    };
    const bytes = await runPdf(run, someFonts());
    const { pages } = await readPdf(bytes);
    expect(pages).toHaveLength(2);
    expect(pages.join('')).toContain('P30');
    expect(pages[0]).toContain('09:15');
    expect(pages[1]).toContain('2/2');
    expect(embedded(bytes)).toBe(2);
  });
});

const form = async (...rows: TableCell[][]) =>
  (await makeTable({ name: 'a', title: 'a', zone: 'Asia/Shanghai', headings: ['A', 'B'], rows }, 'xlsx'))
    .bytes;
const workbook =
  '<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>';
const inSheet = (data: string) =>
  `<?xml version="1.0"?><worksheet><sheetData>${data}</sheetData></worksheet>`;
async function packed(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const inputs = Object.entries(files).map(([name, input]) => ({ name, input, lastModified: new Date(0) }));
  return new Uint8Array(await new Response(makeZip(inputs)).arrayBuffer());
}
const book = (data: string) =>
  packed({ 'xl/workbook.xml': workbook, 'xl/worksheets/sheet1.xml': inSheet(data) });

describe('a spreadsheet that somebody sends', () => {
  it('is read as it was made', async () => {
    const read = await readWorkbook(await form(['一', 1.5], [null, '=1+1']));
    expect(read).toEqual({
      rows: [
        ['A', 'B'],
        ['一', 1.5],
        [null, '=1+1'],
      ],
    });
  });

  it('is refused for what is wrong with it, before it is unpacked or read', async () => {
    const problem = async (bytes: Uint8Array) => {
      const read = await readWorkbook(bytes);
      return 'problem' in read ? read.problem : 'read';
    };
    expect(await problem(Buffer.from('a,b'))).toBe('no-workbook');
    expect(await problem(new Uint8Array())).toBe('no-workbook');
    expect(await problem(await packed({ 'word/document.xml': '<a/>' }))).toBe('no-workbook');
    expect(await problem(await packed({ 'xl/workbook.xml': '<workbook' }))).toBe('no-workbook');
    expect(await problem((await form(['a'])).slice(0, 200))).toBe('bomb');
    expect(await problem(await book('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))).toBe('formulas');
    expect(await problem(await book('<row r="1048576"><c r="A1048576"><v>2</v></c></row>'))).toBe('too-many');
    expect(await problem(await book('<row r="1"><c r="XFD1"><v>2</v></c></row>'))).toBe('too-many');
    expect(await problem(await book('<row/>'.repeat(10_010)))).toBe('too-many');
    expect(
      await problem(await packed({ 'xl/workbook.xml': workbook, 'xl/media/a': new Uint8Array(40_000_000) })),
    ).toBe('bomb');
  });
});
