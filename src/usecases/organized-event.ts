import { organizes } from '../domain/access.ts';
import type { CallingEvent } from '../domain/event.ts';
import { type Result, refused } from './ports.ts';
import { type FindPorts, reviewedEvents } from './reviewed-project.ts';

export type EventRefusal = 'not-allowed' | 'which-event';

/** The event with a call that somebody organizes: the one that is named, or the only live one there is. */
export async function organizedEvent(
  ports: Pick<FindPorts, 'events' | 'grants'>,
  person: string,
  event: string | null,
): Promise<Result<CallingEvent, EventRefusal>> {
  const { events, grants } = await reviewedEvents(ports, person, event);
  const own = events.filter(({ office }) => organizes(grants, office));
  const [first, ...more] = own;
  if (!first) return refused('not-allowed');
  return more.length === 0 ? { ok: true, data: first } : refused('which-event', own);
}
