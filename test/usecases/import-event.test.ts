import { describe, expect, it } from 'vitest';
import type { ReminderRule } from '../../src/domain/reminder.ts';
import { later, session } from '../domain/examples.ts';
import { Crash, crashAfter, interleaving } from '../support/memory-faults.ts';
import { type Content, FAIR, fair, House, START } from './house.ts';

const reminders: ReminderRule[] = [
  { id: 'week', kind: 'before', of: 'event', days: 7, minutes: 0 },
  { id: 'eve', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' },
  { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 },
];
const MOVED_START = later(START, 24 * 60);
const moved = (given: Partial<Content> = {}): Content =>
  fair({ reminders, startsAt: MOVED_START, endsAt: later(MOVED_START, 480), ...given });

/** An event with its reminders and two guests. */
async function announced(given: Partial<Content> = {}): Promise<House> {
  const house = await House.with({ reminders, ...given });
  await house.register('ana');
  await house.register('bo', { lang: 'zh', attendance: 'online' });
  return house;
}

/** Lets the moment pass after which a change is told, and sweeps. */
async function tell(house: House): Promise<void> {
  await house.sweep();
  house.clock.pass(1);
  await house.sweep();
}

/** The reminders that stand, as hours before the start. */
function standing(house: House, start: Date): number[] {
  return house.stores.occasions
    .all()
    .filter(({ kind, state }) => kind === 'reminder' && state === 'planned')
    .map(({ dueAt }) => (start.getTime() - dueAt.getTime()) / 3_600_000);
}

const news = (house: House, person: string) =>
  house
    .lettersTo(person)
    .filter(({ kind }) => kind === 'own')
    .map(({ letter }) => letter.text);

describe('importing an event', () => {
  it('creates it once, and with the same content again changes nothing', async () => {
    const house = new House();
    expect(await house.verbs.importEvent(fair({ reminders }))).toMatchObject({ what: 'created' });
    await tell(house);
    const before = await house.everything();
    expect(await house.verbs.importEvent(fair({ reminders }))).toMatchObject({ what: 'unchanged' });
    await tell(house);
    expect(await house.everything()).toEqual(before);
  });

  it('at the same time in two processes creates it once', async () => {
    const house = new House();
    const twice = [1, 2].map((seed) =>
      house.verbsOn(interleaving(house.stores, seed)).importEvent(fair({ reminders })),
    );
    expect((await Promise.all(twice)).map(({ what }) => what).sort()).toEqual(['created', 'unchanged']);
    expect(await house.stores.events.list()).toHaveLength(1);
  });

  it('keeps apart events of the same code in different offices', async () => {
    const house = new House();
    await house.verbs.importEvent(fair());
    await house.verbs.importEvent(fair({ office: 'chengdu' }));
    expect((await house.stores.events.list()).map(({ office }) => office)).toEqual(['chengdu', 'office']);
  });

  it('with a new title only is told to nobody', async () => {
    const house = await announced();
    const title = { zh: '新名称', en: 'New name' };
    expect(await house.verbs.importEvent(fair({ reminders, title }))).toMatchObject({ what: 'changed' });
    await tell(house);
    expect([news(house, 'ana'), news(house, 'bo')]).toEqual([[], []]);
    expect(standing(house, START)).toEqual([168, 15, 1]);
  });
});

describe('moving an event', () => {
  it('supersedes the old reminders, plans the new ones and is told once to everybody', async () => {
    const house = await announced();
    expect(standing(house, START)).toEqual([168, 15, 1]);
    await house.verbs.importEvent(moved());
    for (let i = 0; i < 3; i++) await tell(house);
    expect(standing(house, MOVED_START)).toEqual([168, 15, 1]);
    expect(news(house, 'ana')).toEqual([expect.stringContaining('21 May 2026 09:00–17:00 (Asia/Shanghai)')]);
    expect(news(house, 'bo')).toEqual([
      expect.stringContaining('2026年5月21日周四 09:00–17:00（Asia/Shanghai）'),
    ]);
  });

  it('is told to those who wait, and not to those who cancelled', async () => {
    const house = await House.with({ capacity: 1 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.cancelRegistration({ person: 'cy', event: FAIR });
    await house.verbs.importEvent(moved({ capacity: 1 }));
    await tell(house);
    expect(['ana', 'bo', 'cy'].map((person) => news(house, person).length)).toEqual([1, 1, 0]);
  });

  it('of one session supersedes the reminders of that one alone', async () => {
    const of = 'session' as const;
    const rules: ReminderRule[] = [{ id: 'soon', kind: 'before', of, days: 0, minutes: 60 }];
    const house = await House.with({ reminders: rules, sessions: [session('a'), session('b')] });
    const before = house.stores.occasions.all().map(({ id }) => id);
    const b = session('b', { startsAt: later(START, 60) });
    await house.verbs.importEvent(fair({ reminders: rules, sessions: [session('a'), b] }));
    await house.sweep();
    const all = house.stores.occasions.all().filter(({ kind }) => kind === 'reminder');
    expect(all.map((one) => [one.session, one.state, before.includes(one.id)])).toEqual([
      ['a', 'planned', true],
      ['b', 'superseded', true],
      ['b', 'planned', false],
    ]);
  });

  it('and back again has the first reminders again', async () => {
    const house = await announced();
    await house.verbs.importEvent(moved());
    await tell(house);
    await house.verbs.importEvent(fair({ reminders }));
    await tell(house);
    expect(standing(house, START)).toEqual([168, 15, 1]);
    const title = { zh: '新名称', en: 'New name' };
    await house.verbs.importEvent(fair({ reminders, title }));
    await tell(house);
    expect(standing(house, START)).toEqual([168, 15, 1]);
    house.clock.set(later(START, -60));
    await house.sweep();
    const reminded = house.lettersTo('ana').filter((row) => row.notBefore >= later(START, -60));
    expect(reminded).toHaveLength(1);
  });

  it('twice in a row is told with the last times', async () => {
    const house = await announced();
    await house.verbs.importEvent(moved());
    const place = { zh: '二号厅', en: 'Hall 2' };
    await house.verbs.importEvent(moved({ place }));
    await tell(house);
    expect(news(house, 'ana')).toEqual([expect.stringContaining('Hall 2')]);
  });

  it('to a start that is near skips the reminders whose time has passed', async () => {
    const house = await announced();
    const startsAt = later(house.clock.now(), 120);
    await house.verbs.importEvent(fair({ reminders, startsAt, endsAt: later(startsAt, 480) }));
    await house.sweep();
    expect(standing(house, startsAt)).toEqual([1]);
  });

  it('is told with the new times also when the process died before the change was stored', async () => {
    // Two calls come first: what is known is read, and the announcement is written.
    for (const last of [1, 2, 3, 4, 5, 6]) {
      const house = await announced();
      const place = { zh: '二号厅', en: 'Hall 2' };
      for (const change of [moved(), fair({ reminders, place })]) {
        const dying = house.verbsOn(crashAfter(house.stores, last).ports);
        await dying.importEvent(change).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        await tell(house);
        await house.verbs.importEvent(change);
        await tell(house);
      }
      expect(news(house, 'ana'), `after ${last}`).toEqual([
        expect.stringContaining('21 May 2026 09:00'),
        expect.stringContaining('Hall 2'),
      ]);
    }
  });

  it.each(['before', 'after'])('is told once also when it falls due just %s it is stored', async (when) => {
    const house = await announced();
    const { events } = house.stores;
    const slow = house.verbsOn({
      ...house.stores,
      events: {
        ...events,
        async save(event, revision) {
          if (when === 'before') await tell(house);
          const saved = await events.save(event, revision);
          if (when === 'after') await tell(house);
          return saved;
        },
      },
    });
    await slow.importEvent(moved());
    await tell(house);
    expect(news(house, 'ana')).toEqual([expect.stringContaining('21 May 2026 09:00')]);
  });

  it('to the same times by two processes at once is told once', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const house = await announced();
      const [one, two] = [seed, seed + 100].map((each) => house.verbsOn(interleaving(house.stores, each)));
      await Promise.all([one?.importEvent(moved()), two?.importEvent(moved())]);
      await tell(house);
      expect(news(house, 'ana'), `order ${seed}`).toHaveLength(1);
    }
  });

  it('to other times by two processes at once is told with those that were stored last', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const house = await announced();
      const [one, two] = [seed, seed + 100].map((each) => house.verbsOn(interleaving(house.stores, each)));
      const place = { zh: '二号厅', en: 'Hall 2' };
      await Promise.all([one?.importEvent(moved()), two?.importEvent(moved({ place }))]);
      await tell(house);
      const [stored] = await house.stores.events.byId([FAIR]);
      expect(news(house, 'ana'), `order ${seed}`).toEqual([expect.stringContaining(stored?.place.en ?? '?')]);
    }
  });
});

