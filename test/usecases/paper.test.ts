import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/paper/read-workbook.ts';
import { makeTable } from '../../src/documents/table-file.ts';
import type { Sheet } from '../../src/domain/sheet.ts';
import type { TableCell } from '../../src/usecases/export-ports.ts';
import type { PaperKind, PrintedRun, PrintedSheets } from '../../src/usecases/paper-ports.ts';
import { judgeCode } from '../../src/usecases/track-paper.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import { FAIR, type House } from './house.ts';
import { idOf } from './linking.ts';
import { roadshowDay, scoringBecomes } from './roadshow-day.ts';

const print = async (house: House, kind: PaperKind, name = 'chief') => {
  const done = await house.verbs.printPaper({ person: idOf(name), event: FAIR, track: 'main', kind });
  if (!done.ok) throw new Error(`expected a paper, received ${done.reason}`);
  const { file } = done.data;
  return { file, bytes: (await house.stores.files.open(file.id)) ?? new Uint8Array() };
};
const printed = async <T>(house: House, kind: PaperKind, name?: string): Promise<T> =>
  JSON.parse(Buffer.from((await print(house, kind, name)).bytes).toString());

const HEADINGS = [
  '项目编号',
  '项目名称',
  '评委',
  '编码',
  '产业化（0–100）',
  '市场拓展计划',
  '资金需求',
  '评语',
];
const code = (judge: string) => judgeCode({ id: FAIR, code: 'fair' }, 'main', idOf(judge));
const row = (
  project: string,
  judge: string,
  scores: TableCell[],
  comment: string | null = null,
): TableCell[] => [project, null, `评委${judge}`, code(judge), ...scores, comment];

let sent = 0;
async function sendForm(house: House, rows: TableCell[][], headings = HEADINGS): Promise<string> {
  const { bytes } = await makeTable(
    { name: 'a', title: '评分', zone: 'Asia/Shanghai', headings, rows },
    'xlsx',
  );
  return sendBytes(house, bytes);
}
async function sendBytes(house: House, bytes: Uint8Array): Promise<string> {
  const id = `file-${++sent}`;
  const at = house.clock.now();
  const meta = {
    id,
    conversation: 'web:main:chief',
    name: '评分.xlsx',
    type: 'x',
    sha256: `${sent}`.repeat(64).slice(0, 64),
  };
  await house.stores.files.add({ ...meta, size: bytes.length, createdAt: at }, bytes, at);
  return id;
}
const check = async (house: House, file: string, name = 'chief') =>
  house.verbs.checkScores({ person: idOf(name), event: FAIR, file });
const checked = async (house: House, file: string) => {
  const done = await check(house, file);
  if (!done.ok) throw new Error(`expected a checked form, received ${done.reason}`);
  const { plan, seen } = done.data;
  const of = (kind: string) => plan.entries.filter((one) => one.kind === kind).length;
  const problems = plan.problems.map(
    ({ row: at, column, what, received }) => `${at} ${column.zh} ${what} ${received}`,
  );
  return { counts: [of('new'), of('changed'), of('same'), plan.blank], problems, seen };
};
const bring = (house: House, file: string, seen: string, verbs = house.verbs) =>
  verbs.importScores({ person: idOf('chief'), event: FAIR, file, seen });
const sheets = async (house: House): Promise<Sheet[]> => house.stores.sheets.ofTrack(FAIR, 'main');
const totals = async (house: House) =>
  (await sheets(house)).map(({ id, total }) => `${id.replace(/person-web:main:/u, '')} ${total}`).sort();

