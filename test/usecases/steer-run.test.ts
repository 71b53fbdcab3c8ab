import { describe, expect, it } from 'vitest';
import { runState } from '../../src/domain/run-of-show.ts';
import { trackNow } from '../../src/domain/track-now.ts';
import type { Order, Steered } from '../../src/usecases/steer-run.ts';
import { FAIR } from './house.ts';
import { idOf } from './linking.ts';
import { onDay, Showing } from './showing.ts';

const stage = async (day: Showing) => {
  const run = await day.run();
  return trackNow(run, day.desk.house.clock.now());
};
const reasonOf = async (done: Promise<{ ok: boolean; reason?: string }>) => (await done).reason;

describe('planning a run', () => {
  it('takes accepted projects by place, and leaves out teams that do not come', async () => {
    const day = await Showing.open((number) =>
      number === 2
        ? { slot: { track: 'main', place: 2, state: 'declined', at: onDay('08:00') } }
        : number === 3
          ? { state: 'submitted' }
          : {},
    );
    const planned = await day.plan();
    expect(planned).toMatchObject({ ok: true, data: { declined: [{ number: 2 }] } });
    const { plan, scoring, active } = await day.run();
    expect(
      plan.items.map(({ id, pitch, questions, changeover }) => [id, pitch, questions, changeover]),
    ).toEqual([
      ['P01', 8, 5, 2],
      ['P04', 8, 5, 2],
    ]);
    expect(plan.startsAt).toEqual(onDay('14:30'));
    expect([scoring.state, active]).toEqual(['closed', true]);
  });

  it('begins with the session unless told, and is made anew until it has begun', async () => {
    const day = await Showing.open();
    await day.plan(null);
    expect((await day.run()).plan.startsAt).toEqual(onDay('09:00'));
    await day.plan('15:00');
    expect((await day.run()).plan.startsAt).toEqual(onDay('15:00'));
    await day.next();
    expect(await reasonOf(day.plan('16:00'))).toBe('begun');
    const { rev } = await day.run();
    expect((await day.plan('15:00')).ok).toBe(true);
    expect((await day.run()).rev).toBe(rev);
  });

  it('is for hosts of the track and organizers alone', async () => {
    const day = await Showing.open();
    expect(await reasonOf(day.plan('14:30', 't1'))).toBe('not-host');
    expect(await reasonOf(day.plan('14:30', 'gert'))).toBe('unknown-track');
    expect(await reasonOf(day.plan('14:30', 'gert', null))).toBe('no-projects');
    expect(await reasonOf(day.plan('14:30', 'ada', null))).toBe('which-track');
    expect((await day.plan('14:30', 'ada')).ok).toBe(true);
  });

  it('adds items once, keeps them when planned anew, and not after the beginning', async () => {
    const day = await Showing.open();
    await day.plan();
    const add = (effect: string, after: string | null) =>
      day.verbs.addRunItem({
        ...{ person: idOf('hal'), event: null, track: null, effect, after },
        kind: 'signing',
        title: { zh: '签约', en: 'Signing' },
        minutes: 5,
        parties: [{ zh: '甲方', en: 'Party A' }],
      });
    expect((await add('web:main:hal.a', 'P02')).ok).toBe(true);
    expect((await add('web:main:hal.a', 'P02')).ok).toBe(true);
    expect((await add('web:main:hal.b', null)).ok).toBe(true);
    expect(await reasonOf(add('web:main:hal.c', 'P09'))).toBe('unknown-item');
    await day.plan('15:00');
    const ids = async () => (await day.run()).plan.items.map(({ id }) => id);
    expect(await ids()).toEqual(['A2', 'P01', 'P02', 'A1', 'P03', 'P04']);
    await day.next();
    expect(await reasonOf(add('web:main:hal.d', null))).toBe('begun');
  });
});

