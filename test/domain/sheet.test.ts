import { describe, expect, it } from 'vitest';
import { DEFAULT_ROADSHOW, roadshowSchema } from '../../src/domain/roadshow.ts';
import { completeness, emptySheet, type SheetEntry, validSheets, withEntry } from '../../src/domain/sheet.ts';

const { rubric } = DEFAULT_ROADSHOW;
const entry = (id: string, given: Partial<SheetEntry> = {}): SheetEntry => ({
  id,
  at: new Date('2026-11-27T06:40:00Z'),
  by: 'j1',
  what: 'scored',
  proxy: false,
  scores: {},
  comment: null,
  reason: null,
  ...given,
});
const EMPTY = emptySheet({ event: 'fair', track: 'main', project: 'p1', judge: 'j1' });
const ALL = { industrialization: 85, market: 90, capital: 78 };

describe('a score sheet', () => {
  it('is a draft until every criterion has a score, then counts with its total', () => {
    const draft = withEntry(EMPTY, rubric, entry('a', { scores: { market: 90 } }));
    expect(draft).toMatchObject({ state: 'draft', total: null, rev: 1 });
    expect(validSheets([draft])).toEqual([]);
    const { market: _market, ...others } = ALL;
    const whole = withEntry(draft, rubric, entry('b', { scores: others, comment: '很扎实' }));
    expect(whole).toMatchObject({ state: 'submitted', scores: ALL, total: 8440, comment: '很扎实' });
    expect(validSheets([whole])).toEqual([{ project: 'p1', judge: 'j1', scores: ALL, total: 8440 }]);
  });

  it('keeps every entry, and takes each once', () => {
    const first = withEntry(EMPTY, rubric, entry('a', { scores: ALL }));
    const corrected = withEntry(first, rubric, entry('b', { scores: { market: 80 } }));
    expect(corrected).toMatchObject({ total: 8140, state: 'submitted' });
    expect(withEntry(corrected, rubric, entry('a', { scores: ALL }))).toBe(corrected);
    expect(corrected.entries.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('is withdrawn by standing back, never zero, and can be taken up again', () => {
    const scored = withEntry(EMPTY, rubric, entry('a', { scores: ALL }));
    const back = withEntry(scored, rubric, entry('b', { what: 'recused' }));
    expect(back).toMatchObject({ state: 'recused', scores: {}, total: null });
    expect(validSheets([back])).toEqual([]);
    const again = withEntry(back, rubric, entry('c', { what: 'returned' }));
    expect(withEntry(again, rubric, entry('d', { scores: ALL }))).toMatchObject({
      state: 'submitted',
      total: 8440,
    });
  });

  it('tells how far a project is', () => {
    const sheets = [
      withEntry(EMPTY, rubric, entry('a', { scores: ALL })),
      withEntry({ ...EMPTY, id: 'p1/j2', judge: 'j2' }, rubric, entry('a', { what: 'recused' })),
      withEntry({ ...EMPTY, id: 'p1/j3', judge: 'j3' }, rubric, entry('a', { scores: { market: 1 } })),
    ];
    expect(completeness(['p1', 'p2'], ['j1', 'j2', 'j3', 'j4'], sheets)).toEqual([
      { project: 'p1', submitted: 1, recused: 1, missing: ['j3', 'j4'] },
      { project: 'p2', submitted: 0, recused: 0, missing: ['j1', 'j2', 'j3', 'j4'] },
    ]);
  });

  it('is filled in by a roadshow’s usual rules', () => {
    expect(roadshowSchema.parse(DEFAULT_ROADSHOW)).toEqual(DEFAULT_ROADSHOW);
  });
});
