import { describe, expect, it } from 'vitest';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { scoreProblem } from '../../src/domain/rubric.ts';
import fc from '../support/any.ts';
import { JudgingDay } from './judging.ts';

const number = fc.oneof(
  fc.integer({ min: -5, max: 130 }).map(String),
  fc.constantFrom('85', '90.5', '７８', '1e3', '007', '∞', '85分'),
);
const project = fc.constantFrom(
  '',
  'P01',
  'p2 ',
  '3号',
  'P04',
  'P99',
  'P01 P02',
  '打分 P02',
  '更正 P01',
  'for J2 P01',
);
const word = fc.constantFrom(
  '很扎实',
  'solid',
  '市场90',
  '产业化 85',
  '资金:78',
  '市场',
  '/',
  '，',
  '😀',
  '{"$ne":1}',
);
const line = fc
  .tuple(project, fc.array(fc.oneof({ weight: 3, arbitrary: number }, word), { maxLength: 5 }))
  .map(([first, rest]) => [first, ...rest].join(' ').trim());
const order = fc.constantFrom(
  'recuse P01',
  '撤销回避 P01',
  '回避 P02',
  'sheets',
  'score',
  'score P01',
  'correct P02',
  '85 points',
  '3',
  'skip',
  'cancel',
  '取消',
  '1',
  'confirm judge',
  'panel',
);
const said = fc.oneof({ weight: 3, arbitrary: line }, { weight: 2, arbitrary: order });

const KEPT = /^(?:Recorded|Kept as a draft|You stand back from|You score)/mu;

describe('whatever a judge sends', () => {
  it('changes no sheet but their own, none without saying so, and leaves none that does not fit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 5, maxLength: 25, size: 'max' }), async (lines) => {
        const day = await JudgingDay.open();
        await day.say('bo', 'P01 61 62 63');
        for (const one of lines) {
          const before = await own(day);
          const heard = await day.say('ann', one);
          const after = await own(day);
          expect(heard).toMatch(/\S/u);
          if (/nothing was kept|Nothing is kept yet|nothing was changed/iu.test(heard))
            expect(after).toEqual(before);
          const more =
            after.flatMap(({ entries }) => entries).length - before.flatMap(({ entries }) => entries).length;
          // A form keeps its drafts without a word.
          const isForm = day.chat('ann').session.active !== undefined;
          if (more > 0 && !isForm) expect(heard).toMatch(KEPT);
          expect(more).toBeLessThanOrEqual(1);
          for (const { scores, state, total } of after) {
            for (const criterion of DEFAULT_ROADSHOW.rubric)
              if (criterion.code in scores)
                expect(scoreProblem(criterion, scores[criterion.code])).toBeUndefined();
            expect(total !== null).toBe(state === 'submitted');
          }
        }
        expect((await day.sheets()).filter((sheet) => !sheet.includes(' ann '))).toEqual([
          'p1 bo submitted 6190',
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

async function own(day: JudgingDay) {
  const all = await Promise.all([1, 2, 3, 4, 5].map((one) => day.sheet('ann', one)));
  return all.flatMap((sheet) => sheet ?? []);
}
