import type { Event } from '../domain/event.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { bringProjects } from './bring-projects.ts';
import {
  type Clock,
  type Events,
  type Grants,
  type People,
  type Projects,
  type Registrations,
  type Result,
  refused,
} from './ports.ts';

export interface JoiningPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly people: People;
  readonly grants: Grants;
  readonly projects: Projects;
}

const ROUNDS = 20;

/**
 * How many registrations for what is still to come a person brings; refused where both are registered for the
 * same event. What is over stands in nobody's way, as nobody could cancel it.
 */
export async function meeting(
  { registrations, events, clock }: JoiningPorts,
  from: string,
  into: string,
): Promise<number | Result<never, 'both-registered'>> {
  const active = (await registrations.byPerson([from, into])).filter(isActive);
  const eventsOf = (person: string) =>
    active.filter((one) => one.person === person).map(({ event }) => event);
  const [mine, theirs] = [eventsOf(from), eventsOf(into)];
  const known = mine.length > 0 ? await events.byId(mine) : [];
  const coming = known.filter((event) => isComing(event, clock.now()));
  const both = coming.find(({ id }) => theirs.includes(id));
  return both ? refused('both-registered', { event: both }) : coming.length;
}

/** Whether an event is still to come, or under way. */
export function isComing({ endsAt, status }: Event, now: Date): boolean {
  return endsAt > now && status !== 'cancelled';
}

/**
 * Makes one person of two. Others may be joining, or be joined by, either of them at the same time: it goes on
 * until both are met as one who has joined nobody. Returns an event that both have come to be registered for.
 */
export async function unite(ports: JoiningPorts, from: string, into: string): Promise<Event | undefined> {
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
async function gatherIn(ports: JoiningPorts, host: string, involved: ReadonlySet<string>): Promise<boolean> {
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
export function bringOver(ports: JoiningPorts) {
  return async ({ person }: { person: string }): Promise<string> => {
    const host = await ports.people.host(person);
    if (host !== person) await moveAll(ports, person, host);
    return host;
  };
}

/** Moves the roles, the projects, and the registrations that are active. Returns an event still to come that both are registered for. */
async function moveAll(ports: JoiningPorts, from: string, into: string): Promise<Event | undefined> {
  await ports.grants.move(from, into);
  await bringProjects(ports, from, into);
  const theirs = await ports.registrations.byPerson([from]);
  for (const one of theirs.filter(isActive)) {
    if (await move(ports, one, into)) continue;
    const [event] = await ports.events.byId([one.event]);
    if (event && isComing(event, ports.clock.now())) return event;
  }
  return undefined;
}

/** Gives a registration to another person: its id, ticket and seats stay. False: that one has an active one for the event. */
async function move({ registrations }: JoiningPorts, one: Registration, into: string): Promise<boolean> {
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
