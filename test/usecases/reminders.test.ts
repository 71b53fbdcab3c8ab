import { describe, expect, it } from 'vitest';
import type { ReminderRule } from '../../src/domain/reminder.ts';
import { later, session } from '../domain/examples.ts';
import { Crash, crashAfter } from '../support/memory-faults.ts';
import { FAIR, fair, filled, House, START } from './house.ts';

const eve: ReminderRule = { id: 'eve', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' };
const hour: ReminderRule = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 };
const talks: ReminderRule = { id: 'talks', kind: 'before', of: 'session', days: 0, minutes: 30 };
const EVE = later(START, -15 * 60);
const HOUR = later(START, -60);

async function reminded(house: House, when: Date): Promise<void> {
  house.clock.set(when);
  await house.sweep();
}

/** What somebody has in their rows: the rule of each reminder with the state of its row. */
function rows(house: House, person: string): string[] {
  const ruleOf = new Map(house.stores.occasions.all().map((one) => [one.id, one.rule ?? one.kind]));
  return house
    .lettersTo(person)
    .map(({ occasion, state, cause }) => [ruleOf.get(occasion ?? ''), state, cause ?? ''].join(' ').trim());
}

describe('a reminder', () => {
  it('goes to everybody with a seat when it falls due, once, in their language', async () => {
    const house = await House.with({ reminders: [eve, hour], onlineLink: 'https://live.example.org/fair' });
    await house.register('ana');
    await house.register('bo', { lang: 'zh', attendance: 'online' });
    await reminded(house, later(EVE, -1));
    expect(rows(house, 'ana')).toEqual([]);
    await reminded(house, EVE);
    await house.sweep();
    expect([rows(house, 'ana'), rows(house, 'bo')]).toEqual([['eve pending'], ['eve pending']]);
    const [ana, bo] = [house.lettersTo('ana')[0], house.lettersTo('bo')[0]];
    expect(ana).toMatchObject({ kind: 'notice', expiresAt: later(EVE, 90) });
    expect(ana?.letter.text).toContain('20 May 2026 09:00 (Asia/Shanghai)');
    expect(ana?.letter.text).toContain((await house.registrationOf('ana')).ticket);
    expect(bo?.letter.text).toContain('2026年5月20日周三 09:00（Asia/Shanghai）');
    expect(bo?.letter.text).toContain('https://live.example.org/fair');
    expect(ana?.letter.text).not.toContain('live.example.org');
    await reminded(house, HOUR);
    expect(rows(house, 'ana')).toEqual(['eve pending', 'hour pending']);
  });

  it('goes to nobody who waits, was only offered a seat, or has cancelled', async () => {
    const house = await House.with({ capacity: 2, reminders: [hour] });
    for (const person of ['ana', 'bo', 'cy', 'di']) await house.register(person);
    await reminded(house, later(HOUR, -10));
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['held', 'offered', 'waiting 1']);
    await house.verbs.registerGuest(filled('cy', 'change', { name: 'Cy C.' }));
    await reminded(house, HOUR);
    const notices = house.stores.deliveries.all().filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ person }) => person)).toEqual(['bo']);
  });

  it('of a time that has passed is never sent to somebody who registers later', async () => {
    const house = await House.with({ reminders: [eve, hour] });
    await house.register('ana');
    house.clock.set(later(EVE, 1));
    await house.register('bo');
    await house.sweep();
    expect([rows(house, 'ana'), rows(house, 'bo')]).toEqual([['eve pending'], []]);
    await reminded(house, HOUR);
    expect(rows(house, 'bo')).toEqual(['hour pending']);
  });

  it('counts somebody who registered again after cancelling as a late registrant', async () => {
    const house = await House.with({ reminders: [eve] });
    await house.register('ana');
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    house.clock.set(later(EVE, 1));
    await house.verbs.registerGuest(filled('ana', 'run 2'));
    await house.sweep();
    expect(rows(house, 'ana')).toEqual([]);
  });

  it('that was missed is written down as such, not sent late', async () => {
    const house = await House.with({ reminders: [eve, hour] });
    await house.register('ana');
    await reminded(house, later(EVE, 89));
    expect(rows(house, 'ana')).toEqual(['eve pending']);
    await reminded(house, later(HOUR, 6));
    expect(rows(house, 'ana')).toEqual(['eve pending', 'hour skipped missed']);
    expect(house.stores.occasions.all().map(({ state }) => state)).toEqual(['done', 'missed']);
  });

  it('is done again after a crash at any step, and reaches everybody once', async () => {
    const people = ['ana', 'bo', 'cy'];
    for (let last = 0; last <= 6; last++) {
      const house = await House.with({ reminders: [hour] });
      for (const person of people) await house.register(person);
      house.clock.set(HOUR);
      const [occasion] = await house.stores.occasions.due(HOUR, 10);
      const dying = house.verbsOn(crashAfter(house.stores, last).ports);
      await dying.fireOccasion(occasion?.id ?? '').catch((error: unknown) => {
        expect(error).toBeInstanceOf(Crash);
      });
      await house.sweep();
      await house.sweep();
      expect(people.map((person) => rows(house, person))).toEqual(people.map(() => ['hour pending']));
      expect(house.stores.occasions.all()).toMatchObject([{ state: 'done' }]);
    }
  });

  it('by a clock that runs ahead of its job waits', async () => {
    const house = await House.with({ reminders: [hour] });
    const [occasion] = house.stores.occasions.all();
    expect(await house.verbs.fireOccasion(occasion?.id ?? '')).toBe('early');
    expect(await house.verbs.fireOccasion('unknown')).toBe('ended');
  });

  it('reaches more people than fit into one batch', async () => {
    const house = await House.with({ reminders: [hour] });
    for (let i = 0; i < 501; i++) await house.register(`guest ${i}`);
    await reminded(house, HOUR);
    expect(new Set(house.stores.deliveries.all().map(({ person }) => person)).size).toBe(501);
  });

  it('is not planned for a time that has passed already', async () => {
    const house = new House();
    house.clock.set(later(EVE, 1));
    await house.verbs.importEvent(fair({ reminders: [eve, hour] }));
    await house.verbs.planChangedEvents();
    expect(house.stores.occasions.all().map(({ rule }) => rule)).toEqual(['hour']);
  });

  it('of a rule that was taken out is not sent', async () => {
    const house = await House.with({ reminders: [eve, hour] });
    await house.register('ana');
    await house.verbs.importEvent(fair({ reminders: [hour] }));
    await house.sweep();
    await reminded(house, EVE);
    expect(rows(house, 'ana')).toEqual([]);
    await reminded(house, HOUR);
    expect(rows(house, 'ana')).toEqual(['hour pending']);
  });

  it('of an event that was moved a moment before is not sent with the old time', async () => {
    const house = await House.with({ reminders: [hour] });
    await house.register('ana');
    const [occasion] = house.stores.occasions.all();
    await house.verbs.importEvent(fair({ reminders: [hour], startsAt: later(START, 60) }));
    house.clock.set(HOUR);
    expect(await house.verbs.fireOccasion(occasion?.id ?? '')).toBe('ended');
    expect(rows(house, 'ana')).toEqual([]);
  });
});

