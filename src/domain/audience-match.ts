import type { Lang } from '../text/text.ts';
import {
  type Condition,
  conditionsOf,
  isAboutProject,
  type Leaf,
  type ProjectLeaf,
  simplify,
} from './audience.ts';
import { isLate } from './deadline.ts';
import type { Event } from './event.ts';
import type { Account, Person } from './person.ts';
import { chosenOf, type Project } from './project.ts';
import { isActive, type Registration, takesPart } from './registration.ts';
import type { Entry } from './seats.ts';

/** Somebody whom a notice may go to, with what conditions look at. */
export interface Subject {
  readonly person: Person;
  readonly registration: Registration | null;
  /** The event of the registration, and of the projects. */
  readonly event: Event | null;
  /** Those of the event that they are a member of; needed only where `needsProjects` says so. */
  readonly projects: readonly Project[];
  /** What they would be written to; undefined: they cannot be reached. */
  readonly account: Account | undefined;
  /** Those of the registration; needed only where `needsSeats` says so. */
  readonly seats: readonly Entry[];
}

/** The language that somebody is written to in: the one they registered in, or their own. */
export function languageOf({ person, registration }: Pick<Subject, 'person' | 'registration'>): Lang {
  return registration?.details.lang ?? person.lang;
}

/** Whether a condition looks at seats. */
export function needsSeats(where: Condition): boolean {
  return conditionsOf(where).some((leaf) => 'seated' in leaf || 'waits' in leaf);
}

/**
 * Whether a condition is true of somebody. What it says of a registration is false of those who have none, so its
 * `not` is true of them; so it is with projects. What it says of projects side by side, joined by `and`, is meant of
 * one and the same project.
 */
export function matches(where: Condition, subject: Subject): boolean {
  return isTrue(simplify(where), subject);
}

function isTrue(where: Condition, subject: Subject): boolean {
  if (isOfProject(where)) return subject.projects.some((one) => isTrueOf(where, one, subject));
  if ('all' in where) {
    const together = where.all.filter(isOfProject);
    const apart = where.all.filter((one) => !together.includes(one));
    const isOne = together.length === 0 || isTrue({ all: together }, subject);
    return isOne && apart.every((one) => isTrue(one, subject));
  }
  if ('any' in where) return where.any.some((one) => isTrue(one, subject));
  return 'not' in where ? !isTrue(where.not, subject) : holds(where, subject);
}

/** Whether a condition says something of projects and of nothing else, without a `not`. */
function isOfProject(where: Condition): boolean {
  const members = 'all' in where ? where.all : 'any' in where ? where.any : undefined;
  if (members) return members.length > 0 && members.every(isOfProject);
  return !('not' in where) && !('all' in where) && !('any' in where) && isAboutProject(where);
}

/** Whether such a condition is true of one project. */
function isTrueOf(where: Condition, project: Project, subject: Subject): boolean {
  if ('all' in where) return where.all.every((one) => isTrueOf(one, project, subject));
  if ('any' in where) return where.any.some((one) => isTrueOf(one, project, subject));
  return !('not' in where) && isAboutProject(where) && holdsOfProject(where, project, subject);
}

function holdsOfProject(leaf: ProjectLeaf, project: Project, { event }: Subject): boolean {
  if ('project' in leaf) return leaf.project.includes(project.state);
  if ('projectField' in leaf) return chosenOf(project, 'field').includes(leaf.projectField);
  if ('track' in leaf) return project.slot?.track === leaf.track;
  return event !== null && isLate(project, event);
}

function holds(leaf: Leaf, subject: Subject): boolean {
  if ('language' in leaf) return languageOf(subject) === leaf.language;
  if ('channel' in leaf) return subject.account?.channel === leaf.channel;
  if (isAboutProject(leaf)) return subject.projects.some((one) => holdsOfProject(leaf, one, subject));
  return subject.registration !== null && holdsOf(leaf, subject.registration, subject);
}

type OfRegistration = Exclude<Leaf, { language: unknown } | { channel: unknown } | ProjectLeaf>;

function holdsOf(leaf: OfRegistration, held: Registration, { event, seats }: Subject): boolean {
  const { status, details } = held;
  if ('state' in leaf) return leaf.state.includes(status);
  if ('active' in leaf) return isActive(held);
  if ('attendance' in leaf) return details.attendance === leaf.attendance;
  if ('kind' in leaf) return details.kind === leaf.kind;
  if ('session' in leaf) return details.sessions.includes(leaf.session);
  if ('seated' in leaf)
    return event !== null && takesPart(held, event, leaf.seated, { event: event.id, entries: seats });
  if ('waits' in leaf) return isActive(held) && (status === 'waitlisted' || seats.some(isWaiting));
  if ('checkedIn' in leaf) return status === 'attended';
  if ('party' in leaf) return details.party >= leaf.party;
  const answer = details.extra[leaf.answer.question];
  return Array.isArray(answer) ? answer.includes(leaf.answer.value) : answer === leaf.answer.value;
}

const isWaiting = ({ state }: Entry): boolean => state === 'waiting' || state === 'offered';
