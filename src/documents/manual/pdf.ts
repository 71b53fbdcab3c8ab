import PDFDocument from 'pdfkit';
import { type ContentsRow, type IndexRow, pagesOf } from './pages.ts';
import { drawProject } from './pdf-project.ts';
import {
  HEIGHT,
  INK,
  INNER,
  LEADING,
  LINE,
  line,
  MARK,
  type Pdf,
  SIDE,
  SOFT,
  TOP,
  WIDTH,
  write,
} from './pdf-text.ts';
import type { Printed, Sheet } from './printed.ts';

/** Fonts with Chinese and Latin letters, as files. */
export interface ManualFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/**
 * The edition as a PDF that carries its fonts: a page for each project, links from contents and index, an outline.
 * `step` is awaited after each page, so that others have their turn.
 */
export async function manualPdf(
  edition: Printed,
  fonts: ManualFonts,
  step: () => Promise<void>,
): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: edition.lang === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: { Title: `${edition.event} · ${edition.name}`, Subject: edition.edition },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', Buffer.from(fonts.regular)).registerFont('bold', Buffer.from(fonts.bold));
  const pages = pagesOf(edition);
  cover(pdf, edition);
  let page = 1;
  for (const rows of pages.contents) contents(pdf, edition, rows, ++page);
  const outline = outlineOf(pdf, edition);
  for (const one of pages.sheets) {
    running(pdf, edition, one.sheet.field, one.page);
    drawProject(pdf, edition, one.sheet);
    outline.sheet(one.sheet);
    page = one.page;
    await step();
  }
  for (const rows of pages.index) {
    index(pdf, edition, rows, ++page);
    outline.index();
  }
  await step();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Bookmarks by field; each is made on the page that it leads to. */
function outlineOf(pdf: Pdf, edition: Printed) {
  const fields = new Map(
    edition.fields.flatMap(({ name, sheets }) => sheets.map((one) => [one, name] as const)),
  );
  let current: { name: string; item: PDFKit.PDFOutline } | undefined;
  let hasIndex = false;
  return {
    sheet(sheet: Sheet): void {
      const name = fields.get(sheet) ?? sheet.field;
      if (current?.name !== name) current = { name, item: pdf.outline.addItem(name) };
      current.item.addItem(`${sheet.code} ${sheet.titles[0]?.text ?? ''}`);
    },
    index(): void {
      if (!hasIndex) pdf.outline.addItem(edition.index);
      hasIndex = true;
    },
  };
}

function running(
  pdf: Pdf,
  { event, edition }: Pick<Printed, 'event' | 'edition'>,
  right: string,
  page: number,
): void {
  pdf.addPage();
  const half = INNER * 0.6;
  line(pdf, event, { y: 34, width: half - 12, size: 8.5, color: SOFT });
  line(pdf, right, { x: SIDE + half, y: 34, width: INNER - half, size: 8.5, color: SOFT, align: 'right' });
  pdf
    .moveTo(SIDE, 51)
    .lineTo(WIDTH - SIDE, 51)
    .lineWidth(0.6)
    .strokeColor(LINE)
    .stroke();
  line(pdf, edition, { y: HEIGHT - 36, width: half, size: 8.5, color: SOFT });
  line(pdf, String(page), {
    x: SIDE + half,
    y: HEIGHT - 36,
    width: INNER - half,
    size: 9,
    color: SOFT,
    align: 'right',
  });
}

function cover(pdf: Pdf, edition: Printed): void {
  pdf.addPage();
  pdf.rect(0, 0, WIDTH, 96).fill(MARK);
  const [first, ...others] = edition.titles;
  let y = 178;
  y += write(pdf, first?.text ?? '', { y, size: 32, bold: true, color: MARK, leading: 1.25, lines: 3 });
  for (const { text } of others)
    y += 8 + write(pdf, text, { y: y + 8, size: 19, color: SOFT, leading: 1.3, lines: 3 });
  y += 8;
  for (const { text } of edition.subtitles) y += 6 + write(pdf, text, { y: y + 6, size: 14, lines: 3 });
  const about = [...edition.about, edition.edition];
  const foot = HEIGHT - 74 - about.length * 20;
  y += 26;
  for (const { text } of edition.texts) {
    const lines = Math.floor((foot - 24 - y) / (10.5 * LEADING));
    if (lines > 0) y += 8 + write(pdf, text, { y, size: 10.5, lines });
  }
  pdf.rect(SIDE, foot - 14, INNER, 1.6).fill(MARK);
  about.forEach((text, i) => {
    const isLast = i === about.length - 1;
    line(pdf, text, { y: foot + i * 20, size: isLast ? 10 : 12, color: isLast ? SOFT : INK });
  });
}

const ROW = 21.5;

function contents(pdf: Pdf, edition: Printed, rows: readonly ContentsRow[], page: number): void {
  running(pdf, edition, edition.name, page);
  let y = TOP;
  if (page === 2) write(pdf, edition.contents, { y: y - 4, size: 18, bold: true, color: MARK, leading: 1.3 });
  y += 28;
  for (const row of rows) {
    if (row.kind === 'field') {
      line(pdf, row.name, { y: y + ROW * 0.75, size: 11.5, bold: true, color: MARK });
      y += ROW * 2;
      continue;
    }
    const [first, second] = row.titles;
    line(pdf, row.code, { y: y + 1, width: 40, size: 9.5, bold: true, color: SOFT });
    line(pdf, first?.text ?? '', { x: SIDE + 42, y, width: INNER - 80, size: 10.5 });
    line(pdf, String(row.page), {
      x: WIDTH - SIDE - 34,
      y,
      width: 34,
      size: 10,
      color: SOFT,
      align: 'right',
    });
    if (second)
      line(pdf, second.text, { x: SIDE + 42, y: y + 15.5, width: INNER - 80, size: 8.5, color: SOFT });
    const height = second ? ROW * 1.7 : ROW;
    pdf.goTo(SIDE, y, INNER, height - 3, row.code);
    dotted(pdf, y + height - 4);
    y += height;
  }
}

function dotted(pdf: Pdf, y: number): void {
  pdf
    .save()
    .moveTo(SIDE, y)
    .lineTo(WIDTH - SIDE, y)
    .lineWidth(0.5)
    .dash(0.5, { space: 2 })
    .strokeColor('#aab3c0')
    .stroke()
    .restore();
}

function index(pdf: Pdf, edition: Printed, rows: readonly IndexRow[], page: number): void {
  running(pdf, edition, edition.name, page);
  write(pdf, edition.index, { y: TOP - 4, size: 18, bold: true, color: MARK, leading: 1.3 });
  let y = TOP + 28;
  for (const { organization, entries } of rows) {
    const width = entries.length * 62;
    line(pdf, organization, { y, width: INNER - width - 12, size: 10.5 });
    entries.forEach(({ code, page: at }, i) => {
      const x = WIDTH - SIDE - width + i * 62;
      line(pdf, code, { x, y, width: 36, size: 9.5, align: 'right' });
      line(pdf, String(at), { x: x + 38, y: y + 0.8, width: 24, size: 8.5, color: SOFT, align: 'right' });
      pdf.goTo(x, y, 62, ROW - 4, code);
    });
    dotted(pdf, y + ROW - 4);
    y += ROW;
  }
}
