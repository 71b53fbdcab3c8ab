import PDFDocument from 'pdfkit';
import type { Lang } from '../../text/text.ts';
import type { ManualFonts } from '../manual/pdf.ts';
import { LINE, line, type Pdf, SOFT } from '../manual/pdf-text.ts';

const MARGIN = 36;

export interface Area {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly inner: number;
  readonly bottom: number;
}

const A4 = { short: 595.28, long: 841.89 };

export const UPRIGHT: Area = area(A4.short, A4.long);
export const LYING: Area = area(A4.long, A4.short);

function area(width: number, height: number): Area {
  return { width, height, left: MARGIN, inner: width - 2 * MARGIN, bottom: height - MARGIN };
}

/** A document of A4 pages that carries its fonts; `draw` makes the pages. */
export async function paperPdf(
  {
    title,
    lang,
    area: { width, height },
  }: { readonly title: string; readonly lang: Lang; readonly area: Area },
  fonts: ManualFonts,
  draw: (pdf: Pdf) => void,
): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: lang === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: { Title: title },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', Buffer.from(fonts.regular)).registerFont('bold', Buffer.from(fonts.bold));
  draw(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** A box of a table. */
export function box(pdf: Pdf, x: number, y: number, width: number, height: number, fill?: string): void {
  if (fill) pdf.rect(x, y, width, height).fill(fill);
  pdf.rect(x, y, width, height).lineWidth(0.6).strokeColor(LINE).stroke();
}

/** Words at the foot of a page, on the left and on the right. */
export function foot(pdf: Pdf, { left, inner, bottom }: Area, words: string, right: string): void {
  const half = inner / 2;
  const how = { y: bottom - 10, width: half, size: 8, color: SOFT };
  line(pdf, words, { ...how, x: left });
  line(pdf, right, { ...how, x: left + half, align: 'right' });
}
