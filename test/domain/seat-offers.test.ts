import { describe, expect, it } from 'vitest';
import { accept, free, HALL, needsAttention, release, settle } from '../../src/domain/seats.ts';
import { event, later, STARTS, session } from './examples.ts';
import { claimed, EMPTY, entryOf, fullHall, hall, NOW, stateOf, TALK, talk } from './seat-examples.ts';

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
    const both = event({ capacity: 2, sessions: [session('talk', { capacity: 1, startsAt })] });
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