describe('the reminder of a session', () => {
  const sessions = [session('talk', { capacity: 1 }), session('salon', { startsAt: later(START, 60) })];

  it('goes to those with a seat in it, at its own time', async () => {
    const house = await House.with({ sessions, reminders: [talks] });
    await house.register('ana', { sessions: ['talk', 'salon'] });
    await house.register('bo', { sessions: ['talk'] });
    await house.register('cy', { sessions: ['salon'] });
    await house.register('di', { sessions: ['talk'], attendance: 'online' });
    await house.register('ed');
    await reminded(house, later(START, -30));
    const written = () => house.stores.deliveries.all().map(({ person }) => person);
    expect(written()).toEqual(['ana', 'di']);
    expect(house.lettersTo('ana')[0]?.letter.text).toContain('Session talk');
    await reminded(house, later(START, 30));
    expect(written()).toEqual(['ana', 'di', 'ana', 'cy']);
    expect(house.lettersTo('ana')[1]?.letter.text).toContain('Session salon');
    expect(house.lettersTo('ana')[1]?.letter.text).toContain('10:00 (Asia/Shanghai)');
  });

  it('that is gone is not sent', async () => {
    const house = await House.with({ sessions, reminders: [talks] });
    await house.register('ana', { sessions: ['talk'] });
    await house.verbs.importEvent(fair({ sessions: sessions.slice(1), reminders: [talks] }));
    await house.sweep();
    await reminded(house, later(START, -30));
    expect(rows(house, 'ana').filter((row) => row.startsWith('talks'))).toEqual([]);
  });
});
