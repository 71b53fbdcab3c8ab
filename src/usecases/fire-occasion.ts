import { createHash } from 'node:crypto';
import { speaksOfDeadline } from '../domain/deadline.ts';
import { type Delivery, type Letter, newDelivery } from '../domain/delivery.ts';
import { type Event, findSession, isLive } from '../domain/event.ts';
import { type Occasion, programmeOf } from '../domain/occasion.ts';
import { isActive, isComing, type Registration, takesPart } from '../domain/registration.ts';
import type { Seats } from '../domain/seats.ts';
import { type DeadlinePorts, remindTeams } from './fire-deadline.ts';
import type { Events, Letters, Registrations, SeatsStore } from './ports.ts';

interface Ports extends DeadlinePorts {
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
}

const BATCH = 500;

export type Fired = 'early' | 'done' | 'missed' | 'superseded' | 'ended';

/**
 * Writes one delivery row for everybody whom a due occasion concerns, then ends the occasion. Interrupted, it
 * is done again: rows are unique by occasion and registration, which stays when its person is joined to another. Too late, the rows say so and nothing is sent.
 */
export function fireOccasion(ports: Ports) {
  return async (id: string): Promise<Fired> => {
    const [occasion] = await ports.occasions.byId([id]);
    if (occasion?.state !== 'planned') return 'ended';
    const now = ports.clock.now();
    if (occasion.dueAt > now) return 'early';
    const [event] = await ports.events.byId([occasion.event]);
    if (!event || !stands(occasion, event)) return end(ports, id, 'superseded');
    const missed = now >= occasion.expiresAt;
    if (isForTeams(occasion)) return end(ports, id, await remindTeams(ports, occasion, event, missed));
    const [seats] = occasion.session ? await ports.seats.load([event.id]) : [];
    let after = '';
    for (;;) {
      const batch = await ports.registrations.ofEvent(event.id, after, BATCH);
      const rows = batch
        .filter((one) => concerns(occasion, event, one, seats))
        .map((one) => row(occasion, event, one, letterOf(ports.letters, occasion, event, one), missed));
      await ports.deliveries.add(rows);
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) break;
      after = last.id;
    }
    return end(ports, id, missed ? 'missed' : 'done');
  };
}

async function end(ports: Ports, id: string, state: 'done' | 'missed' | 'superseded'): Promise<Fired> {
  await ports.occasions.end([id], state);
  return state;
}

/** What tells one programme of an event from another. */
export function programmeDigest(event: Event): string {
  return createHash('sha256').update(programmeOf(event)).digest('base64url').slice(0, 16);
}

const isForTeams = ({ kind }: Occasion): boolean => kind === 'deadline' || kind === 'deadline-moved';

/** Whether an occasion still speaks of the event as it is. */
export function stands(occasion: Occasion, event: Event): boolean {
  if (occasion.kind === 'cancelled') return event.status === 'cancelled';
  if (!isLive(event)) return false;
  if (occasion.kind === 'moved') return occasion.rule === programmeDigest(event);
  if (isForTeams(occasion)) return speaksOfDeadline(occasion, event);
  const start = occasion.session === null ? event.startsAt : findSession(event, occasion.session)?.startsAt;
  return start?.getTime() === occasion.startsAt.getTime();
}

/** Reminders go to those with a seat who registered before they fell due; changes to everybody on the list. */
function concerns(
  occasion: Occasion,
  event: Event,
  registration: Registration,
  seats: Seats | undefined,
): boolean {
  if (!isActive(registration) || registration.createdAt > occasion.dueAt) return false;
  if (occasion.kind !== 'reminder') return true;
  if (occasion.session === null) return isComing(registration);
  return takesPart(registration, event, occasion.session, seats);
}

function letterOf(letters: Letters, occasion: Occasion, event: Event, registration: Registration): Letter {
  if (occasion.kind === 'moved') return letters.moved(event, registration);
  if (occasion.kind === 'cancelled') return letters.eventCancelled(event, registration);
  return letters.reminder(occasion, event, registration);
}

function row(
  occasion: Occasion,
  event: Event,
  registration: Registration,
  letter: Letter,
  missed: boolean,
): Delivery {
  return newDelivery({
    // Whom the registration was made for: its id still says so when it has gone to another person.
    id: `${occasion.id}/${registration.id.slice(registration.event.length + 1)}`,
    person: registration.person,
    kind: occasion.kind === 'reminder' ? 'notice' : 'own',
    event: event.id,
    registration: registration.id,
    occasion: occasion.id,
    letter,
    state: missed ? 'skipped' : 'pending',
    cause: missed ? 'missed' : null,
    notBefore: occasion.dueAt,
    expiresAt: occasion.expiresAt,
  });
}
