import type { ValidSheet } from './standing.ts';

/** How a project stands by another measure than the published one: for organizers alone. */
export interface View {
  readonly project: string;
  /** Points about the panel's mean, judge by judge. */
  readonly centred: number;
  /** Standard deviations about each judge's mean. */
  readonly z: number;
}

/** How one judge scored beside the others. */
export interface JudgeProfile {
  readonly judge: string;
  readonly sheets: number;
  /** Points. */
  readonly mean: number;
  readonly sigma: number;
  /** Points by which the judge is above the others' mean of the same projects. */
  readonly leaning: number;
  /** Far from the others, or without any difference between projects. */
  readonly warning: 'high' | 'low' | 'flat' | null;
}

const FAR = 12;
const FLAT_FROM = 3;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The spread of all values there are; 0 of one or of equal ones. */
function sigmaOf(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Groups values by a key, in the order of their first occurrence. */
function by<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

const POINTS = 100;
const NOISE = 1e-9;

/**
 * Every project with its judge-centred and its z-scored mean. A judge who gives everybody the same says nothing in
 * either: their part is 0, never a division by it.
 */
export function viewsOf(sheets: readonly ValidSheet[]): View[] {
  const judges = new Map(
    [...by(sheets, ({ judge }) => judge)].map(([judge, own]) => {
      const totals = own.map(({ total }) => total / POINTS);
      return [judge, { mean: mean(totals), sigma: sigmaOf(totals) }];
    }),
  );
  return [...by(sheets, ({ project }) => project)].map(([project, own]) => {
    const parts = own.map(({ judge, total }) => {
      const known = judges.get(judge) ?? { mean: 0, sigma: 0 };
      const off = total / POINTS - known.mean;
      return { centred: off, z: known.sigma > NOISE ? off / known.sigma : 0 };
    });
    return {
      project,
      centred: mean(parts.map(({ centred }) => centred)),
      z: mean(parts.map(({ z }) => z)),
    };
  });
}

/** How each judge scored, with a warning where it is far from what the others gave the same projects. */
export function profilesOf(sheets: readonly ValidSheet[]): JudgeProfile[] {
  const ofProject = by(sheets, ({ project }) => project);
  return [...by(sheets, ({ judge }) => judge)].map(([judge, own]) => {
    const totals = own.map(({ total }) => total / POINTS);
    const gaps = own.flatMap(({ project, total }) => {
      const others = (ofProject.get(project) ?? []).filter((one) => one.judge !== judge);
      return others.length === 0 ? [] : [total / POINTS - mean(others.map((one) => one.total / POINTS))];
    });
    const [sigma, leaning] = [sigmaOf(totals), mean(gaps)];
    const isFlat = own.length >= FLAT_FROM && sigma <= NOISE;
    const far = leaning > FAR ? 'high' : leaning < -FAR ? 'low' : null;
    return {
      judge,
      sheets: own.length,
      mean: mean(totals),
      sigma,
      leaning,
      warning: far ?? (isFlat ? 'flat' : null),
    };
  });
}
