import { isDeepStrictEqual } from 'node:util';
import { type Grant, isOwner, mayGrant, mayInvite, type Role, type Scope } from '../domain/access.ts';
import { DAY } from '../domain/time.ts';
import { digestOf, newCode } from './codes.ts';
import { countTry, type Trying } from './count-try.ts';
import {
  type Clock,
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
  readonly grants: Grants;
  readonly invites: Invites;
  readonly links: Links;
  readonly people: People;
}

/** How long an invitation can be used. */
const LIVES = 7 * DAY;
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

export interface Inviting extends Scope {
  readonly person: string;
  readonly note: string | null;
}

export interface Invited extends Scope {
  readonly code: string;
  readonly until: Date;
}

/** Makes a code that gives a role to whoever sends it first. Refused to who may not give it. */
export function inviteToRole(ports: Ports) {
  return async ({ person, note, ...scope }: Inviting): Promise<Result<Invited, 'not-allowed'>> => {
    if (!mayGrant(await ports.grants.of([person]), scope)) return refused('not-allowed');
    const expiresAt = new Date(ports.clock.now().getTime() + LIVES);
    for (;;) {
      const code = newCode();
      const id = digestOf('claim', code);
      const by = { by: person, expiresAt, slot: null, use: undefined };
      const fresh: Invite = { id, ...scope, project: null, note, ...by };
      if (await ports.invites.add(fresh)) return { ok: true, data: { code, until: expiresAt, ...scope } };
    }
  };
}

/** `effect`: the same again is the same claim. */
export interface Claiming extends Trying {
  readonly person: string;
  readonly code: string;
}

/** `for-team`: the code is none of a role, but leads to the team of a project. */
export type ClaimRefusal = 'bad-code' | 'too-many-tries' | 'has-role' | 'for-team';

/** Gives the role of a code to whoever sends it. Interrupted, the same effect goes on from the code that it took. */
export function claimRole(ports: Ports) {
  return async (input: Claiming): Promise<Result<Grant, ClaimRefusal>> => {
    const { invites, clock, links, people } = ports;
    const id = digestOf('claim', input.code);
    const invite = await invites.byId(id);
    if (invite?.role === 'member') return refused('for-team');
    if (invite?.use?.by === input.effect) return give(ports, { ...invite, role: invite.role }, invite.use);
    const counted = await countTry(ports, input);
    if (!counted.ok) return counted;
    const now = clock.now();
    if (!invite || invite.use || (invite.expiresAt && invite.expiresAt <= now)) return refused('bad-code');
    const person = await people.host(input.person);
    const held = await ports.grants.of([person]);
    const scope = scopeOf({ ...invite, role: invite.role });
    const has = held.some((one) => isDeepStrictEqual(scopeOf(one), scope));
    const use = { by: input.effect, person, at: now };
    if (!has && !(await invites.take(id, use, now))) return refused('bad-code');
    await links.forgiveTry(input.conversation, input.effect);
    return has ? refused('has-role', scope) : give(ports, { ...invite, ...scope }, use);
  };
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

/** Every role that stands and that a person may take away; the newest last. */
export function listRoles({ grants }: Pick<Ports, 'grants'>) {
  return async ({ person }: { person: string }): Promise<Result<readonly Grant[], 'not-allowed'>> => {
    const held = await grants.of([person]);
    if (!mayInvite(held)) return refused('not-allowed');
    return { ok: true, data: (await grants.standing()).filter((one) => mayGrant(held, one)) };
  };
}

export type EndRefusal = 'not-allowed' | 'unknown-role' | 'last-owner';

/** Takes a role away. There is always an owner: the last one's role stays. */
export function endRole({ grants, clock }: Pick<Ports, 'grants' | 'clock'>) {
  return async (input: { person: string; grant: string }): Promise<Result<Grant, EndRefusal>> => {
    const held = await grants.of([input.person]);
    if (!mayInvite(held)) return refused('not-allowed');
    const standing = await grants.standing();
    const one = standing.find(({ id }) => id === input.grant);
    if (!one || !mayGrant(held, one)) return refused('unknown-role');
    const owners = standing.filter((grant) => isOwner([grant]));
    if (owners.length === 1 && owners[0]?.id === one.id) return refused('last-owner');
    await grants.end(one.id, input.person, clock.now());
    return { ok: true, data: one };
  };
}
