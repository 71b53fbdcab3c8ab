import { expect, it } from 'vitest';
import { type Bench, nothingWrong } from './bench.ts';
import { gathered } from './gathered.ts';

const WINDOW_MS = 300;
/** The service counts the time, and the answer takes its way: they may differ by so much. */
const APART_MS = 50;

export function limitsTheRate(bench: Bench): void {
  it('starts no more jobs in a time than it may, over all workers together', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    for (const n of [1, 2, 3, 4, 5]) await jobs.add('work', { n }, {});
    const started = gathered<{ n: number; at: number }>(5);
    for (const _ of [1, 2])
      await bench.worker(
        name,
        async ({ data, processedOn = 0 }) => started.add({ n: data.n, at: processedOn }),
        {
          limiter: { max: 2, duration: WINDOW_MS },
        },
      );
    await started.done;
    expect(started.all.map(({ n }) => n).sort()).toEqual([1, 2, 3, 4, 5]);
    const at = started.all.map((job) => job.at).sort((a, b) => a - b);
    // The time is counted from the first job that used it: the third and the fifth open the next ones.
    expect(Number(at[2]) - Number(at[0])).toBeGreaterThanOrEqual(WINDOW_MS - APART_MS);
    expect(Number(at[4]) - Number(at[2])).toBeGreaterThanOrEqual(WINDOW_MS - APART_MS);
  });

  it('holds a queue back for a time that it was told, and works all of it after', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    for (const n of [1, 2]) await queue.add('work', { n });
    const began = Date.now();
    await queue.rateLimit(WINDOW_MS);
    expect(await queue.getRateLimitTtl()).toBeGreaterThan(0);
    const worked = gathered<{ n: number; at: number }>(2);
    await bench.worker(name, async ({ data }) => worked.add({ n: data.n, at: Date.now() }), {
      limiter: { max: 100, duration: 1_000 },
    });
    await worked.done;
    expect(worked.all.map(({ n }) => n)).toEqual([1, 2]);
    for (const { at } of worked.all) expect(at - began).toBeGreaterThanOrEqual(WINDOW_MS - APART_MS);
  });
}
