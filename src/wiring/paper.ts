import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PaperDone, PaperTask } from '../documents/paper/thread.ts';
import { bundle } from '../embedded/bundle.ts';
import type { Paper, PaperWords, Workbook } from '../usecases/paper-ports.ts';
import { FONTS } from './manual.ts';

const LONGEST_MS = 30_000;
/** What anybody sends is read in no more memory than this. */
const READING = { maxOldGenerationSizeMb: 384 };

/** Makes and reads papers in threads of their own: nobody's answer waits for them, and none takes the house down. */
export function threadedPaper(words: PaperWords): Paper {
  const module = new URL(`../documents/paper/thread${extname(import.meta.filename)}`, import.meta.url);
  let script: string | undefined;
  const run = (task: PaperTask): Promise<PaperDone> =>
    new Promise((resolve, reject) => {
      script ??= bundle(module);
      const limits = task.kind === 'read' ? { resourceLimits: READING } : {};
      const worker = new Worker(script, { eval: true, workerData: task, execArgv: [], ...limits });
      const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`expected the thread for papers to end with its work, received exit code ${code}`));
      });
    });
  const printed = async (task: PaperTask): Promise<Uint8Array> => {
    const done = await run(task);
    if (!(done instanceof Uint8Array)) throw new Error('expected the bytes of a paper, received cells');
    return done;
  };
  return {
    words,
    printSheets: (sheets) => printed({ kind: 'sheets', sheets, fonts: FONTS }),
    printRun: (one) => printed({ kind: 'run', run: one, fonts: FONTS }),
    async readWorkbook(bytes): Promise<Workbook> {
      try {
        const done = await run({ kind: 'read', bytes });
        return done instanceof Uint8Array ? { problem: 'bomb' } : done;
      } catch {
        // It took too long, or too much memory.
        return { problem: 'bomb' };
      }
    },
  };
}
