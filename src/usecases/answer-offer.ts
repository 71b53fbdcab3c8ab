import { type Event, findSession, isLive } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { accept, claim, HALL, poolOfSession, release, type Seats, settle } from '../domain/seats.ts';
import {
  type Clock,
  type Events,
  type Registrations,
  type Result,
  refused,
  type SeatsStore,
} from './ports.ts';
import { type Registered, wishesOf } from './register-guest.ts';
import type { settleSeats } from './settle-seats.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly settle: ReturnType<typeof settleSeats>;
}

export interface AnsweringOffer {
  readonly person: string;
  readonly ticket: string;
  /** null: the seat in the hall. */
  readonly session: string | null;
  readonly accepted: boolean;
}

export type OfferRefusal = 'unknown-ticket' | 'no-offer';

/** Takes up or declines the offer of a freed seat. Only the person it was made to can; twice is once. */
export function answerOffer(ports: Ports) {
  return async (input: AnsweringOffer): Promise<Result<Registered, OfferRefusal>> => {
    const registration = await ports.registrations.byTicket(input.ticket);
    if (registration?.person !== input.person) return refused('unknown-ticket');
    const [event] = await ports.events.byId([registration.event]);
    if (!event) return refused('unknown-ticket');
    const pool = input.session === null ? HALL : poolOfSession(input.session);
    const gone = input.session !== null && !findSession(event, input.session);
    if (input.accepted && (gone || !isLive(event))) return refused('no-offer');
    const seats = await ports.seats.change(event.id, (before) => {
      const now = ports.clock.now();
      // Settled first: an offer that ran out is none, and those who wait for a session are ahead.
      const after = input.accepted
        ? taken(settle(before, event, now), event, registration, pool, now)
        : declined(before, registration, pool);
      return { seats: after ?? before, result: after };
    });
    if (!seats) return refused('no-offer');
    const stored = await record(ports, registration.id, pool, input.accepted);
    if (!input.accepted) await ports.settle(event.id);
    return { ok: true, data: { event, registration: stored ?? registration, seats } };
  };
}

function taken(
  before: Seats,
  event: Event,
  registration: Registration,
  pool: string,
  now: Date,
): Seats | undefined {
  const seats = accept(before, registration.id, pool, now);
  if (!seats || pool !== HALL) return seats;
  const wishes = wishesOf(
    registration.details,
    event,
    { hall: true, sessions: true },
    seats,
    registration.id,
  );
  const claimed = claim(seats, event, registration.id, wishes);
  return 'full' in claimed ? seats : claimed.seats;
}

function declined(before: Seats, registration: Registration, pool: string): Seats | undefined {
  const mine = before.entries.find((e) => e.registration === registration.id && e.pool === pool);
  if (!mine && declinedBefore(registration, pool)) return before;
  if (mine?.state !== 'offered') return undefined;
  return release(before, registration.id, pool === HALL ? undefined : [pool]);
}

/** The seat was given back already: the answer is recorded as well, or was interrupted before it could be. */
function declinedBefore(registration: Registration, pool: string): boolean {
  const { details, history, status } = registration;
  const last = history.at(-1);
  if (last?.what === 'declined' && last.detail === pool) return true;
  if (!isActive(registration) || details.attendance === 'online') return false;
  const waits = status === 'waitlisted';
  return pool === HALL ? waits : !waits && details.sessions.some((code) => poolOfSession(code) === pool);
}

async function record(
  ports: Ports,
  id: string,
  pool: string,
  accepted: boolean,
): Promise<Registration | undefined> {
  for (;;) {
    const [known] = await ports.registrations.byId([id]);
    if (!known) return undefined;
    const next = answered(known, pool, accepted, ports.clock.now());
    if (next === known || (await ports.registrations.save(next))) return next;
  }
}

function answered(known: Registration, pool: string, accepted: boolean, at: Date): Registration {
  const sessions = known.details.sessions.filter((code) => accepted || poolOfSession(code) !== pool);
  const hallStatus = accepted ? 'confirmed' : 'cancelled';
  const status = pool === HALL && known.status === 'waitlisted' ? hallStatus : known.status;
  if (status === known.status && sessions.length === known.details.sessions.length) return known;
  return {
    ...known,
    status,
    details: { ...known.details, sessions },
    history: [...known.history, { at, what: accepted ? 'accepted' : 'declined', detail: pool }],
    rev: known.rev + 1,
  };
}
