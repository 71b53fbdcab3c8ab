import { describe, expect, it } from 'vitest';
import { ticketCode } from '../../src/documents/ticket.ts';
import { session } from '../domain/examples.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import { FAIR, fair, filled, House, SECRET, type Verbs } from './house.ts';
import { arrive, codeFrom, conversationOf, idOf, joined, send, unlink } from './linking.ts';

interface Scene {
  readonly name: string;
  readonly prepare?: (house: House) => Promise<void>;
  readonly act: (verbs: Verbs, house: House) => Promise<unknown>;
}

const TALK = { sessions: ['talk'] };
const cancel = (verbs: Verbs, person: string) => verbs.cancelRegistration({ person, event: FAIR });

async function register(house: House, people: readonly string[], details = {}): Promise<void> {
  for (const person of people) await house.register(person, details);
}

async function answer(verbs: Verbs, house: House, person: string, accepted: boolean, talk: string | null) {
  const { ticket } = await house.registrationOf(person);
  return verbs.answerOffer({ person, ticket, session: talk, accepted });
}

/** Two seats: ana and bo came first, cy has an offer since bo left, di waits. */
async function withOffer(house: House): Promise<void> {
  await register(house, ['ana', 'bo', 'cy', 'di'], TALK);
  await cancel(house.verbs, 'bo');
}

/** One seat in the talk: bo has an offer since ana left, cy waits; all have a seat in the hall. */
async function withTalkOffer(house: House): Promise<void> {
  await house.verbs.importEvent(fair({ capacity: 9, sessions: SESSIONS }));
  await register(house, ['ana', 'bo', 'cy'], TALK);
  await house.verbs.registerGuest(filled('ana', 'change', {}));
}

const SESSIONS = [session('talk', { capacity: 1 }), session('salon')];

const codes = new WeakMap<House, string>();
const tickets = new WeakMap<House, string>();

/** bo has a code of ana's, a registration, an account that shut the bot out, and cy; ana's own registration is cancelled. */
async function withCode(house: House): Promise<void> {
  await arrive(house, 'ana', 'bo', 'cy');
  await house.register(idOf('ana'), TALK);
  await cancel(house.verbs, idOf('ana'));
  await house.register(idOf('bo'), TALK);
  await house.stores.people.setReachable(conversationOf('bo'), false);
  await joined(house, 'cy', 'bo');
  codes.set(house, await codeFrom(house, 'ana'));
}

