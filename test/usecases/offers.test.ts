import { describe, expect, it } from 'vitest';
import type { Letter } from '../../src/domain/notice.ts';
import { later, session } from '../domain/examples.ts';
import { FAIR, fair, filled, House, START } from './house.ts';

/** One seat: ana held it and cancelled, bo has the offer, cy and di wait. */
async function offered(details: Record<string, unknown> = {}): Promise<House> {
  const house = await House.with({
    capacity: 1,
    sessions: [session('talk', { capacity: 1 }), session('salon')],
  });
  await house.register('ana');
  for (const person of ['bo', 'cy', 'di']) await house.register(person, details);
  await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
  return house;
}

/** One seat in the talk: ana held it and gave it up, bo has the offer, cy waits; all have a seat in the hall. */
async function talkOffered(): Promise<House> {
  const house = await House.with({ sessions: [session('talk', { capacity: 1 }), session('salon')] });
  for (const person of ['ana', 'bo', 'cy']) await house.register(person, { sessions: ['talk', 'salon'] });
  await house.verbs.registerGuest(filled('ana', 'change', { sessions: ['salon'] }));
  return house;
}

async function answer(house: House, person: string, accepted: boolean, talk: string | null = null) {
  const { ticket } = await house.registrationOf(person);
  return house.verbs.answerOffer({ person, ticket, session: talk, accepted });
}

const isOffer = ({ choices }: Letter): boolean => choices?.[0]?.value.startsWith('accept ') ?? false;

/** What somebody was told: an offer that can be answered, or that it has ended. */
function newsTo(house: House, person: string): string[] {
  return house.lettersTo(person).map(({ letter }) => (isOffer(letter) ? 'offer' : 'end'));
}

describe('the offer of a freed seat', () => {
  it('is told to the next in line, in their language, with its end and two buttons', async () => {
    const house = await offered({ lang: 'zh' });
    const [letter, ...more] = house.lettersTo('bo');
    const { ticket } = await house.registrationOf('bo');
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ kind: 'own', state: 'pending', expiresAt: later(house.clock.now(), 120) });
    expect(letter?.letter.text).toContain('成果对接会');
    expect(letter?.letter.text).toContain('2026年5月10日周日 12:00（Asia/Shanghai）');
    expect(letter?.letter.choices).toEqual([
      { value: `accept ${ticket}`, label: '接受' },
      { value: `decline ${ticket}`, label: '放弃' },
    ]);
    expect([house.lettersTo('cy'), house.lettersTo('di')]).toEqual([[], []]);
  });

  it('is told once, however often the house is swept', async () => {
    const house = await offered();
    const before = await house.everything();
    for (let i = 0; i < 3; i++) await house.sweep();
    expect(await house.everything()).toEqual(before);
  });

  it('taken up confirms the registration and claims its sessions, waiting for the full ones', async () => {
    const house = await offered();
    await house.register('eve', { attendance: 'online' });
    await house.verbs.registerGuest(filled('bo', 'change', { sessions: ['talk', 'salon'] }));
    expect(await answer(house, 'bo', true)).toMatchObject({
      ok: true,
      data: {
        registration: {
          status: 'confirmed',
          history: expect.arrayContaining([expect.objectContaining({ what: 'accepted', detail: 'hall' })]),
        },
      },
    });
    expect(await Promise.all(['talk', 'salon'].map((one) => house.seatOf('bo', one)))).toEqual([
      'held',
      'held',
    ]);
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['held', 'waiting 1', 'waiting 2']);
  });

  it('taken up twice is taken up once', async () => {
    const house = await offered();
    await answer(house, 'bo', true);
    const before = await house.everything();
    expect(await answer(house, 'bo', true)).toMatchObject({ ok: true });
    expect(await house.everything()).toEqual(before);
  });

  it('declined ends the registration and goes to the next, and twice is once', async () => {
    const house = await offered();
    expect(await answer(house, 'bo', false)).toMatchObject({ ok: true });
    expect(await house.registrationOf('bo')).toMatchObject({
      status: 'cancelled',
      history: [{ what: 'registered' }, { what: 'declined', detail: 'hall' }],
    });
    expect(await house.seatsOf(['bo', 'cy', 'di'])).toEqual(['-', 'offered', 'waiting 1']);
    const before = await house.everything();
    expect(await answer(house, 'bo', false)).toMatchObject({ ok: true });
    expect(await house.everything()).toEqual(before);
    expect(house.lettersTo('cy')).toHaveLength(1);
  });

  it('can be answered by the person it was made to alone', async () => {
    const house = await offered();
    const { ticket } = await house.registrationOf('bo');
    const before = await house.everything();
    const stolen = { ticket, session: null, accepted: true };
    expect(await house.verbs.answerOffer({ ...stolen, person: 'cy' })).toEqual({
      ok: false,
      reason: 'unknown-ticket',
    });
    expect(await house.verbs.answerOffer({ ...stolen, person: 'bo', ticket: '00000000' })).toEqual({
      ok: false,
      reason: 'unknown-ticket',
    });
    expect(await house.everything()).toEqual(before);
  });

  it('that was never made can neither be accepted nor declined', async () => {
    const house = await offered();
    const before = await house.everything();
    for (const accepted of [true, false]) {
      expect(await answer(house, 'cy', accepted)).toEqual({ ok: false, reason: 'no-offer' });
      expect(await answer(house, 'bo', accepted, 'talk')).toEqual({ ok: false, reason: 'no-offer' });
      expect(await answer(house, 'bo', accepted, 'nowhere')).toEqual({ ok: false, reason: 'no-offer' });
    }
    expect(await house.everything()).toEqual(before);
  });
});

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

