/**
 * What somebody may do beyond what every guest may: `owner` everything, `organizer` everything in one office's
 * events; the others are about one event, or a field or track of it: `reviewer` reviews its projects, `judge` scores
 * them, `scorer` is the chief scorer, `host` drives the run of show, `staff` checks people in.
 */
export const ROLES = ['owner', 'organizer', 'reviewer', 'judge', 'scorer', 'host', 'staff'] as const;
export type Role = (typeof ROLES)[number];

/** A role that a person was given. It is never deleted: who had it, from whom and until when stays known. */
export interface Grant {
  readonly id: string;
  readonly person: string;
  readonly role: Role;
  /** The office whose events it is about; null: every office, as owners have it. */
  readonly office: string | null;
  /** The event that it is about; null: every one of the office. */
  readonly event: string | null;
  /** The field or track of the event that it is about; null: all of them. */
  readonly part: string | null;
  /** Whom the one who invited meant, in their words. */
  readonly note: string | null;
  /** Who invited; null: the house itself, for its first owner. */
  readonly by: string | null;
  readonly at: Date;
  /** When who has it said that they take it on; absent: they have yet to. */
  readonly confirmedAt?: Date;
  readonly ended: { readonly by: string; readonly at: Date } | null;
}

/** What a role is, and what it is about. */
export type Scope = Pick<Grant, 'role' | 'office' | 'event' | 'part'>;

type Held = Pick<Grant, 'role' | 'office'>;

export function isOwner(grants: readonly Held[]): boolean {
  return grants.some(({ role }) => role === 'owner');
}

/** Whether these grants let somebody organize the events of an office. */
export function organizes(grants: readonly Held[], office: string): boolean {
  return grants.some(
    (one) => one.role === 'owner' || (one.role === 'organizer' && (one.office ?? office) === office),
  );
}

/** The offices whose events these grants let somebody organize; null: every one. */
export function officesOrganized(grants: readonly Held[]): readonly string[] | null {
  if (isOwner(grants)) return null;
  const offices = grants.filter(({ role }) => role === 'organizer').map(({ office }) => office);
  const named = offices.filter((office) => office !== null);
  return named.length < offices.length ? null : [...new Set(named)];
}

/** Whether these grants let somebody organize anything at all. */
export function isOrganizer(grants: readonly Held[]): boolean {
  return grants.some(({ role }) => role === 'owner' || role === 'organizer');
}

/** Whether who has these grants may give, and take, a role: owners every one, organizers those within their events. */
export function mayGrant(grants: readonly Held[], wanted: Pick<Scope, 'role' | 'office'>): boolean {
  if (isOwner(grants)) return true;
  const within = wanted.role !== 'owner' && wanted.role !== 'organizer';
  return within && wanted.office !== null && organizes(grants, wanted.office);
}

/** Whether who has these grants may give any role at all. */
export function mayInvite(grants: readonly Held[]): boolean {
  return isOrganizer(grants);
}

/** Whether these grants let somebody review what belongs to these parts (field, track) of an event. */
export function reviews(
  grants: readonly Scope[],
  event: { readonly id: string; readonly office: string },
  parts: readonly string[],
): boolean {
  return organizes(grants, event.office) || holdsRole(grants, 'reviewer', event, parts);
}

/** Whether these grants give a role of an event as a whole, or of one of these parts (field, track) of it. */
export function holdsRole(
  grants: readonly Scope[],
  role: Role,
  event: { readonly id: string },
  parts: readonly string[],
): boolean {
  return grants.some(
    (one) => one.role === role && one.event === event.id && (one.part === null || parts.includes(one.part)),
  );
}

/** Whether these grants let somebody review anything at all. */
export function isReviewer(grants: readonly Held[]): boolean {
  return isOrganizer(grants) || grants.some(({ role }) => role === 'reviewer');
}
