import { expect } from 'vitest';
import { DEFAULT_ROADSHOW } from '../../../../src/domain/roadshow.ts';
import type { TrackRun } from '../../../../src/domain/track-run.ts';
import type { Runs } from '../../../../src/usecases/roadshow-ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const run = (track: string, given: Partial<TrackRun> = {}): TrackRun => ({
  id: `fair/${track}`,
  event: 'fair',
  track,
  plan: {
    event: 'fair',
    track,
    startsAt: at(0),
    items: [
      {
        id: 'i1',
        kind: 'project',
        project: 'p1',
        title: { zh: HARD_TEXT, en: 'One' },
        parties: [],
        pitch: 8,
        questions: 5,
        changeover: 2,
      },
    ],
  },
  commands: [{ id: 'c1', at: at(1), by: 'host', what: 'delay', minutes: 10 }],
  scoring: {
    state: 'closed',
    rubric: DEFAULT_ROADSHOW.rubric,
    rules: DEFAULT_ROADSHOW.rules,
    panel: [{ person: 'j1', name: HARD_TEXT }],
    decisions: [],
    openedAt: null,
    lockedAt: null,
    publishedAt: null,
    sha256: null,
  },
  active: true,
  rev: 1,
  ...given,
});

export const runs = cases<Runs>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    expect(await port.save(run('main'))).toBe(true);
    expect(await twin.byId(['fair/main', 'fair/none'])).toEqual([run('main')]);
    expect(await port.byId([])).toEqual([]);
  },
  'saves the next revision, and nothing over a faster one': async (ground) => {
    await ground.port.save(run('main'));
    const saved = await atOnce(ground, 8, (port) => port.save(run('main', { rev: 2 })));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.save(run('main'))).toBe(false);
  },
  'finds those of events by track, and those that are active': async ({ port, twin }) => {
    await port.save(run('main'));
    await port.save(run('a', { active: false }));
    await port.save(run('b', { id: 'other/b', event: 'other' }));
    expect((await twin.ofEvents(['fair'])).map(({ track }) => track)).toEqual(['a', 'main']);
    expect(await twin.ofEvents([])).toEqual([]);
    expect(idsOf(await twin.active(9)).sort()).toEqual(['fair/main', 'other/b']);
    await port.save(run('main', { active: false, rev: 2 }));
    expect(idsOf(await twin.active(9))).toEqual(['other/b']);
    expect(await port.byId(['fair/main'])).toEqual([run('main', { active: false, rev: 2 })]);
  },
});
