import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.ts';
import type { EngineOptions } from './engine.ts';
import type { Log } from './log.ts';
import type { FromThread } from './thread.ts';

/** The engines as the main thread sees them. */
export interface Serving {
  /** Resolves when they stopped by themselves. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

/** Makes the database of a new data folder, in a process that is gone afterwards. */
export async function createInChild(dataDir: string): Promise<void> {
  const script = bundle(beside('create'));
  const flags = ['--liftoff-only', '--input-type=commonjs'];
  const child = spawn(process.execPath, [...flags, '-', dataDir], { stdio: ['pipe', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += String(text);
  });
  child.stdin.end(script);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`could not make a database in ${dataDir}: ${errors.trim() || `exit code ${code}`}`));
    });
  });
}

/** Starts the engines in a thread of their own, so that their work leaves the main thread free. */
export async function serveInThread(options: EngineOptions, log: Log): Promise<Serving> {
  const script = bundle(beside('thread'));
  const worker = new Worker(script, { eval: true, workerData: options, execArgv: [] });
  let closing = false;
  let fail = (_error: Error): void => {};
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'failed') fail(message.error);
      else log[message.level](message.message, message.fields);
    });
  });
  worker.on('error', (error) => fail(error as Error));
  worker.on('exit', (code) => {
    if (!closing) fail(new Error(`the thread of the embedded engines ended by itself (exit code ${code})`));
  });
  await Promise.race([
    ready,
    failed.then((error) => {
      throw error;
    }),
  ]);
  return {
    failed,
    async close() {
      closing = true;
      worker.postMessage('close');
      await ended;
    },
  };
}

/** A module of this folder, as it is run: in TypeScript, or compiled. */
const beside = (name: string): URL => new URL(`./${name}${extname(import.meta.filename)}`, import.meta.url);
