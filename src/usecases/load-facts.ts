import { type Grant, holdsRole, organizes } from '../domain/access.ts';
import { closedBecause, type Event } from '../domain/event.ts';
import type { Person } from '../domain/person.ts';
import { isMember, type Project } from '../domain/project.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { type Entry, hasLimit, position, type Seats } from '../domain/seats.ts';
import type { Template } from '../domain/template.ts';
import type { TrackRun } from '../domain/track-run.ts';
import type { Clock, Events, Grants, Projects, Registrations, SeatsStore, Templates } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';

export interface EventFacts {
  readonly event: Event;
  /** Seats taken by pool. */
  readonly taken: Readonly<Record<string, number>>;
  /** Why nobody can register; undefined: they can. */
  readonly closed: ReturnType<typeof closedBecause>;
}

export interface MyRegistration {
  readonly registration: Registration;
  readonly event: Event;
  /** This registration's seats, with the place of those that wait. */
  readonly entries: readonly (Entry & { readonly position: number | undefined })[];
}

export interface MyProject {
  readonly project: Project;
  readonly event: Event;
}

/** What a conversation may look at in one turn. */
export interface Facts {
  readonly now: Date;
  readonly person: Person;
  /** Live events, the next one first. */
  readonly events: readonly EventFacts[];
  /** The person's own, active ones and past ones, of events that are known. */
  readonly registrations: readonly MyRegistration[];
  /** Those that the person is a member of, of events that are known, the oldest first. */
  readonly projects: readonly MyProject[];
  /** Roles of the person. */
  readonly grants: readonly Grant[];
  /** The days of the tracks of live events. */
  readonly runs: readonly TrackRun[];
  /** Texts kept by the offices whose live events the person organizes. */
  readonly templates: readonly Template[];
  /** The days of the tracks in the live events that the person judges in. */
  readonly judged: readonly TrackRun[];
}

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly runs: Runs;
  readonly templates: Templates;
}

const NOBODY: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map();

/** Facts for many people at once, in the order of the people. */
export function loadFacts(ports: Ports) {
  return async (people: readonly Person[]): Promise<Facts[]> => {
    const ids = people.map(({ id }) => id);
    const [live, mine, grants, projects] = await Promise.all([
      ports.events.live(),
      ports.registrations.byPerson(ids),
      ports.grants.of(ids),
      ports.projects.ofPeople(ids),
    ]);
    const liveIds = new Set(live.map(({ id }) => id));
    const counted = live.filter(hasLimit).map(({ id }) => id);
    const others = [...new Set([...mine, ...projects].map(({ event }) => event))].filter(
      (id) => !liveIds.has(id),
    );
    const waiting = mine
      .filter((one) => isActive(one) && one.details.attendance === 'onsite')
      .map(({ event }) => event);
    const shown = live.flatMap(({ id, call }) => (call && call.tracks.length > 0 ? [id] : []));
    const offices = [...new Set(live.map(({ office }) => office))].filter((one) => organizes(grants, one));
    const [past, taken, seats, templates, runs] = await Promise.all([
      others.length > 0 ? ports.events.byId(others) : [],
      counted.length > 0 ? ports.seats.taken(counted) : NOBODY,
      waiting.length > 0 ? ports.seats.load([...new Set(waiting)]) : [],
      offices.length > 0 ? ports.templates.byOffice(offices) : [],
      shown.length > 0 ? ports.runs.ofEvents(shown) : [],
    ]);
    const now = ports.clock.now();
    const events = live
      .map((event) => ({ event, taken: taken.get(event.id) ?? {}, closed: closedBecause(event, now) }))
      .sort((a, b) => a.event.startsAt.getTime() - b.event.startsAt.getTime());
    const known = new Map([...live, ...past].map((event) => [event.id, event]));
    const seatsOf = new Map(seats.map((one) => [one.event, one]));
    return people.map((person) => ({
      now,
      person,
      events,
      runs,
      ...accessOf(person.id, grants, templates, runs),
      projects: projects
        .filter((one) => isMember(one, person.id))
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
        .flatMap((project) => {
          const event = known.get(project.event);
          return event ? [{ project, event }] : [];
        }),
      registrations: mine
        .filter((one) => one.person === person.id)
        .flatMap((registration) => {
          const event = known.get(registration.event);
          return event
            ? [{ registration, event, entries: entriesOf(registration, seatsOf.get(event.id)) }]
            : [];
        }),
    }));
  };
}

/** What somebody may do, and what they may see by that. */
function accessOf(
  person: string,
  all: readonly Grant[],
  templates: readonly Template[],
  runs: readonly TrackRun[],
): Pick<Facts, 'grants' | 'templates' | 'judged'> {
  const grants = all.filter((one) => one.person === person);
  return {
    grants,
    templates: templates.filter(({ office }) => organizes(grants, office)),
    judged: runs.filter(({ event, track }) => holdsRole(grants, 'judge', { id: event }, [track])),
  };
}

/** The entries of one registration, each with its place. */
export function entriesOf(registration: Registration, seats: Seats | undefined): MyRegistration['entries'] {
  if (!seats) return [];
  return seats.entries
    .filter((entry) => entry.registration === registration.id)
    .map((entry) => ({ ...entry, position: position(seats, registration.id, entry.pool) }));
}
