import { expect, it } from 'vitest';
import { type Bench, EARLY_MS, nothingWrong, numberIn, working } from './bench.ts';
import { gathered } from './gathered.ts';

const HOUR_MS = 3_600_000;

export function delaysJobs(bench: Bench): void {
  it('works jobs when they are due, and not in the order of adding', async () => {
    const name = bench.name();
    const house = bench.house();
    const jobs = house.queue(name, nothingWrong);
    const worked = gathered<{ n: number; at: number }>(2);
    house.worker(name, async (_, data) => worked.add({ n: numberIn(data), at: Date.now() }), working());
    const began = Date.now();
    for (const delay of [HOUR_MS, 0, 300]) await jobs.add('work', { n: delay }, { delay });
    await worked.done;
    expect(worked.all.map(({ n }) => n)).toEqual([0, 300]);
    for (const { n, at } of worked.all) expect(at - began).toBeGreaterThanOrEqual(n - EARLY_MS);
    const waiting = await bench.queue(name).getDelayed();
    expect(waiting.map(({ data, delay }) => ({ n: data.n, delay }))).toEqual([
      { n: HOUR_MS, delay: HOUR_MS },
    ]);
  });

  it('works at once what fell due while there was no worker', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    const now = Date.now();
    await jobs.add('work', { n: 1 }, { delay: HOUR_MS, timestamp: now - HOUR_MS });
    await jobs.add('work', { n: 2 }, { delay: HOUR_MS, timestamp: now - 2 * HOUR_MS });
    const worked = gathered<number>(2);
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working());
    await worked.done;
    // Redis promotes in the order of the times; PostgreSQL promotes all that is due in one statement, and then works
    // it in the order of adding. Nothing of the house rests on either: a row is claimed by what is due in it.
    expect(worked.all).toEqual(bench.kind === 'redis' ? [2, 1] : [1, 2]);
  });
}
