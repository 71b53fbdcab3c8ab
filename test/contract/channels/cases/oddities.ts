import { expect } from 'vitest';
import { cases } from '../case.ts';
import { ODDITIES, type Oddity } from '../chat.ts';
import { answerTo, fillTo, hears, storedOf } from '../talking.ts';

const UNREADABLE: Readonly<Record<Oddity, RegExp>> = {
  sticker: /cannot read stickers/u,
  voice: /cannot read voice messages/u,
  video: /cannot read videos/u,
  location: /cannot read locations/u,
  card: /cannot read (?:contact cards|messages of this kind)/u,
  'red packet': /cannot read messages of this kind/u,
};

const MEGABYTE = 1024 * 1024;

export const oddities = cases({
  async 'says what it cannot read and asks on'({ driver }) {
    const guest = await driver.guest();
    await fillTo(guest, 'What is your name?');
    for (const oddity of ODDITIES.filter((one) => driver.oddities.includes(one))) {
      const said = await answerTo(guest, () => guest.sends(oddity), UNREADABLE[oddity]);
      expect(said.at(-1)?.text).toContain('What is your name?');
    }
    await answerTo(guest, () => guest.says('Ann'), 'Which organization');
  },

  async 'answers an empty message and a name of 300 emoji with a sentence'({ driver }) {
    const guest = await driver.guest();
    await fillTo(guest, 'What is your name?');
    await answerTo(guest, () => guest.says('   '), 'That message was empty');
    await answerTo(guest, () => guest.says('😀'.repeat(300)), 'That is too long: 300 characters');
    await answerTo(guest, () => guest.says('Ann'), 'Which organization');
  },
});

export const heavy = cases(
  {
    async 'says of a document of 25 MB that it was not kept'({ driver }) {
      const guest = await driver.guest();
      await fillTo(guest, 'What is your name?');
      const sending = () => guest.sendsFile('film.pdf', 25 * MEGABYTE);
      await answerTo(guest, sending, 'the file “film.pdf” was not kept');
    },
  },
  // The web chat refuses it at the door, with a sentence: test/channels/web.
  ({ canFail }) => canFail,
);

export const rooms = cases(
  {
    async 'answers in a room when it is meant, and only then'({ house, driver }) {
      const [room, guest] = [driver.room?.(), await driver.guest()];
      await room?.says('When does the fair begin?', false);
      await room?.says('register fair', false);
      // Whoever is in a room, it is answered in the language of the room.
      await room?.says('agenda fair', true);
      const heard = async () => (room?.heard() ?? []).map((text) => ({ text, choices: [] }));
      await hears({ ...guest, heard }, /Matchmaking fair|成果对接会/u);
      await answerTo(guest, () => guest.says('Hello'), 'events assistant');
      expect(room?.heard()).toHaveLength(1);
      expect(await storedOf(house, guest)).toBe(1);
    },
  },
  ({ hasRooms }) => hasRooms,
);
