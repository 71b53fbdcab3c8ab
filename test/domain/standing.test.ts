import { describe, expect, it } from 'vitest';
import { isComplete, type Rubric, rubricSchema, scoreProblem, totalOf } from '../../src/domain/rubric.ts';
import {
  points,
  type ScoringRules,
  standingOf,
  USUAL_RULES,
  type ValidSheet,
} from '../../src/domain/standing.ts';
import { profilesOf, viewsOf } from '../../src/domain/standing-views.ts';
import fc from '../support/any.ts';

const name = { zh: '项', en: 'Criterion' };
const criterion = (code: string, weight: number, given = {}) => ({
  code,
  name,
  weight,
  min: 0,
  max: 100,
  step: 1,
  ...given,
});
/** Industrialization 40 %, market 30 %, capital 30 %. */
const RUBRIC: Rubric = [criterion('ind', 40), criterion('market', 30), criterion('capital', 30)];

const sheet = (project: string, judge: string, ...scores: readonly number[]): ValidSheet => {
  const given = Object.fromEntries(RUBRIC.map(({ code }, i) => [code, scores[i] ?? 0]));
  return { project, judge, scores: given, total: totalOf(RUBRIC, given) };
};
/** A sheet whose total is a number of whole points. */
const flat = (project: string, judge: string, total: number) => sheet(project, judge, total, total, total);
const panel = (project: string, ...totals: readonly number[]) =>
  totals.map((total, i) => flat(project, `j${i}`, total));

const places = (
  sheets: readonly ValidSheet[],
  projects: readonly string[],
  rules: ScoringRules = USUAL_RULES,
) =>
  standingOf(RUBRIC, rules, projects, sheets).ranked.map(
    ({ project, place, score }) => `${project} ${place ?? '-'} ${score ? points(score) : '-'}`,
  );

