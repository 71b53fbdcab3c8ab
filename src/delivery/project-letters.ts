import { type Delivery, type DeliveryState, OPEN_STATES } from '../domain/delivery.ts';
import { isMember, type Project } from '../domain/project.ts';
import { type Hold, holds } from '../domain/project-hold.ts';
import type { Deliveries, Events, People, Projects } from '../usecases/ports.ts';

interface Ports {
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly projects: Projects;
  readonly events: Events;
}

interface Held {
  readonly row: Delivery;
  readonly hold: Hold;
  readonly project: Project | undefined;
  /** Who is a member now for whom the letter was written to. */
  readonly person: string;
}

export interface ProjectLetters {
  /** Ids of rows that tell what is no longer so. */
  readonly outdated: ReadonlySet<string>;
  /** Ids of rows whose reader has joined somebody who gets, or has got, the same letter. */
  readonly doubled: ReadonlySet<string>;
}

/**
 * Looks at letters about projects just before they are sent. One that was written to somebody who has joined
 * another member of the house since is that one's now.
 */
export async function projectLetters(
  ports: Ports,
  rows: readonly Delivery[],
  now: Date,
): Promise<ProjectLetters> {
  const held = await heldOf(ports, rows);
  if (held.length === 0) return { outdated: new Set(), doubled: new Set() };
  const ids = [...new Set(held.flatMap(({ project }) => project?.event ?? []))];
  const events = new Map((await ports.events.byId(ids)).map((event) => [event.id, event]));
  const isSo = ({ hold, project, person }: Held): boolean => {
    const event = events.get(project?.event ?? '');
    return project !== undefined && event !== undefined && holds(hold, project, event, person, now);
  };
  return {
    outdated: new Set(held.filter((one) => !isSo(one)).map(({ row }) => row.id)),
    doubled: await doubledOf(ports, held),
  };
}

async function heldOf({ projects, people }: Ports, rows: readonly Delivery[]): Promise<readonly Held[]> {
  const held = rows.flatMap((row) => (row.hold && !('run' in row.hold) ? [{ row, hold: row.hold }] : []));
  if (held.length === 0) return [];
  const found = await projects.byId([...new Set(held.map(({ hold }) => hold.project))]);
  const projectOf = new Map(found.map((project) => [project.id, project]));
  return Promise.all(
    held.map(async (one) => {
      const project = projectOf.get(one.hold.project);
      const { person } = one.row;
      const isTheirs = project === undefined || isMember(project, person);
      return { ...one, project, person: isTheirs ? person : await people.host(person) };
    }),
  );
}

/** Of such a row something will arrive, or may have. */
const THERE: readonly DeliveryState[] = [...OPEN_STATES, 'sent', 'unknown'];

/** Ids of letters to members of a project end with whom they are for. */
async function doubledOf({ deliveries }: Ports, held: readonly Held[]): Promise<ReadonlySet<string>> {
  const twins = held.flatMap(({ row, person }) =>
    person !== row.person && row.id.endsWith(`/${row.person}`)
      ? [{ row, twin: `${row.id.slice(0, -row.person.length)}${person}` }]
      : [],
  );
  if (twins.length === 0) return new Set();
  const known = new Map((await deliveries.byId(twins.map(({ twin }) => twin))).map((one) => [one.id, one]));
  const isThere = (id: string) => THERE.includes(known.get(id)?.state ?? 'failed');
  return new Set(twins.filter(({ twin }) => isThere(twin)).map(({ row }) => row.id));
}
