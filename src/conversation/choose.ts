import type { Choice } from './types.ts';
import { fold, narrow } from './words.ts';

const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ALL = ['全部', '全选', '都选', '所有', 'all'];

/** A whole number as people write it: `3`, `３`, `3️⃣`, `三`, `十二`, `第3个`, `（3）`, `3.`, `three`; undefined when it is none. */
export function wholeNumber(text: string): number | undefined {
  const word = fold(text)
    .replace(/[\u20e3\ufe0f]/gu, '')
    .replace(/^(?:选项|选|第|#|\()\s*/u, '')
    .replace(/\s*[个项位人名号场条.,)]+$/u, '');
  if (/^\d{1,6}$/u.test(word)) return Number(word);
  const spelled = WORDS.indexOf(word);
  return spelled < 0 ? hanNumber(word) : spelled + 1;
}

/** A number up to 99 in Chinese numerals. */
function hanNumber(word: string): number | undefined {
  if (word === '两') return 2;
  const han = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(word);
  if (!han || word === '') return undefined;
  const [, first = '', ten, last = ''] = han;
  if (!ten) return last === '' ? DIGITS[first] : undefined;
  return (DIGITS[first] ?? 1) * 10 + (DIGITS[last] ?? 0);
}

/** The choice whose whole label was typed; two of the same label mean none. */
export function namedExactly(text: string, choices: readonly Choice[]): Choice | undefined {
  const said = fold(text);
  const named = choices.filter(({ label }) => said !== '' && fold(label) === said);
  return named.length === 1 ? named[0] : undefined;
}

/** The choice that a typed number, label or value means; a label may be shortened while it stays unique. */
export function chooseOne(text: string, choices: readonly Choice[]): Choice | undefined {
  const said = fold(text);
  if (said === '') return undefined;
  const named = namedExactly(text, choices);
  if (named) return named;
  const number = wholeNumber(text);
  if (number !== undefined && choices[number - 1]) return choices[number - 1];
  const valued = choices.find(({ value }) => value === said);
  if (valued || number !== undefined) return valued;
  return shortened(choices, (label) => label.startsWith(said)) ?? containing(said, choices);
}

/** A part of a label, such as `opening` of `09:00–10:00 Opening · Hall`; a lone letter or mark is none. */
function containing(said: string, choices: readonly Choice[]): Choice | undefined {
  const letters = said.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 2 ? shortened(choices, (label) => label.includes(said)) : undefined;
}

function shortened(choices: readonly Choice[], fits: (label: string) => boolean): Choice | undefined {
  const fitting = choices.filter(({ label }) => fits(fold(label)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/**
 * The choices that `1 3`, `1、3`, `1,3`, `1和3` or labels so separated mean. undefined when any part means none:
 * half of an answer is not an answer.
 */
export function chooseMany(text: string, choices: readonly Choice[]): readonly Choice[] | undefined {
  const whole = chooseOne(text, choices);
  if (whole) return [whole];
  if (ALL.includes(fold(text))) return choices;
  const parts = numbersIn(text) ?? partsOf(text);
  const chosen = parts.flatMap((part) => chooseOne(part, choices) ?? chooseEach(part, choices));
  if (chosen.length === 0 || chosen.includes(undefined)) return undefined;
  return choices.filter((choice) => chosen.includes(choice));
}

/** Several numbers with anything between them that separates; undefined when there is more than numbers. */
function numbersIn(text: string): readonly string[] | undefined {
  const parts = narrow(text)
    .split(/[\s,，、;；./+&和与及跟]+|\band\b/u)
    .filter((part) => part !== '');
  return parts.every((part) => wholeNumber(part) !== undefined) ? parts : undefined;
}

function partsOf(text: string): readonly string[] {
  const marks = narrow(text).split(/[,，、;；\n]+|\s+(?:and|和)\s+/u);
  const parts = marks.length > 1 ? marks : narrow(text).split(/\s+/u);
  return parts.filter((part) => part.trim() !== '');
}

function chooseEach(part: string, choices: readonly Choice[]): readonly (Choice | undefined)[] {
  const words = part.trim().split(/\s+|[和与及]/u);
  return words.length > 1 ? words.map((word) => chooseOne(word, choices)) : [undefined];
}
