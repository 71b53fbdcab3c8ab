import { describe, expect, it } from 'vitest';
import { later, session } from '../domain/examples.ts';
import { fair, filled, House, START } from './house.ts';

describe('registering', () => {
  it('confirms a guest, with a ticket, the consent and the history', async () => {
    const house = await House.with({ capacity: 10 });
    const done = await house.verbs.registerGuest(filled('ana', 'run 1', { party: 2 }));
    expect(done).toMatchObject({ ok: true, data: { registration: { status: 'confirmed' } } });
    const stored = await house.registrationOf('ana');
    expect(stored).toMatchObject({
      status: 'confirmed',
      ticket: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/),
      consent: { at: house.clock.now(), text: expect.stringMatching(/^[0-9a-f]{64}$/) },
      history: [{ at: house.clock.now(), what: 'registered', detail: null }],
    });
    expect((await house.seats()).entries).toMatchObject([{ seats: 2, state: 'held' }]);
  });

  it('records the privacy text that was agreed to, in its language', async () => {
    const house = await House.with();
    await house.register('ana', { lang: 'en' });
    await house.register('bo', { lang: 'zh' });
    const [ana, bo] = [await house.registrationOf('ana'), await house.registrationOf('bo')];
    expect(ana.consent.text).not.toBe(bo.consent.text);
  });

  it('takes no seat for somebody who attends online', async () => {
    const house = await House.with({ capacity: 1, sessions: [session('talk', { capacity: 1 })] });
    await house.register('ana', { attendance: 'online', sessions: ['talk'] });
    expect(await house.registrationOf('ana')).toMatchObject({ status: 'confirmed' });
    expect((await house.seats()).entries).toEqual([]);
  });

  it('twice with the same run registers once, one after the other or at once', async () => {
    const house = await House.with({ capacity: 5 });
    const again = () => house.verbs.registerGuest(filled('ana', 'run 1'));
    await again();
    const before = await house.everything();
    await Promise.all([again(), again(), again()]);
    expect(await house.everything()).toEqual(before);

    const crowd = await House.with({ capacity: 5 });
    const twenty = Array.from({ length: 20 }, () => crowd.verbs.registerGuest(filled('ana', 'run 1')));
    const tickets = (await Promise.all(twenty)).map((done) => done.ok && done.data.registration.ticket);
    expect(new Set(tickets).size).toBe(1);
    expect((await crowd.registrationOf('ana')).history).toHaveLength(1);
    expect((await crowd.seats()).entries).toHaveLength(1);
  });

  it('gives every person a ticket of their own', async () => {
    const house = await House.with();
    const people = Array.from({ length: 50 }, (_, i) => `guest ${i}`);
    for (const person of people) await house.register(person);
    const tickets = await Promise.all(people.map(async (one) => (await house.registrationOf(one)).ticket));
    expect(new Set(tickets).size).toBe(50);
  });

  it('puts who agreed to wait on the waitlist, and refuses who did not, storing nothing', async () => {
    const house = await House.with({ capacity: 1, sessions: [session('talk', { capacity: 1 })] });
    await house.register('ana', { sessions: ['talk'] });
    const none = { hall: false, sessions: false };
    const before = await house.everything();
    expect(await house.verbs.registerGuest(filled('bo', 'run', {}, none))).toEqual({
      ok: false,
      reason: 'hall-full',
    });
    expect(await house.everything()).toEqual(before);
    await house.register('bo', { sessions: ['talk'] });
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'waitlisted' });
    expect([await house.seatOf('bo'), await house.seatOf('bo', 'talk')]).toEqual(['waiting 1', '-']);
  });

  it('refuses a full session that is not waited for, and confirms with one that is', async () => {
    const house = await House.with({ capacity: 9, sessions: [session('talk', { capacity: 1 })] });
    await house.register('ana', { sessions: ['talk'] });
    const talk = { sessions: ['talk'] };
    expect(
      await house.verbs.registerGuest(filled('bo', 'run', talk, { hall: true, sessions: false })),
    ).toEqual({ ok: false, reason: 'session-full' });
    await house.register('bo', talk);
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'confirmed' });
    expect([await house.seatOf('bo'), await house.seatOf('bo', 'talk')]).toEqual(['held', 'waiting 1']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a party above the limit of the event', { party: 6 }],
    ['a kind of guest that the event does not take', { kind: 'investor' }],
    ['a session that the event does not have', { sessions: ['salon'] }],
    ['no phone number where one is required', { phone: null }],
    ['no answer to a question of the event', { extra: {} }],
    ['a query instead of a name', { name: { $ne: null } }],
    ['a name of 10,000 characters', { name: 'a'.repeat(10_000) }],
  ])('refuses %s as invalid', async (_, wrong) => {
    const house = await House.with({
      phone: 'required',
      questions: [
        {
          id: 'diet',
          kind: 'text',
          max: 20,
          ask: { zh: '?', en: '?' },
          label: { zh: '?', en: '?' },
          optional: false,
        },
      ],
    });
    const right = { phone: '+862885123456', extra: { diet: 'none' } };
    expect(await house.verbs.registerGuest(filled('ana', 'run', { ...right, ...wrong }))).toEqual({
      ok: false,
      reason: 'invalid',
    });
    expect((await house.seats()).entries).toEqual([]);
    expect((await house.verbs.registerGuest(filled('ana', 'run', right))).ok).toBe(true);
  });

  it('is refused when the event is not open, over or unknown', async () => {
    const house = await House.with({ registrationClosesAt: later(START, -60) });
    expect(await house.verbs.registerGuest({ ...filled('ana', 'run'), event: 'nowhere' })).toMatchObject({
      reason: 'unknown-event',
    });
    house.clock.set(later(START, -60));
    expect(await house.verbs.registerGuest(filled('ana', 'run'))).toMatchObject({ reason: 'closed' });
    await house.verbs.importEvent(fair({ status: 'cancelled' }));
    expect(await house.verbs.registerGuest(filled('ana', 'run'))).toMatchObject({ reason: 'closed' });
  });

  it('again after cancelling begins anew, with the same ticket', async () => {
    const house = await House.with({ capacity: 1 });
    await house.register('ana');
    const { ticket } = await house.registrationOf('ana');
    await house.verbs.cancelRegistration({ person: 'ana', event: (await house.seats()).event });
    house.clock.pass(30);
    await house.verbs.registerGuest(filled('ana', 'run 2'));
    expect(await house.registrationOf('ana')).toMatchObject({
      status: 'confirmed',
      ticket,
      createdAt: house.clock.now(),
      history: [{ what: 'registered' }, { what: 'cancelled' }, { what: 'registered' }],
    });
  });

  it('does not get ahead of those who wait when more seats were added', async () => {
    const house = await House.with({ capacity: 1 });
    await house.register('ana');
    await house.register('bo');
    await house.verbs.importEvent(fair({ capacity: 2 }));
    await house.register('cy');
    expect(await house.seatsOf(['ana', 'bo', 'cy'])).toEqual(['held', 'offered', 'waiting 1']);
    expect(house.lettersTo('bo')).toHaveLength(1);
  });
});
