import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase } from '../support/house.ts';
import { startApi } from './api.ts';
import { type Figure, houseTurns, wizardTurns } from './turns.ts';

// npm run bench: turns per second of the house beside a telegraf wizard in memory, in one run, as ratios.
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);

async function withServer<T>(
  file: string,
  env: Record<string, string>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'luyan-bench-'));
  const child = fork(join(import.meta.dirname, file), {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...env },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { url: string }));
      child.once('exit', (code) => reject(new Error(`expected ${file} to start, it ended with ${code}`)));
    });
    return await use(url);
  } finally {
    child.disconnect();
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const both =
  (measure: (url: string, conversations: number, ms: number) => Promise<Figure>) => async (url: string) =>
    [await measure(url, 1, SECONDS * 500), await measure(url, 64, SECONDS * 1000)] as const;

const line = (name: string, { turns, perSecond, p50, p95 }: Figure, beside: Figure) =>
  `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms` +
  `  ${(perSecond / beside.perSecond).toFixed(3).padStart(6)} of the wizard  (${turns} turns)\n`;

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;
// A database of its own for each run: what an earlier one left would slow this one down.
const mongodbUri = TEST_MONGODB_URI && new URL(`/luyan_bench_${Date.now()}`, TEST_MONGODB_URI).href;
const houses = [
  { name: 'Luyan, embedded', env: {} },
  ...(mongodbUri && TEST_REDIS_URL
    ? [{ name: 'Luyan, MongoDB + Redis', env: { MONGODB_URI: mongodbUri, REDIS_URL: TEST_REDIS_URL } }]
    : []),
];

const api = await startApi();
const wizard = await withServer('wizard.ts', { API_ROOT: api.url }, both(wizardTurns));
const stored = mongodbUri
  ? await withServer('wizard.ts', { API_ROOT: api.url, MONGODB_URI: mongodbUri }, both(wizardTurns))
  : [];
api.close();
const names = ['1 conversation', '64 conversations'] as const;
process.stdout.write('Turns per second, full way: HTTP in, stored, reply stored and fetched\n');
for (const i of [0, 1] as const)
  process.stdout.write(line(`telegraf wizard in memory, ${names[i]}`, wizard[i], wizard[i]));
for (const [i, figure] of stored.entries())
  process.stdout.write(line(`telegraf wizard in MongoDB, ${names[i]}`, figure, wizard[i as 0 | 1]));
for (const { name, env } of houses) {
  const figures = await withServer('server.ts', env, both(houseTurns));
  for (const i of [0, 1] as const) process.stdout.write(line(`${name}, ${names[i]}`, figures[i], wizard[i]));
}
await dropDatabase({ mongodbUri: mongodbUri || undefined });
