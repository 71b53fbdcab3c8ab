import { isMember, type Project } from './project.ts';
import { HOUR } from './time.ts';

/**
 * The vote of one guest. Its id is that of their registration, which stays theirs when they join another person: so
 * one person has one, whichever account they vote from.
 */
export interface Ballot {
  readonly id: string;
  readonly event: string;
  readonly person: string;
  /** The projects' ids, in order. */
  readonly projects: readonly string[];
  /** The latest changes. `id` is the effect's: the same again is the same change. */
  readonly changes: readonly { readonly id: string; readonly at: Date }[];
  /** The vote has ended: nothing is changed any more. */
  readonly locked: boolean;
  readonly rev: number;
}

/** How many projects had which choice: the ids of a ballot, and how many have the same. */
export interface Choices {
  readonly projects: readonly string[];
  readonly ballots: number;
}

/** A project's place in the vote of the audience. Those with as many votes share one. */
export interface VotedRow {
  readonly project: string;
  readonly number: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly votes: number;
  readonly place: number;
  readonly tied: boolean;
}

export interface VoteResult {
  readonly ballots: number;
  readonly rows: readonly VotedRow[];
}

/** The audience's vote of one event. `closing`: ballots are being locked; nothing more is taken. */
export interface Voting {
  /** The event's. */
  readonly id: string;
  readonly state: 'open' | 'closing' | 'closed' | 'published';
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly by: string;
  /** What was published; null: nothing was. */
  readonly result: VoteResult | null;
  readonly rev: number;
}

/** Changes that a guest can make in an hour. */
export const CHANGES_AN_HOUR = 10;

/** Why a choice cannot be a vote; undefined: it can. */
export type ChoiceProblem =
  | { readonly reason: 'none' | 'too-many' }
  | { readonly reason: 'unknown-project' | 'not-shown' | 'own-project' | 'twice'; readonly number: number };

/** Why somebody cannot vote for these projects, by their numbers as they were named. */
export function choiceProblem(
  numbers: readonly number[],
  {
    projects,
    shown,
    most,
    person,
  }: {
    readonly projects: readonly Project[];
    /** Ids of those that were on stage. */
    readonly shown: ReadonlySet<string>;
    readonly most: number;
    readonly person: string;
  },
): ChoiceProblem | undefined {
  if (numbers.length === 0) return { reason: 'none' };
  const twice = numbers.find((number, i) => numbers.indexOf(number) < i);
  if (twice !== undefined) return { reason: 'twice', number: twice };
  for (const number of numbers) {
    const project = projects.find((one) => one.number === number);
    if (project?.state !== 'accepted') return { reason: 'unknown-project', number };
    if (isMember(project, person)) return { reason: 'own-project', number };
    if (!shown.has(project.id)) return { reason: 'not-shown', number };
  }
  return numbers.length > most ? { reason: 'too-many' } : undefined;
}

/** A ballot with another choice; the moment from which it can be changed again, where that was done too often. */
export function chosen(
  ballot: Ballot,
  projects: readonly string[],
  change: { readonly id: string; readonly at: Date },
): Ballot | { readonly again: Date } {
  const choice = [...projects].sort();
  if (ballot.changes.some(({ id }) => id === change.id)) return ballot;
  if (ballot.rev > 0 && choice.join(' ') === ballot.projects.join(' ')) return ballot;
  const since = change.at.getTime() - HOUR;
  const recent = ballot.changes.filter(({ at }) => at.getTime() > since);
  const [first] = recent;
  if (first && recent.length >= CHANGES_AN_HOUR) return { again: new Date(first.at.getTime() + HOUR) };
  const changes = [...ballot.changes, change].slice(-CHANGES_AN_HOUR);
  return { ...ballot, projects: choice, changes, rev: ballot.rev + 1 };
}

/** The places of projects by their votes, the most first; of as many, by number. */
export function voteResult(
  choices: readonly Choices[],
  projects: readonly Pick<VotedRow, 'project' | 'number' | 'title'>[],
): VoteResult {
  const votes = new Map<string, number>();
  for (const { projects: ids, ballots } of choices)
    for (const id of ids) votes.set(id, (votes.get(id) ?? 0) + ballots);
  const of = (project: string): number => votes.get(project) ?? 0;
  const rows = projects
    .toSorted((a, b) => of(b.project) - of(a.project) || a.number - b.number)
    .map((one, _, all) => ({
      ...one,
      votes: of(one.project),
      place: 1 + all.filter(({ project }) => of(project) > of(one.project)).length,
      tied: all.filter(({ project }) => of(project) === of(one.project)).length > 1,
    }));
  const cast = choices.filter(({ projects: ids }) => ids.length > 0);
  return { ballots: cast.reduce((sum, { ballots }) => sum + ballots, 0), rows };
}
