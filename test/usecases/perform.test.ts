import { describe, expect, it } from 'vitest';
import { FAIR, filled, House } from './house.ts';

const ACCOUNT = { channel: 'web', bot: 'main', id: 'ana' };

async function visited(): Promise<{ house: House; person: string; me: () => Promise<unknown> }> {
  const house = await House.with({ capacity: 1 });
  const { id } = await house.stores.people.ensure(ACCOUNT, 'zh', house.clock.now());
  const me = async () => (await house.stores.people.byId([id]))[0];
  return { house, person: id, me };
}

const registering = () => {
  const { person: _person, run, ...input } = filled('ana', 'run');
  return { id: run, kind: 'register', input };
};

describe('what a conversation decided', () => {
  it('to register is done for the person who decided it, who chose a language with it', async () => {
    const { house, person, me } = await visited();
    expect(await house.verbs.performEffect(registering(), person)).toMatchObject({ ok: true });
    expect(await house.registrationOf(person)).toMatchObject({ person, runs: ['run'] });
    expect(await me()).toMatchObject({ lang: 'en', langChosen: true });
  });

  it('and is refused leaves the person as they were', async () => {
    const { house, person, me } = await visited();
    await house.register('bo');
    const effect = registering();
    const input = { ...effect.input, waitlist: { hall: false, sessions: false } };
    expect(await house.verbs.performEffect({ ...effect, input }, person)).toEqual({
      ok: false,
      reason: 'hall-full',
    });
    expect(await me()).toMatchObject({ lang: 'zh', langChosen: false });
  });

  it('to cancel, and about an offer, is done as said', async () => {
    const { house, person } = await visited();
    await house.verbs.performEffect(registering(), person);
    await house.register('bo');
    const { ticket } = await house.registrationOf('bo');
    const cancel = { id: '1', kind: 'cancel-registration', input: { event: FAIR } };
    expect(await house.verbs.performEffect(cancel, person)).toMatchObject({ ok: true });
    const accept = { id: '2', kind: 'answer-offer', input: { ticket, session: null, accepted: true } };
    expect(await house.verbs.performEffect(accept, person)).toEqual({ ok: false, reason: 'unknown-ticket' });
    expect(await house.verbs.performEffect(accept, 'bo')).toMatchObject({ ok: true });
    expect(await house.seatOf('bo')).toBe('held');
  });

  it('about language and notices is remembered', async () => {
    const { house, person, me } = await visited();
    await house.verbs.performEffect({ id: '1', kind: 'set-language', input: { lang: 'en' } }, person);
    await house.verbs.performEffect({ id: '2', kind: 'set-notices', input: { wanted: false } }, person);
    expect(await me()).toMatchObject({ lang: 'en', langChosen: true, notices: false });
    await house.verbs.performEffect({ id: '3', kind: 'set-notices', input: { wanted: true } }, person);
    expect(await me()).toMatchObject({ notices: true });
  });

  it.each([
    ['an unknown kind', 'drop-database', {}],
    ['a kind that every object has', 'toString', {}],
    ['a query instead of an event', 'cancel-registration', { event: { $ne: 1 } }],
    ['a field of its own', 'set-notices', { wanted: true, person: 'bo' }],
    ['no details', 'register', { event: FAIR, waitlist: { hall: true, sessions: true } }],
  ])('with %s is a fault that changes nothing', async (_, kind, input) => {
    const { house, person } = await visited();
    const before = await house.everything();
    await expect(house.verbs.performEffect({ id: '1', kind, input }, person)).rejects.toThrow();
    expect(await house.everything()).toEqual(before);
  });
});
