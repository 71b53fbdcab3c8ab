import type { Event } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { release } from '../domain/seats.ts';
import {
  type Clock,
  type Events,
  type Registrations,
  type Result,
  refused,
  type SeatsStore,
} from './ports.ts';
import type { settleSeats } from './settle-seats.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly settle: ReturnType<typeof settleSeats>;
}

/** Cancels a person's registration and passes the seats on. Twice is once. */
export function cancelRegistration(ports: Ports) {
  return async (input: {
    person: string;
    event: string;
  }): Promise<Result<{ event: Event }, 'not-registered'>> => {
    const [event] = await ports.events.byId([input.event]);
    const found = await ports.registrations.of(input.event, input.person);
    if (!event || !found || (!isActive(found) && found.status !== 'cancelled'))
      return refused('not-registered');
    const { id } = found;
    // The registration ends first: were the seats freed first, a crash would leave a valid ticket without a seat.
    await end(ports, id);
    await ports.seats.change(event.id, (seats) => ({ seats: release(seats, id), result: undefined }));
    await ports.settle(event.id);
    return { ok: true, data: { event } };
  };
}

async function end(ports: Ports, id: string): Promise<void> {
  for (;;) {
    const [known] = await ports.registrations.byId([id]);
    if (!known || !isActive(known)) return;
    const next: Registration = {
      ...known,
      status: 'cancelled',
      history: [...known.history, { at: ports.clock.now(), what: 'cancelled', detail: null }],
      rev: known.rev + 1,
    };
    if (await ports.registrations.save(next)) return;
  }
}
