import type { Role, Scope } from './access.ts';
import type { Call } from './call.ts';
import type { Event } from './event.ts';
import { DAY } from './time.ts';

/** Roles of one event. The others are of an office, or of the house. */
export const EVENT_ROLES = [
  'reviewer',
  'judge',
  'scorer',
  'host',
  'staff',
] as const satisfies readonly Role[];
export type EventRole = (typeof EVENT_ROLES)[number];

/** How many may be invited at once. */
export const INVITED_AT_MOST = 30;

/** How long an invitation can be used at least. */
const LIVES = 7 * DAY;

export function isEventRole(role: Role): role is EventRole {
  return (EVENT_ROLES as readonly Role[]).includes(role);
}

/** The fields and tracks that a role can be about instead of its whole event. */
export function partsFor(role: Role, call: Call | null): readonly Call['fields'][number][] {
  if (!call || role === 'staff' || !isEventRole(role)) return [];
  return role === 'reviewer' ? [...call.fields, ...call.tracks] : call.tracks;
}

/** Whether a role can be given for this: `event` is the one that the scope names, as it is stored. */
export function fits({ role, office, event: id, part }: Scope, event: Event | null): boolean {
  if (!isEventRole(role)) return id === null && part === null;
  if (!event || event.id !== id || event.office !== office) return false;
  return part === null || partsFor(role, event.call).some(({ code }) => code === part);
}

/** Until when an invitation can be used: seven days, and to a role of an event at least until the event ends. */
export function invitationEnds(now: Date, event: Pick<Event, 'endsAt'> | null): Date {
  return new Date(Math.max(now.getTime() + LIVES, event?.endsAt.getTime() ?? 0));
}
