import type { Heard } from './dialogue.ts';

const LINE = /^(?<number>\d+)\. (?<label>.*)$/u;

/**
 * A message with a numbered menu as the person understands it: its words, and what can be chosen. The way back,
 * number 0, is no choice.
 */
export function readNumbered(message: string): Heard {
  const lines = message.split('\n');
  const body = lines.at(-1)?.startsWith('0. ') ? lines.slice(0, -1) : lines;
  const numbers = body.map((line) => LINE.exec(line)?.groups);
  let from = body.length;
  while (numbers[from - 1]) from--;
  const menu = numbers.slice(from);
  const isMenu = menu.every((line, i) => line?.number === `${i + 1}`);
  const words = isMenu ? body.slice(0, from) : body;
  const parted = words.length < lines.length && words.at(-1) === '';
  return {
    text: (parted ? words.slice(0, -1) : words).join('\n'),
    choices: isMenu ? menu.map((line) => line?.label ?? '') : [],
  };
}

/**
 * A chat in which what is said in one breath is one message: texts that follow one another are joined, up to the
 * next choices or file. In this form a channel that joins messages is compared with a dialogue.
 */
export function inOneBreath(chat: string): string {
  const lines: string[] = [];
  for (const line of chat.split('\n')) {
    const spoken = /^luyan: (?<words>.*)$/u.exec(line)?.groups?.words;
    // The message above goes on as long as no choice and no file has ended it.
    const goesOn = spoken !== undefined && /^(?:$| {2}(?!\[)|luyan: )/u.test(lines.at(-1) ?? '-');
    if (goesOn) lines.push('', spoken === '' ? '' : `  ${spoken}`);
    else lines.push(line);
  }
  return lines.join('\n');
}
