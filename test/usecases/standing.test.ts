import { describe, expect, it } from 'vitest';
import { Scoring } from './scoring-house.ts';

describe('a standing', () => {
  it('is shown to organizers and chief scorers, and to nobody else', async () => {
    const one = await Scoring.open();
    await one.scoreAll();
    for (const name of ['ada', 'chief'])
      expect(await one.verbs.showStanding(one.of(name))).toMatchObject({ ok: true });
    for (const name of ['j1', 'host', 'guest', 't1'])
      expect(await one.verbs.showStanding(one.of(name))).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(await one.verbs.showProgress(one.of('host'))).toMatchObject({ ok: true });
    expect(await one.verbs.showProgress(one.of('j1'))).toMatchObject({ ok: false, reason: 'not-allowed' });
  });

  it('names ties, what is missing, and judges who are far off', async () => {
    const one = await Scoring.open();
    await one.scoreAll();
    for (const number of [1, 2, 3]) await one.score('j3', number, 40, 40, 40);
    const shown = await one.verbs.showStanding(one.of());
    if (!shown.ok) throw new Error(shown.reason);
    const { standing, ties, others, missing } = shown.data;
    expect(standing.ranked.map(({ project, place }) => [project, place])).toEqual([
      ['project-2', 1],
      ['project-1', 2],
      ['project-3', 2],
    ]);
    expect(ties).toEqual([['project-1', 'project-3']]);
    expect(missing).toBe(0);
    expect(others.profiles.find(({ judge }) => judge.endsWith('j3'))?.warning).toBe('low');
    expect(others.differs).toBe(false);
  });

  it('tells a track that is not known, and one that has no run', async () => {
    const one = await Scoring.open();
    expect(await one.verbs.showStanding({ ...one.of(), track: 'nowhere' })).toMatchObject({
      reason: 'unknown-track',
    });
    expect(await one.verbs.showStanding({ ...one.of(), track: 'green' })).toMatchObject({
      reason: 'not-planned',
    });
  });
});
