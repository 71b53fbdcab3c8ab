import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../support/events.ts';
import type { Guest } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';

describe.each(ENGINES)('a form that was left open, on $name,', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(anEvent({ code: 'fair', languages: ['en'] }));
  });
  afterAll(() => house.close());

  /** Joins a guest's account to another's, as somebody with two devices does. */
  async function link(guest: Guest, host: Guest): Promise<void> {
    const [offered] = await host.say('link');
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(offered?.text ?? '')?.[0] ?? '';
    await guest.say(`link ${code}`);
    await guest.pressLabel('I made it, link them');
    expect(guest.heard.some(({ text }) => text.includes('linked'))).toBe(true);
  }

  it('is gone on with on another account, and counts once', async () => {
    const [phone, desk] = [await house.arrive(), await house.arrive()];
    await phone.start('fair');
    await phone.say('Guest of honour');
    expect(phone.last.question).toBe('organization');
    await link(desk, phone);
    await desk.say('resume');
    expect(desk.last.question).toBe('organization');
    await desk.say('University Office');
    expect(desk.last.question).not.toBe('organization');
    const answers = { kind: 'guest', party: '1', phone: '+86 139 0000 0000', email: 'a@example.org' };
    for (let turns = 0; turns < 12 && desk.last.kind !== 'file'; turns++) {
      const { question = '', choices = [] } = desk.last;
      const wanted = (answers as Record<string, string>)[question];
      if (wanted && choices.length === 0) await desk.say(wanted);
      else await desk.press(choices[0]?.value ?? '');
    }
    const person = await house.app.stores.people.host(phone.person);
    const mine = await house.app.stores.registrations.byPerson([person]);
    expect(mine.map(({ details }) => [details.name, details.organization])).toEqual([
      ['Guest of honour', 'University Office'],
    ]);
  });

  it('is looked for in vain where there is none', async () => {
    const [phone, desk] = [await house.arrive(), await house.arrive()];
    await link(desk, phone);
    await desk.say('resume');
    expect(desk.last.text).toContain('no form left open');
  });
});
