import { describe, expect, it } from 'vitest';
import type { Extension } from '../../src/usecases/extend-deadline.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { later } from '../domain/examples.ts';
import { Crash, crashAfter, interleaving } from '../support/memory-faults.ts';
import { CLOSES, COMPLETE, callingHouse, projectOf, team, told } from './calling.ts';
import { FAIR, fair, type House, type Verbs } from './house.ts';
import { idOf } from './linking.ts';

const ORG = idOf('org');
const by = (person: string, effect: string = crypto.randomUUID()) => ({ event: FAIR, person, effect });
const extend = (verbs: Verbs, number: number, to: Extension, effect?: string) =>
  verbs.extendProject({ ...by(ORG, effect), number, to });
const reopen = (verbs: Verbs, number: number, until: Date | null, effect?: string) =>
  verbs.reopenProject({ ...by(ORG, effect), number, until });
const planned = (house: House, startsAt: Date) =>
  house.stores.occasions
    .all()
    .filter((one) => one.state === 'planned' && one.startsAt.getTime() === startsAt.getTime())
    .map(({ rule }) => rule)
    .sort();

describe('organizers', () => {
  it('alone see who is late, chase and give time', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    const { verbs } = house;
    const no = { ok: false, reason: 'not-allowed' };
    const until = later(CLOSES, 60);
    expect(await verbs.listLate({ event: FAIR, person: idOf('ana'), from: 1 })).toEqual(no);
    expect(await verbs.countChased(by(idOf('ana')))).toEqual(no);
    expect(await verbs.chaseTeams({ ...by(idOf('ana')), counted: 1 })).toEqual(no);
    expect(await verbs.extendProject({ ...by(idOf('ana')), number: 1, to: { until } })).toEqual(no);
    expect(await verbs.reopenProject({ ...by(idOf('ana')), number: 1, until })).toEqual(no);
    const all = { event: FAIR, person: idOf('ana'), from: CLOSES, until };
    expect(await verbs.extendCall(all)).toEqual(no);
    expect(await verbs.listLate({ event: 'unknown', person: ORG, from: 1 })).toEqual(no);
    await verbs.importEvent(fair({ code: 'plain' }));
    const plain = { event: eventId('office', 'plain'), person: ORG, from: 1 };
    expect(await verbs.listLate(plain)).toMatchObject({ ok: false, reason: 'no-call' });
    expect(await extend(verbs, 7, { until })).toMatchObject({ ok: false, reason: 'unknown-project' });
    expect((await projectOf(house, 1)).rev).toBe(1);
  });

  it('see drafts and what is incomplete, ten at a time', async () => {
    const house = await callingHouse();
    for (let i = 1; i <= 23; i++) await team(house, i, ['ana'], i % 2 ? {} : { state: 'submitted' });
    await team(house, 24, ['ana'], { state: 'submitted', parts: COMPLETE });
    await team(house, 25, ['ana'], { state: 'accepted' });
    const pages: unknown[] = [];
    for (let from: number | null = 1; from !== null; ) {
      const page = await house.verbs.listLate({ event: FAIR, person: ORG, from });
      if (!page.ok) throw new Error(page.reason);
      pages.push([page.data.drafts, page.data.incomplete, page.data.page.length]);
      from = page.data.next;
    }
    expect(pages).toEqual([
      [12, 11, 10],
      [12, 11, 10],
      [12, 11, 3],
    ]);
  });
});

