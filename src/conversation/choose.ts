import type { Choice } from './types.ts';
import { fold, narrow } from './words.ts';

const HAN_DIGITS: Readonly<Record<string, number>> = {
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
  十: 10,
};

/** A whole number as people write it: `3`, `３`, `三`, `十二`, `第3`, `3.`; undefined when it is none. */
export function wholeNumber(text: string): number | undefined {
  const word = fold(text)
    .replace(/^第/u, '')
    .replace(/[个项位人名.,)]+$/u, '');
  if (/^\d{1,6}$/u.test(word)) return Number(word);
  const han = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(word);
  if (word === '两') return 2;
  if (!han || word === '') return undefined;
  const [, tens, ten, ones] = han;
  if (!ten) return tens && !ones ? HAN_DIGITS[tens] : undefined;
  return (tens ? (HAN_DIGITS[tens] ?? 1) : 1) * 10 + (ones ? (HAN_DIGITS[ones] ?? 0) : 0);
}

/** The choice that a typed number, label or value means; a label may be shortened while it stays unique. */
export function chooseOne(text: string, choices: readonly Choice[]): Choice | undefined {
  const said = fold(text);
  if (said === '') return undefined;
  const exact = choices.find(({ value, label }) => fold(label) === said || value === said);
  if (exact) return exact;
  const number = wholeNumber(text);
  if (number !== undefined) return choices[number - 1];
  const starting = choices.filter(({ label }) => fold(label).startsWith(said));
  return starting.length === 1 ? starting[0] : undefined;
}

/**
 * The choices that `1 3`, `1、3`, `1,3` or labels so separated mean. undefined when any part means none:
 * half of an answer is not an answer.
 */
export function chooseMany(text: string, choices: readonly Choice[]): readonly Choice[] | undefined {
  const whole = chooseOne(text, choices);
  if (whole) return [whole];
  const marks = narrow(text).split(/[,，、;；\n]+|\s+(?:and|和)\s+/u);
  const parts = (marks.length > 1 ? marks : narrow(text).split(/\s+/u)).filter((part) => part.trim() !== '');
  const chosen = parts.flatMap((part) => {
    const one = chooseOne(part, choices);
    if (one) return [one];
    const several = part
      .trim()
      .split(/\s+/u)
      .map((word) => chooseOne(word, choices));
    return several.length > 1 && several.every((choice) => choice !== undefined) ? several : [undefined];
  });
  if (chosen.length === 0 || chosen.includes(undefined)) return undefined;
  return choices.filter((choice) => chosen.includes(choice));
}
