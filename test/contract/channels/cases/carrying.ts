import QRCode from 'qrcode';
import { expect, vi } from 'vitest';
import { rowsOf } from '../../../support/rows.ts';
import { cases } from '../case.ts';
import type { ChannelGuest } from '../chat.ts';
import { answerTo, conversationOf, fillTo, wordsOf } from '../talking.ts';

/** Ninety paragraphs with a mark each, the tenth without a space to break it at: 9,000 characters and more. */
export const LONG_TEXT = Array.from({ length: 90 }, (_, i) =>
  i === 9 ? `§${i}§${'x'.repeat(3_000)}` : `§${i}§ ${'Data is used with care. '.repeat(3)}`.trim(),
).join('\n\n');

const marksIn = (text: string): string[] => text.match(/§\d+§/gu) ?? [];

/** Files that somebody got, by name, once there are so many. */
async function filesOf(guest: ChannelGuest, count: number): Promise<string[]> {
  let names: string[] = [];
  await vi.waitUntil(async () => {
    names = (await guest.heard()).flatMap(({ file }) => file ?? []);
    return names.length >= count;
  });
  return names;
}

export const carrying = cases({
  async 'brings the ticket with its picture and its calendar file'({ driver }) {
    const guest = await driver.guest();
    await fillTo(guest, 'Please check your registration');
    const told = await answerTo(guest, () => guest.says('1'), /Ticket: [0-9A-Z]{8}/u);
    const ticket = /Ticket: (?<ticket>[0-9A-Z]{8})/u.exec(wordsOf(told))?.groups?.ticket;
    expect((await filesOf(guest, 2)).sort()).toEqual([`fair-${ticket}.ics`, `fair-${ticket}.png`]);
  },

  async 'brings a text of any length whole, in parts that fit, in order'({ driver }) {
    const guest = await driver.guest();
    for (const [said, asked] of [
      ['register long', 'What is your name?'],
      ['Ann', 'Which organization'],
    ] as const)
      await answerTo(guest, () => guest.says(said), asked);
    const heard = await answerTo(guest, () => guest.says('Office'), 'If you agree, tap');
    expect(marksIn(wordsOf(heard))).toEqual(marksIn(LONG_TEXT));
    const letters = (text: string) => text.replace(/\s/gu, '');
    expect(letters(wordsOf(heard))).toContain(letters(LONG_TEXT));
    expect(heard.filter(({ text }) => !driver.fits(text))).toEqual([]);
    expect(heard.map(({ choices }) => choices)).toEqual([...heard.slice(1).map(() => []), ['I agree']]);
  },

  async 'keeps a photo byte by byte, once however often it is sent'({ house, driver }) {
    const guest = await driver.guest();
    const photo = await QRCode.toBuffer(crypto.randomUUID());
    for (let times = 0; times < 2; times++)
      await answerTo(guest, () => guest.sendsPhoto(photo), 'Nothing needs a file just now');
    const stored = await rowsOf(house, 'files', { conversation: conversationOf(guest) });
    expect(stored).toMatchObject([{ type: 'image/png', size: photo.length, whole: true }]);
    const kept = await house.app.stores.files.open(String(stored[0]?._id));
    expect(Buffer.compare(kept ?? Buffer.alloc(0), photo)).toBe(0);
  },

  async 'takes a file where words are needed for what it is'({ driver }) {
    const guest = await driver.guest();
    await answerTo(
      guest,
      () => guest.sendsFile('cv.pdf', 1_000),
      'Nothing needs a file just now, so “cv.pdf”',
    );
    await fillTo(guest, 'What is your name?');
    await answerTo(guest, () => guest.sendsFile('cv.pdf', 1_000), 'the file “cv.pdf” was not kept');
    await answerTo(guest, () => guest.says('Ann'), 'Which organization');
  },
});
