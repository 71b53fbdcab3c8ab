import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import {
  accept,
  capacityOf,
  claim,
  type Entry,
  HALL,
  poolOfSession,
  position,
  release,
  type Seats,
  settle,
  taken,
  type Wish,
} from '../../src/domain/seats.ts';
import fc from '../support/any.ts';
import { at, event, later, session } from './examples.ts';

const TALK = poolOfSession('talk');
const POOLS = [HALL, TALK] as const;
const GUESTS = ['ana', 'bo', 'cy', 'di', 'ed', 'flo'] as const;

type Act =
  | { readonly do: 'claim'; readonly who: string; readonly wishes: readonly Wish[] }
  | { readonly do: 'release'; readonly who: string; readonly pools: readonly string[] | undefined }
  | { readonly do: 'accept'; readonly who: string; readonly pool: string }
  | { readonly do: 'settle' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'resize'; readonly pool: string; readonly capacity: number | null }
  | { readonly do: 'move'; readonly minutes: number };

const who = fc.constantFrom(...GUESTS);
const pool = fc.constantFrom(...POOLS);
const capacity = fc.option(fc.nat({ max: 7 }));
const wish = (pools: typeof pool) =>
  fc.record({ pool: pools, seats: fc.integer({ min: 1, max: 4 }), waitlist: fc.boolean() });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      who,
      wishes: fc.uniqueArray(wish(pool), { selector: (one) => one.pool, maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('release' as const),
      who,
      pools: fc.option(fc.subarray([...POOLS]), { nil: undefined }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), who, pool }) },
  { weight: 4, arbitrary: fc.constant({ do: 'settle' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat({ max: 200 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize' as const), pool, capacity }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), minutes: fc.integer({ min: -300, max: 300 }) }),
  },
);

interface World {
  readonly seats: Seats;
  readonly fair: Event;
  readonly now: Date;
}

function resized(fair: Event, resize: string, seats: number | null): Event {
  if (resize === HALL) return { ...fair, capacity: seats };
  return { ...fair, sessions: fair.sessions.map((one) => ({ ...one, capacity: seats })) };
}

function moved(fair: Event, minutes: number): Event {
  const startsAt = later(fair.startsAt, minutes);
  return { ...fair, startsAt, sessions: fair.sessions.map((one) => ({ ...one, startsAt })) };
}

function play({ seats, fair, now }: World, one: Act): World {
  if (one.do === 'wait') return { seats, fair, now: later(now, one.minutes) };
  if (one.do === 'resize') return { seats, fair: resized(fair, one.pool, one.capacity), now };
  if (one.do === 'move') return { seats, fair: moved(fair, one.minutes), now };
  if (one.do === 'settle') return { seats: settle(seats, fair, now), fair, now };
  if (one.do === 'release') return { seats: release(seats, one.who, one.pools), fair, now };
  if (one.do === 'accept') return { seats: accept(seats, one.who, one.pool, now) ?? seats, fair, now };
  const made = claim(seats, fair, one.who, one.wishes);
  return { seats: 'full' in made ? seats : made.seats, fair, now };
}

const START: World = {
  seats: { event: 'fair', entries: [] },
  fair: event({
    capacity: 4,
    startsAt: at('2026-05-20T09:00+08:00'),
    sessions: [session('talk', { capacity: 2 })],
  }),
  now: at('2026-05-19T22:00+08:00'),
};

/** Plays any sequence of acts, and looks at every step of it. */
function always(look: (before: World, after: World, one: Act) => void): void {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      let world = START;
      for (const one of acts) {
        const next = play(world, one);
        look(world, next, one);
        world = next;
      }
    }),
    { numRuns: 400 },
  );
}

const entriesOf = ({ entries }: Seats, wanted: (entry: Entry) => boolean): Entry[] => entries.filter(wanted);
const actor = (one: Act): string | undefined => ('who' in one ? one.who : undefined);

