import { describe, expect, it } from 'vitest';
import { session } from '../domain/examples.ts';
import { FAIR, fair, filled, House } from './house.ts';

const SESSIONS = [session('talk', { capacity: 2 }), session('salon', { capacity: 9 })];

describe('changing a registration', () => {
  it('to fewer people offers what is freed to the next, who is told', async () => {
    const house = await House.with({ capacity: 3 });
    await house.register('ana', { party: 3 });
    await house.register('bo', { party: 2 });
    const changed = await house.verbs.registerGuest(filled('ana', 'change', { party: 1 }));
    expect(changed).toMatchObject({ ok: true, data: { registration: { status: 'confirmed' } } });
    expect(await house.seatsOf(['ana', 'bo'])).toEqual(['held', 'offered']);
    const offers = house
      .lettersTo('bo')
      .map(({ letter }) => letter.choices?.map(({ value }) => value.split(' ')[0]));
    expect(offers).toEqual([['accept', 'decline']]);
  });

  it('to more people takes free seats, or changes nothing when there are too few', async () => {
    const house = await House.with({ capacity: 4 });
    await house.register('ana', { party: 2 });
    await house.register('bo');
    const grow = (party: number) =>
      house.verbs.registerGuest(filled('ana', `to ${party}`, { party }, { hall: false, sessions: false }));
    expect((await grow(3)).ok).toBe(true);
    const before = await house.everything();
    expect(await grow(4)).toEqual({ ok: false, reason: 'hall-full' });
    expect(await house.everything()).toEqual(before);
    expect((await house.registrationOf('ana')).details.party).toBe(3);
  });

  it('to more people than there is room for, and waiting for it, gives up the seats and goes to the end', async () => {
    const house = await House.with({ capacity: 2 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.registerGuest(filled('ana', 'change', { party: 2 }));
    expect(await house.seatsOf(['ana', 'bo', 'cy'])).toEqual(['waiting 1', 'held', 'offered']);
    expect(await house.registrationOf('ana')).toMatchObject({ status: 'waitlisted', details: { party: 2 } });
  });

  it('of a session frees the old one and takes the new one', async () => {
    const house = await House.with({ sessions: SESSIONS });
    await house.register('ana', { sessions: ['talk'] });
    await house.verbs.registerGuest(filled('ana', 'change', { sessions: ['salon'] }));
    expect([await house.seatOf('ana', 'talk'), await house.seatOf('ana', 'salon')]).toEqual(['-', 'held']);
    expect((await house.registrationOf('ana')).history.map(({ what }) => what)).toEqual([
      'registered',
      'changed',
    ]);
  });

  it('from on site to online frees every seat and stays confirmed', async () => {
    const house = await House.with({ capacity: 1, sessions: SESSIONS });
    await house.register('ana', { sessions: ['talk'] });
    await house.register('bo');
    await house.verbs.registerGuest(filled('ana', 'change', { attendance: 'online', sessions: ['talk'] }));
    expect(await house.registrationOf('ana')).toMatchObject({ status: 'confirmed' });
    expect(await house.seatsOf(['ana', 'bo'])).toEqual(['-', 'offered']);
  });

  it('from waiting to online ends the waiting', async () => {
    const house = await House.with({ capacity: 1 });
    await house.register('ana');
    await house.register('bo');
    await house.verbs.registerGuest(filled('bo', 'change', { attendance: 'online' }));
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'confirmed' });
    expect(await house.seatOf('bo')).toBe('-');
  });

  it('of somebody who waits keeps their place, and confirms nothing', async () => {
    const house = await House.with({ capacity: 1 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.registerGuest(
      filled('bo', 'change', { name: 'Bo B.' }, { hall: false, sessions: false }),
    );
    expect(await house.seatsOf(['bo', 'cy'])).toEqual(['waiting 1', 'waiting 2']);
    expect(await house.registrationOf('bo')).toMatchObject({
      status: 'waitlisted',
      details: { name: 'Bo B.' },
    });
  });

  it('of somebody who waits to a party that fits by now shows them the offer at once', async () => {
    const house = await House.with({ capacity: 3 });
    await house.register('ana', { party: 2 });
    await house.register('bo', { party: 2 });
    const changed = await house.verbs.registerGuest(filled('bo', 'change', { party: 1 }));
    expect(changed).toMatchObject({
      ok: true,
      data: {
        registration: { status: 'waitlisted' },
        seats: { entries: [{ state: 'held' }, { state: 'offered', seats: 1 }] },
      },
    });
    expect(house.lettersTo('bo')).toHaveLength(1);
  });

  it('with an open offer keeps the offer and is no acceptance of it', async () => {
    const house = await House.with({ capacity: 1, sessions: SESSIONS });
    await house.register('ana');
    await house.register('bo', { sessions: ['talk'] });
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    const changed = await house.verbs.registerGuest(
      filled('bo', 'change', { name: 'Bo B.', sessions: ['talk', 'salon'] }),
    );
    expect(changed).toMatchObject({ ok: true, data: { registration: { status: 'waitlisted' } } });
    expect([await house.seatOf('bo'), await house.seatOf('bo', 'talk')]).toEqual(['offered', '-']);
    const { ticket } = await house.registrationOf('bo');
    await house.verbs.answerOffer({ person: 'bo', ticket, session: null, accepted: true });
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'confirmed' });
    expect(await Promise.all(['talk', 'salon'].map((one) => house.seatOf('bo', one)))).toEqual([
      'held',
      'held',
    ]);
  });

  it('with an open offer to a party that is too big for it puts them in line again', async () => {
    const house = await House.with({ capacity: 1 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    await house.verbs.registerGuest(filled('bo', 'change', { party: 2 }));
    expect(await house.seatsOf(['bo', 'cy'])).toEqual(['waiting 1', 'offered']);
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'waitlisted' });
  });

  it('is refused once the session is gone, and possible without it', async () => {
    const house = await House.with({ sessions: SESSIONS });
    await house.register('ana', { sessions: ['talk', 'salon'] });
    await house.verbs.importEvent(fair({ sessions: SESSIONS.slice(1) }));
    const change = (sessions: string[]) =>
      house.verbs.registerGuest(filled('ana', `to ${sessions}`, { sessions }));
    expect(await change(['talk', 'salon'])).toEqual({ ok: false, reason: 'invalid' });
    expect(await house.seatOf('ana', 'talk')).toBe('held');
    expect((await change(['salon'])).ok).toBe(true);
    expect(await house.seatOf('ana', 'talk')).toBe('-');
  });
});

