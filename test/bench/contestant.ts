import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase } from '../support/house.ts';

/** `F`: what is measured of it. */
export interface Contestant<F> {
  readonly name: string;
  /** The server, in a process of its own. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it keeps its state in: itself, or services. */
  readonly on: 'itself' | 'MongoDB' | 'Redis' | 'MongoDB and Redis';
  /** Measures the server at this address, in this process. */
  readonly measure: (url: string, child: ChildProcess) => Promise<F>;
}

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;

/** Whether the environment names the services that a contestant needs. */
export function canRun({ on }: Contestant<unknown>): boolean {
  const needed = { MongoDB: TEST_MONGODB_URI, Redis: TEST_REDIS_URL };
  return Object.entries(needed).every(([service, uri]) => !on.includes(service) || uri !== undefined);
}

/** Starts a contestant, lets it be measured, ends it and throws away what it stored. */
export async function run<F>({ file, env, on, measure }: Contestant<F>): Promise<F> {
  const dataDir = mkdtempSync(join(tmpdir(), 'luyan-bench-'));
  // A database of its own for each: what an earlier one left would slow this one down.
  const database = on.includes('MongoDB')
    ? new URL(`/luyan_bench_${Date.now()}`, TEST_MONGODB_URI ?? '').href
    : undefined;
  const child = fork(join(import.meta.dirname, file), {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: '0',
      ...(database && { MONGODB_URI: database }),
      ...(on.includes('Redis') && { REDIS_URL: TEST_REDIS_URL }),
      ...env,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { url: string }));
      child.once('exit', (code) => reject(new Error(`expected ${file} to start, it ended with ${code}`)));
    });
    return await measure(url, child);
  } finally {
    if (child.connected) child.disconnect();
    await ended;
    await dropDatabase({ mongodbUri: database });
    rmSync(dataDir, { recursive: true, force: true });
  }
}
