import { parentPort, workerData } from 'node:worker_threads';
import { type EngineOptions, startEngine } from './engine.ts';
import type { Log } from './log.ts';
import { createDatabase } from './postgres/open.ts';

/** What the thread is started for: making a database folder, which takes much memory for a moment, or serving it. */
export type ThreadData = { task: 'create'; dataDir: string } | { task: 'serve'; options: EngineOptions };

/** What the thread tells. */
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'closed' }
  | { kind: 'failed'; error: Error }
  | { kind: 'log'; level: keyof Log; message: string; fields?: object };

const tell = (message: FromThread): void => parentPort?.postMessage(message);

const log = Object.fromEntries(
  (['info', 'warn', 'error'] as const).map((level) => [
    level,
    (message: string, fields?: object) => tell({ kind: 'log', level, message, ...(fields ? { fields } : {}) }),
  ]),
) as unknown as Log;

async function main(data: ThreadData): Promise<void> {
  if (data.task === 'create') return createDatabase(data.dataDir);
  const engine = await startEngine(data.options, log, (error) => tell({ kind: 'failed', error }));
  parentPort?.once('message', () => {
    void engine.close().then(() => {
      tell({ kind: 'closed' });
      parentPort?.close();
    });
  });
  tell({ kind: 'ready' });
}

await main(workerData as ThreadData);
