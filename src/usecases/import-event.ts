import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../domain/event.ts';
import { announceChange, type Occasion } from '../domain/occasion.ts';
import { programmeDigest, stands } from './fire-occasion.ts';
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
    let outrun: Occasion | undefined;
    for (;;) {
      const known = await ports.events.byCode(event.office, event.code);
      // Somebody else stored another change first: what was announced for this one is announced anew.
      if (outrun && known && !stands(outrun, known.event))
        await ports.occasions.end([outrun.id], 'superseded');
      if (known && isDeepStrictEqual(known.event, event)) return { what: 'unchanged', event };
      const revision = known?.revision ?? 0;
      // Announced before it is stored: were it the other way round, a crash in between would lose the announcement.
      // An announcement of a change that was never stored does not fit the event and is superseded.
      const change = known && changeOf(known.event, event, revision + 1, ports.clock.now());
      outrun = change && (await announce(ports, change));
      if (await ports.events.save(event, revision)) {
        if (change) await announce(ports, change);
        return { what: known ? 'changed' : 'created', event };
      }
    }
  };
}

function changeOf(before: Event, after: Event, revision: number, now: Date): Occasion | undefined {
  const change = announceChange(before, after, revision, now);
  if (change?.kind !== 'moved') return change;
  const programme = programmeDigest(after);
  return { ...change, id: `${change.id}/${programme}`, rule: programme };
}

/**
 * Sees that a change is announced, once, and returns its occasion. One that fell due before the change was stored
 * did not fit the event and was superseded: there is another one then.
 */
async function announce({ occasions }: Ports, change: Occasion): Promise<Occasion> {
  for (let round = 0; ; round++) {
    const occasion = round === 0 ? change : { ...change, id: `${change.id}/${round}` };
    await occasions.add([occasion]);
    const [stored] = await occasions.byId([occasion.id]);
    if (stored?.state === 'planned' || stored?.state === 'done') return occasion;
  }
}
