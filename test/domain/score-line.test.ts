import { describe, expect, it } from 'vitest';
import type { Rubric } from '../../src/domain/rubric.ts';
import { looksLikeScores, namesScores, readScoreLine } from '../../src/domain/score-line.ts';
import fc from '../support/any.ts';

const RUBRIC: Rubric = [
  {
    code: 'industrialization',
    name: { zh: '产业化', en: 'Industrialization' },
    weight: 40,
    min: 0,
    max: 100,
    step: 1,
  },
  {
    code: 'market',
    name: { zh: '市场拓展', en: 'Market expansion' },
    weight: 30,
    min: 0,
    max: 100,
    step: 0.5,
  },
  { code: 'capital', name: { zh: '资金需求', en: 'Capital needs' }, weight: 30, min: 0, max: 100, step: 1 },
];
const all = (a: number, b: number, c: number) => ({ industrialization: a, market: b, capital: c });

describe('a line of scores', () => {
  it.each([
    ['85 90 78', { project: undefined, scores: all(85, 90, 78), comment: null }],
    ['85 90 78 很扎实', { project: undefined, scores: all(85, 90, 78), comment: '很扎实' }],
    ['85 90 78很扎实，2 项专利', { project: undefined, scores: all(85, 90, 78), comment: '很扎实,2 项专利' }],
    ['P03 85/90/78', { project: 3, scores: all(85, 90, 78), comment: null }],
    ['p3: 85, 90, 78 solid', { project: 3, scores: all(85, 90, 78), comment: 'solid' }],
    ['3号 85，90，78', { project: 3, scores: all(85, 90, 78), comment: null }],
    ['12号项目 85、90、78', { project: 12, scores: all(85, 90, 78), comment: null }],
    ['８５　９０　７８', { project: undefined, scores: all(85, 90, 78), comment: null }],
    ['85分 90.5分 78分', { project: undefined, scores: all(85, 90.5, 78), comment: null }],
    ['85 90 78 P03', { project: 3, scores: all(85, 90, 78), comment: null }],
    ['85,90,78;ok', { project: undefined, scores: all(85, 90, 78), comment: 'ok' }],
    ['市场90 产业化85 资金78', { project: undefined, scores: all(85, 90, 78), comment: null }],
    [
      'P03 市场拓展：90，产业=85',
      { project: 3, scores: { market: 90, industrialization: 85 }, comment: null },
    ],
    [
      'market 90.5 ind 85 团队好',
      {
        project: undefined,
        scores: { market: 90.5, industrialization: 85 },
        comment: '团队好',
      },
    ],
  ])('reads %s', (written, line) => {
    expect(readScoreLine(written, RUBRIC)).toEqual({ line });
  });

  it.each([
    ['很扎实', { why: 'words', project: undefined }],
    ['P03 很扎实', { why: 'words', project: 3 }],
    ['85 90', { why: 'count', received: 2 }],
    ['P03 85 90 78 66', { why: 'count', project: 3, received: 4 }],
    ['85 90 101', { why: 'range', received: 101 }],
    ['-5 90 78', { why: 'range', received: -5 }],
    ['85.5 90 78', { why: 'step', received: 85.5 }],
    ['P03 85 90 78 P04 70 70 70', { why: 'two-projects', projects: [3, 4] }],
    ['3号85 90 78，4号70 70 70', { why: 'two-projects', projects: [3, 4] }],
    ['市场90 市场80', { why: 'twice' }],
    ['市场900', { why: 'range', received: 900 }],
  ])('says why it does not take %s', (written, problem) => {
    expect(readScoreLine(written, RUBRIC)).toMatchObject({ problem });
  });

  it('is known by its look', () => {
    expect(['85 90 78', '85/90', 'P03 85', '3号 85'].map(looksLikeScores)).toEqual([true, true, true, true]);
    expect(['85', 'P03', '3号', '很好', 'project P03', '13800138000'].map(looksLikeScores)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is known by the names of its criteria, when it begins with one', () => {
    const known = (written: string) => namesScores(written, RUBRIC);
    expect(['市场90', '市场90 资金85', '资金８５，市场９０ 很扎实', '市场90 市场80'].map(known)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const others = ['更正 市场90', '市场', '市场很好', '85 90 78', '', `市场90 资金85${'啊'.repeat(1_000)}`];
    expect(others.filter(known)).toEqual([]);
  });

  it('never throws, whatever is written, and gives only scores that fit', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.oneof(fc.integer().map(String), fc.constantFrom(' ', 'P03', '市场', '/', '，', '分', '.')))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (written) => {
        const read = readScoreLine(written, RUBRIC);
        if (!('line' in read)) return;
        for (const score of Object.values(read.line.scores)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
