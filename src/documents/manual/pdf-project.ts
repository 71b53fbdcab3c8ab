import { fitSheet, type Room } from './fit.ts';
import {
  BOTTOM,
  drawable,
  HEIGHT,
  INNER,
  line,
  MARK,
  oneLine,
  type Pdf,
  QR,
  SIDE,
  SOFT,
  setFont,
  TINT,
  TOP,
  WIDTH,
  write,
} from './pdf-text.ts';
import type { Printed, Sheet } from './printed.ts';
import { qrRuns } from './qr.ts';

/** Sets a project on the page that was begun for it. */
export function drawProject(pdf: Pdf, edition: Printed, sheet: Sheet): void {
  pdf.addNamedDestination(sheet.code, 'XYZ', 0, HEIGHT, null);
  const start = heading(pdf, edition, sheet);
  const contact = sheet.contact ? contactHeight(pdf, sheet.contact) : 0;
  const room = roomOf(pdf, BOTTOM - start - (contact > 0 ? contact + 10 : 0));
  const fitted = fitSheet(sheet, room);
  let y = start;
  for (const { heading: words, paragraphs } of fitted.sections) {
    y += sectionHead(pdf, words, y, fitted.size);
    for (const { shown } of paragraphs) y += write(pdf, shown, { y, size: fitted.size }) + fitted.size * 0.4;
  }
  if (fitted.cut) y += write(pdf, edition.cut, { y: y + 2, size: fitted.size, color: SOFT });
  if (fitted.pictures > 0) y += pictures(pdf, sheet, y + 10, fitted.pictures) + 10;
  if (sheet.contact) contactBox(pdf, sheet.contact, Math.max(y + 10, 0), contact);
}

/** Code, titles, facts and the code to scan; returns where the text begins. */
function heading(pdf: Pdf, { meet }: Printed, { code, titles, facts, link }: Sheet): number {
  const width = link ? INNER - QR - 22 : INNER;
  setFont(pdf, { size: 11, bold: true });
  const chip = pdf.widthOfString(code) + 14;
  pdf.roundedRect(SIDE, TOP, chip, 18, 2.5).fill(MARK);
  line(pdf, code, { x: SIDE + 7, y: TOP + 2.6, width: chip, size: 11, bold: true, color: '#ffffff' });
  let y = TOP + 25;
  titles.forEach(({ text }, i) => {
    const how = i === 0 ? { size: 18, bold: true, leading: 1.3 } : { size: 12, color: SOFT, leading: 1.35 };
    y += write(pdf, oneLine(text), { ...how, y, width, lines: 3 }) + 2;
  });
  y += 6;
  setFont(pdf, { size: 9.5 });
  const indent = Math.max(66, ...facts.map(({ label }) => pdf.widthOfString(label) + 12));
  for (const { label, value } of facts) {
    line(pdf, label, { y, width: indent, size: 9.5, color: SOFT });
    const how = { x: SIDE + indent, width: width - indent, size: 9.5, lines: 2, leading: 1.45 };
    y += write(pdf, oneLine(value), { ...how, y }) + 2;
  }
  if (link) drawCode(pdf, link, meet);
  return Math.max(y, link ? TOP + QR + 26 : 0) + 2;
}

function drawCode(pdf: Pdf, link: string, caption: string): void {
  const x = WIDTH - SIDE - QR;
  const { side, runs } = qrRuns(link);
  const unit = QR / side;
  for (const run of runs) pdf.rect(x + run.x * unit, TOP + run.y * unit, run.width * unit, unit);
  pdf.fill('#000000');
  line(pdf, caption, {
    x: x - 30,
    y: TOP + QR + 2,
    width: QR + 30,
    size: caption.length > 18 ? 6.5 : 8,
    color: SOFT,
    align: 'right',
  });
  pdf.link(x, TOP, QR, QR, link);
}

const headHeight = (size: number): number => (size + 0.5) * 1.4 + size * 0.85;

function sectionHead(pdf: Pdf, words: string, y: number, size: number): number {
  const top = y + size * 0.55;
  pdf.rect(SIDE, top - 0.5, 3, (size + 0.5) * 1.4 - 2.5).fill(MARK);
  line(pdf, words, { x: SIDE + 9, y: top, size: size + 0.5, bold: true, color: MARK, leading: 1.4 });
  return headHeight(size);
}

function roomOf(pdf: Pdf, height: number): Room {
  return {
    height,
    heading: headHeight,
    paragraph(text, size) {
      const { lineGap } = setFont(pdf, { size });
      return pdf.heightOfString(drawable(text), { width: INNER, lineGap }) + size * 0.4;
    },
    note: (size) => size * 2.2,
  };
}

function pictures(pdf: Pdf, { pictures: all }: Sheet, y: number, height: number): number {
  const widths = all.map((one) => (one.width / one.height) * height);
  const gaps = (all.length - 1) * 10;
  const scale = Math.min(1, (INNER - gaps) / widths.reduce((sum, one) => sum + one, 0));
  let x = SIDE;
  all.forEach(({ bytes }, i) => {
    const fit: [number, number] = [(widths[i] ?? 0) * scale, height * scale];
    pdf.image(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), x, y, { fit });
    x += fit[0] + 10;
  });
  return height * scale;
}

function contactHeight(pdf: Pdf, { label, value }: NonNullable<Sheet['contact']>): number {
  const indent = labelWidth(pdf, label);
  const { lineGap, line: one } = setFont(pdf, { size: 9.5 });
  const needed = pdf.heightOfString(oneLine(value), { width: INNER - 20 - indent, lineGap });
  return Math.min(needed, 3 * one) + 9;
}

function labelWidth(pdf: Pdf, label: string): number {
  setFont(pdf, { size: 9.5, bold: true });
  return pdf.widthOfString(label) + 10;
}

function contactBox(
  pdf: Pdf,
  { label, value }: NonNullable<Sheet['contact']>,
  y: number,
  height: number,
): void {
  const indent = labelWidth(pdf, label);
  pdf.roundedRect(SIDE, y, INNER, height, 3).fill(TINT);
  line(pdf, label, { x: SIDE + 10, y: y + 5.5, width: indent, size: 9.5, bold: true, color: MARK });
  write(pdf, oneLine(value), {
    x: SIDE + 10 + indent,
    y: y + 5.5,
    width: INNER - 20 - indent,
    size: 9.5,
    lines: 3,
  });
}
