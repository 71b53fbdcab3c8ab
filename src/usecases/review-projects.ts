import { type Grant, organizes, type Role } from '../domain/access.ts';
import type { CallingEvent } from '../domain/event.ts';
import { type Project, type ProjectState, pendingDecision, wordsOf } from '../domain/project.ts';
import {
  isLeftAlone,
  isSameOrganization,
  namesOrganization,
  partsOf,
  reviewsProject,
  standsBack,
  waits,
} from '../domain/review.ts';
import { type Registrations, type Result, refused } from './ports.ts';
import {
  type FindPorts,
  type FindRefusal,
  findToDecide,
  type Naming,
  type Reviewed,
  reviewedEvents,
} from './reviewed-project.ts';
import { allProjects } from './walk-projects.ts';

export const PAGE = 10;

export interface ReviewPorts extends FindPorts {
  readonly registrations: Registrations;
}

/** How the projects of an event stand, as far as somebody reviews them. */
export interface Standing {
  readonly event: CallingEvent;
  readonly isOrganizer: boolean;
  readonly waiting: readonly Project[];
  readonly pending: number;
  readonly counts: Readonly<Partial<Record<ProjectState, number>>>;
  /** Projects that every reviewer stands back from; organizers alone are told. */
  readonly leftAlone: readonly Project[];
}

export interface Waiting extends Standing {
  /** The field or track that was asked for. */
  readonly part: string | null;
  /** From 0. */
  readonly page: number;
}

/** How an event stands for a person. What they stand back from is not in it. */
async function standingIn(
  ports: FindPorts,
  person: string,
  grants: readonly Grant[],
  event: CallingEvent,
  part: string | null,
): Promise<Standing> {
  const isOrganizer = organizes(grants, event.office);
  const all = await allProjects(ports.projects, event.id);
  const own = all.filter(
    (one) =>
      reviewsProject(grants, event, one) &&
      !standsBack(one, person) &&
      (part === null || partsOf(one).includes(part)),
  );
  const counts: Partial<Record<ProjectState, number>> = {};
  for (const { state } of own) counts[state] = (counts[state] ?? 0) + 1;
  const reviewers =
    isOrganizer && all.some(({ conflicts }) => conflicts.length > 0) ? await reviewersOf(ports, event) : [];
  return {
    event,
    isOrganizer,
    waiting: own.filter(waits),
    pending: own.filter((one) => pendingDecision(one)).length,
    counts,
    leftAlone: isOrganizer ? all.filter((one) => isLeftAlone(one, event, reviewers)) : [],
  };
}

const BATCH = 500;

/** Who was invited to review an event. */
export async function reviewersOf(
  { grants }: Pick<FindPorts, 'grants'>,
  { id, office }: Pick<CallingEvent, 'id' | 'office'>,
): Promise<readonly Grant[]> {
  const all: Grant[] = [];
  for (let after = ''; ; ) {
    const batch = await grants.inOffice(office, ['reviewer'], after, BATCH);
    all.push(...batch.filter(({ event }) => event === id));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return all;
    after = last.id;
  }
}

/** What waits for somebody: of one event, or, where they review several and name none, how each of them stands. */
export function listReviews(ports: ReviewPorts) {
  return async (input: {
    person: string;
    event: string | null;
    part: string | null;
    page: number;
  }): Promise<Result<readonly Waiting[], 'no-reviewer'>> => {
    const { person, part, page } = input;
    const { events, grants } = await reviewedEvents(ports, person, input.event);
    if (events.length === 0) return refused('no-reviewer');
    const all = await Promise.all(
      events.map(async (event) => ({
        ...(await standingIn(ports, person, grants, event, part)),
        part,
        page,
      })),
    );
    return { ok: true, data: all };
  };
}

/** The next project that waits for somebody in an event, after one that they have just looked at. */
export async function nextFor(
  ports: FindPorts,
  person: string,
  event: CallingEvent,
  after: number,
): Promise<number | undefined> {
  const grants = await ports.grants.of([person]);
  const { waiting } = await standingIn(ports, person, grants, event, null);
  const other = waiting.filter(({ number }) => number !== after);
  return (other.find(({ number }) => number > after) ?? other[0])?.number;
}

export interface ShownReview extends Reviewed {
  /** The reviewer's own organization, where it looks like that of the team. */
  readonly sameOrganization: string | null;
  readonly next: number | undefined;
}

/** Opens a project to whoever reviews it. */
export function showReview(ports: ReviewPorts) {
  return async (naming: Naming): Promise<Result<ShownReview, FindRefusal | 'conflict'>> => {
    const found = await findToDecide(ports, naming);
    if (!found.ok) return found;
    const { event, project } = found.data;
    const [sameOrganization, next] = await Promise.all([
      organizationShared(ports, naming.person, project),
      nextFor(ports, naming.person, event, project.number),
    ]);
    return { ok: true, data: { ...found.data, sameOrganization, next } };
  };
}

/** What of a person suggests that they belong to the organization of a project; null: nothing does. */
export async function organizationShared(
  ports: Pick<ReviewPorts, 'registrations' | 'grants'>,
  person: string,
  project: Project,
): Promise<string | null> {
  const shared = await affiliations(ports, person, 'reviewer');
  return shared(wordsOf(project, 'organization'));
}

/** Tells of any organization what suggests that somebody belongs to it: their registrations, and notes on a role. */
export async function affiliations(
  { registrations, grants }: Pick<ReviewPorts, 'registrations' | 'grants'>,
  person: string,
  role: Role,
): Promise<(organization: string) => string | null> {
  const [mine, held] = await Promise.all([registrations.byPerson([person]), grants.of([person])]);
  const own = mine.map(({ details }) => details.organization);
  const notes = held.flatMap((one) => (one.role === role && one.note !== null ? [one.note] : []));
  return (organization) =>
    own.find((one) => isSameOrganization(one, organization)) ??
    notes.find((note) => namesOrganization(note, organization)) ??
    null;
}