describe('chasing', () => {
  it('reminds exactly those who can do something, each team once in 12 hours', async () => {
    const house = await callingHouse({}, 'cy');
    await team(house, 1, ['ana', 'bo']);
    await team(house, 2, ['bo'], { state: 'submitted', parts: COMPLETE });
    await team(house, 3, ['cy'], { state: 'submitted' });
    const first = await house.verbs.chaseTeams({ ...by(ORG), counted: 2 });
    expect(first).toMatchObject({ ok: true, data: { teams: 2, people: 3, chased: 0, closed: 0 } });
    expect(told(house, 'chased')).toEqual(['ana pending', 'bo pending', 'cy pending']);
    expect((await projectOf(house, 1)).history).toMatchObject([{ what: 'chased', by: ORG }]);
    await team(house, 4, ['bo']);
    house.clock.pass(11 * 60);
    expect(await house.verbs.countChased(by(ORG))).toMatchObject({ data: { teams: 1, chased: 2 } });
    house.clock.pass(60);
    expect(await house.verbs.countChased(by(ORG))).toMatchObject({ data: { teams: 3, chased: 0 } });
  });

  it('is refused when it would go to others than was confirmed', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    const done = await house.verbs.chaseTeams({ ...by(ORG), counted: 2 });
    expect(done).toMatchObject({ ok: false, reason: 'count-changed', data: { teams: 1 } });
    expect(told(house, 'chased')).toEqual([]);
  });

  it('leaves out those whose deadline has passed', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    await team(house, 2, ['bo'], { extendedUntil: later(CLOSES, 60) });
    house.clock.set(CLOSES);
    expect(await house.verbs.chaseTeams({ ...by(ORG), counted: 1 })).toMatchObject({
      data: { teams: 1, closed: 1 },
    });
    expect(told(house, 'chased')).toEqual(['bo pending']);
  });

  it('that is interrupted goes on where it was, and reaches everybody once', async () => {
    for (let last = 0; last <= 14; last++) {
      const house = await callingHouse();
      await team(house, 1, ['ana']);
      await team(house, 2, ['bo']);
      const asked = { ...by(ORG, 'effect'), counted: 2 };
      const dying = house.verbsOn(crashAfter(house.stores, last).ports);
      await dying.chaseTeams(asked).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      expect(await house.verbs.chaseTeams(asked)).toMatchObject({ ok: true, data: { teams: 2 } });
      expect(told(house, 'chased')).toEqual(['ana pending', 'bo pending']);
      expect((await projectOf(house, 1)).history).toHaveLength(1);
    }
  });

  it('by two at once writes to a team once', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const house = await callingHouse();
      await team(house, 1, ['ana']);
      const verbs = house.verbsOn(interleaving(house.stores, seed));
      await Promise.all([1, 2].map(() => verbs.chaseTeams({ ...by(ORG), counted: 1 })));
      expect(told(house, 'chased')).toEqual(['ana pending']);
    }
  });
});

describe('an extension', () => {
  it('gives a project its own deadline with its reminders, tells the team, and is taken back', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana', 'bo']);
    const until = later(CLOSES, 2 * 24 * 60);
    const done = await extend(house.verbs, 1, { by: { days: 2, minutes: 0 } });
    expect(done).toMatchObject({ ok: true, data: { before: null, until, told: 2 } });
    expect(await projectOf(house, 1)).toMatchObject({
      extendedUntil: until,
      history: [{ what: 'extended', by: ORG }],
    });
    expect(planned(house, until)).toEqual(['day', 'hour']);
    expect(told(house, 'extended')).toEqual(['ana pending', 'bo pending']);
    expect(house.lettersTo(idOf('ana'))[0]).toMatchObject({ hold: { still: 'member', project: 'p1' } });
    expect(house.lettersTo(idOf('ana'))[0]?.letter.text).toContain('截止时间现为 2026年5月20日');
    const back = await extend(house.verbs, 1, null);
    expect(back).toMatchObject({ ok: true, data: { before: until, until: CLOSES } });
    expect((await projectOf(house, 1)).extendedUntil).toBeNull();
  });

  it('is reckoned from now where the deadline has passed, and kept when the event is planned anew', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    house.clock.set(later(CLOSES, 600));
    const until = later(CLOSES, 600 + 48 * 60);
    expect(await extend(house.verbs, 1, { by: { days: 2, minutes: 0 } })).toMatchObject({ data: { until } });
    const [call] = (await house.stores.events.byId([FAIR])).map((event) => event.call);
    await house.verbs.importEvent(fair({ call: call ?? null, maxParty: 2 }));
    expect(planned(house, until)).toEqual(['day', 'hour']);
  });

  it.each<[string, Extension, Parameters<typeof team>[3]]>([
    ['past', { until: later(CLOSES, -30 * 24 * 60) }, {}],
    ['not-later', { until: CLOSES }, {}],
    ['decided', { until: later(CLOSES, 60) }, { state: 'accepted' }],
    ['withdrawn', { until: later(CLOSES, 60) }, { state: 'withdrawn' }],
  ])('is refused: %s', async (reason, to, given) => {
    const house = await callingHouse();
    await team(house, 1, ['ana'], given);
    expect(await extend(house.verbs, 1, to)).toMatchObject({ ok: false, reason });
    expect((await projectOf(house, 1)).rev).toBe(1);
    expect(told(house, 'extended')).toEqual([]);
  });

  it('by two days is two days, whenever it was interrupted', async () => {
    const act = (verbs: Verbs) => extend(verbs, 1, { by: { days: 2, minutes: 0 } }, 'effect');
    const scene = async () => {
      const house = await callingHouse();
      await team(house, 1, ['ana']);
      return house;
    };
    for (let last = 0; last <= 12; last++) {
      const house = await scene();
      await act(house.verbsOn(crashAfter(house.stores, last).ports)).catch((error: unknown) =>
        expect(error).toBeInstanceOf(Crash),
      );
      const until = later(CLOSES, 2 * 24 * 60);
      expect(await act(house.verbs)).toMatchObject({ ok: true, data: { until, before: null, told: 1 } });
      expect(planned(house, until)).toEqual(['day', 'hour']);
      expect(told(house, 'extended')).toEqual(['ana pending']);
    }
  });

  it('of all moves the event’s deadline and its reminders, and teams are told', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    const until = later(CLOSES, 24 * 60);
    const all = { event: FAIR, person: ORG, from: CLOSES, until };
    expect(await house.verbs.extendCall(all)).toMatchObject({ ok: true, data: { before: CLOSES } });
    expect(await house.verbs.extendCall(all)).toMatchObject({ ok: true, data: { what: 'unchanged' } });
    expect(planned(house, CLOSES)).toEqual([]);
    expect(planned(house, until).length).toBeGreaterThanOrEqual(2);
    house.clock.pass(1);
    await house.sweep();
    expect(told(house, 'deadline-moved')).toEqual(['ana pending']);
    const other = { ...all, until: later(CLOSES, 99) };
    expect(await house.verbs.extendCall(other)).toMatchObject({ ok: false, reason: 'deadline-changed' });
    const past = { ...all, from: until, until: later(house.clock.now(), -60) };
    expect(await house.verbs.extendCall(past)).toMatchObject({ ok: false, reason: 'past' });
    const now = { ...all, from: until, until: house.clock.now() };
    expect(await house.verbs.extendCall(now)).toMatchObject({ ok: true });
  });
});

