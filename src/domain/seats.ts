import { z } from 'zod';
import { type Event, isLive } from './event.ts';
import { HOUR } from './time.ts';

/** A pool of seats: the hall of the event, or one session. */
export const HALL = 'hall';
export const poolOfSession = (code: string): string => `session:${code}`;

export const entrySchema = z.strictObject({
  registration: z.string(),
  pool: z.string(),
  seats: z.int().positive(),
  /**
   * `offered`: a freed seat is kept for them until `until`; it counts as taken. `lapsed`: the offer ran out and
   * the person has yet to be told.
   */
  state: z.enum(['held', 'waiting', 'offered', 'lapsed']),
  until: z.date().exactOptional(),
});
export type Entry = z.infer<typeof entrySchema>;

/**
 * Who holds, waits for or is offered which seats of one event, in order of arrival: the only truth about seats
 * of pools that have a limit. It is stored as one document and changed as a whole, so a seat cannot be sold twice.
 */
export interface Seats {
  readonly event: string;
  readonly entries: readonly Entry[];
}

export interface Wish {
  readonly pool: string;
  readonly seats: number;
  /** The person agreed to wait if it is full. */
  readonly waitlist: boolean;
}

export type Claim =
  | { readonly seats: Seats; readonly states: Readonly<Record<string, Entry['state']>> }
  | { readonly full: readonly string[] };

const TAKES: readonly Entry['state'][] = ['held', 'offered'];

/** Seats of a pool; null: no limit. A pool that the event no longer has takes nobody. */
export function capacityOf(event: Event, pool: string): number | null {
  if (pool === HALL) return event.capacity;
  const session = event.sessions.find(({ code }) => poolOfSession(code) === pool);
  return session ? session.capacity : 0;
}

/** Whether any pool of an event has a limit, so that seats are counted at all. */
export function hasLimit(event: Event): boolean {
  return event.capacity !== null || event.sessions.some(({ capacity }) => capacity !== null);
}

export function taken(seats: Seats, pool: string): number {
  return sum(seats.entries.filter((entry) => entry.pool === pool && TAKES.includes(entry.state)));
}

/** Whether a registration has its seat in a pool; where there is no limit, everybody has. */
export function hasSeat(seats: Seats | undefined, event: Event, registration: string, pool: string): boolean {
  if (capacityOf(event, pool) === null) return true;
  const held = seats?.entries.some(
    (one) => one.registration === registration && one.pool === pool && one.state === 'held',
  );
  return held ?? false;
}

/** Free seats of a pool, never below 0; null: no limit. */
export function free(seats: Seats, event: Event, pool: string): number | null {
  const capacity = capacityOf(event, pool);
  return capacity === null ? null : Math.max(0, capacity - taken(seats, pool));
}

export function fits(seats: Seats, event: Event, pool: string, wanted: number): boolean {
  const left = free(seats, event, pool);
  return left === null || wanted <= left;
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, entry) => total + entry.seats, 0);
}

/**
 * Gives a registration exactly the pools it wishes, all or none: with a full pool that it did not agree to wait
 * for, nothing changes. What it already holds stays held, unless the party grew past what is left and agreed to
 * wait; pools it no longer wishes are freed. Who begins to wait goes to the end of the line, whatever they had
 * before. Doing it twice changes nothing. A pool without a limit is always held, and nobody is counted in it.
 */
export function claim(seats: Seats, event: Event, registration: string, wishes: readonly Wish[]): Claim {
  const limited = wishes.filter(({ pool }) => capacityOf(event, pool) !== null);
  const others = seats.entries.filter((entry) => entry.registration !== registration);
  const mine = new Map(seats.entries.filter((e) => e.registration === registration).map((e) => [e.pool, e]));
  const without: Seats = { ...seats, entries: others };
  const wanted = limited.map((wish) => settled(without, event, registration, wish, mine.get(wish.pool)));
  const full = limited.filter(
    (wish, i) => !wish.waitlist && wanted[i]?.state === 'waiting' && mine.get(wish.pool)?.state !== 'waiting',
  );
  if (full.length > 0) return { full: full.map(({ pool }) => pool) };
  const byPool = new Map(wanted.map((entry) => [entry.pool, entry]));
  const states = Object.fromEntries(wishes.map(({ pool }) => [pool, byPool.get(pool)?.state ?? 'held']));
  if (mine.size === 0 && wanted.length === 0) return { seats, states };
  const kept = seats.entries.flatMap((entry) => {
    if (entry.registration !== registration) return [entry];
    const next = byPool.get(entry.pool);
    if (!next || (next.state === 'waiting' && entry.state !== 'waiting')) return [];
    byPool.delete(entry.pool);
    return [next];
  });
  return { seats: { ...seats, entries: [...kept, ...byPool.values()] }, states };
}

