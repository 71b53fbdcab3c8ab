import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANUAL_FORMATS } from '../../src/domain/edition.ts';
import { readPdf } from '../documents/manual/reading.ts';
import { Guest } from '../support/guest.ts';
import { manyProjects } from '../support/manual.ts';
import { submit } from '../support/submitting.ts';
import { type Contestant, canRun, run } from './contestant.ts';
import { print } from './print.ts';

const PROJECTS = Number(process.env.BENCH_PROJECTS ?? 200);
const AT_ONCE = 8;
const OWNER = 'BENCH-OWNER-CODE';

/** How a call for projects went, from the first word to the printed manual. */
interface Called {
  /** Every team has handed in its project. */
  readonly submitMs: number;
  readonly decideMs: number;
  /** All decisions at once. */
  readonly publishMs: number;
  /** From the order to the message that it is built. */
  readonly buildMs: number;
  /** Messages about its progress on the way. */
  readonly told: number;
  readonly pages: number;
  /** Projects that stand on no page of their own, or on several. */
  readonly split: number;
}

/** Lets teams submit by chat, decides, publishes and prints the manual; `BENCH_OUT` keeps what was printed. */
export async function benchManual(): Promise<void> {
  const house = { file: 'manual-house.ts', env: { OWNER_CODE: OWNER }, measure };
  const contestants: readonly Contestant<Called>[] = [
    { name: 'embedded', ...house, on: 'itself' },
    { name: 'MongoDB + Redis', ...house, on: 'MongoDB and Redis' },
  ];
  const rows: string[][] = [];
  for (const one of contestants) {
    if (!canRun(one)) continue;
    const called = await run(one);
    const seconds = (ms: number) => (ms / 1_000).toFixed(1);
    rows.push([
      one.name,
      seconds(called.submitMs),
      seconds(called.decideMs),
      seconds(called.publishMs),
      seconds(called.buildMs),
      String(called.told),
      String(called.pages),
      String(called.split),
    ]);
  }
  print([
    [
      `${PROJECTS} projects by chat`,
      'submitted s',
      'decided s',
      'published s',
      'manual s',
      'progress',
      'pages',
      'split',
    ],
    ...rows,
  ]);
}

async function measure(url: string): Promise<Called> {
  const office = await Guest.arrive(url, 'zh');
  await office.say(`claim ${OWNER}`);
  const submitMs = await timed(() => submitAll(url));
  const decideMs = await timed(async () => {
    for (let number = 1; number <= PROJECTS; number++)
      await office.say(`accept P${String(number).padStart(2, '0')}`);
  });
  const publishMs = await timed(async () => {
    await office.say('publish decisions roadshow');
    const order = office.last.choices?.[0]?.value ?? '';
    await office.press(order);
    await heard(office, ({ text }) => text.includes(`${PROJECTS}`) && text.includes('已公布'));
  });
  const before = office.heard.length;
  const buildMs = await timed(async () => {
    await office.say('manual build both');
    await heard(office, ({ text }) => text.includes('版已生成'));
  });
  const told = office.heard.length - before - 2;
  const pages = await printedPages(office);
  const split = splitOn(pages);
  return { submitMs, decideMs, publishMs, buildMs, told, pages: pages.length, split };
}

async function submitAll(url: string): Promise<void> {
  const left = manyProjects(PROJECTS);
  const team = async () => {
    for (let project = left.shift(); project; project = left.shift()) await submit(url, 'roadshow', project);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, team));
}

/** Fetches every format of the edition; returns the text of each page of the PDF. */
async function printedPages(office: Guest): Promise<readonly string[]> {
  await office.press(office.last.choices?.[0]?.value ?? '');
  await heard(office, ({ file }) => file?.name.endsWith('.pdf') ?? false);
  const out = process.env.BENCH_OUT;
  let pages: readonly string[] = [];
  for (const { file } of office.heard) {
    const format = MANUAL_FORMATS.find((one) => file?.name.endsWith(`.${one}`));
    if (!file || !format) continue;
    const bytes = new Uint8Array(await (await fetch(new URL(file.url, office.url))).arrayBuffer());
    if (format === 'pdf') ({ pages } = await readPdf(bytes));
    if (!out) continue;
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `manual.${format}`), bytes);
  }
  return pages;
}

/** Every project has its number in brackets behind its title, which the contents and the index repeat. */
function splitOn(pages: readonly string[]): number {
  // The running head of any other page is that of the whole manual.
  const own = pages.slice(1).filter((text) => !text.includes('项目手册 · Project manual'));
  const numbers = Array.from({ length: PROJECTS }, (_, i) => `（第 ${i + 1} 项）`);
  return numbers.filter((title) => own.filter((text) => text.includes(title)).length !== 1).length;
}

async function heard(guest: Guest, wanted: (message: Guest['last']) => boolean): Promise<void> {
  const until = Date.now() + 120_000;
  while (!guest.heard.slice(-4).some(wanted)) {
    if (Date.now() > until)
      throw new Error(`expected other news, received ${JSON.stringify(guest.heard.slice(-3))}`);
    await guest.listen();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
