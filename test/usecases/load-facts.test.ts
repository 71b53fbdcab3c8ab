import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/person.ts';
import { HALL } from '../../src/domain/seats.ts';
import { later, session } from '../domain/examples.ts';
import { FAIR, fair, House, START } from './house.ts';

function person(id: string): Person {
  return { id, accounts: [], shut: [], lang: 'zh', langChosen: false, notices: true, createdAt: START };
}

describe('the facts of a conversation', () => {
  it('tell people apart, each with their own registrations, seats and places, in the order asked', async () => {
    const house = await House.with({ capacity: 1, sessions: [session('talk', { capacity: 1 })] });
    await house.register('ana', { sessions: ['talk'] });
    await house.register('bo');
    await house.register('cy', { attendance: 'online' });
    const facts = await house.verbs.loadFacts(['cy', 'bo', 'ana', 'stranger'].map(person));
    expect(facts.map((one) => one.person.id)).toEqual(['cy', 'bo', 'ana', 'stranger']);
    expect(
      facts.map(({ registrations }) =>
        registrations.map(({ registration, entries }) => [
          registration.person,
          registration.status,
          ...entries.map(({ pool, state, position }) => [pool, state, position ?? 0].join(' ')),
        ]),
      ),
    ).toEqual([
      [['cy', 'confirmed']],
      [['bo', 'waitlisted', 'hall waiting 1']],
      [['ana', 'confirmed', 'hall held 0', 'session:talk held 0']],
      [],
    ]);
  });

  it('hold the live events, the next one first, with their seats and whether one can register', async () => {
    const house = await House.with({ capacity: 9 });
    await house.register('ana', { party: 2 });
    await house.verbs.importEvent(fair({ code: 'sooner', startsAt: later(START, -60) }));
    await house.verbs.importEvent(fair({ code: 'draft', status: 'draft' }));
    await house.verbs.importEvent(
      fair({ code: 'later', startsAt: later(START, 60), registrationOpensAt: START }),
    );
    const [facts] = await house.verbs.loadFacts([person('ana')]);
    expect(facts?.events.map(({ event, closed, taken }) => [event.code, closed, taken[HALL] ?? 0])).toEqual([
      ['sooner', undefined, 0],
      ['fair', undefined, 2],
      ['later', 'not-yet', 0],
    ]);
  });

  it('still know the registration for an event that is over or cancelled', async () => {
    const house = await House.with();
    await house.register('ana');
    await house.verbs.importEvent(fair({ status: 'cancelled' }));
    const [facts] = await house.verbs.loadFacts([person('ana')]);
    expect(facts?.events).toEqual([]);
    expect(facts?.registrations.map(({ event }) => [event.id, event.status])).toEqual([[FAIR, 'cancelled']]);
  });
});
