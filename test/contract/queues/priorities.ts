import { expect, it } from 'vitest';
import { type Bench, nothingWrong, numberIn, working } from './bench.ts';
import { gathered } from './gathered.ts';

export function respectsPriorities(bench: Bench): void {
  it('takes jobs without a priority first, then by priority, and equal ones as they came', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    const added = [3, 1, 0, 2, 1, 3, 0];
    for (const [n, priority] of added.entries()) await jobs.add('work', { n }, { priority });
    const worked = gathered<number>(added.length);
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working());
    expect(await worked.done).toEqual([2, 6, 1, 4, 3, 0, 5]);
  });

  it('lets a delayed job take its place when it is due, and counts jobs by priority', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    const due = { delay: 3_600_000, timestamp: Date.now() - 3_600_000 };
    await queue.add('work', { n: 1 }, { priority: 5 });
    await queue.add('work', { n: 2 }, { priority: 5 });
    await queue.add('work', { n: 3 }, { priority: 2, ...due });
    expect(await queue.getCountsPerPriority([2, 5])).toEqual({ 2: 0, 5: 2 });
    const worked = gathered<number>(3);
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working());
    expect(await worked.done).toEqual([3, 1, 2]);
  });

  it('moves a waiting job when its priority changes', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    for (const n of [1, 2]) await queue.add('work', { n }, { priority: 5 });
    const urgent = await queue.add('work', { n: 3 }, { priority: 9 });
    await urgent.changePriority({ priority: 1 });
    const worked = gathered<number>(3);
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working());
    expect(await worked.done).toEqual([3, 1, 2]);
  });
}
