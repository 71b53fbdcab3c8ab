import type { ChildProcess } from 'node:child_process';
import { Guest } from '../support/guest.ts';
import { type Contestant, canRun, run } from './contestant.ts';
import { print } from './print.ts';

const JUDGES = 30;
const WITHIN_MS = 1_000;
const ROUNDS = 5;

interface Scored {
  readonly sheets: number;
  readonly p50: number;
  readonly p95: number;
}

const ENGINES: readonly Pick<Contestant<Scored>, 'name' | 'on'>[] = [
  { name: 'Luyan on the web, embedded', on: 'itself' },
  { name: 'Luyan on the web, MongoDB + Redis', on: 'MongoDB and Redis' },
];

/** Measures how long 30 judges, who score one project within a second, wait until they read their scores back. */
export async function benchScores(): Promise<void> {
  const scored: (readonly [string, Scored])[] = [];
  for (const engine of ENGINES) {
    const one: Contestant<Scored> = { ...engine, file: 'scores-house.ts', env: {}, measure };
    if (canRun(one)) scored.push([one.name, await run(one)]);
  }
  print([
    [`${JUDGES} judges within ${WITHIN_MS} ms, ${ROUNDS} times`, 'p50 ms', 'p95 ms', 'sheets'],
    ...scored.map(([name, { p50, p95, sheets }]) => [name, p50.toFixed(0), p95.toFixed(0), String(sheets)]),
  ]);
}

async function measure(url: string, house: ChildProcess): Promise<Scored> {
  const judges = await Promise.all(Array.from({ length: JUDGES }, () => Guest.arrive(url, 'zh')));
  // The first words of anybody take longer: the bot meets a person.
  await Promise.all(judges.map((judge) => judge.say('帮助')));
  const seeded = new Promise((resolve) => house.once('message', resolve));
  house.send({ judges: judges.map(({ person }) => person) });
  await seeded;
  const waits: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    await Promise.all(judges.map(async (judge, i) => void waits.push(await echoOf(judge, i))));
  const counted = new Promise<number>((resolve) =>
    house.once('message', (sheets) => resolve(Number(sheets))),
  );
  house.send({ count: true });
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { sheets: await counted, p50: at(0.5), p95: at(0.95) };
}

/** How long one judge waited, who sent their scores at their own moment of the second. */
async function echoOf(judge: Guest, i: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, (i * WITHIN_MS) / JUDGES));
  const from = performance.now();
  const [heard] = await judge.say(`${60 + i} 90 78`);
  if (!heard?.text.includes('已记录：P01')) throw new Error(`expected the scores, received ${heard?.text}`);
  return performance.now() - from;
}