describe('reopening', () => {
  const decision = { number: 2, messages: [], by: 'r', at: later(CLOSES, 10), publishedAt: null };

  it.each<[string, Parameters<typeof team>[3]]>([
    ['submitted and late', { state: 'submitted', parts: COMPLETE }],
    ['withdrawn', { state: 'withdrawn' }],
    ['a late draft', { state: 'draft' }],
    ['about to be rejected', { state: 'submitted', decision: { ...decision, verdict: 'reject' } }],
  ])('makes a draft of what is %s, tells the team, and is taken back', async (_, given) => {
    const house = await callingHouse();
    const before = await team(house, 1, ['ana'], given);
    house.clock.set(later(CLOSES, 60));
    const until = later(CLOSES, 60 + 48 * 60);
    const done = await reopen(house.verbs, 1, until);
    const dropped = before.decision !== null;
    expect(done).toMatchObject({ ok: true, data: { until, told: 1, dropped } });
    const open = await projectOf(house, 1);
    expect(open).toMatchObject({ state: 'draft', extendedUntil: until, history: [{ what: 'reopened' }] });
    expect(open.decision?.number).toBe(before.decision?.number);
    expect(open.decision?.verdict).toBe(dropped ? 'changes' : undefined);
    expect(planned(house, until)).toEqual(['day', 'hour']);
    expect(told(house, 'reopened')).toEqual(['ana pending']);
    expect(await reopen(house.verbs, 1, null)).toMatchObject({ ok: true });
    expect(await projectOf(house, 1)).toMatchObject({ state: before.state, extendedUntil: null });
    expect(told(house, 'closed')).toEqual(['ana pending']);
    expect(await reopen(house.verbs, 1, null)).toMatchObject({ ok: false, reason: 'not-reopened' });
  });

  it.each<[string, Parameters<typeof team>[3]]>([
    ['open', {}],
    ['decided', { state: 'accepted' }],
    ['decided', { state: 'rejected' }],
    ['accepted-soon', { state: 'submitted', decision: { ...decision, verdict: 'accept' } }],
  ])('is refused: %s', async (reason, given) => {
    const house = await callingHouse();
    await team(house, 1, ['ana'], given);
    expect(await reopen(house.verbs, 1, later(CLOSES, 60))).toMatchObject({ ok: false, reason });
    expect((await projectOf(house, 1)).rev).toBe(1);
  });

  it('is done once, whenever it was interrupted', async () => {
    for (let last = 0; last <= 12; last++) {
      const house = await callingHouse();
      await team(house, 1, ['ana'], { state: 'withdrawn' });
      const until = later(CLOSES, 60);
      const dying = house.verbsOn(crashAfter(house.stores, last).ports);
      await reopen(dying, 1, until, 'effect').catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      expect(await reopen(house.verbs, 1, until, 'effect')).toMatchObject({ ok: true });
      expect((await projectOf(house, 1)).history).toHaveLength(1);
      expect(told(house, 'reopened')).toEqual(['ana pending']);
      expect(planned(house, until)).toEqual(['day', 'hour']);
    }
  });
});
