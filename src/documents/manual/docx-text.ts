import { TextRun } from 'docx';

export const MARK = '14508C';
export const SOFT = '566172';
export const FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };
/** In twentieths of a point: the right end of a line between the margins of A4. */
export const RIGHT_END = 9_980;

/** Runs of a text, its line breaks kept. */
export function lines(text: string, how: { color?: string; size?: number; bold?: boolean } = {}): TextRun[] {
  return text.split('\n').map((line, i) => new TextRun({ text: line, ...how, ...(i > 0 && { break: 1 }) }));
}

/** Words of a size, in half points. */
export const words = (text: string, color: string, size: number): TextRun =>
  new TextRun({ text, color, size });
