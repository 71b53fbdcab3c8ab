import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PrintedRun, PrintedSheets, Workbook } from '../../usecases/paper-ports.ts';
import { readWorkbook } from './read-workbook.ts';
import { runPdf } from './run-pdf.ts';
import { sheetsPdf } from './sheets-pdf.ts';

/** What the thread is to do; `fonts` is the folder that they lie in. */
export type PaperTask =
  | { readonly kind: 'sheets'; readonly sheets: PrintedSheets; readonly fonts: string }
  | { readonly kind: 'run'; readonly run: PrintedRun; readonly fonts: string }
  | { readonly kind: 'read'; readonly bytes: Uint8Array };

export type PaperDone = Uint8Array | Workbook;

function fontsIn(folder: string) {
  const font = (name: string) => readFileSync(join(folder, `NotoSansHans-${name}.otf`));
  return { regular: font('Regular'), bold: font('Bold') };
}

async function carryOut(task: PaperTask): Promise<PaperDone> {
  if (task.kind === 'read') return readWorkbook(task.bytes);
  const fonts = fontsIn(task.fonts);
  return task.kind === 'run' ? runPdf(task.run, fonts) : sheetsPdf(task.sheets, fonts);
}

void carryOut(workerData as PaperTask).then((done) => parentPort?.postMessage(done));
