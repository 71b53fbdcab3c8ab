import { expect, it } from 'vitest';
import { paperWords } from '../../flows/paper-words.ts';
import { makeTable } from '../../src/documents/table-file.ts';
import { threadedPaper } from '../../src/wiring/paper.ts';
import { readPdf } from '../documents/manual/reading.ts';

const paper = threadedPaper(paperWords);

it('papers are made and read in a thread of their own', async () => {
  const bytes = await paper.printRun({
    lang: 'zh',
    title: '主会场 · 路演流程',
    event: '成果路演',
    printedAt: '',
    headings: ['时间', '编号', '内容', '时长'],
    rows: [{ time: '09:00', code: 'P01', title: '盐碱地改良技术', detail: '', minutes: '13' }],
  });
  expect((await readPdf(bytes)).pages[0]).toContain('盐碱地改良技术');
  const form = await makeTable({ name: 'a', title: 'a', zone: 'UTC', headings: ['一'], rows: [[1]] }, 'xlsx');
  expect(await paper.readWorkbook(form.bytes)).toEqual({ rows: [['一'], [1]] });
  expect(await paper.readWorkbook(Buffer.from('no'))).toEqual({ problem: 'no-workbook' });
});