describe('seats, whatever happens in whatever order', () => {
  it('are never sold twice: more is taken than there is only where seats were taken away from the event', () => {
    always((before, after) => {
      for (const each of POOLS) {
        const limit = capacityOf(after.fair, each) ?? Number.POSITIVE_INFINITY;
        expect(taken(after.seats, each)).toBeLessThanOrEqual(Math.max(limit, taken(before.seats, each)));
      }
    });
  });

  it('are claimed once by each person in each pool', () => {
    always((_, { seats }) => {
      const keys = seats.entries.map((entry) => `${entry.registration} ${entry.pool}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('are claimed all or none, exactly as wished, and twice is once', () => {
    always((before, after, one) => {
      if (one.do !== 'claim') return;
      const made = claim(before.seats, before.fair, one.who, one.wishes);
      if ('full' in made) {
        expect(after.seats).toBe(before.seats);
        expect(made.full.length).toBeGreaterThan(0);
        for (const full of made.full) {
          expect(one.wishes.find((wished) => wished.pool === full)?.waitlist).toBe(false);
        }
        return;
      }
      const mine = entriesOf(after.seats, ({ registration }) => registration === one.who);
      const sizes = (list: readonly { pool: string; seats: number }[]) =>
        Object.fromEntries(list.map((each) => [each.pool, each.seats]));
      const isLimited = ({ pool: each }: Wish) => capacityOf(before.fair, each) !== null;
      expect(sizes(mine)).toEqual(sizes(one.wishes.filter(isLimited)));
      const stateIn = (wish: Wish) => mine.find((entry) => entry.pool === wish.pool)?.state;
      expect(made.states).toEqual(
        Object.fromEntries(one.wishes.map((wish) => [wish.pool, isLimited(wish) ? stateIn(wish) : 'held'])),
      );
      expect(claim(after.seats, after.fair, one.who, one.wishes)).toEqual(made);
    });
  });

  it('make nobody wait who neither agreed to nor waited before', () => {
    always((before, after, one) => {
      if (one.do !== 'claim' || after.seats === before.seats) return;
      for (const { pool: each, state } of entriesOf(after.seats, (e) => e.registration === one.who)) {
        if (state !== 'waiting') continue;
        const waited = position(before.seats, one.who, each) !== undefined;
        expect(waited || one.wishes.find((wished) => wished.pool === each)?.waitlist).toBe(true);
      }
    });
  });

  it('leave the seats of others alone when somebody acts for themselves', () => {
    always((before, after, one) => {
      if (!actor(one)) return;
      const others = (seats: Seats) => entriesOf(seats, ({ registration }) => registration !== actor(one));
      expect(others(after.seats)).toEqual(others(before.seats));
    });
  });

  it('number those who wait from 1 without a gap, and never move anybody back', () => {
    always((before, after, one) => {
      for (const each of POOLS) {
        const places = GUESTS.map((guest) => position(after.seats, guest, each)).filter(
          (n) => n !== undefined,
        );
        expect(places.sort((a, b) => a - b)).toEqual(places.map((_, i) => i + 1));
        for (const guest of GUESTS) {
          const was = position(before.seats, guest, each);
          const is = position(after.seats, guest, each);
          if (was !== undefined && is !== undefined && guest !== actor(one)) {
            expect(is).toBeLessThanOrEqual(was);
          }
        }
      }
    });
  });

  it('are offered in order of arrival to whoever fits, and to nobody from the start on', () => {
    always((before, after, one) => {
      if (one.do !== 'settle') return;
      const { fair, now } = before;
      for (const each of POOLS) {
        const start = fair.startsAt;
        const inTime = ({ until }: Entry) => until !== undefined && until > now && start > now;
        let left = capacityOf(fair, each) ?? Number.POSITIVE_INFINITY;
        for (const entry of entriesOf(before.seats, (e) => e.pool === each)) {
          if (entry.state === 'held' || (entry.state === 'offered' && inTime(entry))) left -= entry.seats;
        }
        const expected = entriesOf(before.seats, (e) => e.pool === each).map((entry) => {
          if (entry.state === 'offered') return inTime(entry) ? 'offered' : 'lapsed';
          if (entry.state !== 'waiting' || entry.seats > left || start <= now) return entry.state;
          left -= entry.seats;
          return 'offered';
        });
        expect(entriesOf(after.seats, (e) => e.pool === each).map(({ state }) => state)).toEqual(expected);
      }
    });
  });

  it('have offers that end in the future, by the start, and within the time an offer lasts', () => {
    always((before, after, one) => {
      if (one.do !== 'settle') return;
      for (const { state, until } of after.seats.entries) {
        if (state !== 'offered') continue;
        expect(until && until > before.now).toBe(true);
        expect(until && until <= before.fair.startsAt).toBe(true);
        expect(until && until <= later(before.now, before.fair.offerHours * 60)).toBe(true);
      }
    });
  });

  it('settle at once: doing it again at the same moment changes nothing', () => {
    always((_, after, one) => {
      if (one.do === 'settle') expect(settle(after.seats, after.fair, after.now)).toBe(after.seats);
    });
  });

  it('go to whoever accepts in time, and to nobody else', () => {
    always((before, after, one) => {
      if (one.do !== 'accept') return;
      const mine = (seats: Seats) =>
        seats.entries.find((entry) => entry.registration === one.who && entry.pool === one.pool);
      const was = mine(before.seats);
      const open = was?.state === 'offered' && was.until !== undefined && was.until > before.now;
      expect(mine(after.seats)?.state).toBe(open ? 'held' : was?.state);
      expect(mine(after.seats)?.seats).toBe(was?.seats);
    });
  });
});
