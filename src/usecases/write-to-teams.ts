import { type Delivery, newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import type { Hold } from '../domain/project-hold.ts';
import type { Lang } from '../text/text.ts';
import type { Deliveries, Letters, People } from './ports.ts';

/** What a team is told about its deadline. */
export const DEADLINE_NEWS = [
  'deadline',
  'deadline-moved',
  'chased',
  'extended',
  'reopened',
  'closed',
] as const;
export type DeadlineNews = (typeof DEADLINE_NEWS)[number];

export interface TeamPorts {
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

/** `about`: what the ids of the rows begin with, `ABOUT/PROJECT/PERSON`. */
type About = Pick<Delivery, 'notBefore' | 'expiresAt'> &
  Partial<Pick<Delivery, 'occasion' | 'state' | 'cause'>> & {
    readonly news: DeadlineNews;
    readonly about: string;
  };

/**
 * Writes a letter about their deadline to every member of some projects of an event, each in their language. Rows
 * that are there already are left as they are. Returns how many people it is for.
 */
export async function writeToTeams(
  { people, deliveries, letters }: TeamPorts,
  event: Event,
  projects: readonly Project[],
  holdOf: (project: Project) => Hold,
  { news, about, ...given }: About,
): Promise<number> {
  const ids = [...new Set(projects.flatMap(({ members }) => members.map(({ person }) => person)))];
  if (ids.length === 0) return 0;
  const langOf = new Map<string, Lang>((await people.byId(ids)).map(({ id, lang }) => [id, lang]));
  const rows = projects.flatMap((project) =>
    project.members.map(({ person }) =>
      newDelivery({
        ...given,
        id: `${about}/${project.id}/${person}`,
        person,
        kind: 'own',
        event: event.id,
        hold: holdOf(project),
        letter: letters.aboutDeadline(news, project, event, langOf.get(person) ?? event.languages[0] ?? 'zh'),
      }),
    ),
  );
  await deliveries.add(rows);
  return ids.length;
}
