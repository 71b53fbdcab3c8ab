import { expect } from 'vitest';
import { emptySheet, type Sheet } from '../../../../src/domain/sheet.ts';
import type { Sheets } from '../../../../src/usecases/roadshow-ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const empty = (project: string, judge: string, track = 'main'): Sheet =>
  emptySheet({ event: 'fair', track, project, judge });
const scored = (project: string, judge: string, given: Partial<Sheet> = {}): Sheet => ({
  ...empty(project, judge),
  state: 'submitted',
  scores: { market: 90.5 },
  total: 9050,
  comment: HARD_TEXT,
  entries: [
    {
      id: 'e',
      at: at(1),
      by: judge,
      what: 'scored',
      proxy: false,
      scores: { market: 90.5 },
      comment: null,
      reason: null,
    },
  ],
  rev: 1,
  ...given,
});

export const sheets = cases<Sheets>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    expect(await port.save(scored('p1', 'j1'))).toBe(true);
    expect(await twin.byId(['p1/j1', 'p1/j2'])).toEqual([scored('p1', 'j1')]);
    expect(await port.byId([])).toEqual([]);
  },
  'takes one of many who write on a sheet at once': async (ground) => {
    const first = await atOnce(ground, 8, (port) => port.save(scored('p1', 'j1')));
    expect(first.filter(Boolean)).toHaveLength(1);
    const second = await atOnce(ground, 8, (port, i) => port.save(scored('p1', 'j1', { rev: 2, total: i })));
    expect(second.filter(Boolean)).toHaveLength(1);
  },
  'finds those of a track and of a judge': async ({ port, twin }) => {
    await port.save(scored('p1', 'j1'));
    await port.save(scored('p2', 'j1', { track: 'a' }));
    await port.save(scored('p1', 'j2'));
    expect(idsOf(await twin.ofTrack('fair', 'main')).sort()).toEqual(['p1/j1', 'p1/j2']);
    expect(idsOf(await twin.ofJudge('fair', 'j1')).sort()).toEqual(['p1/j1', 'p2/j1']);
    expect(await twin.ofJudge('other', 'j1')).toEqual([]);
  },
  'counts every change of a track, whoever made it': async ({ port, twin }) => {
    expect(await port.changes('fair', 'main')).toBe(0);
    await port.save(scored('p1', 'j1'));
    await port.save(scored('p2', 'j1', { track: 'a' }));
    await twin.save(scored('p1', 'j1', { rev: 2 }));
    const before = await port.changes('fair', 'main');
    await twin.save(scored('p1', 'j2'));
    const after = await port.changes('fair', 'main');
    expect([before, after]).toEqual([2, 3]);
    await twin.lock('fair', 'main', []);
    expect(await port.changes('fair', 'main')).toBe(5);
  },
  'locks those that are there and those that nobody wrote on, of one track, again and again': async ({
    port,
    twin,
  }) => {
    await port.save(scored('p1', 'j1'));
    await port.save(scored('p9', 'j1', { track: 'a' }));
    const all = [empty('p1', 'j1'), empty('p1', 'j2')];
    await port.lock('fair', 'main', all);
    await twin.lock('fair', 'main', all);
    const found = await twin.ofTrack('fair', 'main');
    expect(found.map(({ id, locked, state, rev }) => [id, locked, state, rev]).sort()).toEqual([
      ['p1/j1', true, 'submitted', 2],
      ['p1/j2', true, 'empty', 1],
    ]);
    expect(await port.save(scored('p1', 'j1', { rev: 2 }))).toBe(false);
    expect(await port.save(scored('p1', 'j2'))).toBe(false);
    expect((await port.byId(['p9/j1']))[0]?.locked).toBe(false);
  },
  'lets nobody in between: what was taken is locked, what was not is refused': async (ground) => {
    const judges = Array.from({ length: 30 }, (_, i) => `j${i}`);
    const all = judges.map((judge) => empty('p1', judge));
    const writing = judges.map((judge, i) =>
      (i % 2 === 0 ? ground.port : ground.twin).save(scored('p1', judge)),
    );
    const [taken] = await Promise.all([Promise.all(writing), ground.twin.lock('fair', 'main', all)]);
    const found = await ground.port.ofTrack('fair', 'main');
    expect(found.every(({ locked }) => locked)).toBe(true);
    const counted = found.flatMap(({ judge, state }) => (state === 'submitted' ? [judge] : [])).sort();
    expect(counted).toEqual(judges.filter((_, i) => taken[i]).sort());
  },
});
