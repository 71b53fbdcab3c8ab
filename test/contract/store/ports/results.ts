import { expect } from 'vitest';
import { resultOf } from '../../../../src/domain/result.ts';
import { DEFAULT_ROADSHOW } from '../../../../src/domain/roadshow.ts';
import type { PublishedResult, Results } from '../../../../src/usecases/roadshow-ports.ts';
import { atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const { rubric, rules } = DEFAULT_ROADSHOW;

const published = (track: string, given: Partial<PublishedResult> = {}): PublishedResult => ({
  id: `event/${track}`,
  office: 'office',
  code: 'fair',
  track,
  of: 4,
  result: resultOf({
    event: { office: 'office', code: 'fair', title: { zh: HARD_TEXT, en: 'Fair' } },
    track: { code: track, name: { zh: track, en: track } },
    rubric: [...rubric],
    rules,
    projects: [{ code: 'P01', title: { zh: HARD_TEXT, en: 'One' } }],
    absent: [],
    judges: ['J1'],
    sheets: [
      {
        project: 'P01',
        judge: 'J1',
        proxy: false,
        scores: { industrialization: 90, market: 90.5, capital: 80 },
        total: 8715,
      },
    ],
    recusals: [],
    decisions: [],
    lockedAt: '2026-11-27T09:00:00.000Z',
    publishedAt: '2026-11-27T09:10:00.000Z',
  }),
  sha256: 'ab'.repeat(32),
  awards: [{ project: 'P01', name: HARD_TEXT }],
  rev: 1,
  ...given,
});

export const results = cases<Results>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    expect(await port.save(published('main'))).toBe(true);
    expect(await twin.byId(['event/main', 'event/none'])).toEqual([published('main')]);
    expect(await port.byId([])).toEqual([]);
  },
  'keeps one for each run, and takes one of many who save at once': async (ground) => {
    const first = await atOnce(ground, 8, (port) => port.save(published('main')));
    expect(first.filter(Boolean)).toHaveLength(1);
    const second = await atOnce(ground, 8, (port, i) => port.save(published('main', { rev: 2, of: i })));
    expect(second.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.byId(['event/main'])).toHaveLength(1);
  },
  'finds those that an address names': async ({ port, twin }) => {
    await port.save(published('main'));
    await port.save(published('main', { id: 'other/main', office: 'other' }));
    await port.save(published('a'));
    expect(idsOf(await twin.byCode('fair', 'main')).sort()).toEqual(['event/main', 'other/main']);
    expect(idsOf(await twin.byCode('fair', null)).sort()).toEqual(['event/a', 'event/main', 'other/main']);
    expect(await twin.byCode('other', 'main')).toEqual([]);
  },
});
