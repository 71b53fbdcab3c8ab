import { describe, expect, it } from 'vitest';
import { Showing } from './showing.ts';

describe('teams', () => {
  it('are called half an hour and ten minutes before, and as the next one, once each', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('13:55');
    await day.pass(6);
    expect(day.rows()).toEqual(['callup/P01/30/t1']);
    await day.pass(29);
    expect(day.rows().filter((id) => id.includes('/P01/'))).toEqual(['callup/P01/30/t1', 'callup/P01/10/t1']);
    expect(day.rows()).toContain('callup/P02/30/t2');
    day.at('14:30');
    await day.next();
    expect(day.rows()).toContain('callup/P02/next/t2');
    await day.pass(6);
    expect(day.rows().filter((id) => id.includes('/P02/'))).toEqual([
      'callup/P02/30/t2',
      'callup/P02/next/t2',
      'callup/P02/10/t2',
    ]);
    expect(day.rows().filter((id) => id.includes('/P04/'))).toEqual([]);
  });

  it('who were called hear of a shift of more than five minutes, the others do not', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:30');
    await day.next();
    expect(day.rows().sort()).toEqual(['callup/P02/next/t2', 'callup/P03/30/t3']);
    await day.steer({ what: 'delay', minutes: 5 });
    expect(day.rows()).toHaveLength(2);
    await day.steer({ what: 'delay', minutes: 5 });
    expect(day.rows().slice(2).sort()).toEqual(['callup/P02/moved/t2', 'callup/P03/moved/t3']);
    await day.steer({ what: 'undo' });
    await day.steer({ what: 'undo' });
    expect(day.rows().slice(4).sort()).toEqual(['callup/P02/moved-2/t2', 'callup/P03/moved-2/t3']);
  });

  it('hear of a swap, an absence and a pause only where it concerns them', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:00');
    await day.steer({ what: 'swap', items: ['P03', 'P04'] });
    expect(day.rows().sort()).toEqual(['callup/P01/30/t1', 'callup/P03/moved/t3', 'callup/P04/moved/t4']);
    await day.steer({ what: 'pause' });
    expect(day.rows().slice(3).sort()).toEqual([
      'callup/P01/paused/t1',
      'callup/P03/paused/t3',
      'callup/P04/paused/t4',
    ]);
    await day.steer({ what: 'noshow', item: 'P02' });
    expect(day.rows().slice(6)).toEqual(['callup/P02/absent/t2']);
    await day.steer({ what: 'undo' });
    await day.steer({ what: 'resume' });
    expect(day.rows().slice(7).sort()).toEqual([
      'callup/P01/moved/t1',
      'callup/P02/moved/t2',
      'callup/P02/paused/t2',
      'callup/P03/moved-2/t3',
      'callup/P04/moved-2/t4',
    ]);
  });

  it('are not called any more by what is no longer so', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:30');
    await day.next();
    await day.steer({ what: 'noshow', item: 'P02' });
    expect(await day.desk.send()).toEqual([
      expect.stringContaining('t2: P02'),
      expect.stringContaining('t3: 下一个就是 P03'),
      expect.stringContaining('t4: P04'),
    ]);
    const cancelled = day.desk.rows('callup/').filter((row) => row.includes('skipped'));
    expect(cancelled).toEqual([expect.stringContaining('/P02/next/'), expect.stringContaining('/P03/30/')]);
  });
});

describe('hosts', () => {
  const cues = (day: Showing) => day.rows().filter((id) => id.startsWith('cue/'));
  const short = (id: string) => id.replace(/^cue\/(?<item>\w+)\/\d+\//u, '$<item> ');

  it('hear the clock of their track, once, and nothing while it is paused', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:30');
    await day.next();
    await day.pass(7);
    expect(cues(day)).toEqual([]);
    await day.pass(10.5);
    expect(cues(day).map(short)).toEqual([
      ...['P01 questions/hal', 'P01 questions/hetty', 'P01 last-minute/hal', 'P01 last-minute/hetty'],
      ...['P01 over-1/hal', 'P01 over-1/hetty', 'P01 over-4/hal', 'P01 over-4/hetty'],
    ]);
    await day.steer({ what: 'pause' });
    await day.pass(4);
    expect(cues(day)).toHaveLength(8);
  });

  it('hear nothing that is late or no longer true', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:30');
    await day.next();
    day.at('14:38');
    await day.verbs.tickRuns();
    expect(cues(day)).toHaveLength(2);
    await day.next();
    await day.desk.send();
    expect(day.desk.rows('cue/').map((row) => row.split(' ').slice(1).join(' '))).toEqual([
      'skipped superseded',
      'skipped superseded',
    ]);
    day.at('14:47');
    await day.verbs.tickRuns();
    expect(cues(day)).toHaveLength(2);
  });
});

describe('a day that never came', () => {
  it('is given up a day after its event', async () => {
    const day = await Showing.open();
    await day.plan();
    day.desk.house.clock.pass(3 * 24 * 60);
    await day.verbs.tickRuns();
    expect((await day.run()).active).toBe(false);
    expect(day.rows()).toEqual([]);
  });
});
