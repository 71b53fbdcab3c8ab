/** What somebody may do beyond what every guest may: `owner` everything, `organizer` everything in one office's events. */
export const ROLES = ['owner', 'organizer'] as const;
export type Role = (typeof ROLES)[number];

/** A role that a person was given. It is never deleted: who had it, from whom and until when stays known. */
export interface Grant {
  readonly id: string;
  readonly person: string;
  readonly role: Role;
  /** The office whose events it is about; null: every office, as owners have it. */
  readonly office: string | null;
  /** Whom the one who invited meant, in their words. */
  readonly note: string | null;
  /** Who invited; null: the house itself, for its first owner. */
  readonly by: string | null;
  readonly at: Date;
  readonly ended: { readonly by: string; readonly at: Date } | null;
}

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

/** Whether who has these grants may give, and take, a role: owners every one, organizers none. */
export function mayGrant(grants: readonly Held[]): boolean {
  return isOwner(grants);
}
