/** A document that is being written. */
export type Pdf = PDFKit.PDFDocument;

export const INK = '#1c2430';
export const SOFT = '#566172';
export const LINE = '#d5dae1';
export const MARK = '#14508c';
export const TINT = '#eef3f9';

export const WIDTH = 595.28;
export const HEIGHT = 841.89;
export const SIDE = 46;
export const INNER = WIDTH - 2 * SIDE;
export const TOP = 66;
export const BOTTOM = HEIGHT - 52;
export const QR = 80;

/** How a text is written into its box. Sizes are in points. */
export interface Written {
  readonly x?: number;
  readonly y: number;
  readonly width?: number;
  readonly size: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly align?: 'left' | 'right' | 'center' | 'justify';
  /** Lines that it may take; the rest is cut. */
  readonly lines?: number;
  readonly leading?: number;
}

export const LEADING = 1.5;
/** In a Chinese font this one is as wide as a Chinese sign. */
const APOSTROPHE = /(?<=[a-z])’(?=[a-z])/giu;

/** Below the line the fonts have no digits: CO₂ is set as CO2. */
const SUBSCRIPTS = /[\u2080-\u209c]/gu;

/** A text in signs that the fonts have. */
export const drawable = (words: string): string =>
  words.replace(APOSTROPHE, "'").replace(SUBSCRIPTS, (one) => one.normalize('NFKC'));

/** Chooses the font, and tells how its lines stand in it. */
export function setFont(
  pdf: Pdf,
  { size, bold, leading = LEADING }: Pick<Written, 'size' | 'bold' | 'leading'>,
) {
  pdf.font(bold ? 'bold' : 'regular').fontSize(size);
  // The font has its own distance between lines.
  const own = pdf.currentLineHeight(true);
  return { lineGap: size * leading - own, line: size * leading, own };
}

/** Writes text into a box and returns the height that it took. */
export function write(pdf: Pdf, words: string, how: Written): number {
  const text = drawable(words);
  const { x = SIDE, y, width = INNER, color = INK, align = 'left', lines } = how;
  const { lineGap, line, own } = setFont(pdf, how);
  const options = { width, align, lineGap };
  const needed = pdf.heightOfString(text, options);
  const allowed = lines === undefined ? needed : Math.min(needed, lines * line);
  const cut = needed > allowed + 0.1;
  pdf
    .fillColor(color)
    .text(text, x, y, { ...options, ...(cut && { height: allowed - line + own + 0.5, ellipsis: '…' }) });
  return allowed;
}

/** A text in one line, cut where it is too long. */
export const line = (pdf: Pdf, text: string, how: Written): number =>
  write(pdf, oneLine(text), { ...how, lines: 1 });

/** A text without breaks. */
export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');
