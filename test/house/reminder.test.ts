import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import { anEvent } from '../support/events.ts';
import { type Guest, register } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';

const HOUR = 3_600_000;
const ONE_HOUR_BEFORE = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const;

/** Listens until a message says so; the house is given a minute at most. */
async function hears(guest: Guest, text: string): Promise<string> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const found = guest.heard.find((message) => message.text.includes(text));
    if (found) return found.text;
    await guest.listen(20);
  }
  throw new Error(
    `expected to hear “${text}”, heard ${JSON.stringify(guest.heard.map((message) => message.text))}`,
  );
}

describe.each(ENGINES)('reminders that nobody asks for, on $name', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.close());

  const soon = (code: string, ms: number, given: Partial<Omit<Event, 'id'>> = {}) =>
    anEvent({ code, startsAt: new Date(Date.now() + HOUR + ms), reminders: [ONE_HOUR_BEFORE], ...given });

  it('come by themselves when an event starts soon, once each, and only to those who want them', {
    timeout: 90_000,
  }, async () => {
    await house.addEvent(soon('soon', 6_000));
    const [zh, en, quiet] = [await house.arrive('zh'), await house.arrive('en'), await house.arrive('en')];
    await register(zh, 'soon', {
      language: 'zh',
      name: '张工',
      organization: '某大学',
      kind: 'guest',
      consent: 'agree',
    });
    await register(en, 'soon');
    await register(quiet, 'soon');
    await quiet.say('unsubscribe');
    expect(await hears(zh, '提醒：')).toMatch(/成果对接会[\s\S]*Asia\/Shanghai[\s\S]*会展中心一号厅/u);
    expect(await hears(en, 'A reminder')).toContain('Matchmaking fair');
    const rows = await house.app.stores.deliveries.byId(await deliveriesOf([zh, en, quiet], 'soon'));
    expect(rows.map(({ state, cause }) => [state, cause]).sort()).toEqual([
      ['sent', null],
      ['sent', null],
      ['skipped', 'unsubscribed'],
    ]);
  });

  it('tell of a changed time once, with the new one', { timeout: 90_000 }, async () => {
    const event = anEvent({ code: 'moves' });
    await house.addEvent(event);
    const guest = await house.arrive('en');
    await register(guest, 'moves');
    await house.addEvent({ ...event, place: { zh: '二号厅', en: 'hall 2' } });
    expect(await hears(guest, 'arrangements have changed')).toContain('hall 2');
    expect(guest.heard.filter(({ text }) => text.includes('arrangements have changed'))).toHaveLength(1);
  });

  it('come although the queue was emptied, as the store knows what is due', {
    timeout: 120_000,
  }, async () => {
    await house.addEvent(soon('emptied', 4_000));
    const guest = await house.arrive('en');
    await register(guest, 'emptied');
    await house.emptyQueues();
    expect(await hears(guest, 'A reminder')).toContain('Matchmaking fair');
  });

  const deliveriesOf = async (guests: readonly Guest[], code: string): Promise<string[]> => {
    const [event] = (await house.app.stores.events.list()).filter((one) => one.code === code);
    const startsAt = event?.startsAt.getTime() ?? 0;
    return guests.map(({ person }) => [event?.id, 'hour', '', startsAt, startsAt - HOUR, person].join('/'));
  };
});
