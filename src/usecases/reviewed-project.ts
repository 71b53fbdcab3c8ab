import { type Grant, organizes } from '../domain/access.ts';
import type { Call } from '../domain/call.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import { reviewsIn, reviewsProject, standsBack } from '../domain/review.ts';
import { type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface FindPorts {
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
}

export type CallingEvent = Event & { readonly call: Call };

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
  const calling = found.flatMap((one) =>
    one.call && reviewsIn(held, one) ? [{ ...one, call: one.call }] : [],
  );
  return { events: calling.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()), grants: held };
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

const BATCH = 500;

/** Every project of an event, in order of number. */
export async function allProjects(
  { projects }: Pick<FindPorts, 'projects'>,
  event: string,
): Promise<Project[]> {
  const all: Project[] = [];
  for (;;) {
    const batch = await projects.ofEvent(event, all.at(-1)?.number ?? 0, BATCH);
    all.push(...batch);
    if (batch.length < BATCH) return all;
  }
}

/**
 * Changes a project as one atomic act; `change` is called again after a conflict, and leaves it as it is by giving
 * back what it got. undefined: it does not want to, or there is none.
 */
export async function changeProject(
  { projects }: Pick<FindPorts, 'projects'>,
  id: string,
  change: (project: Project) => Project | undefined,
): Promise<Project | undefined> {
  for (;;) {
    const [project] = await projects.byId([id]);
    const next = project && change(project);
    if (!next || next === project || (await projects.save(next))) return next;
  }
}
