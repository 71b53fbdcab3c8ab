import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../support/events.ts';
import { fillIn, type Guest } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';

describe.each(ENGINES)('what arrives more than once, on $name', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(anEvent({ code: 'fair' }));
  });
  afterAll(() => house.close());

  /** Listens until as many replies came as were expected and no more follow. */
  const repliesTo = async (guest: Guest, bodies: readonly object[], expected: number) => {
    const before = guest.heard.length;
    const answers = await Promise.all(bodies.map((body) => guest.post(body)));
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 202));
    while (guest.heard.length < before + expected) expect(await guest.listen()).not.toEqual([]);
    await guest.post({ id: guest.nextId(), text: 'help' });
    await guest.listen();
    return guest.heard.slice(before);
  };

  it('takes the same message id sent 5 times as one', async () => {
    const guest = await house.arrive();
    await guest.start('fair');
    await guest.press('en');
    const body = { id: 'same', text: 'Guest of honour' };
    const replies = await repliesTo(guest, [body, body, body, body, body], 1);
    expect(replies.map(({ question }) => question)).toEqual(['organization', 'organization']);
    expect(replies[1]?.text).toContain('You are filling in');
  });

  it('takes 20 double taps at once as one answer, with one reply each', async () => {
    const guest = await house.arrive();
    await guest.start('fair');
    const { prompt } = guest.last;
    const taps = Array.from({ length: 20 }, () => ({ id: guest.nextId(), pick: { prompt, index: 1 } }));
    const replies = (await repliesTo(guest, taps, 20)).slice(0, 20);
    expect(replies.map(({ question }) => question)).toEqual(taps.map(() => 'name'));
    expect(replies[0]?.text).not.toContain('already answered');
    for (const reply of replies.slice(1))
      expect(reply.text).toContain('“Language” is already answered: English');
  });

  it('confirms once however often “confirm” is tapped', async () => {
    const guest = await house.arrive();
    await guest.start('fair');
    await fillIn(guest);
    const { prompt } = guest.last;
    const taps = Array.from({ length: 20 }, () => ({ id: guest.nextId(), pick: { prompt, index: 0 } }));
    await Promise.all(taps.map((body) => guest.post(body)));
    while (!guest.heard.some(({ kind }) => kind === 'file')) await guest.listen();
    const [registration] = await house.app.stores.registrations.byPerson([guest.person]);
    expect(registration?.history.map(({ what }) => what)).toEqual(['registered']);
    expect(guest.heard.filter(({ text }) => text.startsWith('You are registered'))).toHaveLength(1);
  });

  it('does not take an answer for a question that was not yet seen', async () => {
    const guest = await house.arrive();
    await guest.start('fair');
    await guest.press('en');
    const { seq } = guest.last;
    const twice = ['Guest of honour', 'Guest of honour'].map((text) => ({
      id: guest.nextId(),
      text,
      seen: seq,
    }));
    const replies = await repliesTo(guest, twice, 2);
    expect(replies[1]?.text).toContain('before you could see the question below');
    expect(replies[1]?.question).toBe('organization');
  });
});