describe('papers of a track', () => {
  it('name each judge with a code, each project in order, each criterion with its range', async () => {
    const house = await roadshowDay();
    const one = await printed<PrintedSheets>(house, 'sheets');
    expect(one.judges).toEqual(
      ['j1', 'j2', 'j3'].map((judge) => ({ line: `评委：评委${judge}`, code: code(judge) })),
    );
    expect(one.projects.map((project) => project.code)).toEqual(['P01', 'P02', 'P03', 'P04']);
    expect(one.criteria[0]).toEqual({ name: '产业化', range: '0–100，权重 40%' });
    expect(code('j1')).toMatch(/^fair\/main\/[0-9A-Z]{6}$/u);
  });

  it('are files that stay, the same for the same content', async () => {
    const house = await roadshowDay();
    const [first, second] = [await print(house, 'sheets'), await print(house, 'sheets')];
    expect(second.file).toEqual(first.file);
    expect(first.file.name).toBe('fair-main-评分表.pdf');
    expect((await house.stores.files.byId([first.file.id]))[0]?.owners).toEqual([`event:${FAIR}`]);
  });

  it('list the running order with its times, for hosts too', async () => {
    const house = await roadshowDay();
    const { rows } = await printed<PrintedRun>(house, 'run', 'host');
    expect(rows.map((one) => one.code)).toEqual(['P01', 'P02', 'P03', 'P04']);
    expect(rows.at(-1)?.time).toMatch(/^\d\d:\d\d–\d\d:\d\d$/u);
  });

  it('are for those who keep the scores alone', async () => {
    const house = await roadshowDay();
    const reason = async (name: string, kind: PaperKind, track = 'main') => {
      const done = await house.verbs.printPaper({ person: idOf(name), event: FAIR, track, kind });
      return done.ok ? 'ok' : done.reason;
    };
    expect(await reason('host', 'sheets')).toBe('not-allowed');
    expect(await reason('j1', 'sheets')).toBe('not-allowed');
    expect(await reason('j1', 'run')).toBe('not-allowed');
    expect(await reason('org', 'sheets', 'none')).toBe('unknown-track');
    const file = await sendForm(house, []);
    for (const name of ['j1', 'host', 'ana'])
      expect(await check(house, file, name)).toMatchObject({ reason: 'not-allowed' });
  });

  it('come as a form that is read back: empty it changes nothing', async () => {
    const house = await roadshowDay();
    const { bytes } = await print(house, 'xlsx');
    const read = await readWorkbook(bytes);
    expect('rows' in read && read.rows).toHaveLength(1 + 4 * 3);
    expect('rows' in read && read.rows[1]?.slice(0, 4)).toEqual([
      'P01',
      '盐碱地改良技术',
      '评委j1',
      code('j1'),
    ]);
    expect(await checked(house, await sendBytes(house, bytes))).toMatchObject({
      counts: [0, 0, 0, 12],
      problems: [],
    });
  });
});

