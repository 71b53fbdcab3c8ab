import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { type EngineOptions, startEngine } from './engine.ts';
import type { Log } from './log.ts';

/** What the thread tells. */
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'failed'; error: Error }
  | { kind: 'log'; level: keyof Log; message: string; fields: object | undefined };

const tell = (message: FromThread): void => parentPort?.postMessage(message);

const logger =
  (level: keyof Log) =>
  (message: string, fields?: object): void =>
    tell({ kind: 'log', level, message, fields });

const log: Log = { info: logger('info'), warn: logger('warn'), error: logger('error') };

async function main(): Promise<void> {
  // PostgreSQL is one large module: optimizing it again in the background takes 80 MB and gains a tenth.
  setFlagsFromString('--liftoff-only');
  const engine = await startEngine(workerData as EngineOptions, log, (error) =>
    tell({ kind: 'failed', error }),
  );
  parentPort?.once('message', () => {
    void engine.close().then(() => parentPort?.close());
  });
  tell({ kind: 'ready' });
}

void main();
