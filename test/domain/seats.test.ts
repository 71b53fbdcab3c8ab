import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import {
  accept,
  claim,
  type Entry,
  fits,
  free,
  HALL,
  needsAttention,
  poolOfSession,
  position,
  release,
  type Seats,
  settle,
  type Wish,
} from '../../src/domain/seats.ts';
import { at, event, later, STARTS, session } from './examples.ts';

const NOW = at('2026-05-10T10:00+08:00');
const EMPTY: Seats = { event: 'fair', entries: [] };
const TALK = poolOfSession('talk');

const hall = (seats = 1, waitlist = true): Wish => ({ pool: HALL, seats, waitlist });
const talk = (seats = 1, waitlist = true): Wish => ({ pool: TALK, seats, waitlist });

function claimed(seats: Seats, fair: Event, who: string, ...wishes: Wish[]): Seats {
  const made = claim(seats, fair, who, wishes);
  if ('full' in made) throw new Error(`expected ${who} to get a place, received full: ${made.full.join()}`);
  return made.seats;
}

/** The state of somebody's entry, with the place of those who wait. */
function stateOf(seats: Seats, who: string, pool = HALL): string | undefined {
  const entry = seats.entries.find((one) => one.registration === who && one.pool === pool);
  const place = position(seats, who, pool);
  return entry && (place === undefined ? entry.state : `${entry.state} ${place}`);
}

function entryOf(seats: Seats, who: string, pool = HALL): Entry | undefined {
  return seats.entries.find((one) => one.registration === who && one.pool === pool);
}

/** Capacity 2: ana and bo hold, cy, di and ed wait. */
function fullHall(fair: Event): Seats {
  return ['ana', 'bo', 'cy', 'di', 'ed'].reduce((seats, who) => claimed(seats, fair, who, hall()), EMPTY);
}

describe('claiming seats', () => {
  const fair = event({ capacity: 2, sessions: [session('talk', { capacity: 1 })] });

  it('holds seats while there are any, then puts in line by order of arrival', () => {
    const seats = fullHall(fair);
    expect(['ana', 'bo', 'cy', 'di', 'ed'].map((who) => stateOf(seats, who))).toEqual([
      'held',
      'held',
      'waiting 1',
      'waiting 2',
      'waiting 3',
    ]);
    expect(free(seats, fair, HALL)).toBe(0);
  });

  it('refuses and changes nothing for somebody who does not want to wait', () => {
    const made = claim(fullHall(fair), fair, 'flo', [hall(1, false)]);
    expect(made).toEqual({ full: [HALL] });
  });

  it('gives all pools or none', () => {
    const seats = claimed(EMPTY, fair, 'ana', hall(), talk());
    expect(claim(seats, fair, 'bo', [hall(1, false), talk(1, false)])).toEqual({ full: [TALK] });
    expect(claim(seats, fair, 'bo', [hall(3, false), talk(1, false)])).toEqual({ full: [HALL, TALK] });
  });

  it('lets somebody wait for a session and hold a seat in the hall', () => {
    const seats = claimed(claimed(EMPTY, fair, 'ana', hall(), talk()), fair, 'bo', hall(1, false), talk());
    expect([stateOf(seats, 'bo'), stateOf(seats, 'bo', TALK)]).toEqual(['held', 'waiting 1']);
  });

  it('changes nothing when it is done twice', () => {
    const once = claimed(fullHall(fair), fair, 'flo', hall(2));
    expect(claimed(once, fair, 'flo', hall(2))).toEqual(once);
    expect(claimed(once, fair, 'ana', hall())).toEqual(once);
  });

  it('counts every member of a party', () => {
    const big = event({ capacity: 5 });
    const seats = claimed(EMPTY, big, 'ana', hall(3));
    expect(fits(seats, big, HALL, 2)).toBe(true);
    expect(fits(seats, big, HALL, 3)).toBe(false);
    expect(stateOf(claimed(seats, big, 'bo', hall(3)), 'bo')).toBe('waiting 1');
  });

  it('has room for everybody where there is no limit, and for nobody where there are no seats', () => {
    const open = event({ capacity: null });
    expect(stateOf(claimed(EMPTY, open, 'ana', hall(50)), 'ana')).toBe('held');
    expect(free(EMPTY, open, HALL)).toBeNull();
    expect(claim(EMPTY, event({ capacity: 0 }), 'ana', [hall(1, false)])).toEqual({ full: [HALL] });
  });

  it('takes nobody into a session that the event does not have', () => {
    expect(claim(EMPTY, event(), 'ana', [hall(), talk(1, false)])).toEqual({ full: [TALK] });
  });
});

