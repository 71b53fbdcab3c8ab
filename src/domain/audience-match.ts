import type { Lang } from '../text/text.ts';
import { type Condition, conditionsOf, type Leaf } from './audience.ts';
import type { Event } from './event.ts';
import type { Account, Person } from './person.ts';
import { isActive, type Registration, takesPart } from './registration.ts';
import type { Entry } from './seats.ts';

/** Somebody whom a notice may go to, with what conditions look at. */
export interface Subject {
  readonly person: Person;
  readonly registration: Registration | null;
  /** The event of the registration. */
  readonly event: Event | null;
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
 * `not` is true of them.
 */
export function matches(where: Condition, subject: Subject): boolean {
  if ('all' in where) return where.all.every((one) => matches(one, subject));
  if ('any' in where) return where.any.some((one) => matches(one, subject));
  return 'not' in where ? !matches(where.not, subject) : holds(where, subject);
}

function holds(leaf: Leaf, subject: Subject): boolean {
  if ('language' in leaf) return languageOf(subject) === leaf.language;
  if ('channel' in leaf) return subject.account?.channel === leaf.channel;
  return subject.registration !== null && holdsOf(leaf, subject.registration, subject);
}

type OfRegistration = Exclude<Leaf, { language: unknown } | { channel: unknown }>;

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
