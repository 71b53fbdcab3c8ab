import { expect, vi } from 'vitest';
import type { ChannelHouse } from '../../support/channel-house.ts';
import { rowsOf } from '../../support/rows.ts';
import type { ChannelGuest, Heard } from './chat.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };

/** All that somebody read, in one piece. */
export const wordsOf = (heard: readonly Heard[]): string => heard.map(({ text }) => text).join('\n\n');

/** Resolves with everything that somebody heard, once it says so. */
export async function hears(
  guest: Pick<ChannelGuest, 'heard'>,
  words: string | RegExp,
): Promise<readonly Heard[]> {
  let heard: readonly Heard[] = [];
  const isThere = async () => {
    heard = await guest.heard();
    return typeof words === 'string' ? wordsOf(heard).includes(words) : words.test(wordsOf(heard));
  };
  await vi.waitUntil(isThere, PATIENCE).catch((cause: unknown) => {
    throw new Error(`expected to hear ${words}, heard:\n${wordsOf(heard)}`, { cause });
  });
  return heard;
}

/** Does something and resolves with what is heard of it, once it says so. */
export async function answerTo(
  guest: Pick<ChannelGuest, 'heard'>,
  deed: () => Promise<void> | undefined,
  words: string | RegExp,
): Promise<readonly Heard[]> {
  const before = (await guest.heard()).length;
  const since = { heard: async () => (await guest.heard()).slice(before) };
  await deed();
  return hears(since, words);
}

export const conversationOf = ({ account: { channel, bot, id } }: ChannelGuest): string =>
  `${channel}:${bot}:${id}`;

/** How many messages of a guest are stored. */
export const storedOf = async (house: ChannelHouse, guest: ChannelGuest): Promise<number> =>
  (await rowsOf(house, 'inbox', { conversation: conversationOf(guest) })).length;

/** Says a list of things without waiting for answers: each follows as soon as the one before is stored. */
export async function saysAtOnce(
  house: ChannelHouse,
  guest: ChannelGuest,
  texts: readonly string[],
): Promise<void> {
  const before = await storedOf(house, guest);
  const taken: Promise<void>[] = [];
  for (const [i, text] of texts.entries()) {
    taken.push(guest.says(text));
    await vi.waitUntil(async () => (await storedOf(house, guest)) > before + i, PATIENCE);
  }
  await Promise.all(taken);
}

/** The steps of a registration for the fair up to a question, each answered in words. */
const STEPS = [
  ['register fair', 'What is your name?'],
  ['Ann O’Neill', 'Which organization'],
  ['Innovation Office', 'In which role'],
  ['1', 'how your data is used'],
  ['1', 'Please check your registration'],
] as const;

/** Fills in the form for the fair until it asks for something. */
export async function fillTo(guest: ChannelGuest, question: string): Promise<readonly Heard[]> {
  for (const [text, asked] of STEPS) {
    const heard = await answerTo(guest, () => guest.says(text), asked);
    if (asked === question) return heard;
  }
  return expect.fail(`expected a question of the form, received ${question}`);
}
