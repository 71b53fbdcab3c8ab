import type { Source } from '../domain/audience.ts';
import type { Event } from '../domain/event.ts';
import type { Registration } from '../domain/registration.ts';
import type { Events, Grants, Projects, Registrations } from './ports.ts';

export interface SourcePorts {
  readonly events: Events;
  readonly registrations: Registrations;
  readonly grants: Grants;
  readonly projects: Projects;
}

/** Somebody of a source, by the id that they are known under there. */
export interface Found {
  readonly person: string;
  readonly registration: Registration | null;
  readonly event: Event | null;
}

export interface SourcePage {
  readonly found: readonly Found[];
  /** Where the next page begins; null: this was the last one. */
  readonly next: string | null;
  /** Tickets of this page that belong to no event of the office. */
  readonly unknownTickets: readonly string[];
}

/**
 * A page of a source as one office may see it: `''` is the first cursor, every other one is the `next` of the page
 * before. A page may be shorter than `limit`, and empty, although others follow.
 */
export function pageOf(
  ports: SourcePorts,
  office: string,
  source: Source,
  cursor: string,
  limit: number,
): Promise<SourcePage> {
  if (source.kind === 'event') return pageOfEvent(ports, office, source.event, cursor, limit);
  if (source.kind === 'members') return pageOfMembers(ports, office, source.event, cursor, limit);
  if (source.kind === 'tickets') return pageOfTickets(ports, office, source.tickets, cursor, limit);
  if (source.office !== office) throw foreign(office, `the office ${source.office}`);
  if (source.kind === 'office') return pageOfOffice(ports, office, cursor, limit);
  return pageOfRoles(ports, office, source.roles, cursor, limit);
}

async function pageOfEvent(
  ports: SourcePorts,
  office: string,
  id: string,
  after: string,
  limit: number,
): Promise<SourcePage> {
  const [event] = await ports.events.byId([id]);
  if (event?.office !== office) throw foreign(office, `the event ${id}`);
  const page = await ports.registrations.ofEvent(id, after, limit);
  return { found: page.map(guestOf(event)), next: nextAfter(page, limit), unknownTickets: [] };
}

/** What the cursor of the teams begins with; the others are of the guests, who come first. */
const TEAMS = 'teams:';
/** Of so many people one page of projects is about, in teams of the usual size. */
const TEAM_SIZE = 5;

async function pageOfMembers(
  ports: SourcePorts,
  office: string,
  id: string,
  cursor: string,
  limit: number,
): Promise<SourcePage> {
  if (!cursor.startsWith(TEAMS)) {
    const guests = await pageOfEvent(ports, office, id, cursor, limit);
    return { ...guests, next: guests.next ?? `${TEAMS}0` };
  }
  const [event] = await ports.events.byId([id]);
  if (event?.office !== office) throw foreign(office, `the event ${id}`);
  const size = Math.max(1, Math.floor(limit / TEAM_SIZE));
  const page = await ports.projects.ofEvent(id, Number(cursor.slice(TEAMS.length)), size);
  const people = [...new Set(page.flatMap(({ members }) => members.map(({ person }) => person)))];
  const held = people.length > 0 ? await ports.registrations.byPerson(people) : [];
  const own = new Map(held.filter((one) => one.event === id).map((one) => [one.person, one]));
  return {
    found: people.map((person) => ({ person, registration: own.get(person) ?? null, event })),
    next: page.length < size ? null : `${TEAMS}${page.at(-1)?.number}`,
    unknownTickets: [],
  };
}

/** Divides a cursor within an office, `CODE/ID`: the event, and the registration after which to go on. */
const BETWEEN = '/';

/** Event by event, in order of code: one page never holds guests of two. */
async function pageOfOffice(
  ports: SourcePorts,
  office: string,
  cursor: string,
  limit: number,
): Promise<SourcePage> {
  const end = cursor.indexOf(BETWEEN);
  const after = cursor.slice(end + BETWEEN.length);
  const event =
    cursor === ''
      ? (await ports.events.ofOffice(office, '', 1))[0]
      : (await ports.events.byCode(office, cursor.slice(0, end)))?.event;
  if (!event) return { found: [], next: null, unknownTickets: [] };
  const page = await ports.registrations.ofEvent(event.id, after, limit);
  const last = nextAfter(page, limit);
  const next = last === null ? await followingEvent(ports, event) : `${event.code}${BETWEEN}${last}`;
  return { found: page.map(guestOf(event)), next, unknownTickets: [] };
}

async function followingEvent({ events }: SourcePorts, { office, code }: Event): Promise<string | null> {
  const [following] = await events.ofOffice(office, code, 1);
  return following ? `${following.code}${BETWEEN}` : null;
}

/** The cursor counts the tickets that are done. */
async function pageOfTickets(
  ports: SourcePorts,
  office: string,
  tickets: readonly string[],
  cursor: string,
  limit: number,
): Promise<SourcePage> {
  const wanted = [...new Set(tickets)];
  const from = Number(cursor);
  const part = wanted.slice(from, from + limit);
  const held = await ports.registrations.byTickets(part);
  const events = await ports.events.byId([...new Set(held.map(({ event }) => event))]);
  const own = new Map(events.filter((one) => one.office === office).map((one) => [one.id, one]));
  const found = held.flatMap((registration) => {
    const event = own.get(registration.event);
    return event ? [guestOf(event)(registration)] : [];
  });
  const known = new Set(found.map(({ registration }) => registration.ticket));
  return {
    found,
    next: from + limit < wanted.length ? String(from + limit) : null,
    unknownTickets: part.filter((ticket) => !known.has(ticket)),
  };
}

async function pageOfRoles(
  { grants }: SourcePorts,
  office: string,
  roles: Extract<Source, { kind: 'roles' }>['roles'],
  after: string,
  limit: number,
): Promise<SourcePage> {
  const page = await grants.inOffice(office, roles, after, limit);
  const found = page.map(({ person }) => ({ person, registration: null, event: null }));
  return { found, next: nextAfter(page, limit), unknownTickets: [] };
}

function guestOf(event: Event) {
  return (registration: Registration) => ({ person: registration.person, registration, event });
}

/** A full page may have another one behind it: its last id is where that one begins. */
function nextAfter(page: readonly { readonly id: string }[], limit: number): string | null {
  return page.length < limit ? null : (page.at(-1)?.id ?? null);
}

function foreign(office: string, received: string): Error {
  return new Error(
    `expected an audience of the office ${office}, received ${received}: check whose it is before it is stored`,
  );
}