const SCENES: readonly Scene[] = [
  {
    name: 'joining somebody by a code',
    prepare: withCode,
    act: (verbs, house) => send(house, 'bo', codes.get(house) ?? '', { verbs, effect: 'web:main:bo.1' }),
  },
  {
    name: 'joining the holder of a ticket',
    prepare: async (house) => {
      await arrive(house, 'ana', 'bo');
      await house.register(idOf('bo'), TALK);
    },
    act: async (verbs, house) => {
      const [mine] = await house.stores.registrations.byPerson([idOf('bo')]);
      tickets.set(house, tickets.get(house) ?? ticketCode(SECRET, mine?.ticket ?? ''));
      const code = tickets.get(house) ?? '';
      const conversation = conversationOf('ana');
      return verbs.joinByTicket({ person: idOf('ana'), conversation, code, effect: `${conversation}.1` });
    },
  },
  {
    name: 'unlinking all the others',
    prepare: async (house) => {
      await withCode(house);
      await send(house, 'bo', codes.get(house) ?? '', { effect: 'web:main:bo.1' });
    },
    act: (verbs) => verbs.unlinkOthers({ conversation: conversationOf('ana') }),
  },
  {
    name: 'unlinking an account',
    prepare: async (house) => {
      await withCode(house);
      await send(house, 'bo', codes.get(house) ?? '', { effect: 'web:main:bo.1' });
    },
    act: (verbs) => verbs.unlinkAccount({ conversation: conversationOf('bo'), from: idOf('ana') }),
  },
  {
    name: 'registering anew after the account was unlinked',
    prepare: async (house) => {
      await withCode(house);
      await send(house, 'bo', codes.get(house) ?? '', { effect: 'web:main:bo.1' });
      await unlink(house, 'bo');
    },
    act: (verbs) => verbs.registerGuest(filled(idOf('bo'), 'anew', TALK)),
  },
  { name: 'registering', act: (verbs) => verbs.registerGuest(filled('ana', 'run', { ...TALK, party: 2 })) },
  {
    name: 'joining the waitlist',
    prepare: (house) => register(house, ['ana', 'bo']),
    act: (verbs) => verbs.registerGuest(filled('cy', 'run')),
  },
  {
    name: 'registering again after cancelling',
    prepare: async (house) => {
      await house.register('ana');
      await cancel(house.verbs, 'ana');
    },
    act: (verbs) => verbs.registerGuest(filled('ana', 'run 2')),
  },
  {
    name: 'registering, and choosing the language with it',
    prepare: async (house) => {
      const account = { channel: 'web', bot: 'main', id: 'ana' };
      await house.stores.people.ensure(account, 'zh', house.clock.now());
    },
    act: (verbs) => {
      const { person: _person, run, ...input } = filled('ana', 'run');
      return verbs.performEffect({ id: run, kind: 'register', input }, 'person-web:main:ana');
    },
  },
  {
    name: 'shrinking a party, which frees a seat for the next',
    prepare: async (house) => {
      await house.register('ana', { party: 2 });
      await house.register('bo');
    },
    act: (verbs) => verbs.registerGuest(filled('ana', 'change', { party: 1 })),
  },
  {
    name: 'growing a party past what is free',
    prepare: (house) => register(house, ['ana', 'bo', 'cy'], TALK),
    act: (verbs) => verbs.registerGuest(filled('ana', 'change', { ...TALK, party: 2 })),
  },
  {
    name: 'changing to online, which frees everything',
    prepare: (house) => register(house, ['ana', 'bo', 'cy'], TALK),
    act: (verbs) => verbs.registerGuest(filled('ana', 'change', { ...TALK, attendance: 'online' })),
  },
  {
    name: 'changing something with an open offer',
    prepare: withOffer,
    act: (verbs) => verbs.registerGuest(filled('cy', 'change', { name: 'Cy C.' })),
  },
  {
    name: 'cancelling, which frees a seat for the next',
    prepare: (house) => register(house, ['ana', 'bo', 'cy', 'di'], TALK),
    act: (verbs) => cancel(verbs, 'ana'),
  },
  { name: 'cancelling with an open offer', prepare: withOffer, act: (verbs) => cancel(verbs, 'cy') },
  {
    name: 'accepting a seat in the hall',
    prepare: withOffer,
    act: (verbs, house) => answer(verbs, house, 'cy', true, null),
  },
  {
    name: 'declining a seat in the hall',
    prepare: withOffer,
    act: (verbs, house) => answer(verbs, house, 'cy', false, null),
  },
  {
    name: 'accepting a seat in a session',
    prepare: withTalkOffer,
    act: (verbs, house) => answer(verbs, house, 'bo', true, 'talk'),
  },
  {
    name: 'declining a seat in a session',
    prepare: withTalkOffer,
    act: (verbs, house) => answer(verbs, house, 'bo', false, 'talk'),
  },
  {
    name: 'settling after seats were added',
    prepare: async (house) => {
      await register(house, ['ana', 'bo', 'cy', 'di', 'ed']);
      await house.verbs.importEvent(fair({ capacity: 4, sessions: SESSIONS }));
    },
    act: (verbs) => verbs.settleSeats(FAIR),
  },
  {
    name: 'settling after an offer of the hall ran out',
    prepare: async (house) => {
      await withOffer(house);
      house.clock.pass(120);
    },
    act: (verbs) => verbs.settleSeats(FAIR),
  },
  {
    name: 'settling after an offer of a session ran out',
    prepare: async (house) => {
      await withTalkOffer(house);
      house.clock.pass(120);
    },
    act: (verbs) => verbs.settleSeats(FAIR),
  },
  {
    name: 'importing a moved event',
    prepare: (house) => register(house, ['ana', 'bo']),
    act: (verbs) => verbs.importEvent(fair({ place: { zh: '二号厅', en: 'Hall 2' } })),
  },
];

async function scene({ prepare }: Scene): Promise<House> {
  const house = await House.with({ capacity: 2, sessions: SESSIONS });
  await prepare?.(house);
  return house;
}

/** Acts in a process that dies after its call number `last`; true: it did. */
async function dies({ act }: Scene, house: House, last: number): Promise<boolean> {
  try {
    await act(house.verbsOn(crashAfter(house.stores, last).ports), house);
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

describe.each(SCENES)('a crash while $name', (one) => {
  it('at any step, and again at any step of doing it again, ends as without a crash', async () => {
    const smooth = await scene(one);
    const counted = counting(smooth.stores);
    const done = await one.act(smooth.verbsOn(counted.ports), smooth);
    expect(done).not.toMatchObject({ ok: false });
    const steps = counted.calls();
    expect(steps).toBeGreaterThan(2);
    await smooth.sweep();
    const expected = await smooth.everything();

    for (let first = 0; first <= steps; first++) {
      for (let second = 0; second <= steps; second++) {
        const house = await scene(one);
        expect(await dies(one, house, first)).toBe(true);
        await dies(one, house, second);
        const again = await one.act(house.verbs, house);
        expect(again, `after ${first} and ${second}`).not.toMatchObject({ ok: false });
        await house.sweep();
        expect(await house.everything(), `after ${first} and ${second}`).toEqual(expected);
      }
    }
  });
});

describe('a crash while registering', () => {
  it('just before registration closes keeps no seat for nobody', async () => {
    const one: Scene = { name: '', act: (verbs) => verbs.registerGuest(filled('ana', 'run')) };
    const house = await House.with({ capacity: 1 });
    // Event, registration and the id of a new one are read, then the seat is claimed.
    expect(await dies(one, house, 4)).toBe(true);
    expect(await house.seatOf('ana')).toBe('held');
    await house.verbs.importEvent(fair({ capacity: 1, registrationClosesAt: house.clock.now() }));
    expect(await one.act(house.verbs, house)).toEqual({ ok: false, reason: 'closed' });
    expect((await house.seats()).entries).toEqual([]);
  });
});