describe('a host', () => {
  it('begins the run and opens the scoring, frozen then', async () => {
    const day = await Showing.open();
    await day.grant('j2', 'judge', { part: 'green' });
    await day.plan();
    expect((await day.next()).ok).toBe(true);
    const { scoring } = await day.run();
    expect(scoring).toMatchObject({ state: 'open', panel: [{ person: idOf('j1'), name: '一号评委' }] });
    expect(scoring.rubric).toHaveLength(3);
    await day.grant('t4', 'judge', { note: '二号评委' });
    const [event] = await day.desk.house.stores.events.byId([FAIR]);
    if (!event) throw new Error('expected the event, received none');
    expect(await day.verbs.joinPanel(event, null)).toBe(1);
    expect(await day.verbs.joinPanel(event, 'main')).toBe(0);
    expect((await day.run()).scoring.panel.map(({ name }) => name)).toEqual(['一号评委', '二号评委']);
  });

  it('is refused what makes no sense, and nothing changes', async () => {
    const day = await Showing.open();
    expect(await reasonOf(day.next())).toBe('no-run');
    await day.plan();
    const before = await day.run();
    const refusals: [Order, string][] = [
      [{ what: 'resume' }, 'not-paused'],
      [{ what: 'undo' }, 'nothing-to-undo'],
      [{ what: 'close', sure: true }, 'not-live'],
      [{ what: 'swap', items: ['P01', 'P01'] }, 'same-item'],
      [{ what: 'noshow', item: 'P99' }, 'unknown-item'],
      [{ what: 'next', step: 7 }, 'went-on'],
    ];
    for (const [order, reason] of refusals) expect(await reasonOf(day.steer(order))).toBe(reason);
    expect(await reasonOf(day.steer({ what: 'pause' }, { name: 't1' }))).toBe('not-host');
    expect(await reasonOf(day.steer({ what: 'pause' }, { name: 'gert', track: 'main' }))).toBe(
      'unknown-track',
    );
    expect(await day.run()).toEqual(before);
    await day.next();
    await day.steer({ what: 'pause' });
    expect(await reasonOf(day.steer({ what: 'pause' }))).toBe('already-paused');
    expect(await reasonOf(day.steer({ what: 'swap', items: ['P01', 'P02'] }))).toBe('on-stage');
  });

  it('says the same command twice and it is one; two hosts go on once', async () => {
    const day = await Showing.open();
    await day.plan();
    const effect = day.effect();
    await day.steer({ what: 'delay', minutes: 10 }, { effect });
    await day.steer({ what: 'delay', minutes: 10 }, { effect });
    expect((await stage(day)).delayMinutes).toBe(10);
    const both = await Promise.all([day.next(0), day.next(0, 'hetty')]);
    expect(both.map((one) => (one.ok ? 'ok' : one.reason)).sort()).toEqual(['ok', 'went-on']);
    expect(await reasonOf(day.next(null, both[0]?.ok ? 'hetty' : 'hal'))).toBe('just-went-on');
    expect((await stage(day)).onStage?.item).toBe('P01');
    day.desk.house.clock.pass(15);
    await day.next(null, 'hetty');
    expect((await stage(day)).onStage?.item).toBe('P02');
  });

  it('takes back the last command, which is named, but not the end', async () => {
    const day = await Showing.open();
    await day.plan();
    await day.next();
    await day.steer({ what: 'noshow', item: 'P03' });
    const undone = await day.steer({ what: 'undo' });
    expect((undone as { data: Steered }).data.undone).toMatchObject({ what: 'noshow', item: 'P03' });
    expect((await stage(day)).coming.map(({ item }) => item)).toEqual(['P02', 'P03', 'P04']);
    expect(await reasonOf(day.steer({ what: 'close', sure: false }))).toBe('confirm-close');
    await day.steer({ what: 'close', sure: true });
    const { scoring, plan, commands } = await day.run();
    expect([scoring.state, runState(plan, commands).phase]).toEqual(['locked', 'closed']);
    for (const order of [{ what: 'undo' }, { what: 'next', step: null }] as const)
      expect(await reasonOf(day.steer(order))).toBe('closed');
  });

  it('of several tracks is asked which, unless a project tells', async () => {
    const day = await Showing.open((number) =>
      number > 2 ? { slot: { track: 'green', place: number - 2, state: 'told', at: onDay('08:00') } } : {},
    );
    await day.plan();
    await day.plan('14:30', 'gert', 'green');
    expect(await reasonOf(day.next(null, 'hetty'))).toBe('which-track');
    expect((await day.steer({ what: 'noshow', item: 'P04' }, { name: 'hetty' })).ok).toBe(true);
    expect((await day.steer({ what: 'next', step: 0 }, { name: 'hetty', track: 'main' })).ok).toBe(true);
    expect((await stage(day)).onStage?.item).toBe('P01');
  });

  it('calls the parties of a signing one by one', async () => {
    const day = await Showing.open();
    await day.plan();
    const party = (name: string) => ({ zh: name, en: name });
    await day.verbs.addRunItem({
      ...{ person: idOf('hal'), event: null, track: null, effect: 'web:main:hal.a', after: null },
      ...{ kind: 'signing', title: party('签约'), minutes: 5, parties: [party('甲方'), party('乙方')] },
    });
    const heard: string[] = [];
    for (let i = 0; i < 4; i++) {
      await day.next();
      const { onStage, party: there, nextParty } = await stage(day);
      heard.push(`${onStage?.item} ${there?.zh ?? '-'} ${nextParty?.zh ?? '-'}`);
    }
    expect(heard).toEqual(['A1 - 甲方', 'A1 甲方 乙方', 'A1 乙方 -', 'P01 - -']);
  });

  it('loses nothing when the house dies between two writes', async () => {
    const day = await Showing.open();
    await day.plan();
    day.at('14:25');
    const { stores } = day.desk.house;
    let broken = true;
    const deliveries = {
      ...stores.deliveries,
      add: async (rows: Parameters<typeof stores.deliveries.add>[0]) => {
        if (broken) throw new Error('away');
        return stores.deliveries.add(rows);
      },
    };
    const verbs = day.desk.house.verbsOn({ ...stores, deliveries });
    const effect = day.effect();
    await expect(day.steer({ what: 'next', step: null }, { effect, verbs })).rejects.toThrow('away');
    expect(day.rows()).toEqual([]);
    broken = false;
    expect((await day.steer({ what: 'next', step: null }, { effect, verbs })).ok).toBe(true);
    expect((await day.run()).commands).toHaveLength(1);
    expect(day.rows()).toEqual(['callup/P02/next/t2', 'callup/P03/30/t3']);
    expect((await day.run()).calls?.every(({ written }) => written)).toBe(true);
  });
});