describe('a filled form', () => {
  it('is entered for the judges once it was seen, and entering it again changes nothing', async () => {
    const house = await roadshowDay();
    const file = await sendForm(house, [
      row('P01', 'j1', [85, '９０', '78'], '很扎实'),
      row('p2', 'j2', [60, 60, 60]),
    ]);
    const { counts, problems, seen } = await checked(house, file);
    expect([counts, problems]).toEqual([[2, 0, 0, 0], []]);
    expect(await sheets(house)).toEqual([]);
    expect(await bring(house, file, seen)).toMatchObject({ ok: true, data: { entered: 2, same: 0 } });
    const after = await sheets(house);
    expect(await totals(house)).toEqual(['project-1/j1 8440', 'project-2/j2 6000']);
    expect(after[0]).toMatchObject({ comment: '很扎实', entries: [{ by: idOf('chief'), proxy: true }] });
    expect(await bring(house, file, seen)).toMatchObject({ ok: true, data: { entered: 0, same: 2 } });
    expect((await checked(house, file)).counts).toEqual([0, 0, 2, 0]);
    expect(await sheets(house)).toEqual(after);
  });

  it('is completed by doing it again, wherever it was interrupted', async () => {
    const rows = [row('P01', 'j1', [85, 90, 78]), row('P02', 'j1', [1, 2, 3]), row('P03', 'j1', [4, 5, 6])];
    const run = async (house: House, verbs = house.verbs) => {
      const file = await sendForm(house, rows);
      const { seen } = await checked(house, file);
      return { file, seen, done: () => bring(house, file, seen, verbs) };
    };
    const whole = await roadshowDay();
    const counted = counting(whole.stores);
    await (await run(whole, whole.verbsOn(counted.ports))).done();
    expect(counted.calls()).toBeGreaterThan(10);
    for (let calls = 1; calls <= counted.calls(); calls++) {
      const house = await roadshowDay();
      const { done, file, seen } = await run(house, house.verbsOn(crashAfter(house.stores, calls).ports));
      await done().catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      expect(await bring(house, file, seen)).toMatchObject({ ok: true });
      expect(await totals(house)).toEqual(await totals(whole));
    }
  });

  it('shows what differs from what was handed in, and overwrites nothing that was not seen', async () => {
    const house = await roadshowDay();
    const first = await sendForm(house, [row('P01', 'j1', [85, 90, 78])]);
    await bring(house, first, (await checked(house, first)).seen);
    const other = await sendForm(house, [row('P01', 'j1', [85, 90, 80])]);
    const { counts, seen } = await checked(house, other);
    expect(counts).toEqual([0, 1, 0, 0]);
    const [sheet] = await sheets(house);
    if (!sheet) throw new Error('expected a sheet, received none');
    await house.stores.sheets.save({ ...sheet, rev: sheet.rev + 1 });
    expect(await bring(house, other, seen)).toMatchObject({ reason: 'changed-meanwhile' });
    expect(await totals(house)).toEqual(['project-1/j1 8440']);
    expect(await bring(house, other, (await checked(house, other)).seen)).toMatchObject({ ok: true });
    expect(await totals(house)).toEqual(['project-1/j1 8500']);
    // What was entered before is entered again once it differs.
    expect(await bring(house, first, (await checked(house, first)).seen)).toMatchObject({
      data: { entered: 1 },
    });
    expect(await totals(house)).toEqual(['project-1/j1 8440']);
  });

  it('has every problem listed with its row and column, and its good rows can be entered', async () => {
    const house = await roadshowDay();
    const file = await sendForm(house, [
      row('P99', 'j1', [1, 2, 3]),
      row('P01', 'j1', [101, 'good', null]),
      row('P01', 'j2', [1.5, 2, 3]),
      ['P02', null, '评委j9', null, 1, 2, 3, null],
      ['P02', null, '评委j1', 'fair/main/ZZZZZZ', 1, 2, 3, null],
      row('P03', 'j3', [1, 2, 3]),
      row('P03', 'j3', [1, 2, 4]),
      ['P04', null, '评委j3', null, 7, 8, 9, null],
    ]);
    const { counts, problems, seen } = await checked(house, file);
    expect(problems).toEqual([
      '2 项目编号 unknown-project P99',
      '3 产业化 range 101',
      '3 市场拓展计划 number good',
      '3 资金需求 missing ',
      '4 产业化 step 1.5',
      '5 评委 unknown-judge 评委j9',
      '6 编码 unknown-judge fair/main/ZZZZZZ',
      '8 项目编号 twice 7',
    ]);
    expect(counts).toEqual([2, 0, 0, 0]);
    expect(await bring(house, file, seen)).toMatchObject({ data: { entered: 2, problems: 8 } });
    expect(await totals(house)).toEqual(['project-3/j3 190', 'project-4/j3 790']);
  });

  it('is not entered where a sheet is locked or recused, or the scoring is not open', async () => {
    const house = await roadshowDay();
    const first = await sendForm(house, [row('P01', 'j1', [85, 90, 78])]);
    const { seen } = await checked(house, first);
    await scoringBecomes(house, 'closed');
    expect((await checked(house, first)).problems).toEqual(['2 评委 not-open 评委j1']);
    await scoringBecomes(house, 'open');
    await bring(house, first, seen);
    const [sheet] = await sheets(house);
    if (!sheet) throw new Error('expected a sheet, received none');
    const second = await sendForm(house, [row('P01', 'j1', [1, 2, 3])]);
    await house.stores.sheets.save({ ...sheet, state: 'recused', rev: sheet.rev + 1 });
    expect((await checked(house, second)).problems).toEqual(['2 评委 recused 评委j1']);
    await house.stores.sheets.save({ ...sheet, locked: true, rev: sheet.rev + 2 });
    await scoringBecomes(house, 'locked');
    expect((await checked(house, second)).problems).toEqual(['2 评委 locked 评委j1']);
    const [own] = sheet.entries;
    if (!own) throw new Error('expected an entry, received none');
    const entries = [...sheet.entries, { ...own, id: 'r', what: 'reopened' as const }];
    await house.stores.sheets.save({ ...sheet, entries, rev: sheet.rev + 3 });
    const { project, judge } = sheet;
    const opened = { id: 'r', project, judge, by: 'chief', at: own.at, reason: 'a slip', endedAt: null };
    await scoringBecomes(house, 'locked', { reopened: [opened] });
    expect((await checked(house, second)).counts).toEqual([0, 1, 0, 0]);
  });

  it('without a column that is needed is refused whole, and a file that is gone by name', async () => {
    const house = await roadshowDay();
    const file = await sendForm(house, [['P01', 'x']], ['项目编号', '产业化']);
    expect((await checked(house, file)).problems).toEqual([
      '1 评委 no-column ',
      '1 市场拓展计划 no-column ',
      '1 资金需求 no-column ',
    ]);
    expect(await check(house, 'none')).toMatchObject({ reason: 'no-file' });
    expect(await check(house, await sendBytes(house, Buffer.from('PK no')))).toMatchObject({
      reason: 'no-workbook',
    });
  });
});
