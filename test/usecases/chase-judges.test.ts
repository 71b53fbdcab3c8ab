import { describe, expect, it } from 'vitest';
import { idOf } from './linking.ts';
import { RUN, Scoring } from './scoring-house.ts';

const rows = (one: Scoring) =>
  one.stores.deliveries
    .all()
    .map(({ id }) => id.replace(`${RUN}/`, '').replace(/person-web:main:/gu, ''))
    .filter((id) => /^(?:nudge|silent|complete)/u.test(id))
    .sort();

describe('late sheets', () => {
  it('are asked for after two minutes and again after three more, of exactly those who owe them', async () => {
    const one = await Scoring.open();
    await one.drive('next');
    one.clock.pass(60);
    await one.verbs.chaseJudges();
    expect(rows(one)).toEqual([]);
    await one.score('j1', 1);
    await one.drive('next');
    one.clock.pass(1.9);
    await one.verbs.chaseJudges();
    expect(rows(one)).toEqual([]);
    one.clock.pass(0.2);
    await one.verbs.chaseJudges();
    await one.verbs.chaseJudges();
    expect(rows(one)).toEqual(['nudge/project-1/j2/1', 'nudge/project-1/j3/1']);
    await one.score('j2', 1);
    one.clock.pass(3);
    await one.verbs.chaseJudges();
    expect(rows(one)).toEqual([
      'nudge/project-1/j2/1',
      'nudge/project-1/j3/1',
      'nudge/project-1/j3/2',
      'silent/project-1/chief',
    ]);
    const silent = one.stores.deliveries.all().find(({ id }) => id.startsWith('silent/'));
    expect(silent?.letter.text).toBe('主赛道 P01：已提醒两次，仍缺 1 位评委的评分：评委j3');
  });

  it('go to the organizers where there is no chief scorer', async () => {
    const one = await Scoring.open();
    await one.stores.grants.end('grant of chief', 'x', one.clock.now());
    await one.drive('next', 'next');
    one.clock.pass(5.1);
    await one.verbs.chaseJudges();
    expect(rows(one).filter((id) => id.startsWith('silent'))).toEqual(['silent/project-1/ada']);
  });

  it('that came meanwhile are not asked for any more when the letter leaves, nor once it is locked', async () => {
    const one = await Scoring.open();
    await one.drive('next', 'next');
    one.clock.pass(2.1);
    await one.verbs.chaseJudges();
    await one.score('j1', 1);
    const heard = await one.made.send();
    expect(heard.map((line) => line.split(':')[0])).toHaveLength(2);
    one.clock.pass(3);
    await one.verbs.chaseJudges();
    await one.lock(8);
    expect((await one.made.send()).filter((line) => /^(?:nudge|silent)/u.test(line))).toEqual([]);
    expect(one.made.rows('nudge').filter((line) => line.endsWith('superseded'))).toHaveLength(3);
  });

  it('all there are told to the hosts of the track, once', async () => {
    const one = await Scoring.open();
    await one.drive('next');
    for (const judge of ['j1', 'j2', 'j3']) await one.score(judge, 1);
    await one.verbs.chaseJudges();
    one.clock.pass(1);
    await one.drive('next');
    await one.verbs.chaseJudges();
    expect(rows(one)).toEqual(['complete/project-1/host']);
    const [row] = one.made.house.lettersTo(idOf('host'));
    expect(row?.letter.text).toContain('评分已齐：3 张');
  });

  it('are asked for by nobody who has been asked already, whatever is forgotten elsewhere', async () => {
    const one = await Scoring.open();
    await one.drive('next', 'next');
    one.clock.pass(2.1);
    expect(await one.verbs.chaseJudges()).toBe(3);
    expect(await one.made.house.verbsOn(one.stores).chaseJudges()).toBe(0);
    one.clock.pass(120);
    expect(await one.verbs.chaseJudges()).toBe(0);
  });
});