describe('a sheet', () => {
  it('is a weighted total on 100 points, rounded half up once', () => {
    expect(totalOf(RUBRIC, { ind: 85, market: 90, capital: 78 })).toBe(8440);
    const thirds: Rubric = [criterion('a', 1), criterion('b', 1), criterion('c', 1)];
    expect(totalOf(thirds, { a: 85, b: 90, c: 78 })).toBe(8433);
    expect(totalOf(thirds, { a: 85, b: 85, c: 86 })).toBe(8533);
    const mixed: Rubric = [criterion('a', 1, { max: 10, step: 0.5 }), criterion('b', 1, { max: 30 })];
    expect(totalOf(mixed, { a: 8.5, b: 20 })).toBe(7583);
    expect(totalOf(RUBRIC, { ind: 100, market: 100, capital: 100 })).toBe(10_000);
  });

  it.each([
    [85, undefined],
    [0, undefined],
    [100, undefined],
    [101, 'range'],
    [-1, 'range'],
    [85.5, 'step'],
    [undefined, 'missing'],
    [Number.NaN, 'missing'],
    [Number.POSITIVE_INFINITY, 'missing'],
  ] as const)('takes %s by whole points or says why not', (score, problem) => {
    expect(scoreProblem(criterion('a', 1), score)).toBe(problem);
  });

  it('takes decimals by the steps of its criterion', () => {
    const half = criterion('a', 1, { min: 1, max: 10, step: 0.1 });
    expect([1, 1.1, 7.3, 9.9, 10].map((score) => scoreProblem(half, score))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([7.35, 0.9, 1.0001].map((score) => scoreProblem(half, score))).toEqual(['step', 'range', 'step']);
    expect(isComplete([half], { a: 7.3 })).toBe(true);
    expect(isComplete([half, criterion('b', 1)], { a: 7.3 })).toBe(false);
  });

  it('has a rubric that makes sense', () => {
    expect(rubricSchema.safeParse(RUBRIC).success).toBe(true);
    expect(rubricSchema.safeParse([criterion('a', 1), criterion('a', 2)]).success).toBe(false);
    expect(rubricSchema.safeParse([criterion('a', 1, { min: 100 })]).success).toBe(false);
    expect(rubricSchema.safeParse([]).success).toBe(false);
  });
});

describe('the standing of a track', () => {
  it('is by the plain mean where a project has fewer than five sheets', () => {
    const sheets = [...panel('a', 80, 90, 100, 70), ...panel('b', 86, 86, 86, 86, 86)];
    expect(standingOf(RUBRIC, USUAL_RULES, ['a', 'b'], sheets).trimmed).toBe(false);
    expect(places(sheets, ['a', 'b'])).toEqual(['b 1 86.00', 'a 2 85.00']);
  });

  it('drops the highest and the lowest total where every project has five', () => {
    // a: 60 and 100 go, (80+85+90)/3 = 85; b: 70 and 90 go, (84+86+88)/3 = 86.
    const sheets = [...panel('a', 100, 80, 85, 90, 60), ...panel('b', 70, 84, 86, 88, 90)];
    const standing = standingOf(RUBRIC, USUAL_RULES, ['a', 'b'], sheets);
    expect(standing.trimmed).toBe(true);
    expect(standing.ranked.map(({ dropped }) => dropped)).toEqual([
      ['j0', 'j4'],
      ['j4', 'j0'],
    ]);
    expect(places(sheets, ['a', 'b'])).toEqual(['b 1 86.00', 'a 2 85.00']);
  });

  it('drops nothing where the event wants nothing dropped', () => {
    const sheets = panel('a', 100, 80, 85, 90, 60);
    expect(places(sheets, ['a'], { trimFrom: null, minValid: 3 })).toEqual(['a 1 83.00']);
  });

  it('has no place for whom fewer than three judged: two judges are not enough', () => {
    const sheets = [...panel('a', 99, 99), ...panel('b', 70, 71, 72)];
    expect(places(sheets, ['a', 'b', 'c'])).toEqual(['b 1 71.00', 'a - 99.00', 'c - -']);
  });

  it('never counts whoever stood back or left as zero', () => {
    // j1 stood back from a, j2 left before b: each project has the mean of those who judged it.
    const sheets = [
      ...panel('a', 80, 80, 80, 80).filter(({ judge }) => judge !== 'j1'),
      ...panel('b', 79, 79, 79, 79).filter(({ judge }) => judge !== 'j2'),
    ];
    expect(places(sheets, ['a', 'b'])).toEqual(['a 1 80.00', 'b 2 79.00']);
  });

  it('gives equal projects one place, and leaves the next one out', () => {
    const sheets = [...panel('a', 80, 80, 80), ...panel('b', 80, 80, 80), ...panel('c', 70, 70, 70)];
    expect(places(sheets, ['c', 'b', 'a'])).toEqual(['b 1 80.00', 'a 1 80.00', 'c 3 70.00']);
  });

  it('breaks a tie by the untrimmed mean first', () => {
    // Trimmed both are 80; untrimmed a is 80, b is 81.
    const sheets = [...panel('a', 70, 80, 80, 80, 90), ...panel('b', 75, 80, 80, 80, 90)];
    const [first, second] = standingOf(RUBRIC, USUAL_RULES, ['a', 'b'], sheets).ranked;
    expect([first?.project, first?.place, first?.by]).toEqual(['b', 1, 'untrimmed']);
    expect([second?.project, second?.place, second?.by]).toEqual(['a', 2, null]);
  });

  it('breaks a tie by the heaviest criterion next', () => {
    // 40*80 + 30*80 + 30*80 = 40*83 + 30*78 + 30*78.
    const even = ['j0', 'j1', 'j2'].map((judge) => sheet('a', judge, 80, 80, 80));
    const heavy = ['j0', 'j1', 'j2'].map((judge) => sheet('b', judge, 83, 78, 78));
    const [first, second] = standingOf(RUBRIC, USUAL_RULES, ['a', 'b'], [...even, ...heavy]).ranked;
    expect([first?.project, first?.place, first?.by]).toEqual(['b', 1, 'heaviest']);
    expect(second?.place).toBe(2);
  });

  it('follows the chair where nothing else decides, and only about exactly those', () => {
    const sheets = [...panel('a', 80, 80, 80), ...panel('b', 80, 80, 80), ...panel('c', 80, 80, 80)];
    const decided = (order: readonly string[]) =>
      standingOf(RUBRIC, USUAL_RULES, ['a', 'b', 'c'], sheets, [{ order, reason: 'by vote' }]).ranked.map(
        ({ project, place, by }) => [project, place, by],
      );
    expect(decided(['c', 'a', 'b'])).toEqual([
      ['c', 1, 'chair'],
      ['a', 2, 'chair'],
      ['b', 3, null],
    ]);
    expect(decided(['c', 'a'])).toEqual([
      ['a', 1, null],
      ['b', 1, null],
      ['c', 1, null],
    ]);
  });

  it('of a judge who gives everybody 100 is that of the others where it is trimmed', () => {
    const sheets = [...panel('a', 100, 80, 82, 84, 60), ...panel('b', 100, 81, 83, 85, 61)];
    expect(places(sheets, ['a', 'b'])).toEqual(['b 1 83.00', 'a 2 82.00']);
  });

  it('is the same in whatever order the sheets came, and has every project once', () => {
    const anyPanel = fc.record({
      projects: fc.integer({ min: 1, max: 8 }),
      totals: fc.array(
        fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 8, maxLength: 8 }),
        {
          minLength: 1,
          maxLength: 9,
        },
      ),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(anyPanel, ({ projects, totals, seed }) => {
        const names = Array.from({ length: projects }, (_, i) => `p${i}`);
        const sheets = totals.flatMap((row, judge) =>
          names.flatMap((project, i) => {
            const total = row[i] ?? null;
            return total === null ? [] : [flat(project, `j${judge}`, total)];
          }),
        );
        const shuffled = [...sheets].sort(
          (a, b) => ((a.total * 31 + seed) % 97) - ((b.total * 31 + seed) % 97),
        );
        const standing = standingOf(RUBRIC, USUAL_RULES, names, sheets);
        expect(standingOf(RUBRIC, USUAL_RULES, names, shuffled)).toEqual(standing);
        expect(standing.ranked.map(({ project }) => project).sort()).toEqual([...names].sort());
        const ranked = standing.ranked.filter(({ place }) => place !== null);
        for (const [i, one] of ranked.entries()) {
          const before = ranked[i - 1];
          const { score } = one;
          expect(Number.isFinite(score ? score.sum / score.count : Number.NaN)).toBe(true);
          if (!before?.score || !score) continue;
          expect(before.score.sum * score.count).toBeGreaterThanOrEqual(score.sum * before.score.count);
          expect(one.place === before.place || one.place === i + 1).toBe(true);
        }
        for (const { centred, z } of viewsOf(sheets)) {
          expect(Number.isFinite(centred)).toBe(true);
          expect(Number.isFinite(z)).toBe(true);
        }
      }),
    );
  });
});

