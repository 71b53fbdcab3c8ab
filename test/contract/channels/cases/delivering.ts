import { expect } from 'vitest';
import { cases } from '../case.ts';
import { answerTo, fillTo, hears, saysAtOnce, storedOf, wordsOf } from '../talking.ts';

const TEN = Array.from({ length: 10 }, (_, i) => `nowhere${i}`);

export const delivering = cases({
  async 'takes a message that is delivered twice once, with one answer'({ house, driver }) {
    const guest = await driver.guest();
    await fillTo(guest, 'What is your name?');
    const before = await storedOf(house, guest);
    await answerTo(guest, () => guest.says('Ann O’Neill'), 'Which organization');
    await guest.repeats();
    await guest.repeats();
    await house.app.settled();
    const said = await answerTo(guest, () => guest.says('help'), 'You are filling in');
    expect(wordsOf(said).match(/Which organization/gu)).toHaveLength(1);
    expect(wordsOf(await guest.heard()).match(/Which organization/gu)).toHaveLength(2);
    expect((await storedOf(house, guest)) - before).toBe(2);
  },

  async 'answers 10 messages of one chat at once in their order'({ house, driver }) {
    const guest = await driver.guest();
    await answerTo(guest, () => guest.says('Hello'), 'events assistant');
    await saysAtOnce(
      house,
      guest,
      TEN.map((code) => `register ${code}`),
    );
    const heard = await hears(guest, '“nowhere9”');
    expect(wordsOf(heard).match(/nowhere\d/gu)).toEqual(TEN);
  },
});
