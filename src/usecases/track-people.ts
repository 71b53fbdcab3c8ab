import type { Role } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import type { TrackRun } from '../domain/track-run.ts';
import type { Grants } from './ports.ts';

const BATCH = 500;

/** Who has a role for the track of a run, each once. */
export async function holdersOf(
  { grants }: { readonly grants: Grants },
  { id, office }: Pick<Event, 'id' | 'office'>,
  role: Role,
  { track }: Pick<TrackRun, 'track'>,
): Promise<string[]> {
  const people = new Set<string>();
  for (let after = ''; ; ) {
    const batch = await grants.inOffice(office, [role], after, BATCH);
    for (const one of batch)
      if (one.role === role && one.event === id && (one.part === null || one.part === track))
        people.add(one.person);
    if (batch.length < BATCH) return [...people];
    after = batch.at(-1)?.id ?? '';
  }
}

/** Who organizes an event: those of its office, or else the owners of the house. */
export async function organizersOf(
  { grants }: { readonly grants: Grants },
  { office }: Pick<Event, 'office'>,
): Promise<string[]> {
  const found = await grants.inOffice(office, ['organizer'], '', BATCH);
  const own = found.filter(({ role }) => role === 'organizer').map(({ person }) => person);
  if (own.length > 0) return [...new Set(own)];
  const owners = (await grants.standing()).filter(({ role }) => role === 'owner');
  return [...new Set(owners.map(({ person }) => person))];
}

/** Who looks after the scoring of a track: its chief scorers, or else who organizes the event. */
export async function scorersOf(
  ports: { readonly grants: Grants },
  event: Pick<Event, 'id' | 'office'>,
  run: Pick<TrackRun, 'track'>,
): Promise<string[]> {
  const scorers = await holdersOf(ports, event, 'scorer', run);
  return scorers.length > 0 ? scorers : organizersOf(ports, event);
}
