import type { ManualFiles, ManualInput, ManualWords } from '../../usecases/manual-ports.ts';
import { manualDocx } from './docx.ts';
import { manualHtml } from './html.ts';
import { type ManualFonts, manualPdf } from './pdf.ts';
import { printed } from './printed.ts';

const FORMATS = 3;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Builds the documents of an edition one after the other. `tell` hears of each project that is done in a format. */
export async function makeManual(
  input: ManualInput,
  words: ManualWords,
  fonts: ManualFonts,
  tell: (done: number, total: number) => void,
): Promise<ManualFiles> {
  const edition = printed(input, words);
  const total = FORMATS * edition.fields.reduce((sum, { sheets }) => sum + sheets.length, 0);
  let done = 0;
  const step = async () => {
    done = Math.min(done + 1, total);
    tell(done, total);
    await turn();
  };
  const html = Buffer.from(await manualHtml(edition, step));
  const docx = await manualDocx(edition, step);
  const pdf = await manualPdf(edition, fonts, step);
  return { html, docx, pdf };
}
