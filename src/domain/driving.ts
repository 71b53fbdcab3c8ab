import { holdsRole, organizes, type Scope } from './access.ts';
import type { Event } from './event.ts';

/** Whether these grants let somebody drive the run of show of a track: its hosts do, and who organizes the event. */
export function drives(
  grants: readonly Scope[],
  event: Pick<Event, 'id' | 'office'>,
  track: string,
): boolean {
  return organizes(grants, event.office) || holdsRole(grants, 'host', event, [track]);
}

/** Whether these grants let somebody drive anything at all. */
export function isDriver(grants: readonly Pick<Scope, 'role'>[]): boolean {
  return grants.some(({ role }) => role === 'owner' || role === 'organizer' || role === 'host');
}