describe('cancelling an event', () => {
  it('is told once, in the language of each, and ends the reminders', async () => {
    const house = await announced();
    await house.verbs.importEvent(fair({ reminders, status: 'cancelled' }));
    for (let i = 0; i < 3; i++) await tell(house);
    expect(standing(house, START)).toEqual([]);
    expect(news(house, 'ana')).toEqual([expect.stringMatching(/cancelled[\s\S]*Matchmaking fair/)]);
    expect(news(house, 'bo')).toEqual([expect.stringMatching(/取消[\s\S]*成果对接会/)]);
  });

  it('by mistake, mended before it was told, is not told as cancelled', async () => {
    const house = await announced();
    await house.verbs.importEvent(fair({ reminders, status: 'cancelled' }));
    await house.verbs.importEvent(fair({ reminders }));
    await tell(house);
    expect(news(house, 'ana')).toEqual([expect.not.stringContaining('cancelled')]);
    expect(standing(house, START)).toEqual([168, 15, 1]);
  });

  it('and opening it again is told, and brings the reminders back', async () => {
    const house = await announced();
    await house.verbs.importEvent(fair({ reminders, status: 'cancelled' }));
    await tell(house);
    await house.verbs.importEvent(fair({ reminders }));
    await tell(house);
    expect(standing(house, START)).toEqual([168, 15, 1]);
    expect(news(house, 'ana')).toEqual([
      expect.stringContaining('cancelled'),
      expect.stringContaining('20 May 2026 09:00–17:00 (Asia/Shanghai)'),
    ]);
  });
});
