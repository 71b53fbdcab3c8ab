import type { Reply } from '../../conversation/types.ts';
import { clip } from '../split.ts';

export interface Button {
  readonly text: string;
  readonly callback_data: string;
}

const LABEL_MAX = 64;
const SHORT_MAX = 16;
const ROW_MAX = 3;
/** How much of a row a phone shows, in the width of a Latin letter. */
const ROW_WIDTH = 32;
/** More buttons than that Telegram refuses with the whole message; the others can still be typed. */
const BUTTONS_MAX = 100;

/** The choices of a reply as buttons, in rows; undefined when there is nothing to press. */
export function keyboardOf({ prompt, choices = [] }: Reply): Button[][] | undefined {
  if (prompt === undefined || choices.length === 0) return undefined;
  const rows: Button[][] = [];
  for (const [index, { label }] of choices.slice(0, BUTTONS_MAX).entries()) {
    const button = { text: clip(label, LABEL_MAX), callback_data: `${prompt}:${index}` };
    const row = rows.at(-1);
    if (row && fits([...row, button])) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

function fits(row: readonly Button[]): boolean {
  const isShort = row.every(({ text }) => text.length <= SHORT_MAX);
  return (
    isShort && row.length <= ROW_MAX && row.reduce((sum, { text }) => sum + widthOf(text), 0) <= ROW_WIDTH
  );
}

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character > '\u2E7F' ? 2 : 1), 0);

/** What a pressed button stands for; undefined when it is none of ours. */
export function readPress(data: string): { prompt: string; index: number } | undefined {
  const { prompt, index } = /^(?<prompt>[^:]{1,32}):(?<index>\d{1,3})$/u.exec(data)?.groups ?? {};
  return prompt === undefined ? undefined : { prompt, index: Number(index) };
}
