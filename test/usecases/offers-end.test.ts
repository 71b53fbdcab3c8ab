import { describe, expect, it } from 'vitest';
import { later } from '../domain/examples.ts';
import { FAIR, fair, filled, House, START } from './house.ts';
import { answer, isOffer, newsTo, offered } from './offered.ts';

describe('an offer that runs out', () => {
  it('passes on to the next, and both are told once', async () => {
    const house = await offered();
    house.clock.pass(119);
    await house.sweep();
    expect(await house.seatsOf(['bo', 'cy'])).toEqual(['offered', 'waiting 1']);
    house.clock.pass(1);
    for (let i = 0; i < 3; i++) await house.sweep();
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['-', 'offered', 'waiting 1']);
    expect(await house.registrationOf('bo')).toMatchObject({
      status: 'cancelled',
      history: [{ what: 'registered' }, { what: 'lapsed' }],
    });
    expect([newsTo(house, 'bo'), newsTo(house, 'cy')]).toEqual([['offer', 'end'], ['offer']]);
    expect(house.lettersTo('bo')[1]?.letter.text).toContain('Matchmaking fair');
  });

  it('goes down the whole line when nobody answers, and ends at the start', async () => {
    const house = await offered();
    house.clock.set(later(START, -180));
    await house.sweep();
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['-', 'offered', 'waiting 1']);
    house.clock.pass(120);
    await house.sweep();
    expect(await house.seatsOf(['cy', 'di'])).toEqual(['-', 'offered']);
    expect((await house.seats()).entries).toMatchObject([{ until: START }]);
    house.clock.pass(60);
    await house.sweep();
    expect((await house.seats()).entries).toEqual([]);
    expect(house.lettersTo('di')).toHaveLength(2);
  });

  it('cannot be taken up any more, nor declined, also before the house was swept', async () => {
    const house = await offered();
    house.clock.pass(120);
    const refusal = { ok: false, reason: 'no-offer' };
    expect(await answer(house, 'bo', true)).toEqual(refusal);
    await house.sweep();
    expect(await answer(house, 'bo', true)).toEqual(refusal);
    expect(await answer(house, 'bo', false)).toEqual(refusal);
    expect(await house.seatOf('cy')).toBe('offered');
  });

  it('lets the person join again at the end of the line', async () => {
    const house = await offered();
    house.clock.pass(120);
    await house.sweep();
    await house.verbs.registerGuest(filled('bo', 'run 2'));
    expect(await house.seatsOf(['cy', 'di', 'bo'])).toEqual(['offered', 'waiting 1', 'waiting 2']);
    await house.sweep();
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'waitlisted' });
  });

  it('does not end the registration of somebody who claimed again while its end was being told', async () => {
    const house = await offered();
    house.clock.pass(120);
    const { registrations } = house.stores;
    let again = false;
    const settling = house.verbsOn({
      ...house.stores,
      registrations: {
        ...registrations,
        async byId(ids) {
          const found = await registrations.byId(ids);
          if (!again) {
            again = true;
            await house.verbs.registerGuest(filled('bo', 'run 2'));
          }
          return found;
        },
      },
    });
    await settling.settleSeats(FAIR);
    await house.sweep();
    expect(await house.registrationOf('bo')).toMatchObject({ status: 'waitlisted' });
    expect(await house.seatsOf(['cy', 'di', 'bo'])).toEqual(['offered', 'waiting 1', 'waiting 2']);
    expect(house.lettersTo('bo')).toHaveLength(1);
  });

  it('is told by two sweeps at once as by one', async () => {
    const house = await offered();
    house.clock.pass(120);
    await Promise.all([house.sweep(), house.sweep(), house.sweep()]);
    expect([house.lettersTo('bo').length, house.lettersTo('cy').length]).toEqual([2, 1]);
    expect((await house.registrationOf('bo')).history).toHaveLength(2);
  });
});

describe('an event that is over', () => {
  it('keeps nobody waiting, so that no sweep looks at it again', async () => {
    const house = await offered();
    house.clock.set(later(START, 24 * 60));
    await house.sweep();
    expect(
      (await house.seats()).entries.map(({ state }) => state).filter((state) => state !== 'held'),
    ).toEqual([]);
    expect(await house.stores.seats.needingAttention(10)).toEqual([]);
  });
});

describe('a changed event', () => {
  it('that starts sooner ends open offers sooner, and says so', async () => {
    const house = await offered();
    const start = later(house.clock.now(), 60);
    await house.verbs.importEvent(fair({ capacity: 1, startsAt: start, endsAt: later(start, 480) }));
    await house.sweep();
    const offers = house.lettersTo('bo').filter(({ letter }) => isOffer(letter));
    expect(offers.map(({ letter }) => letter.text)).toEqual([
      expect.stringContaining('12:00 (Asia/Shanghai)'),
      expect.stringContaining('11:00 (Asia/Shanghai)'),
    ]);
    house.clock.set(start);
    expect(await answer(house, 'bo', true)).toEqual({ ok: false, reason: 'no-offer' });
  });

  it('that is cancelled neither makes offers nor takes answers to them', async () => {
    const house = await offered();
    await house.verbs.importEvent(fair({ capacity: 1, status: 'cancelled' }));
    expect(await answer(house, 'bo', true)).toEqual({ ok: false, reason: 'no-offer' });
    house.clock.pass(240);
    await house.sweep();
    expect(await house.seatsOf(['bo', 'cy'])).toEqual(['offered', 'waiting 1']);
    expect(house.lettersTo('bo').filter(({ occasion }) => occasion === null)).toHaveLength(1);
    expect(house.lettersTo('cy').filter(({ occasion }) => occasion === null)).toEqual([]);
  });

  it('with more seats makes offers at the next sweep', async () => {
    const house = await offered();
    await house.verbs.importEvent(fair({ capacity: 2 }));
    await house.sweep();
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['offered', 'offered', 'waiting 1']);
    expect(house.lettersTo('cy')).toHaveLength(1);
  });

  it('with fewer seats takes none away from those who have one', async () => {
    const house = await House.with({ capacity: 3 });
    for (const person of ['ana', 'bo', 'cy', 'di']) await house.register(person);
    await house.verbs.importEvent(fair({ capacity: 2 }));
    await house.sweep();
    expect(await house.seatsOf(['ana', 'bo', 'cy', 'di'])).toEqual(['held', 'held', 'held', 'waiting 1']);
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    expect(await house.seatOf('di')).toBe('waiting 1');
    await house.verbs.cancelRegistration({ person: 'bo', event: FAIR });
    expect(await house.seatOf('di')).toBe('offered');
  });
});
