import { isOwner, mayGrant, mayInvite, officesOrganized, type Role, type Scope } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { withEvents } from './end-role.ts';
import {
  type Clock,
  type Events,
  type Grants,
  type Invite,
  type Invites,
  type Result,
  refused,
} from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly invites: Invites;
}

export const INVITATION_STATES = ['open', 'used', 'expired', 'revoked'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** An invitation as those see it who may give its role. The code that it was made with is stored nowhere. */
export interface Invitation extends Scope {
  /** Tells it from the others; no code can be found from it. */
  readonly mark: string;
  readonly note: string | null;
  readonly about: Event | null;
  readonly state: InvitationState;
  /** Until when it is open, or when it was used, expired or was revoked; null: it is open for good. */
  readonly at: Date | null;
  /** The role that it gave was taken back since. */
  readonly ended: boolean;
}

interface Asking {
  readonly person: string;
  /** null: of every event. */
  readonly event: string | null;
}

const PAGE = 200;
const AT_MOST = 2_000;
const MARK_LENGTH = 6;

/** Every invitation that a person may give and take back: the open ones first, then by what became of them. */
export function listInvitations(ports: Ports) {
  return async (asking: Asking): Promise<Result<readonly Invitation[], 'not-allowed'>> => {
    const found = await findAll(ports, asking);
    if (!found.ok) return found;
    const now = ports.clock.now();
    const standing = new Set((await ports.grants.standing()).map(({ id }) => id));
    const shown = (await withEvents(ports.events, found.data)).map((one): Invitation => {
      const { mark, role, office, event, part, note, about } = one;
      const { state, at } = stateOf(one, now);
      const ended = state === 'used' && !standing.has(one.id);
      return { mark, role, office, event, part, note, about, state, at, ended };
    });
    return { ok: true, data: shown.sort(inOrder) };
  };
}

export type RevokeRefusal = 'not-allowed' | 'unknown-invitation' | 'used';

/** Revokes an invitation that nobody has used: its code is a wrong one from then on. */
export function revokeInvitation(ports: Ports) {
  return async ({
    person,
    mark,
  }: {
    readonly person: string;
    readonly mark: string;
  }): Promise<Result<Invitation, RevokeRefusal>> => {
    const found = await findAll(ports, { person, event: null });
    if (!found.ok) return found;
    const [one, ...more] = found.data.filter(({ id }) => hexOf(id).startsWith(mark.toUpperCase()));
    if (!one || more.length > 0 || mark.length < MARK_LENGTH) return refused('unknown-invitation');
    const at = ports.clock.now();
    const isRevoked = await ports.invites.revoke(one.id, person, at);
    const now = isRevoked ? undefined : await ports.invites.byId(one.id);
    if (now?.use) return refused('used');
    const [known] = await withEvents(ports.events, [one]);
    if (!known) return refused('unknown-invitation');
    const { role, office, event, part, note, about } = known;
    const revokedAt = now?.revoked?.at ?? at;
    const shown = { mark: one.mark, role, office, event, part, note, about };
    return { ok: true, data: { ...shown, state: 'revoked', at: revokedAt, ended: false } };
  };
}

type Marked = Invite & { readonly role: Role; readonly mark: string };

async function findAll({ grants, invites }: Ports, asking: Asking): Promise<Result<Marked[], 'not-allowed'>> {
  const held = await grants.of([asking.person]);
  if (!mayInvite(held)) return refused('not-allowed');
  const offices = isOwner(held) ? null : officesOrganized(held);
  const all: (Invite & { role: Role })[] = [];
  for (const office of offices ?? [null]) {
    const of = { office, event: asking.event };
    for (let after: string | undefined = ''; after !== undefined && all.length < AT_MOST; ) {
      const page: Invite[] = await invites.toRoles(of, after, PAGE);
      for (const one of page) if (isToRole(one) && mayGrant(held, one)) all.push(one);
      after = page.length < PAGE ? undefined : page.at(-1)?.id;
    }
  }
  const marks = marksOf(all.map(({ id }) => id));
  return { ok: true, data: all.map((one) => ({ ...one, mark: marks.get(one.id) ?? '' })) };
}

function isToRole(invite: Invite): invite is Invite & { role: Role } {
  return invite.role !== 'member';
}

function stateOf(
  { use, revoked, expiresAt }: Invite,
  now: Date,
): { readonly state: InvitationState; readonly at: Date | null } {
  if (use) return { state: 'used', at: use.at };
  if (revoked) return { state: 'revoked', at: revoked.at };
  return { state: expiresAt && expiresAt <= now ? 'expired' : 'open', at: expiresAt };
}

/** What is open ends soonest first; of the rest the latest is first. */
function inOrder(one: Invitation, other: Invitation): number {
  const byState = INVITATION_STATES.indexOf(one.state) - INVITATION_STATES.indexOf(other.state);
  if (byState !== 0) return byState;
  const byTime = (one.at?.getTime() ?? Infinity) - (other.at?.getTime() ?? Infinity);
  const inTime = one.state === 'open' ? byTime : -byTime;
  if (inTime !== 0 && !Number.isNaN(inTime)) return inTime;
  return (one.note ?? '').localeCompare(other.note ?? '', 'zh') || (one.mark < other.mark ? -1 : 1);
}

/** The beginnings of ids, in hexadecimal digits, by which each differs from the others. */
function marksOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const sorted = ids.map((id) => ({ id, hex: hexOf(id) })).sort((a, b) => (a.hex < b.hex ? -1 : 1));
  const marks = sorted.map(({ id, hex }, i) => {
    const shared = [sorted[i - 1], sorted[i + 1]].map((other) => sharedStart(hex, other?.hex ?? ''));
    return [id, hex.slice(0, Math.max(MARK_LENGTH, ...shared.map((length) => length + 1)))] as const;
  });
  return new Map(marks);
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

function hexOf(id: string): string {
  return Buffer.from(id, 'base64url').toString('hex').toUpperCase();
}