describe('what organizers alone see', () => {
  it('is each judge about their own mean', () => {
    // j0: 90, 80 (mean 85, sigma 5); j1: 60, 70 (mean 65, sigma 5).
    const sheets = [flat('a', 'j0', 90), flat('b', 'j0', 80), flat('a', 'j1', 60), flat('b', 'j1', 70)];
    expect(viewsOf(sheets)).toEqual([
      { project: 'a', centred: 0, z: 0 },
      { project: 'b', centred: 0, z: 0 },
    ]);
    expect(viewsOf([...sheets, flat('a', 'j2', 75), flat('b', 'j2', 85)]).map(({ z }) => z)).toEqual([
      -1 / 3,
      1 / 3,
    ]);
  });

  it('is never a division by a judge without any difference', () => {
    const sheets = [flat('a', 'j0', 100), flat('b', 'j0', 100), flat('a', 'j1', 80)];
    expect(viewsOf(sheets)).toEqual([
      { project: 'a', centred: 0, z: 0 },
      { project: 'b', centred: 0, z: 0 },
    ]);
  });

  it('names judges who are far from the others, or give everybody the same', () => {
    const sheets = ['a', 'b', 'c'].flatMap((project, i) => [
      flat(project, 'generous', 100),
      flat(project, 'usual', 80 + i),
      flat(project, 'other', 82 - i),
      flat(project, 'strict', 60 + i),
    ]);
    expect(profilesOf(sheets).map(({ judge, warning }) => [judge, warning])).toEqual([
      ['generous', 'high'],
      ['usual', null],
      ['other', null],
      ['strict', 'low'],
    ]);
    const same = ['a', 'b', 'c'].flatMap((project) => [
      flat(project, 'flat', 81),
      flat(project, 'usual', 80),
    ]);
    expect(profilesOf(same)[0]?.warning).toBe('flat');
  });
});
