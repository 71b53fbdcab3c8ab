import type { PartValue, Project } from '../../src/domain/project.ts';
import { Guest } from './guest.ts';

/** Deck of a team: no two are alike. */
const deck = (number: number) => new TextEncoder().encode(`%PDF-1.7\n% deck of team ${number}\n`);

/** Fills in and hands in a project for an event as its team would in the chat; returns its code. */
export async function submit(url: string, event: string, { parts, number }: Project): Promise<string> {
  const guest = await Guest.arrive(url, 'en');
  await guest.say(`submit ${event}`);
  for (let turns = 0; turns < 40; turns++) {
    const { question } = guest.last;
    if (question === '$review') break;
    if (!question) throw new Error(`expected a question, received ${JSON.stringify(guest.last)}`);
    if (question === 'deck') await guest.sendFile('deck.pdf', deck(number));
    else await answer(guest, parts[question]?.value ?? null);
  }
  await guest.press('confirm');
  const code = /\bP\d{2,}\b/u.exec(guest.last.text)?.[0];
  if (!code) throw new Error(`expected the code of a project, received ${JSON.stringify(guest.last)}`);
  return code;
}

async function answer(guest: Guest, value: PartValue): Promise<unknown> {
  const { choices = [] } = guest.last;
  if (typeof value === 'string')
    return choices.some((one) => one.value === value) ? guest.press(value) : guest.say(value);
  const wanted = Array.isArray(value) ? (value as readonly string[]) : [];
  const numbers = choices.flatMap((one, i) => (wanted.includes(one.value) ? [String(i + 1)] : []));
  return guest.say(numbers.length > 0 ? numbers.join(' ') : 'skip');
}
