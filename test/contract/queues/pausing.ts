import { expect, it } from 'vitest';
import { type Bench, nothingWrong, numberIn, working } from './bench.ts';
import { gate, gathered } from './gathered.ts';

export function pauses(bench: Bench): void {
  /**
   * How many waiting jobs a paused queue counts. BullMQ 6 gave up its state `paused` and counts such jobs as waiting;
   * its PostgreSQL backend lists them as waiting too, but still counts them under the old name, which has no type any
   * more.
   */
  const held = (jobs: number): number => (bench.kind === 'redis' ? jobs : 0);

  it('gives out no job of a paused queue, to no worker, until it is resumed', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    await queue.pause();
    const jobs = bench.house().queue(name, nothingWrong);
    for (const n of [1, 2, 3]) await jobs.add('work', { n }, {});
    const worked = gathered<number>(3);
    const worker = await bench.worker(name, async ({ data }) => worked.add(data.n), { autorun: false });
    // It looked and found nothing to take, although three jobs are there.
    const looked = new Promise<void>((resolve) => worker.once('drained', resolve));
    void worker.run();
    await looked;
    expect(worked.all).toEqual([]);
    expect((await queue.getWaiting()).map(({ data }) => data.n)).toEqual([1, 2, 3]);
    expect(await queue.getJobCounts('waiting', 'active')).toEqual({ waiting: held(3), active: 0 });
    expect(await bench.queue(name).isPaused()).toBe(true);
    await queue.resume();
    expect(await worked.done).toEqual([1, 2, 3]);
    expect(await queue.isPaused()).toBe(false);
  });

  it('finishes the job that was worked on when its queue was paused', async () => {
    const name = bench.name();
    const inside = gathered<number>(1);
    const done = gathered<number>(1);
    const door = gate();
    const worker = await bench.worker(name, async ({ data }) => {
      inside.add(data.n);
      await door.passed;
      return data.n;
    });
    worker.on('completed', ({ returnvalue }) => done.add(returnvalue));
    const queue = bench.queue(name);
    for (const n of [1, 2]) await queue.add('work', { n });
    await inside.done;
    await queue.pause();
    door.open();
    expect(await done.done).toEqual([1]);
    expect(await queue.getJobCounts('completed', 'waiting', 'active')).toEqual({
      completed: 1,
      waiting: held(1),
      active: 0,
    });
    expect(inside.all).toEqual([1]);
  });

  it('pauses one worker alone: it finishes its job, the rest goes to another', async () => {
    const name = bench.name();
    const first: number[] = [];
    const begun = gathered<number>(1);
    const door = gate();
    const pausing = await bench.worker(name, async ({ data }) => {
      begun.add(data.n);
      await door.passed;
      first.push(data.n);
    });
    const jobs = bench.house().queue(name, nothingWrong);
    for (const n of [1, 2, 3]) await jobs.add('work', { n }, {});
    await begun.done;
    const paused = pausing.pause();
    door.open();
    await paused;
    expect(first).toEqual([1]);
    const rest = gathered<number>(2);
    bench.house().worker(name, async (_, data) => rest.add(numberIn(data)), working());
    expect(await rest.done).toEqual([2, 3]);
    expect(first).toEqual([1]);
  });
}
