import type { PrintedRun } from '../../usecases/paper-ports.ts';
import type { ManualFonts } from '../manual/pdf.ts';
import { line, MARK, type Pdf, SOFT, TINT, write } from '../manual/pdf-text.ts';
import { box, foot, paperPdf, UPRIGHT } from './page.ts';

const TOP = 96;
const HEAD = 22;
const ROW = 40;
const WIDTHS = [86, 46, 0, 56];
const ROWS = Math.floor((UPRIGHT.bottom - 20 - TOP - HEAD) / ROW);

/** The running order of a track. */
export function runPdf(run: PrintedRun, fonts: ManualFonts): Promise<Uint8Array> {
  const { title, lang } = run;
  const pages = Math.max(1, Math.ceil(run.rows.length / ROWS));
  return paperPdf({ title, lang, area: UPRIGHT }, fonts, (pdf) => {
    for (let i = 0; i < pages; i++) {
      page(pdf, run, run.rows.slice(i * ROWS, (i + 1) * ROWS));
      foot(pdf, UPRIGHT, run.printedAt, `${i + 1}/${pages}`);
    }
  });
}

function page(pdf: Pdf, run: PrintedRun, rows: PrintedRun['rows']): void {
  pdf.addPage();
  const { left, inner } = UPRIGHT;
  line(pdf, run.event, { x: left, y: 34, width: inner, size: 10, color: SOFT });
  line(pdf, run.title, { x: left, y: 50, width: inner, size: 18, bold: true, color: MARK });
  cells(pdf, TOP, HEAD, run.headings, TINT);
  rows.forEach(({ time, code, title, detail, minutes }, i) => {
    const y = TOP + HEAD + i * ROW;
    cells(pdf, y, ROW, [time, code, title, minutes]);
    const x = left + (WIDTHS[0] ?? 0) + (WIDTHS[1] ?? 0);
    const width = inner - (WIDTHS[0] ?? 0) - (WIDTHS[1] ?? 0) - (WIDTHS[3] ?? 0);
    line(pdf, detail, { x: x + 5, y: y + ROW - 15, width: width - 10, size: 8, color: SOFT, leading: 1.25 });
  });
}

/** One row; the column without a width has the rest. */
function cells(pdf: Pdf, y: number, height: number, words: readonly string[], background?: string): void {
  const { left, inner } = UPRIGHT;
  const rest = inner - WIDTHS.reduce((sum, one) => sum + one, 0);
  let x = left;
  words.forEach((text, i) => {
    const width = WIDTHS[i] || rest;
    box(pdf, x, y, width, height, background);
    const how = { x: x + 5, y: y + 5, width: width - 10, size: 9.5, leading: 1.25 };
    write(pdf, text, { ...how, bold: background !== undefined, lines: 1 });
    x += width;
  });
}
