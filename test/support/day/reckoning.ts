/** What one judge gave one project, and what they are called. */
export interface Given {
  readonly judge: string;
  readonly project: string;
  readonly scores: readonly [number, number, number];
}

/** A line of the table that the day must end with. */
export interface Reckoned {
  readonly project: string;
  readonly place: number;
  /** Points to two digits. */
  readonly points: string;
  readonly sheets: number;
}

/** Weighted 40, 30, 30 of whole scores up to 100: whole hundredths of a point. */
export const hundredths = ([a, b, c]: Given['scores']): number => 40 * a + 30 * b + 30 * c;

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
const mean = (all: readonly number[]): number => sum(all) / all.length;

/**
 * The table of a track, reckoned by hand's rules: the highest and the lowest total dropped where every project has
 * five or more, then the mean; of equal ones the plain mean, then the mean of the heaviest criterion.
 */
export function reckon(projects: readonly string[], given: readonly Given[]): Reckoned[] {
  const sheetsOf = (project: string) => given.filter((one) => one.project === project);
  const isTrimmed = projects.every((project) => sheetsOf(project).length >= 5);
  const rows = projects.map((project) => {
    const sheets = sheetsOf(project);
    const totals = sheets.map(({ scores }) => hundredths(scores)).sort((a, b) => a - b);
    const kept = isTrimmed ? totals.slice(1, -1) : totals;
    const keys = [mean(kept), mean(totals), mean(sheets.map(({ scores }) => scores[0]))];
    return { project, keys, sheets: sheets.length };
  });
  const isAbove = (a: readonly number[], b: readonly number[]): boolean => {
    const at = a.findIndex((one, i) => Math.abs(one - (b[i] ?? 0)) > 1e-9);
    return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
  };
  return rows
    .map(({ project, keys, sheets }) => ({
      project,
      sheets,
      place: 1 + rows.filter((other) => isAbove(other.keys, keys)).length,
      points: (Math.round((keys[0] ?? 0) + 1e-9) / 100).toFixed(2),
    }))
    .sort((a, b) => a.place - b.place);
}
