import { z } from 'zod';
import { langSchema } from '../text/text.ts';
import { ROLES } from './access.ts';
import { ATTENDANCES, GUEST_KINDS } from './event.ts';
import { PROJECT_STATES } from './project.ts';
import { codeSchema } from './questions.ts';
import { REGISTRATION_STATUSES } from './registration.ts';

export const MAX_TICKETS = 5_000;
const MAX_DEPTH = 5;
const MAX_LEAVES = 50;

/** A ticket number as it is stored. */
export const ticketSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, 'expected 8 digits and capital letters without I, L, O and U');

/** One thing that is true of a reader, or not. */
const leafSchema = z.union([
  z.strictObject({ state: z.array(z.enum(REGISTRATION_STATUSES)).min(1) }),
  /** Takes part, or waits to. */
  z.strictObject({ active: z.literal(true) }),
  z.strictObject({ attendance: z.enum(ATTENDANCES) }),
  z.strictObject({ kind: z.enum(GUEST_KINDS) }),
  /** Wished for. */
  z.strictObject({ session: codeSchema }),
  /** Takes part in it: whom a reminder of that session would go to. */
  z.strictObject({ seated: codeSchema }),
  /** Waits for the hall or a session, or is offered a seat. */
  z.strictObject({ waits: z.literal(true) }),
  z.strictObject({ checkedIn: z.literal(true) }),
  z.strictObject({ language: langSchema }),
  /** The channel that they would be written to by. */
  z.strictObject({ channel: codeSchema }),
  /** A choice that was made in one of the event's own questions. */
  z.strictObject({ answer: z.strictObject({ question: codeSchema, value: codeSchema }) }),
  /** So many people or more. */
  z.strictObject({ party: z.int().min(1).max(50) }),
  /** Of the team of a project in one of these states. */
  z.strictObject({ project: z.array(z.enum(PROJECT_STATES)).min(1) }),
  /** Of the team of a project of this field. */
  z.strictObject({ projectField: codeSchema }),
  /** Of the team of a project that is shown, or is to be shown, in this track. */
  z.strictObject({ track: codeSchema }),
  /** Of the team of a project that has yet to be submitted, or lacks something. */
  z.strictObject({ lacking: z.literal(true) }),
]);
export type Leaf = z.infer<typeof leafSchema>;

export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** Written out level by level: what is nested deeper is refused before it is looked at. */
function conditionWithin(depth: number): z.ZodType<Condition> {
  if (depth === 0) return leafSchema;
  const inner = conditionWithin(depth - 1);
  const members = z.array(inner).max(MAX_LEAVES);
  return z.union([
    leafSchema,
    z.strictObject({ all: members }),
    z.strictObject({ any: members }),
    z.strictObject({ not: inner }),
  ]);
}

const conditionSchema = conditionWithin(MAX_DEPTH).refine(
  (where) => conditionsOf(where).length <= MAX_LEAVES,
  `expected no more than ${MAX_LEAVES} conditions`,
);

const sourceSchema = z.discriminatedUnion('kind', [
  /** Everybody who ever registered for an event. */
  z.strictObject({ kind: z.literal('event'), event: z.string().min(1).max(128) }),
  /** Whoever registered for an event, and everybody in a team of its projects, registered or not. */
  z.strictObject({ kind: z.literal('members'), event: z.string().min(1).max(128) }),
  /** Past and present guests of every event of an office. */
  z.strictObject({ kind: z.literal('office'), office: codeSchema }),
  /** Whoever these tickets belong to. */
  z.strictObject({
    kind: z.literal('tickets'),
    tickets: z.array(ticketSchema).min(1).max(MAX_TICKETS),
  }),
  /** Whoever has one of these roles in an office. */
  z.strictObject({
    kind: z.literal('roles'),
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
    office: codeSchema,
  }),
]);
export type Source = z.infer<typeof sourceSchema>;

/**
 * Who a notice goes to: those of a source of whom a condition is true. Guests of events are meant only while their
 * registration is active, unless the condition itself speaks of its state; so an empty one, `{ all: [] }`, means
 * everybody with an active registration. Of tickets and roles it means everybody. Of guests and members of projects
 * it means those who have an active registration or a project; a registration that is not active counts as none.
 */
export const audienceSchema = z.strictObject({ source: sourceSchema, where: conditionSchema });
export interface Audience {
  readonly source: Source;
  readonly where: Condition;
}

export const EVERYBODY: Condition = { all: [] };
export const NOBODY: Condition = { any: [] };

/** Every leaf of a condition, from left to right. */
export function conditionsOf(where: Condition): Leaf[] {
  if ('all' in where) return where.all.flatMap(conditionsOf);
  if ('any' in where) return where.any.flatMap(conditionsOf);
  return 'not' in where ? conditionsOf(where.not) : [where];
}

/** A leaf about a project of the reader’s. */
export type ProjectLeaf = Extract<
  Leaf,
  { project: unknown } | { projectField: unknown } | { track: unknown } | { lacking: unknown }
>;

export function isAboutProject(leaf: Leaf): leaf is ProjectLeaf {
  return 'project' in leaf || 'projectField' in leaf || 'track' in leaf || 'lacking' in leaf;
}

/** Whether a condition looks at projects. */
export function needsProjects(where: Condition): boolean {
  return conditionsOf(where).some(isAboutProject);
}

/** Whether a condition itself speaks of the state of registrations. */
export function saysState(where: Condition): boolean {
  return conditionsOf(where).some((leaf) => 'state' in leaf || 'active' in leaf);
}

/** The condition with what goes without saying: of guests of events, that their registration is active. */
export function effectiveWhere({ source, where }: Audience): Condition {
  const ofEvents = source.kind === 'event' || source.kind === 'office';
  return simplify(ofEvents && !saysState(where) ? { all: [{ active: true }, where] } : where);
}

/**
 * The same condition without nesting that says nothing. `EVERYBODY` and `NOBODY` stand alone in the result or not
 * at all, and there is no `not` of a `not`.
 */
export function simplify(where: Condition): Condition {
  if ('all' in where) return grouped('all', where.all.map(simplify));
  if ('any' in where) return grouped('any', where.any.map(simplify));
  return 'not' in where ? negated(simplify(where.not)) : where;
}

function negated(where: Condition): Condition {
  if ('not' in where) return where.not;
  if (isEmpty(where, 'all')) return NOBODY;
  return isEmpty(where, 'any') ? EVERYBODY : { not: where };
}

type Group = 'all' | 'any';

function membersOf(where: Condition, group: Group): readonly Condition[] | undefined {
  if (group === 'all') return 'all' in where ? where.all : undefined;
  return 'any' in where ? where.any : undefined;
}

const isEmpty = (where: Condition, group: Group): boolean => membersOf(where, group)?.length === 0;

function grouped(group: Group, members: readonly Condition[]): Condition {
  const decided = group === 'all' ? NOBODY : EVERYBODY;
  if (members.some((one) => isEmpty(one, group === 'all' ? 'any' : 'all'))) return decided;
  const flat = members.flatMap((one) => membersOf(one, group) ?? [one]);
  const [only] = flat;
  if (only && flat.length === 1) return only;
  return group === 'all' ? { all: flat } : { any: flat };
}

/** The same text for audiences that say the same in another order or with more brackets. */
export function canonicalJson({ source, where }: Audience): string {
  return JSON.stringify(ordered({ source, where: simplify(where) }));
}

/** Every list of an audience is a set: its order and repetitions mean nothing. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const byText = new Map(value.map((one) => ordered(one)).map((one) => [JSON.stringify(one), one]));
    return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, ordered(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
