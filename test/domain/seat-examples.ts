import type { Event } from '../../src/domain/event.ts';
import {
  claim,
  type Entry,
  HALL,
  poolOfSession,
  position,
  type Seats,
  type Wish,
} from '../../src/domain/seats.ts';
import { at } from './examples.ts';

export const NOW = at('2026-05-10T10:00+08:00');
export const EMPTY: Seats = { event: 'fair', entries: [] };
export const TALK = poolOfSession('talk');

export const hall = (seats = 1, waitlist = true): Wish => ({ pool: HALL, seats, waitlist });
export const talk = (seats = 1, waitlist = true): Wish => ({ pool: TALK, seats, waitlist });

export function claimed(seats: Seats, fair: Event, who: string, ...wishes: Wish[]): Seats {
  const made = claim(seats, fair, who, wishes);
  if ('full' in made) throw new Error(`expected ${who} to get a place, received full: ${made.full.join()}`);
  return made.seats;
}

/** The state of somebody's entry, with the place of those who wait. */
export function stateOf(seats: Seats, who: string, pool = HALL): string | undefined {
  const entry = seats.entries.find((one) => one.registration === who && one.pool === pool);
  const place = position(seats, who, pool);
  return entry && (place === undefined ? entry.state : `${entry.state} ${place}`);
}

export function entryOf(seats: Seats, who: string, pool = HALL): Entry | undefined {
  return seats.entries.find((one) => one.registration === who && one.pool === pool);
}

/** Capacity 2: ana and bo hold, cy, di and ed wait. */
export function fullHall(fair: Event): Seats {
  return ['ana', 'bo', 'cy', 'di', 'ed'].reduce((seats, who) => claimed(seats, fair, who, hall()), EMPTY);
}
