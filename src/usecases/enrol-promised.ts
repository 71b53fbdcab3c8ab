import type { Event } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { enrol, HALL, hasLimit, poolOfSession, release } from '../domain/seats.ts';
import type { Registrations, SeatsStore } from './ports.ts';

interface Ports {
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
}

const PAGE = 500;

/**
 * Counts in whoever registered for a pool before it had a limit. Without a limit nobody is counted, so it is
 * called whenever an event has changed. Doing it again changes nothing.
 */
export function enrolPromised({ registrations, seats }: Ports) {
  return async (event: Event): Promise<void> => {
    if (!hasLimit(event)) return;
    for (let after = '', full = true; full; ) {
      const page = await registrations.ofEvent(event.id, after, PAGE);
      const promised = page.flatMap(promisesOf);
      await seats.change(event.id, (before) => ({
        seats: enrol(before, event, promised),
        result: undefined,
      }));
      // Who cancelled meanwhile ended the registration first and freed the seats then: perhaps before this counted them in.
      const ended = (await registrations.byId(promised.map(({ registration }) => registration)))
        .filter((one) => !isActive(one))
        .map(({ id }) => id);
      if (ended.length > 0) {
        await seats.change(event.id, (before) => ({
          seats: ended.reduce((rest, id) => release(rest, id), before),
          result: undefined,
        }));
      }
      full = page.length === PAGE;
      after = page.at(-1)?.id ?? after;
    }
  };
}

/** The seats that a registration was promised. Who waits for the hall was promised none. */
function promisesOf({ id, status, details }: Registration) {
  if ((status !== 'confirmed' && status !== 'attended') || details.attendance === 'online') return [];
  const pools = [HALL, ...details.sessions.map(poolOfSession)];
  return pools.map((pool) => ({ registration: id, pool, seats: details.party }));
}
