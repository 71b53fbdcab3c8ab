import { isDeepStrictEqual } from 'node:util';
import type { Grant, Role, Scope } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { digestOf, newCode } from './codes.ts';
import { countTry, type Trying } from './count-try.ts';
import {
  type Clock,
  type Events,
  type Grants,
  type Invite,
  type Invites,
  type Links,
  type People,
  type Result,
  refused,
} from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly invites: Invites;
  readonly links: Links;
  readonly people: People;
}

const FIRST_OWNER = 'first-owner';

/**
 * Sees that somebody can become the first owner. With a code of the configuration, that one works, once; without
 * one, the first call on a store makes one and returns it, to be shown once: only its digest is stored.
 */
export function offerOwnership({ invites }: Pick<Ports, 'invites'>) {
  return async (configured: string | undefined): Promise<string | undefined> => {
    const code = configured ?? newCode();
    const added = await invites.add({
      id: digestOf('claim', code),
      role: 'owner',
      office: null,
      event: null,
      part: null,
      project: null,
      note: null,
      by: null,
      expiresAt: null,
      // A configured code stands beside the one that was made: whoever lost that one sets another.
      slot: configured ? null : FIRST_OWNER,
      use: undefined,
    });
    return added && !configured ? code : undefined;
  };
}

/** `effect`: the same again is the same claim. */
export interface Claiming extends Trying {
  readonly person: string;
  readonly code: string;
}

/** `for-team`: the code is none of a role, but leads to the team of a project. */
export type ClaimRefusal = 'bad-code' | 'too-many-tries' | 'has-role' | 'for-team';

/** What a code would make whoever sends it. */
export interface Offered extends Scope {
  readonly about: Event | null;
}

/** Looks where a code leads, so that nobody takes a role unawares. Nothing is changed but the count of wrong tries. */
export function checkClaim(ports: Ports) {
  return async (input: Claiming): Promise<Result<Offered, ClaimRefusal>> => {
    const invite = await ports.invites.byId(digestOf('claim', input.code));
    const found = await find(ports, invite, input);
    if (!found.ok) return found;
    await ports.links.forgiveTry(input.conversation, input.effect);
    if (found.data.has) return refused('has-role', found.data.scope);
    const { event } = found.data.scope;
    const [about = null] = event === null ? [] : await ports.events.byId([event]);
    return { ok: true, data: { ...found.data.scope, about } };
  };
}

/** Gives the role of a code to whoever sends it. Interrupted, the same effect goes on from the code that it took. */
export function claimRole(ports: Ports) {
  return async (input: Claiming): Promise<Result<Grant, ClaimRefusal>> => {
    const id = digestOf('claim', input.code);
    const invite = await ports.invites.byId(id);
    if (invite?.use?.by === input.effect && invite.role !== 'member')
      return give(ports, { ...invite, role: invite.role }, invite.use);
    const found = await find(ports, invite, input);
    if (!found.ok) return found;
    const { person, scope, has, now } = found.data;
    const use = { by: input.effect, person, at: now };
    if (!has && !(await ports.invites.take(id, use, now))) return refused('bad-code');
    await ports.links.forgiveTry(input.conversation, input.effect);
    return has ? refused('has-role', scope) : give(ports, { ...found.data.invite, ...scope }, use);
  };
}

interface Found {
  readonly invite: Invite;
  readonly scope: Scope;
  /** Who would have the role. */
  readonly person: string;
  /** They have it already. */
  readonly has: boolean;
  readonly now: Date;
}

/** Counts the try, and sees that an invitation can still be used. */
async function find(
  ports: Ports,
  invite: Invite | undefined,
  input: Claiming,
): Promise<Result<Found, ClaimRefusal>> {
  if (invite?.role === 'member') return refused('for-team');
  const counted = await countTry(ports, input);
  if (!counted.ok) return counted;
  const now = ports.clock.now();
  if (!invite || invite.use || invite.revoked || (invite.expiresAt && invite.expiresAt <= now))
    return refused('bad-code');
  const person = await ports.people.host(input.person);
  const scope = scopeOf({ ...invite, role: invite.role });
  const held = await ports.grants.of([person]);
  const has = held.some((one) => isDeepStrictEqual(scopeOf(one), scope));
  return { ok: true, data: { invite, scope, person, has, now } };
}

async function give(
  { grants }: Ports,
  { id, note, by, ...invite }: Invite & { readonly role: Role },
  { person, at }: NonNullable<Invite['use']>,
): Promise<Result<Grant, ClaimRefusal>> {
  const grant: Grant = { id, person, ...scopeOf(invite), note, by, at, ended: null };
  await grants.add(grant);
  return { ok: true, data: grant };
}

function scopeOf({ role, office, event, part }: Scope): Scope {
  return { role, office, event, part };
}
