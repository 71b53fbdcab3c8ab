import type { Event } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { MINUTE } from '../domain/time.ts';
import { countTry, digestOf, newCode } from './codes.ts';
import {
  type Clock,
  type Events,
  type Grants,
  type LinkCode,
  type Links,
  type People,
  type Registrations,
  type Result,
  refused,
} from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly people: People;
  readonly links: Links;
  readonly grants: Grants;
}

const LIVES = 10 * MINUTE;
const ROUNDS = 20;

export interface OfferedLink {
  readonly code: string;
  readonly until: Date;
}

/** Makes a code that joins whoever sends it from another account to this person. */
export function offerLink({ clock, links }: Ports) {
  return async ({ person }: { person: string }): Promise<OfferedLink> => {
    for (;;) {
      const code = newCode();
      const until = new Date(clock.now().getTime() + LIVES);
      const fresh: LinkCode = { id: digestOf('link', code), person, expiresAt: until, use: undefined };
      if (await links.add(fresh)) return { code, until };
    }
  };
}

export interface Joining {
  readonly person: string;
  /** Where the code was sent: wrong ones are counted by it. */
  readonly conversation: string;
  readonly code: string;
  /** The same effect again is the same joining. */
  readonly effect: string;
}

export type JoinRefusal = 'bad-code' | 'too-many-tries' | 'own-code' | 'already-linked' | 'both-registered';

/** How many registrations came along. */
export interface Joined {
  readonly registrations: number;
}

/**
 * Joins a person, with everybody who has joined them, to the person who made the code. Every step is one write of
 * one document and can be done again: interrupted anywhere, the same effect goes on from the code that it took.
 */
export function joinByCode(ports: Ports) {
  return async (input: Joining): Promise<Result<Joined, JoinRefusal>> => {
    const { links, people, clock } = ports;
    const { conversation, effect } = input;
    const id = digestOf('link', input.code);
    const taken = await links.byId(id);
    if (taken?.use?.by === effect) return finish(ports, taken, taken.use);
    const minutes = await countTry(ports, conversation, effect);
    if (minutes !== undefined) return refused('too-many-tries', { minutes });
    const now = clock.now();
    if (!taken || taken.use || taken.expiresAt <= now) return refused('bad-code');
    const [from, into] = await Promise.all([people.host(input.person), people.host(taken.person)]);
    const met = from === into ? await ownRefusal(ports, from) : await meeting(ports, from, into);
    if (typeof met === 'number') {
      const use = { by: effect, from, registrations: met };
      if (!(await links.take(id, use, now))) return refused('bad-code');
      await links.forgiveTry(conversation, effect);
      return finish(ports, taken, use);
    }
    await links.forgiveTry(conversation, effect);
    return met;
  };
}

/** The code was sent by the very person who made it: from another account of theirs, or from the only one. */
async function ownRefusal({ people }: Ports, person: string): Promise<Result<never, JoinRefusal>> {
  return refused((await people.members(person)).length > 0 ? 'already-linked' : 'own-code');
}

/**
 * How many registrations for what is still to come a person brings; refused where both are registered for the
 * same event. What is over stands in nobody's way, as nobody could cancel it.
 */
async function meeting(
  { registrations, events, clock }: Ports,
  from: string,
  into: string,
): Promise<number | Result<never, JoinRefusal>> {
  const active = (await registrations.byPerson([from, into])).filter(isActive);
  const eventsOf = (person: string) =>
    active.filter((one) => one.person === person).map(({ event }) => event);
  const [mine, theirs] = [eventsOf(from), eventsOf(into)];
  const known = mine.length > 0 ? await events.byId(mine) : [];
  const coming = known.filter((event) => isComing(event, clock.now()));
  const both = coming.find(({ id }) => theirs.includes(id));
  return both ? refused('both-registered', { event: both }) : coming.length;
}

function isComing({ endsAt, status }: Event, now: Date): boolean {
  return endsAt > now && status !== 'cancelled';
}

/** Does what a taken code stands for, as far as it is not done. */
async function finish(
  ports: Ports,
  { person }: LinkCode,
  { from, registrations }: NonNullable<LinkCode['use']>,
): Promise<Result<Joined, JoinRefusal>> {
  const clash = await unite(ports, from, person);
  return clash ? refused('both-registered', { event: clash }) : { ok: true, data: { registrations } };
}

