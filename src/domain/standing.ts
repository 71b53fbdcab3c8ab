import type { Rubric, Scores } from './rubric.ts';

/** What decides places besides the scores. Frozen when the scoring of a track opens. */
export interface ScoringRules {
  /** With so many valid sheets on every project of the track, the highest and the lowest total are dropped; null: never. */
  readonly trimFrom: number | null;
  /** With fewer valid sheets a project has no place. */
  readonly minValid: number;
}

/** The house's rules: trimmed from 5 sheets on, ranked from 3 on. */
export const USUAL_RULES: ScoringRules = { trimFrom: 5, minValid: 3 };

/** A valid sheet: submitted, complete, not recused. */
export interface ValidSheet {
  readonly project: string;
  readonly judge: string;
  readonly scores: Scores;
  /** Hundredths of a point, by `totalOf`. */
  readonly total: number;
}

/** The chair's order of projects that nothing else tells apart. */
export interface ChairDecision {
  readonly order: readonly string[];
  readonly reason: string;
}

/** A mean as a fraction, so that equal is equal. */
export interface Mean {
  readonly sum: number;
  readonly count: number;
}

export interface Ranked {
  readonly project: string;
  /** 1, 2, 2, 4; null: it has too few valid sheets to be ranked. */
  readonly place: number | null;
  /** Valid sheets. */
  readonly sheets: number;
  /** The mean of the totals that count, in hundredths of a point; null: there is none. */
  readonly score: Mean | null;
  readonly untrimmed: Mean | null;
  /** Judges whose total was dropped. */
  readonly dropped: readonly string[];
  /** What put it before those with the same score; null: nothing had to. */
  readonly by: 'untrimmed' | 'heaviest' | 'chair' | null;
}

export interface Standing {
  readonly trimmed: boolean;
  /** Those with a place first, in order; then those without, in the order given. */
  readonly ranked: readonly Ranked[];
}

/** Negative: `a` is the higher mean. Whole numbers alone: no rounding decides. */
export function compareMeans(a: Mean, b: Mean): number {
  return b.sum * a.count - a.sum * b.count;
}

/** The standing of one track. Tracks are never ranked together. `projects`: those that took part, in order of the run. */
export function standingOf(
  rubric: Rubric,
  rules: ScoringRules,
  projects: readonly string[],
  sheets: readonly ValidSheet[],
  decisions: readonly ChairDecision[] = [],
): Standing {
  const sheetsOf = new Map<string, ValidSheet[]>(projects.map((project) => [project, []]));
  for (const sheet of sheets) sheetsOf.get(sheet.project)?.push(sheet);
  const { trimFrom } = rules;
  const counts = [...sheetsOf.values()].map(({ length }) => length);
  const trimmed = trimFrom !== null && counts.length > 0 && counts.every((count) => count >= trimFrom);
  const entries = [...sheetsOf].map(([project, all]) => entryOf(rubric, project, all, trimmed));
  const valid = entries.filter(({ sheets: count }) => count > 0 && count >= rules.minValid);
  const others = entries.filter((entry) => !valid.includes(entry));
  return {
    trimmed,
    ranked: [...placed(valid, decisions), ...others.map((entry) => ranked(entry, null, null))],
  };
}

interface Entry extends Pick<Ranked, 'project' | 'sheets' | 'score' | 'untrimmed' | 'dropped'> {
  readonly heaviest: Mean | null;
}

const UNITS = 1_000;

function entryOf(rubric: Rubric, project: string, sheets: readonly ValidSheet[], trimmed: boolean): Entry {
  const count = sheets.length;
  if (count === 0) return { project, sheets: 0, score: null, untrimmed: null, dropped: [], heaviest: null };
  const ordered = [...sheets].sort((a, b) => a.total - b.total || (a.judge < b.judge ? -1 : 1));
  // Of equal totals it makes no difference to the score which one goes.
  const ends = trimmed ? [ordered[0], ordered.at(-1)] : [];
  const kept = ordered.filter((sheet) => !ends.includes(sheet));
  const top = rubric.reduce(
    (best, one) => (one.weight > best.weight ? one : best),
    rubric[0] ?? NO_CRITERION,
  );
  return {
    project,
    sheets: count,
    score: meanOf(kept.map(({ total }) => total)),
    untrimmed: meanOf(sheets.map(({ total }) => total)),
    dropped: ends.flatMap((sheet) => sheet?.judge ?? []),
    heaviest: meanOf(sheets.map(({ scores }) => Math.round((scores[top.code] ?? 0) * UNITS))),
  };
}

const NO_CRITERION = { code: '', weight: 0 };

function meanOf(values: readonly number[]): Mean {
  return { sum: values.reduce((sum, value) => sum + value, 0), count: values.length };
}

const TIE_BREAKS = ['untrimmed', 'heaviest'] as const;

interface Compared {
  /** Negative: the first one is before the other; 0: nothing that was scored tells them apart. */
  readonly order: number;
  /** What told them apart besides the score. */
  readonly by: Ranked['by'];
}

function compare(a: Entry, b: Entry): Compared {
  const score = compareBy('score', a, b);
  if (score !== 0) return { order: score, by: null };
  const by = TIE_BREAKS.find((one) => compareBy(one, a, b) !== 0);
  return by ? { order: compareBy(by, a, b), by } : { order: 0, by: null };
}

/** Groups that share a place, in order. */
function groupsOf(entries: readonly Entry[]): Entry[][] {
  const groups: Entry[][] = [];
  for (const entry of [...entries].sort((a, b) => compare(a, b).order)) {
    const group = groups.at(-1);
    if (group?.[0] && compare(group[0], entry).order === 0) group.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function placed(entries: readonly Entry[], decisions: readonly ChairDecision[]): Ranked[] {
  const groups = groupsOf(entries);
  let before = 0;
  return groups.flatMap((group, i) => {
    const place = before + 1;
    before += group.length;
    const next = groups[i + 1]?.[0];
    const by = group[0] && next ? compare(group[0], next).by : null;
    const order = decidedOrder(group, decisions);
    if (!order) return group.map((entry) => ranked(entry, place, by));
    return order.map((entry, at) => ranked(entry, place + at, at < order.length - 1 ? 'chair' : by));
  });
}

/** A tied group as the chair ordered it. A decision about other projects than exactly these decides nothing here. */
function decidedOrder(group: readonly Entry[], decisions: readonly ChairDecision[]): Entry[] | undefined {
  if (group.length < 2) return undefined;
  const decision = decisions.findLast(
    ({ order }) => order.length === group.length && group.every(({ project }) => order.includes(project)),
  );
  return decision?.order.flatMap((project) => group.find((one) => one.project === project) ?? []);
}

function compareBy(what: 'score' | 'untrimmed' | 'heaviest', a: Entry, b: Entry): number {
  const [one, other] = [a[what], b[what]];
  return one && other ? compareMeans(one, other) : 0;
}

function ranked({ heaviest: _, ...entry }: Entry, place: number | null, by: Ranked['by']): Ranked {
  return { ...entry, place, by };
}

/** A mean in points to two digits, half up: `84.50`. */
export function points({ sum, count }: Mean): string {
  const hundredths = Math.floor((2 * sum + count) / (2 * count));
  return (hundredths / 100).toFixed(2);
}