/**
 * Counts those in who were promised seats before their pools had a limit. Nobody loses what they were promised,
 * also where that is more than the limit. Who is counted already stays as they are.
 */
export function enrol(
  seats: Seats,
  event: Event,
  promised: readonly Omit<Entry, 'state' | 'until'>[],
): Seats {
  const keyOf = ({ registration, pool }: Pick<Entry, 'registration' | 'pool'>) => `${registration} ${pool}`;
  const known = new Set(seats.entries.map(keyOf));
  const missing = promised.filter((one) => capacityOf(event, one.pool) !== null && !known.has(keyOf(one)));
  if (missing.length === 0) return seats;
  return {
    ...seats,
    entries: [...seats.entries, ...missing.map((one) => ({ ...one, state: 'held' as const }))],
  };
}

function settled(others: Seats, event: Event, registration: string, wish: Wish, mine?: Entry): Entry {
  const base = { registration, pool: wish.pool, seats: wish.seats };
  if (mine?.state === 'waiting') return { ...base, state: 'waiting' };
  if (mine && TAKES.includes(mine.state) && mine.seats >= wish.seats) return { ...mine, seats: wish.seats };
  if (fits(others, event, wish.pool, wish.seats))
    return mine?.state === 'offered' ? { ...mine, seats: wish.seats } : { ...base, state: 'held' };
  return { ...base, state: 'waiting' };
}

export function release(seats: Seats, registration: string, pools?: readonly string[]): Seats {
  const goes = (entry: Entry) =>
    entry.registration === registration && (!pools || pools.includes(entry.pool));
  return seats.entries.some(goes) ? { ...seats, entries: seats.entries.filter((e) => !goes(e)) } : seats;
}

/**
 * Takes back offers that ran out and offers what is free to those who wait, in order; a party that is too big
 * for what is left keeps its place. An offer never outlives the start, also when that was moved forward, and
 * none is made from then on. While the event is not open, everything stays as it is. What needs no change is
 * returned as it is.
 */
export function settle(seats: Seats, event: Event, now: Date): Seats {
  if (!isLive(event)) return seats;
  const current: Seats = { ...seats, entries: seats.entries.map((entry) => lapse(entry, event, now)) };
  const left = new Map<string, number>();
  const entries = current.entries.map((entry) => {
    const { pool, state, seats: wanted } = entry;
    if (state !== 'waiting') return entry;
    const room = left.get(pool) ?? free(current, event, pool) ?? Number.POSITIVE_INFINITY;
    left.set(pool, room);
    const until = earlier(new Date(now.getTime() + event.offerHours * HOUR), startOf(event, pool));
    if (wanted > room || until <= now) return entry;
    left.set(pool, room - wanted);
    return { ...entry, state: 'offered' as const, until };
  });
  return entries.some((entry, i) => entry !== seats.entries[i]) ? { ...seats, entries } : seats;
}

function lapse(entry: Entry, event: Event, now: Date): Entry {
  if (entry.state !== 'offered' || !entry.until) return entry;
  const until = earlier(entry.until, startOf(event, entry.pool));
  if (until <= now) return { ...entry, state: 'lapsed' };
  return until < entry.until ? { ...entry, until } : entry;
}

function startOf(event: Event, pool: string): Date {
  const session = event.sessions.find(({ code }) => poolOfSession(code) === pool);
  return (session ?? event).startsAt;
}

const earlier = (a: Date, b: Date): Date => (b < a ? b : a);

/** Whether time or a freed seat may change something: somebody waits, has an offer, or has yet to hear of its end. */
export function needsAttention(seats: Seats): boolean {
  return seats.entries.some(({ state }) => state !== 'held');
}

/** Takes up an offer in time. Doing it twice changes nothing. */
export function accept(seats: Seats, registration: string, pool: string, now: Date): Seats | undefined {
  const mine = seats.entries.find((entry) => entry.registration === registration && entry.pool === pool);
  if (mine?.state === 'held') return seats;
  if (mine?.state !== 'offered' || !mine.until || mine.until <= now) return undefined;
  const { until: _until, ...entry } = mine;
  const held: Entry = { ...entry, state: 'held' };
  return { ...seats, entries: seats.entries.map((one) => (one === mine ? held : one)) };
}

/** Place among those who wait for a pool, from 1; undefined when not waiting. */
export function position(seats: Seats, registration: string, pool: string): number | undefined {
  const waiting = seats.entries.filter((entry) => entry.pool === pool && entry.state === 'waiting');
  const index = waiting.findIndex((entry) => entry.registration === registration);
  return index < 0 ? undefined : index + 1;
}
