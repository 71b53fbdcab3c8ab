import { newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { entryOf, isInManual, type ManualEntry } from '../domain/manual.ts';
import type { Project } from '../domain/project.ts';
import { DAY } from '../domain/time.ts';
import type { Visitor } from './manual-ports.ts';
import {
  type Clock,
  type Deliveries,
  type Events,
  type Letters,
  type Links,
  type People,
  type Projects,
  type Result,
  refused,
} from './ports.ts';

export interface MeetPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly projects: Projects;
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly links: Links;
}

/** Teams that one person may write to within a day. */
const A_DAY = 10;
const WORTH_TELLING = 14 * DAY;

export type MeetRefusal = 'unknown-project' | 'already' | 'own' | 'too-many' | 'nobody';

/** A project as everybody may see it. */
export interface PublicProject {
  readonly event: Event;
  readonly entry: ManualEntry;
}

interface Wanted {
  readonly event: string;
  readonly number: number;
}

/** A project of the manual; one that is not in it is not told of. */
export function showProject(ports: Pick<MeetPorts, 'events' | 'projects'>) {
  return async (wanted: Wanted): Promise<Result<PublicProject, 'unknown-project'>> => {
    const found = await find(ports, wanted);
    return found
      ? { ok: true, data: { event: found.event, entry: entryOf(found.event, found.project) } }
      : refused('unknown-project');
  };
}

async function find(
  { events, projects }: Pick<MeetPorts, 'events' | 'projects'>,
  wanted: Wanted,
): Promise<{ event: Event; project: Project } | undefined> {
  const [[event], project] = await Promise.all([
    events.byId([wanted.event]),
    projects.byNumber(wanted.event, wanted.number),
  ]);
  return event?.call && project && isInManual(project) ? { event, project } : undefined;
}

/** Hands what somebody tells of themselves to a team that they want to meet: once for each team, and to ten a day. */
export function meetTeam(ports: MeetPorts) {
  return async (
    input: Wanted & { readonly person: string; readonly visitor: Visitor; readonly effect: string },
  ): Promise<Result<PublicProject, MeetRefusal>> => {
    const { people, deliveries, letters, clock, links } = ports;
    const found = await find(ports, input);
    if (!found) return refused('unknown-project');
    const { event, project } = found;
    const person = await people.host(input.person);
    const members = await people.byId(project.members.map((one) => one.person));
    if (members.some(({ id }) => id === person)) return refused('own');
    if (members.length === 0) return refused('nobody');
    const entry = entryOf(event, project);
    const now = clock.now();
    const until = new Date(now.getTime() + DAY);
    const window = { now, until, limit: A_DAY };
    const rows = members.map((member) =>
      newDelivery({
        id: `meet/${project.id}/${person}/${member.id}`,
        person: member.id,
        kind: 'own',
        event: event.id,
        hold: { project: project.id, still: 'member' },
        letter: letters.meeting(input.visitor, entry, event, member.lang),
        notBefore: now,
        expiresAt: new Date(now.getTime() + WORTH_TELLING),
      }),
    );
    const known = await deliveries.byId(rows.map(({ id }) => id));
    if (known.length > 0) {
      // Whoever the first attempt did not come to hears of it now.
      await deliveries.add(rows);
      return refused('already', { event, entry });
    }
    const { place } = await links.countTry(`meet/${person}`, input.effect, window);
    if (place > A_DAY) return refused('too-many');
    await deliveries.add(rows);
    return { ok: true, data: { event, entry } };
  };
}
