import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase } from '../support/house.ts';
import type { Figure, Turns } from './turns.ts';

/** A server in a process of its own. */
export interface Served {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it keeps its state in: itself, or services. */
  readonly on: 'itself' | 'MongoDB' | 'MongoDB and Redis';
}

export interface Contestant extends Served {
  readonly name: string;
  readonly turns: Turns;
}

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;

/** Whether the environment names the services that a server needs. */
export function canRun({ on }: Pick<Served, 'on'>): boolean {
  if (on === 'itself') return true;
  return TEST_MONGODB_URI !== undefined && (on === 'MongoDB' || TEST_REDIS_URL !== undefined);
}

/** Lets a contestant be measured. */
export function run(
  { turns, ...served }: Contestant,
  measures: readonly { readonly conversations: number; readonly ms: number }[],
): Promise<Figure[]> {
  return serving(served, async (url) => {
    const figures: Figure[] = [];
    for (const { conversations, ms } of measures) figures.push(await turns(url, conversations, ms));
    return figures;
  });
}

/** Starts a server, lets it be used, ends it and throws away what it stored. */
export async function serving<T>(
  { file, env, on }: Served,
  use: (url: string, server: ChildProcess) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'luyan-bench-'));
  // A database of its own for each: what an earlier one left would slow this one down.
  const database =
    on === 'itself' ? undefined : new URL(`/luyan_bench_${Date.now()}`, TEST_MONGODB_URI ?? '').href;
  const child = fork(join(import.meta.dirname, file), {
    execArgv: ['--import', 'tsx'],
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: '0',
      ...(database && { MONGODB_URI: database }),
      ...(on === 'MongoDB and Redis' && { REDIS_URL: TEST_REDIS_URL }),
      ...env,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { url: string }));
      child.once('exit', (code) => reject(new Error(`expected ${file} to start, it ended with ${code}`)));
    });
    return await use(url, child);
  } finally {
    if (child.connected) child.disconnect();
    await ended;
    await dropDatabase({ mongodbUri: database });
    rmSync(dataDir, { recursive: true, force: true });
  }
}