/**
 * Makes one person of two. Others may be joining, or be joined by, either of them at the same time: it goes on
 * until both are met as one who has joined nobody. Returns an event that both have come to be registered for.
 */
async function unite(ports: Ports, from: string, into: string): Promise<Event | undefined> {
  const { people } = ports;
  const involved = new Set([from, into]);
  for (let round = 0; round < ROUNDS; round++) {
    const [guest, host] = await Promise.all([people.host(from), people.host(into)]);
    if (guest === host) {
      if (await gatherIn(ports, host, involved)) return undefined;
      continue;
    }
    for (const one of [guest, host]) involved.add(one);
    const clash = await moveAll(ports, guest, host);
    if (clash) return clash;
    await people.join(guest, host);
  }
  throw new Error(
    `expected to join person ${from} to ${into} within ${ROUNDS} rounds, received changes in each`,
  );
}

/** Brings to a host whatever is still with those who joined them. False: the host has joined somebody meanwhile. */
async function gatherIn(ports: Ports, host: string, involved: ReadonlySet<string>): Promise<boolean> {
  const { people } = ports;
  const before = await people.own({ id: host });
  if (before?.joined) {
    // Either it has joined somebody since, or all joined each other at once: then one stays, the same for everybody.
    if ((await people.host(host)) !== host) return false;
    await people.part(host, before.joined);
  }
  for (const one of involved) {
    if (one === host) continue;
    await people.rejoin(one, host);
    await moveAll(ports, one, host);
  }
  const members = await people.members(host);
  await people.adopt(
    host,
    members.flatMap(({ addresses }) => addresses),
    members.flatMap(({ shut }) => shut),
  );
  const [after, ...hosts] = await Promise.all([
    people.own({ id: host }),
    ...[...involved].map((one) => people.host(one)),
  ]);
  return after?.joined === undefined && hosts.every((one) => one === host);
}

/**
 * Brings what a person did while they were being joined to another over to that one. Returns who speaks for the
 * person now.
 */
export function bringOver(ports: Ports) {
  return async ({ person }: { person: string }): Promise<string> => {
    const host = await ports.people.host(person);
    if (host !== person) await moveAll(ports, person, host);
    return host;
  };
}

/** Moves the roles, and the registrations that are active. Returns an event still to come that both are registered for. */
async function moveAll(ports: Ports, from: string, into: string): Promise<Event | undefined> {
  await ports.grants.move(from, into);
  const theirs = await ports.registrations.byPerson([from]);
  for (const one of theirs.filter(isActive)) {
    if (await move(ports, one, into)) continue;
    const [event] = await ports.events.byId([one.event]);
    if (event && isComing(event, ports.clock.now())) return event;
  }
  return undefined;
}

/** Gives a registration to another person: its id, ticket and seats stay. False: that one has an active one for the event. */
async function move({ registrations }: Ports, one: Registration, into: string): Promise<boolean> {
  for (let known: Registration | undefined = one; known?.person === one.person && isActive(known); ) {
    const twin = await registrations.of(known.event, into);
    // Somebody else may have moved this very one meanwhile.
    if (twin?.id === one.id) return true;
    if (twin && isActive(twin)) return false;
    // There is one place for each event: what was cancelled gives way to what is active.
    if (twin) await registrations.save({ ...twin, person: `${into}#${twin.id}`, rev: twin.rev + 1 });
    if (await registrations.save({ ...known, person: into, rev: known.rev + 1 })) return true;
    [known] = await registrations.byId([one.id]);
  }
  return true;
}

export interface Unlinking {
  readonly conversation: string;
  /** Whom the account was found with when it was asked for: taking it off again is taking it off once. */
  readonly from: string;
}

export type UnlinkRefusal = 'nothing-linked' | 'first-account';

/** Takes an account off a person: it is somebody of their own again, and the registrations stay with the person. */
export function unlinkAccount({ people }: Ports) {
  return async ({ conversation, from }: Unlinking): Promise<Result<null, UnlinkRefusal>> => {
    const own = await people.own({ conversation });
    if (!own) return refused('nothing-linked');
    if (!own.joined && own.id === from)
      return refused((await people.members(own.id)).length > 0 ? 'first-account' : 'nothing-linked');
    const host = own.joined ? await people.host(own.id) : from;
    if (own.joined) await people.part(own.id, own.joined);
    await people.disown(host, own.addresses);
    return { ok: true, data: null };
  };
}