describe('the offer of a session', () => {
  it('is told with its title, and taken up changes nothing else', async () => {
    const house = await talkOffered();
    const { ticket } = await house.registrationOf('bo');
    const [row] = house.lettersTo('bo');
    expect(row?.letter.text).toContain('09:00–10:30 Session talk · Main hall');
    expect(row?.letter.choices?.[0]?.value).toBe(`accept ${ticket} talk`);
    expect(await answer(house, 'bo', true, 'talk')).toMatchObject({ ok: true });
    expect(await house.seatsOf(['bo', 'cy'], 'talk')).toEqual(['held', 'waiting 1']);
  });

  it('declined takes the session out of the registration, which stands', async () => {
    const house = await talkOffered();
    expect(await answer(house, 'bo', false, 'talk')).toMatchObject({ ok: true });
    expect(await house.registrationOf('bo')).toMatchObject({
      status: 'confirmed',
      details: { sessions: ['salon'] },
    });
    expect([await house.seatOf('bo'), await house.seatOf('bo', 'salon')]).toEqual(['held', 'held']);
    expect(await house.seatsOf(['bo', 'cy'], 'talk')).toEqual(['-', 'offered']);
  });

  it('that runs out takes the session out of the registration, which stands, and is told once', async () => {
    const house = await talkOffered();
    house.clock.pass(120);
    for (let i = 0; i < 3; i++) await house.sweep();
    expect(await house.registrationOf('bo')).toMatchObject({
      status: 'confirmed',
      details: { sessions: ['salon'] },
    });
    expect(await house.seatsOf(['bo', 'cy'], 'talk')).toEqual(['-', 'offered']);
    expect(newsTo(house, 'bo')).toEqual(['offer', 'end']);
    expect(house.lettersTo('bo')[1]?.letter.text).toContain('Session talk');
  });

  it('cannot be taken up once the session is gone', async () => {
    const house = await talkOffered();
    await house.verbs.importEvent(fair({ sessions: [session('salon')] }));
    expect(await answer(house, 'bo', true, 'talk')).toEqual({ ok: false, reason: 'no-offer' });
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