describe('changing a claim', () => {
  const fair = event({ capacity: 4, sessions: [session('talk', { capacity: 2 })] });

  it('frees what is no longer wished and keeps the rest', () => {
    const seats = claimed(EMPTY, fair, 'ana', hall(2), talk(2));
    const fewer = claimed(seats, fair, 'ana', hall(2));
    expect([stateOf(fewer, 'ana'), stateOf(fewer, 'ana', TALK)]).toEqual(['held', undefined]);
    expect(free(fewer, fair, TALK)).toBe(2);
  });

  it('frees seats when a party shrinks, and keeps the place in line of one that waits', () => {
    let seats = claimed(EMPTY, fair, 'ana', hall(4));
    seats = claimed(claimed(seats, fair, 'bo', hall(3)), fair, 'cy', hall(1));
    seats = claimed(seats, fair, 'bo', hall(2));
    expect([stateOf(seats, 'bo'), stateOf(seats, 'cy')]).toEqual(['waiting 1', 'waiting 2']);
    seats = claimed(seats, fair, 'ana', hall(3));
    expect(free(seats, fair, HALL)).toBe(1);
  });

  it('lets a party grow into free seats only', () => {
    let seats = claimed(EMPTY, fair, 'ana', hall(2));
    seats = claimed(seats, fair, 'bo', hall(1));
    expect(entryOf(claimed(seats, fair, 'ana', hall(3, false)), 'ana')).toMatchObject({
      state: 'held',
      seats: 3,
    });
    expect(claim(seats, fair, 'ana', [hall(4, false)])).toEqual({ full: [HALL] });
  });

  it('sends a party that grew too big and agreed to wait to the end of the line', () => {
    const two = event({ capacity: 2 });
    const seats = claimed(fullHall(two), two, 'ana', hall(2));
    expect(['cy', 'di', 'ed', 'ana'].map((who) => stateOf(seats, who))).toEqual([
      'waiting 1',
      'waiting 2',
      'waiting 3',
      'waiting 4',
    ]);
    expect(free(seats, two, HALL)).toBe(1);
  });

  it('keeps an open offer through a change that it still covers', () => {
    const two = event({ capacity: 2 });
    const offered = settle(release(fullHall(two), 'ana'), two, NOW);
    const until = later(NOW, 120);
    expect(entryOf(claimed(offered, two, 'cy', hall(1, false)), 'cy')).toEqual({
      registration: 'cy',
      pool: HALL,
      seats: 1,
      state: 'offered',
      until,
    });
  });

  it('puts somebody whose offer no longer covers the party in line again, if they agree', () => {
    const two = event({ capacity: 2 });
    const offered = settle(release(fullHall(two), 'ana'), two, NOW);
    expect(claim(offered, two, 'cy', [hall(2, false)])).toEqual({ full: [HALL] });
    const seats = claimed(offered, two, 'cy', hall(2));
    expect(['di', 'ed', 'cy'].map((who) => stateOf(seats, who))).toEqual([
      'waiting 1',
      'waiting 2',
      'waiting 3',
    ]);
    expect(entryOf(seats, 'cy')).not.toHaveProperty('until');
  });

  it('sends somebody who claims again after their offer ran out to the end of the line', () => {
    const two = event({ capacity: 2 });
    const offered = settle(release(fullHall(two), 'ana'), two, NOW);
    const seats = claimed(settle(offered, two, later(NOW, 120)), two, 'cy', hall());
    expect(['di', 'ed', 'cy'].map((who) => stateOf(seats, who))).toEqual([
      'offered',
      'waiting 1',
      'waiting 2',
    ]);
  });
});