describe('cancelling a registration', () => {
  it('frees all seats, keeps the history, and twice is once', async () => {
    const house = await House.with({ capacity: 1, sessions: SESSIONS });
    await house.register('ana', { sessions: ['talk', 'salon'] });
    const cancel = () => house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    expect(await cancel()).toMatchObject({ ok: true, data: { event: { code: 'fair' } } });
    const before = await house.everything();
    expect(await cancel()).toMatchObject({ ok: true });
    expect(await house.everything()).toEqual(before);
    expect((await house.seats()).entries).toEqual([]);
    expect(await house.registrationOf('ana')).toMatchObject({
      status: 'cancelled',
      history: [{ what: 'registered' }, { what: 'cancelled' }],
    });
  });

  it('is refused to somebody who is not registered, or for an event that is not there', async () => {
    const house = await House.with();
    const refusal = { ok: false, reason: 'not-registered' };
    expect(await house.verbs.cancelRegistration({ person: 'ana', event: FAIR })).toEqual(refusal);
    expect(await house.verbs.cancelRegistration({ person: 'ana', event: 'nowhere' })).toEqual(refusal);
  });

  it('of somebody who waits moves the others up', async () => {
    const house = await House.with({ capacity: 1 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.cancelRegistration({ person: 'bo', event: FAIR });
    expect(await house.seatsOf(['ana', 'bo', 'cy'])).toEqual(['held', '-', 'waiting 1']);
  });

  it('with an open offer passes the offer on', async () => {
    const house = await House.with({ capacity: 1 });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person);
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    await house.verbs.cancelRegistration({ person: 'bo', event: FAIR });
    expect(await house.seatsOf(['bo', 'cy'])).toEqual(['-', 'offered']);
    expect([house.lettersTo('bo').length, house.lettersTo('cy').length]).toEqual([1, 1]);
  });
});
