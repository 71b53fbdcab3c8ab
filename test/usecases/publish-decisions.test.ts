import { describe, expect, it } from 'vitest';
import { pendingDecision } from '../../src/domain/project.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import { FAIR } from './house.ts';
import { idOf } from './linking.ts';
import { Reviewing } from './reviewing.ts';

const VERDICTS = ['accept', 'reject', 'changes'] as const;

async function decided(count = 3): Promise<Reviewing> {
  const made = await Reviewing.open(count);
  for (let number = 1; number <= count; number++)
    await made.decide(number, VERDICTS[(number - 1) % 3] ?? 'accept');
  return made;
}

async function statesOf(made: Reviewing): Promise<unknown[]> {
  const all = await made.house.stores.projects.ofEvent(FAIR, 0, 500);
  return all.map(({ state, decision, telling, extendedUntil }) => [
    state,
    decision?.publishedAt,
    telling,
    extendedUntil,
  ]);
}

describe('publishing', () => {
  it('is for organizers, and for as many as were confirmed', async () => {
    const made = await decided();
    await made.grant('rob', { event: FAIR });
    expect(await made.publish(3, 'e', made.verbs, 'rob')).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await made.publish(2)).toMatchObject({ ok: false, reason: 'count-changed', data: { count: 3 } });
    expect(made.rows()).toEqual([]);
    expect(await made.publish(3)).toMatchObject({ ok: true, data: { count: 3 } });
    expect((await statesOf(made)).map((one) => (one as unknown[])[0])).toEqual([
      'accepted',
      'rejected',
      'changes-requested',
    ]);
    const heard = await made.send();
    expect(heard.map((text) => text.slice(0, 2))).toEqual(['t1', 't2', 't3']);
    expect(await made.publish(0)).toMatchObject({ ok: true, data: { count: 0 } });
  });

  it('of one project leaves the others', async () => {
    const made = await decided();
    const one = { ...made.named(3), effect: 'one' };
    expect(await made.verbs.publishDecision(one)).toMatchObject({ ok: true });
    expect(await made.verbs.publishDecision(one)).toMatchObject({ ok: true });
    expect(made.rows()).toEqual([`decision/project-3/1/${idOf('t3')} pending`]);
    expect((await made.project(1)).decision?.publishedAt).toBeNull();
  });

  it('leaves out what was withdrawn meanwhile', async () => {
    const made = await decided();
    await made.change(1, { state: 'withdrawn' });
    expect(await made.publish(2)).toMatchObject({ ok: true, data: { count: 2 } });
    expect((await made.project(1)).state).toBe('withdrawn');
  });

  it('interrupted at any call, and again at any call of doing it again, tells every team once', async () => {
    const smooth = await decided();
    const { ports, calls } = counting(smooth.house.stores);
    await smooth.publish(3, 'same', smooth.house.verbsOn(ports));
    const expected = await statesOf(smooth);
    const steps = calls();
    expect(steps).toBeGreaterThan(8);
    for (let first = 0; first < steps; first++) {
      for (let second = 0; second <= steps; second += 4) {
        const made = await decided();
        for (const last of [first, second]) {
          const verbs = made.house.verbsOn(crashAfter(made.house.stores, last).ports);
          await made.publish(3, 'same', verbs).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        }
        const what = `after ${first} and ${second}`;
        expect(await made.publish(3, 'same'), what).toMatchObject({ ok: true, data: { count: 3 } });
        expect(await statesOf(made), what).toEqual(expected);
        expect(await made.send(), what).toHaveLength(3);
      }
    }
  });

  it('that is never taken up again leaves no published decision untold: the sweep writes its letters', async () => {
    for (let last = 0; last < 30; last++) {
      const made = await decided();
      const verbs = made.house.verbsOn(crashAfter(made.house.stores, last).ports);
      await made.publish(3, 'same', verbs).catch(() => {});
      await made.verbs.tellProjects();
      const all = await made.house.stores.projects.ofEvent(FAIR, 0, 500);
      const published = all.filter((one) => one.decision && !pendingDecision(one));
      expect(await made.send(), `after ${last}`).toHaveLength(published.length);
      expect(await made.house.stores.projects.telling(9)).toEqual([]);
    }
  });

  it('of 200 is quick, and tells how far it is where it takes long', async () => {
    const decision = { number: 1, verdict: 'accept', messages: [], by: 'r', publishedAt: null } as const;
    const made = await Reviewing.open(200, () => ({ decision: { ...decision, at: new Date() } }));
    const began = performance.now();
    const { stores } = made.house;
    const slow = {
      ...stores,
      projects: {
        ...stores.projects,
        save: async (...what: Parameters<typeof stores.projects.save>) => {
          made.house.clock.set(new Date(made.house.clock.now().getTime() + 30));
          return stores.projects.save(...what);
        },
      },
    };
    expect(await made.publish(200, 'web:main:ada.900', made.house.verbsOn(slow))).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(made.rows('decision/')).toHaveLength(200);
    const told = made.house.stores.deliveries.all().filter(({ id }) => id.startsWith('publishing/'));
    expect(told.map(({ letter }) => letter.text)[0]).toMatch(/^已公布 \d+\/200$/u);
    expect(told[0]).toMatchObject({ to: 'web:main:ada' });
  });
});

describe('a letter that lies ready', () => {
  it('of an older decision is not sent once another is published, and that one says that it replaces it', async () => {
    const made = await Reviewing.open(1);
    await made.accepted(1);
    await made.decide(1, 'reject');
    await made.publish(1);
    const heard = await made.send();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('未能入选');
    expect(made.rows()).toEqual([
      `decision/project-1/1/${idOf('t1')} skipped superseded`,
      `decision/project-1/2/${idOf('t1')} sent`,
    ]);
  });

  it('is still sent while another decision is only pending', async () => {
    const made = await Reviewing.open(1);
    await made.accepted(1);
    await made.decide(1, 'reject');
    expect(await made.send()).toEqual([expect.stringContaining('已通过')]);
  });

  it('is not sent to who has left the team', async () => {
    const made = await Reviewing.open(1);
    await made.accepted(1);
    await made.change(1, { members: [] });
    expect(await made.send()).toEqual([]);
  });
});
