import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Audience, Condition, Source } from '../../src/domain/audience.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { countAudience } from '../../src/usecases/count-audience.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { registrationId } from '../../src/usecases/register-guest.ts';
import { type Asked, type Recipient, resolveAudience } from '../../src/usecases/resolve-audience.ts';
import { ticketOf } from '../../src/usecases/ticket-number.ts';
import { registration as anyRegistration, session } from '../domain/examples.ts';
import { FAIR, fair, filled, House } from './house.ts';
import { arrive, conversationOf, idOf, joined } from './linking.ts';

const SALON = eventId('office', 'salon');
const ABROAD = eventId('abroad', 'fair');

const guests: Source = { kind: 'event', event: FAIR };
const office: Source = { kind: 'office', office: 'office' };
const asked = (source: Source, where: Condition = { all: [] }): Asked => ({
  office: 'office',
  audience: { source, where } satisfies Audience,
});
const tickets = (...numbers: string[]): Source => ({ kind: 'tickets', tickets: numbers });

type Given = Partial<Omit<Registration, 'details'>> & { details?: Partial<Registration['details']> };

/** Writes a registration down, as it may stand in the store. */
async function hold(house: House, event: string, name: string, { details, ...given }: Given = {}) {
  const id = registrationId(event, idOf(name));
  const held = anyRegistration({ id, event, person: idOf(name), ticket: ticketOf(id), ...given });
  const saved = { ...held, details: { ...held.details, ...details } };
  if (!(await house.stores.registrations.save(saved)))
    throw new Error(`expected to store ${id}, received false`);
  return saved;
}

/** An office with two events, and another office with one. */
async function offices(): Promise<House> {
  const house = await House.with({ sessions: [session('opening', { capacity: 2 })] });
  await house.verbs.importEvent(fair({ code: 'salon', status: 'closed' }));
  await house.verbs.importEvent(fair({ office: 'abroad' }));
  return house;
}

interface Walk {
  readonly batches: readonly (readonly Recipient[])[];
  readonly unknown: readonly string[];
}

async function walk(house: House, asking: Asked, limit = 500): Promise<Walk> {
  const resolve = resolveAudience(house.stores);
  const batches: (readonly Recipient[])[] = [];
  const unknown: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { recipients, next, unknownTickets } = await resolve(asking, cursor, limit);
    batches.push(recipients);
    unknown.push(...unknownTickets);
    cursor = next;
  }
  return { batches, unknown };
}

const namesOf = ({ batches }: Walk): string[] =>
  batches.flat().map(({ person }) => person.id.replace(conversationOf(''), '').replace('person-', ''));

const names = async (house: House, asking: Asked): Promise<string[]> =>
  namesOf(await walk(house, asking)).sort();

describe('an audience of 1,200 registrations', () => {
  let house: House;
  beforeAll(async () => {
    house = await offices();
    for (let i = 0; i < 1_100; i++) {
      const name = `g${i}`;
      await arrive(house, name);
      const lang = i % 4 === 0 ? 'en' : 'zh';
      const attendance = i % 2 === 0 ? 'onsite' : 'online';
      const status = i < 10 ? 'cancelled' : 'confirmed';
      await hold(house, FAIR, name, { status, details: { lang, attendance } });
    }
    for (let i = 1_050; i < 1_150; i++) {
      await arrive(house, `g${i}`);
      await hold(house, SALON, `g${i}`);
    }
  });

  it('is walked in batches, with nobody twice and nobody left out', async () => {
    const { batches } = await walk(house, asked(guests));
    expect(batches.map((batch) => batch.length).reduce((a, b) => a + b)).toBe(1_090);
    expect(batches.length).toBe(3);
    const ids = batches.flat().map(({ person }) => person.id);
    expect(new Set(ids).size).toBe(1_090);
    for (const { person, registration, event, account } of batches.flat().slice(0, 20)) {
      expect(registration?.person).toBe(person.id);
      expect(event?.id).toBe(FAIR);
      expect(account).toEqual(person.accounts[0]);
    }
  });

  it('goes on from any cursor, as after a crash', async () => {
    const resolve = resolveAudience(house.stores);
    const asking = asked(office, { attendance: 'online' });
    const first = await resolve(asking, '', 100);
    const again = await resolve(asking, '', 100);
    expect(again).toEqual(first);
    const second = await resolve(asking, first.next ?? '', 100);
    const ids = (one: typeof first) => one.recipients.map(({ person }) => person.id);
    expect(ids(second).filter((id) => ids(first).includes(id))).toEqual([]);
  });

  it('is counted, over the events of the office each person once', async () => {
    const count = countAudience(house.stores);
    expect(await count(asked(guests))).toEqual({
      total: 1_090,
      unreachable: 0,
      unsubscribed: 0,
      withoutRegistration: 0,
      lanes: { 'web:main': 1_090 },
      languages: { zh: 818, en: 272 },
      unknownTickets: [],
    });
    expect(await count(asked(office))).toMatchObject({ total: 1_140 });
    expect(await count(asked(office, { state: ['cancelled'] }))).toMatchObject({ total: 10 });
    const some: Condition = { all: [{ attendance: 'onsite' }, { language: 'en' }] };
    expect(await count(asked(guests, some))).toMatchObject({ total: 272, languages: { en: 272 } });
  });
});

