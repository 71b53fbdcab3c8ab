import { expect, it } from 'vitest';
import { type Bench, nothingWrong, numberIn, working } from './bench.ts';
import { gate, gathered } from './gathered.ts';

/** By the id of the job, as the house does it, and by BullMQ's option, which both backends have. */
export function deduplicatesJobs(bench: Bench): void {
  it('takes a job with an id that is there already for the same one, whoever adds it', async () => {
    const name = bench.name();
    const queues = [1, 2].map(() => bench.house().queue(name, nothingWrong));
    await Promise.all(
      [1, 2, 3, 4].map((n) => queues[n % 2]?.add('remind', { n: 7 }, { jobId: 'one', delay: 100 })),
    );
    await queues[0]?.add('last', { n: 8 }, { delay: 250 });
    const worked = gathered<number>(2);
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working());
    await worked.done;
    expect(worked.all).toEqual([7, 8]);
  });

  it('leaves alone the job that was first: its data and its time', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    await jobs.add('remind', { n: 1 }, { jobId: 'one', delay: 60_000 });
    await jobs.add('remind', { n: 2 }, { jobId: 'one', delay: 10 });
    const kept = await bench.queue(name).getJobs();
    expect(kept.map(({ id, data, delay }) => ({ id, n: data.n, delay }))).toEqual([
      { id: 'one', n: 1, delay: 60_000 },
    ]);
  });

  it('holds the id while the job is worked on, and frees it when it is removed', async () => {
    const name = bench.name();
    const house = bench.house();
    const jobs = house.queue(name, nothingWrong);
    const worked = gathered<number>(2);
    const begun = gathered<number>(1);
    const door = gate();
    house.worker(
      name,
      async (_, data) => {
        begun.add(numberIn(data));
        await door.passed;
        worked.add(numberIn(data));
      },
      working(),
    );
    const options = { jobId: 'one', removeOnComplete: true };
    await jobs.add('remind', { n: 1 }, options);
    await begun.done;
    await jobs.add('remind', { n: 2 }, options);
    // It is begun only when the job before it was stored as done, and so removed.
    await jobs.add('marker', { n: 3 }, {});
    door.open();
    await worked.done;
    expect(worked.all).toEqual([1, 3]);
    await jobs.add('remind', { n: 4 }, { ...options, delay: 60_000 });
    expect((await bench.queue(name).getJob('one'))?.data).toEqual({ n: 4 });
  });

  it('holds the id of a job that is done and kept', async () => {
    const name = bench.name();
    const house = bench.house();
    const jobs = house.queue(name, nothingWrong);
    const worked = gathered<number>(2);
    house.worker(name, async (_, data) => worked.add(numberIn(data)), working());
    await jobs.add('remind', { n: 1 }, { jobId: 'one' });
    await jobs.add('marker', { n: 2 }, {});
    await worked.done;
    await jobs.add('remind', { n: 3 }, { jobId: 'one', delay: 60_000 });
    const inspected = bench.queue(name);
    expect((await inspected.getJob('one'))?.data).toEqual({ n: 1 });
    expect(await inspected.getDelayedCount()).toBe(0);
  });

  it('adds nothing under a deduplication id until its job is done', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    const deduplication = { id: 'send' };
    const [first, second] = [
      await queue.add('send', { n: 1 }, { deduplication }),
      await queue.add('send', { n: 2 }, { deduplication }),
    ];
    expect(second.id).toBe(first.id);
    const worked = gathered<number>(1);
    const worker = await bench.worker(name, async ({ data }) => data.n);
    worker.on('completed', (job) => worked.add(job.returnvalue));
    await worked.done;
    const completed = new Promise<number>((resolve) => {
      worker.on('completed', (job) => resolve(job.returnvalue));
    });
    const third = await queue.add('send', { n: 3 }, { deduplication });
    expect(third.id).not.toBe(first.id);
    expect(await completed).toBe(3);
    expect(worked.all).toEqual([1, 3]);
  });

  it('adds nothing under a deduplication id for its time, even if the job is done', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    const first = gathered<number>(1);
    const all = gathered<number>(3);
    const passed = gathered<number>(2);
    const worker = await bench.worker(name, async ({ data }) => data.n);
    worker.on('completed', ({ returnvalue }) => {
      for (const each of [first, passed, all]) each.add(returnvalue);
    });
    const deduplication = { id: 'send', ttl: 400 };
    await queue.add('send', { n: 1 }, { deduplication });
    await first.done;
    await queue.add('send', { n: 2 }, { deduplication });
    await queue.add('later', { n: 3 }, { delay: 450 });
    await passed.done;
    await queue.add('send', { n: 4 }, { deduplication });
    expect(await all.done).toEqual([1, 3, 4]);
  });

  it('keeps of a burst the last one, if a newer job is to replace a delayed one', async () => {
    const name = bench.name();
    const queue = bench.queue(name);
    const options = { delay: 200, deduplication: { id: 'send', ttl: 500, extend: true, replace: true } };
    for (const n of [1, 2, 3]) await queue.add('send', { n }, options);
    expect(await queue.getDelayedCount()).toBe(1);
    const worked = gathered<number>(1);
    await bench.worker(name, async ({ data }) => worked.add(data.n));
    expect(await worked.done).toEqual([3]);
    expect(await queue.getDelayedCount()).toBe(0);
  });
}
