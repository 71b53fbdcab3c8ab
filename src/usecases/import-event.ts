import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { announceDeadline } from '../domain/deadline.ts';
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
 * is announced to those who registered, another deadline to the teams.
 */
export function importEvent(ports: Ports) {
  return async (content: Omit<Event, 'id'>): Promise<Imported> => {
    const event: Event = { id: eventId(content.office, content.code), ...content };
    return storeEvent(ports, event.office, event.code, () => event);
  };
}

/**
 * Stores what `next` makes of an event as it is now, and announces the change. `next` is pure and may be called
 * again when somebody else stored another change first.
 */
export async function storeEvent(
  ports: Ports,
  office: string,
  code: string,
  next: (known: Event | undefined) => Event,
): Promise<Imported> {
  let outrun: readonly Occasion[] = [];
  for (;;) {
    const known = await ports.events.byCode(office, code);
    // Somebody else stored another change first: what was announced for this one is announced anew.
    const wrong = known ? outrun.filter((one) => !stands(one, known.event)) : [];
    await ports.occasions.end(
      wrong.map(({ id }) => id),
      'superseded',
    );
    const event = next(known?.event);
    if (known && isDeepStrictEqual(known.event, event)) return { what: 'unchanged', event };
    const revision = known?.revision ?? 0;
    // Announced before it is stored: were it the other way round, a crash in between would lose the announcement.
    // An announcement of a change that was never stored does not fit the event and is superseded.
    const changes = known ? changesOf(known.event, event, revision + 1, ports.clock.now()) : [];
    outrun = await announceAll(ports, changes);
    if (await ports.events.save(event, revision)) {
      await announceAll(ports, changes);
      return { what: known ? 'changed' : 'created', event };
    }
  }
}

function changesOf(before: Event, after: Event, revision: number, now: Date): readonly Occasion[] {
  const change = announceChange(before, after, revision, now);
  const deadline = announceDeadline(before, after, revision, now);
  return [...(change ? [withProgramme(change, after)] : []), ...(deadline ? [deadline] : [])];
}

function withProgramme(change: Occasion, after: Event): Occasion {
  if (change.kind !== 'moved') return change;
  const programme = programmeDigest(after);
  return { ...change, id: `${change.id}/${programme}`, rule: programme };
}

async function announceAll(ports: Ports, changes: readonly Occasion[]): Promise<readonly Occasion[]> {
  const announced: Occasion[] = [];
  for (const change of changes) announced.push(await announce(ports, change));
  return announced;
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
