import { expect, it } from 'vitest';
import { type Bench, EARLY_MS, nothingWrong, numberIn, working } from './bench.ts';
import { gathered } from './gathered.ts';

export function survivesReopening(bench: Bench): void {
  it('has every job that was there before all connections were closed, in its state and order', async () => {
    const name = bench.name();
    const before = bench.house();
    const failed = gathered<string>(1);
    const worker = before.worker(
      name,
      async () => {
        throw new Error('no luck');
      },
      working({ onFailed: failed.add }),
    );
    const queue = before.queue(name, nothingWrong);
    await queue.add('work', { n: 0 }, {});
    await failed.done;
    await worker.close();
    await queue.add('work', { n: 1 }, { priority: 1 });
    await queue.add('work', { n: 2 }, {});
    const due = Date.now() + 300;
    await queue.add('work', { n: 3 }, { delay: 300, priority: 2 });
    await queue.add('work', { n: 4 }, { delay: 60_000, jobId: 'tomorrow' });
    await queue.close();
    await before.close();

    const after = bench.house();
    const worked = gathered<{ n: number; at: number }>(3);
    after.worker(name, async (_, data) => worked.add({ n: numberIn(data), at: Date.now() }), working());
    await worked.done;
    expect(worked.all.map(({ n }) => n)).toEqual([2, 1, 3]);
    expect(Number(worked.all[2]?.at) - due).toBeGreaterThanOrEqual(-EARLY_MS);
    const inspected = bench.queue(name);
    expect((await inspected.getDelayed()).map(({ id, data }) => ({ id, n: data.n }))).toEqual([
      { id: 'tomorrow', n: 4 },
    ]);
    expect(
      (await inspected.getFailed()).map(({ data, failedReason }) => ({ n: data.n, failedReason })),
    ).toEqual([{ n: 0, failedReason: 'no luck' }]);
  });

  it('is still paused', async () => {
    const name = bench.name();
    const before = bench.queue(name);
    await before.pause();
    await before.close();
    expect(await bench.queue(name).isPaused()).toBe(true);
  });
}
