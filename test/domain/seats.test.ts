import { describe, expect, it } from 'vitest';
import { claim, enrol, fits, free, HALL, release, settle } from '../../src/domain/seats.ts';
import { event, later, session } from './examples.ts';
import { claimed, EMPTY, entryOf, fullHall, hall, NOW, stateOf, TALK, talk } from './seat-examples.ts';

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
    expect(claim(EMPTY, open, 'ana', [hall(50)])).toEqual({ seats: EMPTY, states: { [HALL]: 'held' } });
    expect(free(EMPTY, open, HALL)).toBeNull();
    expect(claim(EMPTY, event({ capacity: 0 }), 'ana', [hall(1, false)])).toEqual({ full: [HALL] });
  });

  it('takes nobody into a session that the event does not have', () => {
    expect(claim(EMPTY, event(), 'ana', [hall(), talk(1, false)])).toEqual({ full: [TALK] });
  });
});

describe('a limit that comes later', () => {
  const open = event({ capacity: null, sessions: [session('talk', { capacity: null })] });
  const limited = event({ capacity: 2, sessions: [session('talk', { capacity: 1 })] });
  const promised = ['ana', 'bo', 'cy'].map((registration) => ({ registration, pool: HALL, seats: 1 }));

  it('counts those in who were promised seats, also beyond it, and nobody twice', () => {
    const seats = enrol(EMPTY, limited, promised);
    expect(['ana', 'bo', 'cy'].map((who) => stateOf(seats, who))).toEqual(['held', 'held', 'held']);
    expect(free(seats, limited, HALL)).toBe(0);
    expect(enrol(seats, limited, promised)).toBe(seats);
    expect(stateOf(claimed(seats, limited, 'di', hall()), 'di')).toBe('waiting 1');
  });

  it('leaves who waits or has an offer in that pool as they are', () => {
    const waiting = claimed(
      claimed(claimed(EMPTY, limited, 'di', hall(2)), limited, 'ana', hall()),
      limited,
      'bo',
      hall(),
    );
    const seats = enrol(waiting, limited, promised);
    expect(['ana', 'bo', 'cy'].map((who) => stateOf(seats, who))).toEqual(['waiting 1', 'waiting 2', 'held']);
  });

  it('is no limit: nobody is counted, and who is counted from before is let go', () => {
    expect(enrol(EMPTY, open, promised)).toBe(EMPTY);
    const held = claimed(EMPTY, limited, 'ana', hall(), talk());
    expect(claim(held, open, 'ana', [hall(), talk()])).toEqual({
      seats: EMPTY,
      states: { [HALL]: 'held', [TALK]: 'held' },
    });
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
