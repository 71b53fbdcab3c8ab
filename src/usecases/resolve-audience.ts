import { type Audience, effectiveWhere, needsProjects, saysState } from '../domain/audience.ts';
import { matches, needsSeats } from '../domain/audience-match.ts';
import type { Event } from '../domain/event.ts';
import { fitting, type LaneKinds } from '../domain/lane.ts';
import { type Account, accountsReachable, type Person } from '../domain/person.ts';
import type { Project } from '../domain/project.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import type { Entry } from '../domain/seats.ts';
import { type Found, pageOf, type SourcePorts } from './audience-source.ts';
import type { People, SeatsStore } from './ports.ts';

interface Ports extends SourcePorts {
  readonly people: People;
  readonly seats: SeatsStore;
  /** Absent: every bot account is for everybody. */
  readonly laneKinds?: LaneKinds;
}

/** Somebody whom a notice goes to. */
export interface Recipient {
  /** Whoever speaks for them: the same id by whichever of their accounts they came. */
  readonly person: Person;
  readonly registration: Registration | null;
  /** The event of the registration, or of the project. */
  readonly event: Event | null;
  /** Where they would be written to; undefined: they cannot be reached. */
  readonly account: Account | undefined;
}

export interface Asked {
  /** Whose notice it is: an audience beyond this office throws, and tickets of another one are unknown. */
  readonly office: string;
  readonly audience: Audience;
  /**
   * Of the accounts that can be reached, those that suit the registration best come last, and the last one for which
   * this is true is taken before any other.
   */
  readonly prefer?: (account: Account, registration: Registration | null) => boolean;
}

export interface Recipients {
  readonly recipients: readonly Recipient[];
  /** Where the next batch begins; null: this was the last one. */
  readonly next: string | null;
  /** Tickets of this batch that belong to no event of the office. */
  readonly unknownTickets: readonly string[];
}

/**
 * A batch of an audience, from about `limit` registrations, grants or members of projects: it may be empty although others follow.
 * `''` is the first cursor, every other one is the `next` of the batch before. Somebody who is met again in another
 * batch, by another event or ticket, has the same person id there; within a batch each is met once, by the first
 * registration that the condition is true of.
 */
export function resolveAudience(ports: Ports) {
  return async (asked: Asked, cursor: string, limit: number): Promise<Recipients> => {
    const { office, audience } = asked;
    const { found, next, unknownTickets } = await pageOf(ports, office, audience.source, cursor, limit);
    return { recipients: await recipientsOf(ports, found, asked), next, unknownTickets };
  };
}

async function recipientsOf(
  ports: Ports,
  found: readonly Found[],
  { audience, prefer }: Asked,
): Promise<Recipient[]> {
  const where = effectiveWhere(audience);
  const ofMembers = audience.source.kind === 'members';
  const [people, seats] = await Promise.all([
    hostsOf(ports, found),
    needsSeats(where) ? entriesOf(ports, found) : undefined,
  ]);
  const projects =
    ofMembers || needsProjects(where) ? await projectsOf(ports, [...people.values()]) : undefined;
  const recipients = new Map<string, Recipient>();
  for (const { person: id, registration: held, event } of found) {
    const person = people.get(id);
    if (!person || recipients.has(person.id)) continue;
    const registration = ofMembers && !saysState(where) && held && !isActive(held) ? null : held;
    const own = (projects?.get(person.id) ?? []).filter((one) => one.event === event?.id);
    if (ofMembers && !registration && own.length === 0) continue;
    const recipient = {
      person,
      registration,
      event,
      account: accountFor(ports, person, registration, prefer),
    };
    const entries = (registration && seats?.get(registration.id)) ?? [];
    if (matches(where, { ...recipient, seats: entries, projects: own })) recipients.set(person.id, recipient);
  }
  return [...recipients.values()];
}

/** Who speaks for everybody found, by the id that they were found under. */
async function hostsOf({ people }: Ports, found: readonly Found[]): Promise<ReadonlyMap<string, Person>> {
  const ids = [...new Set(found.map(({ person }) => person))];
  const hosts = await Promise.all(ids.map((id) => people.host(id)));
  const known = new Map((await people.byId([...new Set(hosts)])).map((person) => [person.id, person]));
  return new Map(
    ids.flatMap((id, i) => {
      const host = known.get(hosts[i] ?? id);
      return host ? [[id, host] as const] : [];
    }),
  );
}

/** The projects of some people, by person. */
async function projectsOf(
  { projects }: Pick<Ports, 'projects'>,
  people: readonly Person[],
): Promise<ReadonlyMap<string, readonly Project[]>> {
  const wanted = new Map<string, Project[]>(people.map(({ id }) => [id, []]));
  for (const project of await projects.ofPeople([...wanted.keys()]))
    for (const { person } of project.members) wanted.get(person)?.push(project);
  return wanted;
}

/** The seats of everybody found, by registration: each event's are loaded once. */
async function entriesOf(
  { seats }: Ports,
  found: readonly Found[],
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const events = new Set(found.flatMap(({ event }) => event?.id ?? []));
  const wanted = new Map<string, Entry[]>(
    found.flatMap((one) => (one.registration ? [[one.registration.id, []]] : [])),
  );
  for (const { entries } of events.size > 0 ? await seats.load([...events]) : [])
    for (const entry of entries) wanted.get(entry.registration)?.push(entry);
  return wanted;
}

function accountFor(
  { laneKinds }: Pick<Ports, 'laneKinds'>,
  person: Person,
  registration: Registration | null,
  prefer: Asked['prefer'],
): Account | undefined {
  const reachable = fitting(accountsReachable(person), registration?.details.kind, laneKinds);
  return reachable.findLast((account) => prefer?.(account, registration)) ?? reachable.at(-1);
}