describe('offers', () => {
  const fair = event({ capacity: 2, offerHours: 2 });

  it('go to the first who waits, for as long as the event says', () => {
    const seats = settle(release(fullHall(fair), 'ana'), fair, NOW);
    expect(entryOf(seats, 'cy')).toMatchObject({ state: 'offered', until: later(NOW, 120) });
    expect([stateOf(seats, 'di'), stateOf(seats, 'ed')]).toEqual(['waiting 1', 'waiting 2']);
    expect(free(seats, fair, HALL)).toBe(0);
  });

  it('pass by a party that is too big, which keeps its place', () => {
    let seats = claimed(claimed(EMPTY, fair, 'ana', hall(1)), fair, 'bo', hall(1));
    seats = claimed(claimed(seats, fair, 'two', hall(2)), fair, 'one', hall(1));
    const first = settle(release(seats, 'ana'), fair, NOW);
    expect([stateOf(first, 'two'), stateOf(first, 'one')]).toEqual(['waiting 1', 'offered']);
    const second = settle(release(release(first, 'one'), 'bo'), fair, NOW);
    expect(stateOf(second, 'two')).toBe('offered');
  });

  it('taken up in time become seats, once however often it is said', () => {
    const offered = settle(release(fullHall(fair), 'ana'), fair, NOW);
    const held = accept(offered, 'cy', HALL, later(NOW, 119));
    expect(held && entryOf(held, 'cy')).toEqual({ registration: 'cy', pool: HALL, seats: 1, state: 'held' });
    expect(held && accept(held, 'cy', HALL, later(NOW, 600))).toEqual(held);
  });

  it('cannot be taken up too late, nor by somebody who only waits', () => {
    const offered = settle(release(fullHall(fair), 'ana'), fair, NOW);
    expect(accept(offered, 'cy', HALL, later(NOW, 120))).toBeUndefined();
    expect(accept(offered, 'di', HALL, NOW)).toBeUndefined();
    expect(accept(offered, 'stranger', HALL, NOW)).toBeUndefined();
  });

  it('pass on to the next when they run out', () => {
    const offered = settle(release(fullHall(fair), 'ana'), fair, NOW);
    expect(stateOf(settle(offered, fair, later(NOW, 119)), 'cy')).toBe('offered');
    const passed = settle(offered, fair, later(NOW, 120));
    expect([stateOf(passed, 'cy'), stateOf(passed, 'di')]).toEqual(['lapsed', 'offered']);
    expect(entryOf(passed, 'di')?.until).toEqual(later(NOW, 240));
  });

  it('end with the start, and none is made from then on', () => {
    const soon = later(STARTS, -30);
    const offered = settle(release(fullHall(fair), 'ana'), fair, soon);
    expect(entryOf(offered, 'cy')?.until).toEqual(STARTS);
    const started = settle(offered, fair, STARTS);
    expect([stateOf(started, 'cy'), stateOf(started, 'di')]).toEqual(['lapsed', 'waiting 1']);
  });

  it('of a session end with the start of the session', () => {
    const startsAt = later(STARTS, 60);
    const both = event({ sessions: [session('talk', { capacity: 1, startsAt })] });
    const seats = claimed(claimed(EMPTY, both, 'ana', hall(), talk()), both, 'bo', hall(), talk());
    const offered = settle(release(seats, 'ana', [TALK]), both, later(STARTS, 10));
    expect(entryOf(offered, 'bo', TALK)?.until).toEqual(startsAt);
    expect([stateOf(offered, 'ana'), stateOf(offered, 'bo')]).toEqual(['held', 'held']);
  });

  it('end sooner when the event is moved forward', () => {
    const offered = settle(release(fullHall(fair), 'ana'), fair, NOW);
    const moved = event({ capacity: 2, startsAt: later(NOW, 60) });
    const seats = settle(offered, moved, later(NOW, 1));
    expect(entryOf(seats, 'cy')).toMatchObject({ state: 'offered', until: later(NOW, 60) });
    expect(stateOf(settle(seats, moved, later(NOW, 60)), 'cy')).toBe('lapsed');
    expect(
      entryOf(settle(offered, event({ capacity: 2, startsAt: later(STARTS, 999) }), NOW), 'cy')?.until,
    ).toEqual(later(NOW, 120));
  });

  it('are neither made nor ended while the event is not open', () => {
    const waiting = release(fullHall(fair), 'ana');
    const offered = settle(waiting, fair, NOW);
    for (const status of ['draft', 'closed', 'cancelled', 'archived'] as const) {
      const shut = event({ capacity: 2, status });
      expect(settle(waiting, shut, NOW)).toEqual(waiting);
      expect(settle(offered, shut, later(NOW, 600))).toEqual(offered);
    }
  });
});

