import { type Grant, organizes } from '../domain/access.ts';
import { type CallingEvent, calling } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import { reviewsIn, reviewsProject, standsBack } from '../domain/review.ts';
import { type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface FindPorts {
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
}

/** A project as its reviewers name it. */
export interface Naming {
  readonly person: string;
  /** null: whichever live event has one of this number that the person reviews. */
  readonly event: string | null;
  readonly number: number;
}

export interface Reviewed {
  readonly event: CallingEvent;
  readonly project: Project;
  readonly isOrganizer: boolean;
}

export type FindRefusal = 'no-reviewer' | 'unknown-project' | 'which-event';

/** Events with a call for projects that somebody reviews: a certain one, or all that are live. */
export async function reviewedEvents(
  { events, grants }: Pick<FindPorts, 'events' | 'grants'>,
  person: string,
  event: string | null,
): Promise<{ readonly events: readonly CallingEvent[]; readonly grants: readonly Grant[] }> {
  const [held, found] = await Promise.all([
    grants.of([person]),
    event === null ? events.live() : events.byId([event]),
  ]);
  const own = found.filter((one) => reviewsIn(held, one)).flatMap((one) => calling(one) ?? []);
  return { events: own.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()), grants: held };
}

/** The project that a reviewer means. One that is not theirs to see is as unknown to them as one that is not there. */
export async function findReviewed(ports: FindPorts, naming: Naming): Promise<Result<Reviewed, FindRefusal>> {
  const { events, grants } = await reviewedEvents(ports, naming.person, naming.event);
  if (events.length === 0) return refused('no-reviewer');
  const found = await Promise.all(
    events.map(async (event) => {
      const project = await ports.projects.byNumber(event.id, naming.number);
      const isOrganizer = organizes(grants, event.office);
      return project && reviewsProject(grants, event, project) ? [{ event, project, isOrganizer }] : [];
    }),
  );
  const [first, ...more] = found.flat();
  if (!first) return refused('unknown-project');
  if (more.length === 0) return { ok: true, data: first };
  return refused(
    'which-event',
    [first, ...more].map(({ event }) => event),
  );
}

/** The same, of somebody who does not stand back from it: who does neither reads on nor decides. */
export async function findToDecide(
  ports: FindPorts,
  naming: Naming,
): Promise<Result<Reviewed, FindRefusal | 'conflict'>> {
  const found = await findReviewed(ports, naming);
  return found.ok && standsBack(found.data.project, naming.person) ? refused('conflict') : found;
}

/** The same, of who organizes the event. */
export async function findOrganized(
  ports: FindPorts,
  naming: Naming,
): Promise<Result<Reviewed, FindRefusal | 'not-allowed'>> {
  const found = await findReviewed(ports, naming);
  return found.ok && !found.data.isOrganizer ? refused('not-allowed') : found;
}
