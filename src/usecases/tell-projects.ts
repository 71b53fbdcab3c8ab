import { type Delivery, type Letter, newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Person } from '../domain/person.ts';
import { type Project, publishedDecision, type Telling } from '../domain/project.ts';
import type { Hold } from '../domain/project-hold.ts';
import { DAY } from '../domain/time.ts';
import { changeProject } from './change-project.ts';
import { planOwnDeadline } from './plan-reminders.ts';
import type { Clock, Deliveries, Events, Grants, Letters, Occasions, People, Projects } from './ports.ts';

export interface TellPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly people: People;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly deliveries: Deliveries;
  readonly occasions: Occasions;
  readonly letters: Letters;
}

const LIVES = 7 * DAY;
const AT_ONCE = 200;

/**
 * Writes the letters that are still to be written about projects: of those that are given, or of whichever the store
 * knows. Interrupted, it is done again: rows have the id of what they tell, and only then is it noted that they are
 * written. Returns how many projects it told of.
 */
export function tellProjects(ports: TellPorts) {
  return async (given?: readonly Project[]): Promise<number> => {
    const projects = given ?? (await ports.projects.telling(AT_ONCE));
    const events = await ports.events.byId([...new Set(projects.map(({ event }) => event))]);
    const eventOf = new Map(events.map((event) => [event.id, event]));
    const organizers = new Map<string, readonly string[]>();
    for (const event of events)
      if (projects.some((one) => one.event === event.id && one.telling?.includes('declined')))
        organizers.set(event.id, await organizersOf(ports, event));
    const readers = projects.flatMap((one) => [
      ...one.members.map(({ person }) => person),
      ...(organizers.get(one.event) ?? []),
    ]);
    const people = await ports.people.byId([...new Set(readers)]);
    const personOf = new Map(people.map((person) => [person.id, person]));
    const rows = projects.flatMap((project) => {
      const event = eventOf.get(project.event);
      const known = (ids: readonly string[]) => ids.flatMap((id) => personOf.get(id) ?? []);
      const team = known(project.members.map(({ person }) => person));
      const office = known(organizers.get(project.event) ?? []);
      return event
        ? (project.telling ?? []).flatMap((what) => rowsOf(ports, what, project, event, { team, office }))
        : [];
    });
    await ports.deliveries.add(rows);
    await remindOfOwn(ports, projects, eventOf);
    await Promise.all(projects.map((project) => noteTold(ports, project)));
    return projects.length;
  };
}

/** Plans the reminders of projects that can be changed for longer than the others. */
async function remindOfOwn(
  ports: TellPorts,
  projects: readonly Project[],
  eventOf: ReadonlyMap<string, Event>,
): Promise<void> {
  for (const { id, rev, state, extendedUntil, event: of } of projects) {
    const event = eventOf.get(of);
    if (event && extendedUntil && state === 'changes-requested')
      await planOwnDeadline(ports)(event, extendedUntil, `${id}/${rev}`);
  }
}

/** What was told of the project as it was read is told; what came since is left. */
async function noteTold(ports: TellPorts, told: Project): Promise<void> {
  await changeProject(ports.projects, told.id, (one) => {
    const isSame = (what: Telling): boolean =>
      what === 'decision'
        ? publishedDecision(one)?.number === publishedDecision(told)?.number
        : one.slot?.at.getTime() === told.slot?.at.getTime() && one.slot?.state === told.slot?.state;
    const left = (one.telling ?? []).filter((what) => !(told.telling?.includes(what) && isSame(what)));
    return left.length === (one.telling ?? []).length ? one : { ...one, telling: left, rev: one.rev + 1 };
  });
}

interface Readers {
  readonly team: readonly Person[];
  readonly office: readonly Person[];
}

function rowsOf(
  ports: TellPorts,
  what: Telling,
  project: Project,
  event: Event,
  { team, office }: Readers,
): Delivery[] {
  const { letters, clock } = ports;
  const now = clock.now();
  const row = (
    id: string,
    hold: Hold | null,
    { lang, id: person }: Person,
    write: (lang: Person['lang']) => Letter,
  ) =>
    newDelivery({
      id: `${id}/${person}`,
      person,
      kind: 'own',
      event: event.id,
      hold,
      letter: write(lang),
      notBefore: now,
      expiresAt: new Date(now.getTime() + LIVES),
    });
  const { id, slot } = project;
  if (what === 'decision') {
    const number = publishedDecision(project)?.number;
    if (number === undefined) return [];
    const hold: Hold = { project: id, still: 'decided', decision: number };
    return team.map((one) =>
      row(`decision/${id}/${number}`, hold, one, (lang) => letters.decision(project, event, lang)),
    );
  }
  if (!slot) return [];
  const told = `${id}/${slot.track}-${slot.place}-${slot.at.getTime()}`;
  if (what === 'declined')
    return office.map((one) =>
      row(`declined/${told}`, null, one, (lang) => letters.slotDeclined(project, event, lang)),
    );
  const hold: Hold = { project: id, still: 'placed', track: slot.track, place: slot.place };
  return team.map((one) => row(`slot/${told}`, hold, one, (lang) => letters.slot(project, event, lang)));
}

const BATCH = 500;

/** Who organizes an event: those of its office, or else the owners of the house. */
async function organizersOf({ grants }: TellPorts, { office }: Event): Promise<readonly string[]> {
  const found = await grants.inOffice(office, ['organizer'], '', BATCH);
  const own = found.filter(({ role }) => role === 'organizer').map(({ person }) => person);
  if (own.length > 0) return [...new Set(own)];
  const owners = (await grants.standing()).filter(({ role }) => role === 'owner');
  return [...new Set(owners.map(({ person }) => person))];
}
