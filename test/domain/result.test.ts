import { describe, expect, it } from 'vitest';
import {
  type Ballots,
  canonical,
  problemsOf,
  type Result,
  resultOf,
  resultSchema,
} from '../../src/domain/result.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { totalOf } from '../../src/domain/rubric.ts';

const { rubric, rules } = DEFAULT_ROADSHOW;
const sheet = (project: string, judge: string, ...[a, b, c]: readonly [number, number, number]) => {
  const scores = { industrialization: a, market: b, capital: c };
  return { project, judge, proxy: false, scores, total: totalOf(rubric, scores) };
};
const BALLOTS: Ballots = {
  event: { office: 'office', code: 'fair', title: { zh: '对接会', en: 'Fair' } },
  track: { code: 'main', name: { zh: '主会场', en: 'Main stage' } },
  rubric: [...rubric],
  rules,
  projects: ['P01', 'P02', 'P03'].map((code) => ({ code, title: { zh: code, en: code } })),
  absent: ['P03'],
  judges: ['J1', 'J2', 'J3'],
  sheets: [
    sheet('P01', 'J1', 85, 90, 78),
    sheet('P01', 'J2', 80, 80, 80),
    sheet('P01', 'J3', 70, 75, 80),
    sheet('P02', 'J1', 90, 90, 90),
    sheet('P02', 'J2', 88, 85, 91),
    sheet('P02', 'J3', 60, 70, 80),
  ],
  recusals: [],
  decisions: [],
  lockedAt: '2026-11-27T09:00:00.000Z',
  publishedAt: '2026-11-27T09:10:00.000Z',
};

describe('a published result', () => {
  it('can be computed again from itself alone, read back from a file', () => {
    const result = resultOf(BALLOTS);
    expect(result.standing.ranked.map(({ project, place }) => [project, place])).toEqual([
      ['P02', 1],
      ['P01', 2],
    ]);
    const read = resultSchema.parse(JSON.parse(canonical(result)));
    expect(read).toEqual(result);
    expect(problemsOf(read)).toEqual([]);
  });

  it('is one text, in whatever order its parts were written', () => {
    const result = resultOf(BALLOTS);
    const turned = Object.fromEntries(Object.entries(result).reverse());
    expect(canonical(turned)).toBe(canonical(result));
    expect(canonical({ ...result, lockedAt: '2026-11-27T09:00:00.001Z' })).not.toBe(canonical(result));
  });

  const forged = (change: (result: Result) => void): ReturnType<typeof problemsOf> => {
    const result = structuredClone(resultOf(BALLOTS));
    change(result);
    return problemsOf(result);
  };
  const first = <T>([one]: readonly T[]): T => {
    if (one === undefined) throw new Error('expected one, received none');
    return one;
  };

  it('shows a total that does not follow from its scores', () => {
    const problems = forged(({ sheets }) => {
      first(sheets).total += 1;
    });
    expect(problems).toContainEqual({
      why: 'total',
      project: 'P01',
      judge: 'J1',
      expected: 8440,
      received: 8441,
    });
  });

  it('shows scores that were changed with their total: the standing does not follow', () => {
    const problems = forged(({ sheets }) => {
      Object.assign(first(sheets), sheet('P01', 'J1', 100, 100, 100));
    });
    expect(problems.map(({ why }) => why)).toContain('standing');
  });

  it.each([
    ['places that were exchanged', ({ standing }: Result) => standing.ranked.reverse(), 'standing'],
    ['a project that was left out', ({ standing }: Result) => standing.ranked.pop(), 'standing'],
    ['a sheet that counts twice', ({ sheets }: Result) => sheets.push(first(sheets)), 'twice'],
    ['a judge from nowhere', ({ sheets }: Result) => sheets.push(sheet('P01', 'J9', 1, 1, 1)), 'stranger'],
    ['a project from nowhere', ({ sheets }: Result) => sheets.push(sheet('P09', 'J1', 1, 1, 1)), 'stranger'],
    [
      'a score that the rubric does not have',
      ({ sheets }: Result) => {
        first(sheets).scores = { industrialization: 101, market: 1, capital: 1 };
      },
      'incomplete',
    ],
  ] as const)('shows %s', (_, change, why) => {
    expect(forged((result) => void change(result)).map((problem) => problem.why)).toContain(why);
  });
});
