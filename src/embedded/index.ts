import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Addresses } from './addresses.ts';
import { askHolder, DataDirLock } from './lock.ts';
import type { Log } from './log.ts';
import { hasDatabase, mongodbUri, type Paths, pathsOf, postgresPort } from './paths.ts';
import type { FromThread, ThreadData } from './thread.ts';

export type { Addresses, PostgresAddress } from './addresses.ts';
export { DataDirInUse } from './lock.ts';
export type { Log } from './log.ts';

export interface EmbeddedOptions {
  /** The folder that holds everything; made when it is not there. */
  dataDir: string;
  log: Log;
  /** Serve the MongoDB side (default true). */
  mongodb?: boolean;
  /** Serve the PostgreSQL side, for the job queues (default true). */
  postgres?: boolean;
}

/** Running engines. */
export interface Embedded extends Addresses {
  /** Resolves with the reason when the engines stopped by themselves; the process should end then. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

/** Starts the engines of a data folder in a thread of their own, or throws DataDirInUse. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const paths = pathsOf(options.dataDir);
  const lock = await DataDirLock.take(paths);
  try {
    if (!hasDatabase(paths)) await runToEnd({ task: 'create', dataDir: paths.dataDir });
    const wanted = { mongodb: options.mongodb ?? true, postgres: options.postgres ?? true };
    const engine = await serve({ task: 'serve', options: { paths, ...wanted } }, options.log);
    const addresses = addressesOf(paths, wanted);
    lock.publish(addresses);
    return { ...addresses, failed: engine.failed, close: () => closeAll(engine, lock, paths) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Where the engines of a data folder are that another process runs; undefined when none does. */
export async function joinEmbedded(dataDir: string): Promise<Addresses | undefined> {
  return askHolder(pathsOf(dataDir));
}

function addressesOf(paths: Paths, wanted: { mongodb: boolean; postgres: boolean }): Addresses {
  const postgres = { host: paths.postgresHost, port: postgresPort, database: 'postgres', user: 'postgres' };
  return {
    ...(wanted.mongodb ? { mongodbUri: mongodbUri(paths) } : {}),
    ...(wanted.postgres ? { postgres } : {}),
  };
}

async function closeAll(engine: Serving, lock: DataDirLock, paths: Paths): Promise<void> {
  await engine.close();
  for (const socket of [paths.mongodb, paths.postgres]) rmSync(socket, { force: true });
  await lock.release();
}

const startThread = (data: ThreadData): Worker =>
  new Worker(new URL('./thread-entry.mjs', import.meta.url), { workerData: data, execArgv: [] });

async function runToEnd(data: ThreadData): Promise<void> {
  const worker = startThread(data);
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))));
  });
}

interface Serving {
  failed: Promise<Error>;
  close(): Promise<void>;
}

async function serve(data: ThreadData, log: Log): Promise<Serving> {
  const worker = startThread(data);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let closing = false;
  let fail = (_error: Error): void => {};
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'log') log[message.level](message.message, message.fields);
      else if (message.kind === 'failed') fail(message.error);
    });
    worker.on('error', (error) => {
      reject(error);
      fail(error as Error);
    });
    worker.on('exit', (code) => {
      const error = new Error(`the embedded engines' thread ended by itself (${code})`);
      reject(error);
      if (!closing) fail(error);
    });
  });
  return {
    failed,
    async close() {
      closing = true;
      worker.postMessage('close');
      await ended;
    },
  };
}
