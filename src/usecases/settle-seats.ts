import { type Delivery, newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { type Entry, HALL, release, type Seats, settle } from '../domain/seats.ts';
import type { Clock, Deliveries, Events, Letters, Registrations, SeatsStore } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

/**
 * Makes the offers that are due for an event, ends those that ran out, and sees that everybody concerned is
 * told once. Called after every freed seat and by the sweep; interrupted anywhere, the next call completes it.
 * Returns how many offers stand open.
 */
export function settleSeats(ports: Ports) {
  return async (eventId: string): Promise<number> => {
    const [event] = await ports.events.byId([eventId]);
    if (!event) return 0;
    const seats = await ports.seats.change(eventId, (before) => {
      const now = ports.clock.now();
      // Nobody waits for what is over: its seats need no attention any more.
      const after = now >= event.endsAt ? heldOnly(before) : settle(before, event, now);
      return { seats: after, result: after };
    });
    const news = seats.entries.filter(({ state }) => state === 'offered' || state === 'lapsed');
    if (news.length > 0) await tell(ports, event, seats, news);
    return news.filter(({ state }) => state === 'offered').length;
  };
}

async function tell(ports: Ports, event: Event, seats: Seats, news: readonly Entry[]): Promise<void> {
  const found = await ports.registrations.byId([...new Set(news.map(({ registration }) => registration))]);
  const byId = new Map(found.map((one) => [one.id, one]));
  const known = news.flatMap((entry) => {
    const registration = byId.get(entry.registration);
    return registration ? [{ entry, registration }] : [];
  });
  const rows: Delivery[] = [];
  for (const { entry, registration } of known) {
    if (entry.state === 'offered' || (await forget(ports, entry, registration)))
      rows.push(row(ports, event, entry, registration));
  }
  await ports.deliveries.add(rows);
  const lapsed = seats.entries.filter(({ state }) => state === 'lapsed');
  if (lapsed.length === 0) return;
  await ports.seats.change(event.id, (now) => ({
    seats: lapsed.reduce((rest, gone) => dropLapsed(rest, gone), now),
    result: undefined,
  }));
}

function heldOnly(seats: Seats): Seats {
  const held = seats.entries.filter(({ state }) => state === 'held');
  return held.length === seats.entries.length ? seats : { ...seats, entries: held };
}

function dropLapsed(seats: Seats, gone: Entry): Seats {
  return holds(seats, gone) ? release(seats, gone.registration, [gone.pool]) : seats;
}

/** Whether an offer that ran out still stands there; whoever claimed again since has another entry in its place. */
function holds(seats: Seats, gone: Entry): boolean {
  return seats.entries.some(
    ({ registration, pool, state, until }) =>
      registration === gone.registration &&
      pool === gone.pool &&
      state === 'lapsed' &&
      until?.getTime() === gone.until?.getTime(),
  );
}

/**
 * An offer of the hall that ran out ends the registration; one of a session takes the session out of it. False:
 * there is nothing to tell, as the person has cancelled or claimed again in the meantime. The seats are read
 * after the registration: whoever claims after that writes the registration after this, or makes this start over.
 */
async function forget(ports: Ports, entry: Entry, known: Registration): Promise<boolean> {
  const detail = `${entry.pool} ${entry.until?.toISOString() ?? null}`;
  let registration: Registration | undefined = known;
  while (registration) {
    if (registration.history.some((one) => one.what === 'lapsed' && one.detail === detail)) return true;
    const [seats] = await ports.seats.load([registration.event]);
    if (!isActive(registration) || !seats || !holds(seats, entry)) return false;
    const sessions = registration.details.sessions.filter((code) => entry.pool !== `session:${code}`);
    const next: Registration = {
      ...registration,
      status: entry.pool === HALL ? 'cancelled' : registration.status,
      details: { ...registration.details, sessions },
      history: [...registration.history, { at: ports.clock.now(), what: 'lapsed', detail }],
      rev: registration.rev + 1,
    };
    if (await ports.registrations.save(next)) return true;
    [registration] = await ports.registrations.byId([known.id]);
  }
  return false;
}

function row(ports: Ports, event: Event, entry: Entry, registration: Registration): Delivery {
  const now = ports.clock.now();
  const offered = entry.state === 'offered';
  const write = offered ? ports.letters.offer : ports.letters.lapsed;
  return newDelivery({
    id: [entry.state, entry.registration, entry.pool, entry.until?.getTime() ?? 0].join('/'),
    person: registration.person,
    kind: 'own',
    event: event.id,
    registration: offered ? registration.id : null,
    letter: write(entry, event, registration),
    notBefore: now,
    expiresAt: offered && entry.until ? entry.until : event.endsAt,
  });
}
