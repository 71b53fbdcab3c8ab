import { expect, it } from 'vitest';
import { type Bench, nothingWrong, working } from './bench.ts';
import { gathered } from './gathered.ts';

/** Jobs that a queue holds in any state in which they will still be worked. */
const OPEN = ['delayed', 'waiting', 'active', 'prioritized'] as const;

export function schedulesJobs(bench: Bench): void {
  it('has a scheduler once, also when two processes make it at the same moment', async () => {
    const name = bench.name();
    const queues = [1, 2].map(() => bench.house().queue(name, nothingWrong));
    await Promise.all(queues.map((queue) => queue.every('sweep', 60_000, 'tick', {})));
    await Promise.all(queues.map((queue) => queue.every('sweep', 60_000, 'tick', {})));
    const inspected = bench.queue(name);
    expect(await inspected.getJobSchedulersCount()).toBe(1);
    expect(await inspected.getJobCountByTypes(...OPEN)).toBe(1);
  });

  it('ticks once per interval, with two workers and two processes that scheduled it', async () => {
    const name = bench.name();
    const every = 100;
    const ticks = gathered<string>(4);
    for (const _ of [1, 2]) await bench.worker(name, async ({ id }) => ticks.add(id ?? ''));
    for (const _ of [1, 2]) await bench.house().queue(name, nothingWrong).every('sweep', every, 'tick', {});
    await ticks.done;
    // A tick is named for its scheduler and its moment, so that it can't be there twice.
    const moments = ticks.all.map((id) => {
      expect(id).toMatch(/^repeat:sweep:\d+$/u);
      return Number(id.split(':').at(-1));
    });
    expect(new Set(moments).size).toBe(moments.length);
    const first = Math.min(...moments);
    for (const moment of moments) expect((moment - first) % every).toBe(0);
    expect(await bench.queue(name).getJobSchedulersCount()).toBe(1);
  });

  it('goes on ticking after everybody went and came back, and is left alone by who makes it again', async () => {
    const name = bench.name();
    const before = bench.house();
    const queue = before.queue(name, nothingWrong);
    await queue.every('sweep', 100, 'tick', {});
    const first = gathered<string>(2);
    const leaving = before.worker(name, async (job) => first.add(job), working());
    await first.done;
    await leaving.close();
    await queue.close();
    await before.close();

    const stored = await bench.queue(name).getJobScheduler('sweep');
    const after = bench.house();
    await after.queue(name, nothingWrong).every('sweep', 100, 'tick', {});
    // Its ticks are counted on, and the next one is not put off.
    expect(stored?.iterationCount).toBeGreaterThan(1);
    expect(await bench.queue(name).getJobScheduler('sweep')).toEqual(stored);
    const ticks = gathered<string>(2);
    after.worker(name, async (job) => ticks.add(job), working());
    expect(await ticks.done).toEqual(['tick', 'tick']);
  });

  // A worker may learn of the nearer tick only when it looks again by itself, some seconds later.
  it('takes another interval in place of the one it had', { timeout: 60_000 }, async () => {
    const name = bench.name();
    const queue = bench.house().queue(name, nothingWrong);
    await queue.every('sweep', 3_600_000, 'tick', {});
    await queue.every('sweep', 100, 'tick', {});
    const inspected = bench.queue(name);
    expect((await inspected.getJobSchedulers()).map(({ key, every }) => ({ key, every }))).toEqual([
      { key: 'sweep', every: 100 },
    ]);
    expect(await inspected.getJobCountByTypes(...OPEN)).toBe(1);
    const ticks = gathered<string>(3);
    bench.house().worker(name, async (job) => ticks.add(job), working());
    expect(await ticks.done).toEqual(['tick', 'tick', 'tick']);
  });

  it('ends with its scheduler, and takes its next tick with it', async () => {
    const name = bench.name();
    await bench.house().queue(name, nothingWrong).every('sweep', 60_000, 'tick', {});
    const inspected = bench.queue(name);
    expect(await inspected.removeJobScheduler('sweep')).toBe(true);
    expect(await inspected.removeJobScheduler('sweep')).toBe(false);
    expect(await inspected.getJobSchedulersCount()).toBe(0);
  });
}
