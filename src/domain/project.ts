import { type Call, LIMITED, type Track } from './call.ts';
import type { Event } from './event.ts';

export const PROJECT_STATES = [
  'draft',
  'submitted',
  'changes-requested',
  'accepted',
  'rejected',
  'withdrawn',
] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];

/** A file of a project: `ref` is the id of the stored one. */
export interface ProjectFile {
  readonly ref: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** An answer as its form reads it; null: left out by the team. */
export type PartValue = string | readonly string[] | ProjectFile | null;

/** One part of a project, with who wrote it last. */
export interface Part {
  readonly value: PartValue;
  /** How many times it was written. */
  readonly version: number;
  readonly by: string;
  readonly at: Date;
}

/** The parts that the house knows; an event's own questions have ids that begin with `own-`. */
export const PARTS = [
  'title-zh',
  'title-en',
  'field',
  'applicant',
  'organization',
  'contact',
  'phone',
  'email',
  'stage',
  'summary-zh',
  'summary-en',
  'industrialization',
  'market',
  'capital',
  'cooperation',
  'patents',
  'deck',
  'image-1',
  'image-2',
  'image-3',
  'public',
] as const;
export type PartId = (typeof PARTS)[number];

/** What a team can keep to the judges. The rest of an accepted project is in the manual. */
export const WITHHOLDABLE = [
  'contact',
  'phone',
  'email',
  'industrialization',
  'market',
  'capital',
  'cooperation',
  'patents',
  'deck',
] as const satisfies readonly PartId[];

/** Of the team, by code or as whoever began it. */
export interface Member {
  readonly person: string;
  readonly lead: boolean;
  readonly at: Date;
}

export const VERDICTS = ['accept', 'reject', 'changes'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a reviewer decided. Nobody of the team hears of it until it is published. */
export interface Decision {
  /** From 1: a later one takes the place of those before. */
  readonly number: number;
  readonly verdict: Verdict;
  /** What to change, part by part, or why; `part` null: about the whole. */
  readonly messages: readonly { readonly part: string | null; readonly text: string }[];
  readonly by: string;
  readonly at: Date;
  readonly publishedAt: Date | null;
  /** Of `changes`: until when they can be made. */
  readonly until?: Date;
  /** The published one whose place it takes once it is published too. */
  readonly replaces?: Decision;
}

/** What the house has yet to write letters about: kept with what they tell of, so that a crash loses none. */
export const TELLINGS = ['decision', 'slot', 'declined'] as const;
export type Telling = (typeof TELLINGS)[number];

/** Where and when an accepted project is shown. */
export interface Slot {
  readonly track: string;
  /** Its place in the track, from 1. */
  readonly place: number;
  readonly state: 'proposed' | 'told' | 'confirmed' | 'declined';
  readonly at: Date;
}

/** What a team says of its page in the manual. */
export interface Proof {
  readonly state: 'asked' | 'approved' | 'corrected';
  /** What the team wants to be corrected. */
  readonly text: string | null;
  readonly by: string | null;
  readonly at: Date;
}

export interface ProjectHistory {
  readonly at: Date;
  /** null: the house itself. */
  readonly by: string | null;
  readonly what:
    | 'begun'
    | 'written'
    | 'submitted'
    | 'withdrawn'
    | 'reopened'
    | 'extended'
    | 'joined'
    | 'left'
    | 'decided'
    | 'published'
    | 'noted'
    | 'conflict'
    | 'placed'
    | 'answered'
    | 'proofed'
    | 'chased';
  /** A part, a verdict, a track: whatever it is about. */
  readonly detail: string | null;
  /** Which effect did it, where doing it twice would make a difference. */
  readonly effect?: string;
}

export interface Project {
  readonly id: string;
  readonly event: string;
  /** Unique in its event, from 1; people read it as a code: P01. */
  readonly number: number;
  readonly state: ProjectState;
  readonly parts: Readonly<Record<string, Part>>;
  readonly members: readonly Member[];
  /** Until when this one may be changed, where that is later than the event's deadline. */
  readonly extendedUntil: Date | null;
  readonly submittedAt: Date | null;
  /** The newest one, published or pending. */
  readonly decision: Decision | null;
  /** Reviewers who stand back from it. */
  readonly conflicts: readonly string[];
  /** What reviewers tell each other; no team reads it. */
  readonly notes: readonly { readonly by: string; readonly at: Date; readonly text: string }[];
  readonly slot: Slot | null;
  readonly proof: Proof | null;
  /** Letters that have yet to be written. */
  readonly telling?: readonly Telling[];
  /** Up to which version of the whole each member was told what others changed. */
  readonly seen: Readonly<Record<string, number>>;
  readonly history: readonly ProjectHistory[];
  readonly createdAt: Date;
  readonly rev: number;
}

/** `P01`, `P12`, `P123`. */
export function projectCode({ number }: Pick<Project, 'number'>): string {
  return `P${String(number).padStart(2, '0')}`;
}

const CODE = /^(?:p|项目)?\s*0*(?<number>[1-9]\d{0,4})(?:号)?$/u;

/** The number of a code as people type it: `P03`, `p3`, `３号`; undefined: it is none. */
export function projectNumber(written: string): number | undefined {
  const number = CODE.exec(written.normalize('NFKC').toLowerCase().trim())?.groups?.number;
  return number === undefined ? undefined : Number(number);
}

/** When a project can be changed for the last time. */
export function deadlineOf({ extendedUntil }: Pick<Project, 'extendedUntil'>, { closesAt }: Call): Date {
  return extendedUntil && extendedUntil > closesAt ? extendedUntil : closesAt;
}

/** Why a team cannot change its project now; undefined: it can. */
export function lockedBecause(
  project: Pick<Project, 'state' | 'extendedUntil'>,
  call: Call,
  now: Date,
): 'late' | 'decided' | 'withdrawn' | undefined {
  if (project.state === 'withdrawn') return 'withdrawn';
  if (project.state === 'accepted' || project.state === 'rejected') return 'decided';
  return now >= deadlineOf(project, call) ? 'late' : undefined;
}

export function isMember({ members }: Pick<Project, 'members'>, person: string): boolean {
  return members.some((one) => one.person === person);
}

/** The text of a part; empty: it has none. */
export function wordsOf({ parts }: Pick<Project, 'parts'>, part: string): string {
  const value = parts[part]?.value;
  return typeof value === 'string' ? value : '';
}

/** The chosen values of a part. */
export function chosenOf({ parts }: Pick<Project, 'parts'>, part: string): readonly string[] {
  const value = parts[part]?.value;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

export function fileOf({ parts }: Pick<Project, 'parts'>, part: string): ProjectFile | undefined {
  const value = parts[part]?.value;
  return value !== null && typeof value === 'object' && 'ref' in value ? value : undefined;
}

/** What a project is called in a language, or else in the other one, or else by its code. */
export function titleOf(project: Pick<Project, 'parts' | 'number'>, lang: 'zh' | 'en'): string {
  const other = lang === 'zh' ? 'en' : 'zh';
  return wordsOf(project, `title-${lang}`) || wordsOf(project, `title-${other}`) || projectCode(project);
}

/** Whether everybody may read a part of an accepted project. */
export function isPublic(project: Pick<Project, 'parts'>, part: string): boolean {
  return !WITHHOLDABLE.some((one) => one === part) || chosenOf(project, 'public').includes(part);
}

/** What a project must have before it can be submitted, in the order in which it is asked. */
export function requiredParts({ languages }: Pick<Event, 'languages'>, call: Call): readonly string[] {
  const [first = 'zh'] = languages;
  const wanted = (part: keyof Call['asked']) => (call.asked[part] === 'required' ? [part] : []);
  return [
    `title-${first}`,
    'field',
    'applicant',
    'organization',
    'contact',
    'phone',
    'stage',
    `summary-${first}`,
    ...wanted('industrialization'),
    ...wanted('market'),
    ...wanted('capital'),
    ...wanted('cooperation'),
    ...wanted('patents'),
    ...call.questions.flatMap(({ id, optional }) => (optional ? [] : [`own-${id}`])),
    ...wanted('deck'),
    ...(call.asked.images === 'required' ? ['image-1'] : []),
  ];
}

/** Required parts that a project lacks. */
export function missingParts(
  project: Pick<Project, 'parts'>,
  event: Pick<Event, 'languages'>,
  call: Call,
): readonly string[] {
  const has = (part: string): boolean => {
    const value = project.parts[part]?.value;
    return value !== undefined && value !== null && value !== '';
  };
  return requiredParts(event, call).filter((part) => !has(part));
}

/** An English text takes about so many letters where a Chinese one takes a character. */
const LETTERS = 3;

/** The most characters of a text part; undefined: the house's own bound holds. */
export function limitOf(part: string, { limits }: Call): number | undefined {
  const limited = LIMITED.find((one) => part === one || part.startsWith(`${one}-`));
  return limited && limits[limited] * (part.endsWith('-en') ? LETTERS : 1);
}

/** Tracks that a project fits by its field. */
export function fittingTracks(project: Pick<Project, 'parts'>, { tracks }: Call): readonly Track[] {
  const field = wordsOf(project, 'field');
  return tracks.filter(({ fields }) => fields.length === 0 || fields.includes(field));
}

/** Whether the stage of a state can still come to a decision. */
export function isInReview({ state }: Pick<Project, 'state'>): boolean {
  return state === 'submitted' || state === 'changes-requested';
}

/** What publishing a verdict makes of a project. */
export const STATE_AFTER: Readonly<Record<Verdict, ProjectState>> = {
  accept: 'accepted',
  reject: 'rejected',
  changes: 'changes-requested',
};

/** A decision that nobody was told of. */
export function pendingDecision({ decision }: Pick<Project, 'decision'>): Decision | undefined {
  return decision && decision.publishedAt === null ? decision : undefined;
}

/** The newest decision that the team may know. */
export function publishedDecision({ decision }: Pick<Project, 'decision'>): Decision | undefined {
  return decision?.publishedAt ? decision : decision?.replaces;
}

/** A changed project, one revision on, with what was done. */
export function changed(
  project: Project,
  change: Partial<Project>,
  what: Omit<ProjectHistory, 'at'> & { at: Date },
): Project {
  return { ...project, ...change, history: [...project.history, what], rev: project.rev + 1 };
}