describe('an audience', () => {
  let house: House;
  beforeEach(async () => {
    house = await offices();
    await arrive(house, 'ana', 'bo', 'cy');
  });

  it('is the person who speaks for linked accounts, once', async () => {
    await hold(house, FAIR, 'ana');
    await joined(house, 'bo', 'ana');
    // What is over stays with the account that it was made from.
    await hold(house, SALON, 'bo', { details: { lang: 'en' } });
    expect(namesOf(await walk(house, asked(office)))).toEqual(['ana', 'ana']);
    expect(await countAudience(house.stores)(asked(office))).toMatchObject({
      total: 1,
      languages: { zh: 1 },
    });
    const both = tickets(
      ticketOf(registrationId(FAIR, idOf('ana'))),
      ticketOf(registrationId(SALON, idOf('bo'))),
    );
    expect(namesOf(await walk(house, asked(both)))).toEqual(['ana']);
    expect(namesOf(await walk(house, asked(both), 1))).toEqual(['ana', 'ana']);
    expect((await walk(house, asked(both, { language: 'en' }))).batches.flat()).toMatchObject([
      { person: { id: idOf('ana') }, registration: { event: SALON } },
    ]);
  });

  it('is written to at the last account that lets the bot write', async () => {
    await hold(house, FAIR, 'ana');
    const { people } = house.stores;
    await joined(house, 'bo', 'ana');
    await joined(house, 'cy', 'ana');
    const account = async (prefer?: Asked['prefer']) => {
      const asking = { ...asked(guests), ...(prefer && { prefer }) };
      return (await walk(house, asking)).batches.flat()[0]?.account?.id;
    };
    expect(await account()).toBe('cy');
    expect(await account(({ id }) => id !== 'cy')).toBe('bo');
    expect(await account((_, registration) => registration === null)).toBe('cy');
    await people.setReachable(conversationOf('cy'), false);
    expect(await account()).toBe('bo');
    expect(await account(({ id }) => id === 'cy')).toBe('bo');
    for (const name of ['ana', 'bo']) await people.setReachable(conversationOf(name), false);
    expect(await account()).toBeUndefined();
    expect(await names(house, asked(guests))).toEqual(['ana']);
    expect(await names(house, asked(guests, { channel: 'web' }))).toEqual([]);
    expect(await countAudience(house.stores)(asked(guests))).toMatchObject({
      total: 1,
      unreachable: 1,
      unsubscribed: 0,
      lanes: {},
    });
  });

  it('counts who unsubscribed, by lane all the same', async () => {
    for (const name of ['ana', 'bo', 'cy']) await hold(house, FAIR, name);
    await house.stores.people.ensure({ channel: 'telegram', bot: 'main', id: '7' }, 'en', house.clock.now());
    await house.stores.people.setNotices(idOf('bo'), false);
    expect(await countAudience(house.stores)(asked(guests))).toMatchObject({
      total: 3,
      unsubscribed: 1,
      lanes: { 'web:main': 3 },
    });
  });

  it('knows who has a seat, and who waits', async () => {
    for (const name of ['ana', 'bo', 'cy']) {
      const done = await house.verbs.registerGuest(
        filled(idOf(name), `run of ${name}`, { sessions: ['opening'] }),
      );
      expect(done.ok).toBe(true);
    }
    expect(await names(house, asked(guests, { seated: 'opening' }))).toEqual(['ana', 'bo']);
    expect(await names(house, asked(guests, { waits: true }))).toEqual(['cy']);
    expect(await names(house, asked(guests, { not: { waits: true } }))).toEqual(['ana', 'bo']);
  });

  it('loads seats once a batch, and only for a condition that needs them', async () => {
    for (const name of ['ana', 'bo', 'cy']) await hold(house, FAIR, name);
    const loaded: (readonly string[])[] = [];
    const { seats } = house.stores;
    const load: typeof seats.load = (events) => {
      loaded.push(events);
      return seats.load(events);
    };
    const resolve = resolveAudience({ ...house.stores, seats: { ...seats, load } });
    await resolve(asked(guests, { session: 'opening' }), '', 10);
    expect(loaded).toEqual([]);
    await resolve(asked(guests, { any: [{ seated: 'opening' }, { waits: true }] }), '', 10);
    expect(loaded).toEqual([[FAIR]]);
  });

  it('tells which tickets it does not know, those of another office among them', async () => {
    const mine = await hold(house, FAIR, 'ana', { status: 'cancelled' });
    const theirs = await hold(house, ABROAD, 'bo');
    const lost = Array.from({ length: 25 }, (_, i) => String(10_000_000 + i));
    const source = tickets(mine.ticket, theirs.ticket, ...lost);
    expect(await names(house, asked(source))).toEqual(['ana']);
    expect((await walk(house, asked(source), 4)).unknown).toEqual([theirs.ticket, ...lost]);
    const count = await countAudience(house.stores)(asked(source));
    expect(count).toMatchObject({ total: 1, withoutRegistration: 0 });
    expect(count.unknownTickets).toEqual([theirs.ticket, ...lost].slice(0, 20));
  });

  it('is whoever has a role in the office, however often', async () => {
    const grant = { event: null, part: null, note: null, by: null, at: house.clock.now(), ended: null };
    const roles = (...given: ('owner' | 'organizer')[]) =>
      asked({ kind: 'roles', roles: given, office: 'office' });
    const { grants } = house.stores;
    await grants.add({ ...grant, id: '1', person: idOf('ana'), role: 'organizer', office: 'office' });
    await grants.add({ ...grant, id: '2', person: idOf('ana'), role: 'owner', office: null });
    await grants.add({ ...grant, id: '3', person: idOf('bo'), role: 'organizer', office: 'abroad' });
    await grants.add({ ...grant, id: '4', person: idOf('cy'), role: 'owner', office: null });
    await grants.end('4', idOf('ana'), house.clock.now());
    expect(await names(house, roles('organizer', 'owner'))).toEqual(['ana']);
    expect(await countAudience(house.stores)(roles('organizer', 'owner'))).toMatchObject({
      total: 1,
      withoutRegistration: 1,
      languages: { zh: 1 },
    });
    expect(await names(house, roles('owner'))).toEqual(['ana']);
  });

  it('never reaches beyond its office', async () => {
    const foreign: Source[] = [
      { kind: 'event', event: ABROAD },
      { kind: 'event', event: 'nothing' },
      { kind: 'office', office: 'abroad' },
      { kind: 'roles', roles: ['owner'], office: 'abroad' },
    ];
    for (const source of foreign)
      await expect(walk(house, asked(source))).rejects.toThrow(/expected an audience of the office office/u);
  });

  it('is nobody where an office has no events', async () => {
    const asking: Asked = {
      office: 'new',
      audience: { source: { kind: 'office', office: 'new' }, where: { all: [] } },
    };
    expect(await names(house, asking)).toEqual([]);
  });
});
