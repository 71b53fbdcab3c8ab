import { describe, expect, it } from 'vitest';
import { later, session } from '../domain/examples.ts';
import { fair, filled, House } from './house.ts';
import { answer, newsTo, offered, talkOffered } from './offered.ts';

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

  it('taken up does not get ahead of those who wait for a session', async () => {
    const talk = (capacity: number) => [session('talk', { capacity })];
    const house = await House.with({ capacity: 2, sessions: talk(1) });
    for (const person of ['ana', 'bo', 'cy']) await house.register(person, { sessions: ['talk'] });
    await house.verbs.importEvent(fair({ capacity: 3, sessions: talk(1) }));
    await house.sweep();
    await house.verbs.importEvent(fair({ capacity: 3, sessions: talk(2) }));
    expect(await answer(house, 'cy', true)).toMatchObject({ ok: true });
    expect(await house.seatsOf(['ana', 'bo', 'cy'], 'talk')).toEqual(['held', 'offered', 'waiting 1']);
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