describe('a changed event', () => {
  it('with more seats offers them to those who wait', () => {
    const seats = fullHall(event({ capacity: 2 }));
    const more = settle(seats, event({ capacity: 4 }), NOW);
    expect(['cy', 'di', 'ed'].map((who) => stateOf(more, who))).toEqual(['offered', 'offered', 'waiting 1']);
    const all = settle(seats, event({ capacity: null }), NOW);
    expect(['cy', 'di', 'ed'].map((who) => stateOf(all, who))).toEqual(['offered', 'offered', 'offered']);
  });

  it('with fewer seats takes none away, and frees none until there is room', () => {
    const seats = fullHall(event({ capacity: 2 }));
    const fewer = event({ capacity: 1 });
    expect(settle(seats, fewer, NOW)).toEqual(seats);
    expect(free(seats, fewer, HALL)).toBe(0);
    const one = settle(release(seats, 'ana'), fewer, NOW);
    expect(stateOf(one, 'cy')).toBe('waiting 1');
    expect(stateOf(settle(release(one, 'bo'), fewer, NOW), 'cy')).toBe('offered');
  });

  it('without a session keeps its seats in case it comes back, and offers none', () => {
    const fair = event({ capacity: null, sessions: [session('talk', { capacity: 1 })] });
    let seats = claimed(EMPTY, fair, 'ana', hall(), talk());
    seats = claimed(claimed(seats, fair, 'bo', hall(), talk()), fair, 'cy', hall(), talk());
    const gone = settle(release(seats, 'ana', [TALK]), event(), NOW);
    expect([stateOf(gone, 'bo', TALK), stateOf(gone, 'cy', TALK)]).toEqual(['waiting 1', 'waiting 2']);
    expect(stateOf(settle(gone, fair, NOW), 'bo', TALK)).toBe('offered');
  });
});

describe('attention', () => {
  it('is needed while somebody waits, has an offer or has yet to hear of its end', () => {
    const fair = event({ capacity: 1 });
    const held = claimed(EMPTY, fair, 'ana', hall());
    expect(needsAttention(EMPTY)).toBe(false);
    expect(needsAttention(held)).toBe(false);
    const waiting = claimed(held, fair, 'bo', hall());
    expect(needsAttention(waiting)).toBe(true);
    const offered = settle(release(waiting, 'ana'), fair, NOW);
    expect(needsAttention(offered)).toBe(true);
    expect(needsAttention(settle(offered, fair, later(NOW, 120)))).toBe(true);
  });

  it('without need leaves the seats as they are, so that nothing is stored', () => {
    const fair = event({ capacity: 1 });
    const waiting = claimed(claimed(EMPTY, fair, 'ana', hall()), fair, 'bo', hall());
    expect(settle(waiting, fair, NOW)).toBe(waiting);
    expect(release(waiting, 'stranger')).toBe(waiting);
  });
});
