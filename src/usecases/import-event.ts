import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../domain/event.ts';
import { announceChange } from '../domain/notice.ts';
import type { Clock, Events, Occasions } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly occasions: Occasions;
}

export type Imported = { readonly what: 'created' | 'changed' | 'unchanged'; readonly event: Event };

/** The id of an event: derived from office and code, which are unique together. */
export function eventId(office: string, code: string): string {
  return createHash('sha256').update(`${office}/${code}`).digest('base64url').slice(0, 12);
}

/**
 * Stores an event by its office and code. The same content twice changes nothing; a moved or cancelled event
 * is announced to those who registered.
 */
export function importEvent(ports: Ports) {
  return async (content: Omit<Event, 'id'>): Promise<Imported> => {
    const event: Event = { id: eventId(content.office, content.code), ...content };
    for (;;) {
      const known = await ports.events.byCode(event.office, event.code);
      if (known && isDeepStrictEqual(known.event, event)) return { what: 'unchanged', event };
      const revision = known?.revision ?? 0;
      // Announced before it is stored: were it the other way round, a crash in between would lose the announcement.
      // An announcement of a change that was never stored does not fit the event and is superseded.
      const change = known && announceChange(known.event, event, revision + 1, ports.clock.now());
      if (change) await ports.occasions.add([change]);
      if (await ports.events.save(event, revision)) return { what: known ? 'changed' : 'created', event };
    }
  };
}
