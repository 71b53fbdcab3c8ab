import { mayGrant, type Scope } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { fits, invitationEnds } from '../domain/event-role.ts';
import { digestOf } from './codes.ts';
import {
  type ClaimCodes,
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
  readonly claimCodes: ClaimCodes;
  readonly events: Events;
  readonly grants: Grants;
  readonly invites: Invites;
}

/** `effect`: the same again makes the same codes. */
export interface Inviting extends Scope {
  readonly person: string;
  readonly effect: string;
  /** One code for each: whom it is for, in the words of who invites; null: they do not say. */
  readonly notes: readonly (string | null)[];
}

export interface InvitedOne {
  readonly code: string;
  readonly note: string | null;
  /** undefined: the house has no public address. */
  readonly link: string | undefined;
}

export interface Invited {
  readonly scope: Scope;
  /** null: the role is none of an event. */
  readonly about: Event | null;
  readonly codes: readonly InvitedOne[];
  readonly until: Date;
}

export type InviteRefusal = 'not-allowed' | 'unknown-event';

/** Makes codes, each of which gives a role to whoever sends it first. Refused to who may not give it. */
export function inviteToRole(ports: Ports) {
  return async (input: Inviting): Promise<Result<Invited, InviteRefusal>> => {
    const { person, effect, notes, ...scope } = input;
    if (!mayGrant(await ports.grants.of([person]), scope)) return refused('not-allowed');
    const [about = null] = scope.event === null ? [] : await ports.events.byId([scope.event]);
    if (!fits(scope, about)) return refused('unknown-event');
    const expiresAt = invitationEnds(ports.clock.now(), about);
    const made = new Map<string, InvitedOne>();
    let until = expiresAt;
    for (const [i, note] of notes.entries()) {
      const rest = { ...scope, project: null, note, by: person, expiresAt, slot: null, use: undefined };
      const { code, invite } = await make(ports, rest, `${effect}/${i}`, (id) => made.has(id));
      made.set(invite.id, { code, note, link: ports.claimCodes.linkOf(code) });
      until = invite.expiresAt ?? until;
    }
    return { ok: true, data: { scope, about, codes: [...made.values()], until } };
  };
}

/** Stores an invitation under a code of its own; what the same seed has stored before is found again. */
async function make(
  { claimCodes, invites }: Ports,
  rest: Omit<Invite, 'id'>,
  seed: string,
  isGiven: (id: string) => boolean,
): Promise<{ readonly code: string; readonly invite: Invite }> {
  for (let turn = 0; ; turn++) {
    const code = claimCodes.make(`${seed}/${turn}`);
    const fresh: Invite = { id: digestOf('claim', code), ...rest };
    if (isGiven(fresh.id)) continue;
    if (await invites.add(fresh)) return { code, invite: fresh };
    const stored = await invites.byId(fresh.id);
    if (stored && isSame(stored, fresh)) return { code, invite: stored };
  }
}

const TOLD = ['role', 'office', 'event', 'part', 'project', 'note', 'by'] as const;

function isSame(one: Invite, other: Invite): boolean {
  return TOLD.every((key) => one[key] === other[key]);
}
