import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ManualFiles, ManualInput, ManualWords } from '../../usecases/manual-ports.ts';
import { makeManual } from './make.ts';

/** What the thread is given: `fonts` is the folder that they lie in. */
export interface ThreadData {
  readonly input: ManualInput;
  readonly words: ManualWords;
  readonly fonts: string;
}

/** What the thread tells. */
export type FromManualThread =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'made'; readonly files: ManualFiles };

const tell = (message: FromManualThread): void => parentPort?.postMessage(message);

async function main(): Promise<void> {
  const { input, words, fonts } = workerData as ThreadData;
  const font = (name: string) => readFileSync(join(fonts, `NotoSansHans-${name}.otf`));
  const files = await makeManual(
    input,
    words,
    { regular: font('Regular'), bold: font('Bold') },
    (done, total) => tell({ kind: 'progress', done, total }),
  );
  tell({ kind: 'made', files });
}

void main();
