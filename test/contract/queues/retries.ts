import { type Job, UnrecoverableError } from 'bullmq';
import { expect, it } from 'vitest';
import type { Work } from './backends.ts';
import { type Bench, EARLY_MS, nothingWrong, numberIn, working } from './bench.ts';
import { gathered } from './gathered.ts';

export function retriesJobs(bench: Bench): void {
  /** Lets a job fail for all its attempts; gives when each began, and the delay that was set before the next. */
  async function failing(attempts: number, backoff: { type: 'fixed' | 'exponential'; delay: number }) {
    const name = bench.name();
    const began: number[] = [];
    const failures = gathered<number>(attempts);
    const worker = await bench.worker(name, async () => {
      began.push(Date.now());
      throw new Error('no luck');
    });
    worker.on('failed', (job) => failures.add(job?.delay ?? -1));
    await bench.house().queue(name, nothingWrong).add('try', { n: 1 }, { attempts, backoff });
    await failures.done;
    const waited = began.slice(1).map((at, i) => at - (began[i] ?? 0));
    return { waited, delays: failures.all.slice(0, -1), failed: await bench.queue(name).getFailed() };
  }

  it('tries again after a fixed time, and keeps the reason of a job that failed for good', async () => {
    const { waited, delays, failed } = await failing(3, { type: 'fixed', delay: 60 });
    expect(delays).toEqual([60, 60]);
    for (const ms of waited) expect(ms).toBeGreaterThanOrEqual(60 - EARLY_MS);
    expect(failed.map(({ failedReason, attemptsMade }) => ({ failedReason, attemptsMade }))).toEqual([
      { failedReason: 'no luck', attemptsMade: 3 },
    ]);
  });

  it('waits twice as long before each next attempt with an exponential backoff', async () => {
    const { waited, delays } = await failing(4, { type: 'exponential', delay: 50 });
    expect(delays).toEqual([50, 100, 200]);
    for (const [i, ms] of waited.entries()) expect(ms).toBeGreaterThanOrEqual(50 * 2 ** i - EARLY_MS);
  });

  it('stops trying when it succeeded; each failure is told with the name of the job', async () => {
    const name = bench.name();
    const house = bench.house();
    const tries: number[] = [];
    const succeeded = gathered<number>(2);
    const failures: string[] = [];
    house.worker(
      name,
      async (_, data) => {
        tries.push(numberIn(data));
        if (tries.length < 3) throw new Error(`no luck ${tries.length}`);
        succeeded.add(numberIn(data));
        // It is begun only when this job was stored as done.
        if (tries.length === 3) await jobs.add('marker', { n: 2 }, {});
      },
      working({ onFailed: (job, { message }) => failures.push(`${job}: ${message}`) }),
    );
    const jobs = house.queue(name, nothingWrong);
    await jobs.add('try', { n: 1 }, { attempts: 5, backoff: { type: 'fixed', delay: 20 }, jobId: 'tried' });
    await succeeded.done;
    expect(tries).toEqual([1, 1, 1, 2]);
    expect(failures).toEqual(['try: no luck 1', 'try: no luck 2']);
    expect(await bench.queue(name).getJobState('tried')).toBe('completed');
  });

  it('lets another job pass while one waits for its next attempt', async () => {
    const name = bench.name();
    const worked = gathered<number>(3);
    const failed = gathered<string>(1);
    const house = bench.house();
    const jobs = house.queue(name, nothingWrong);
    for (const n of [1, 2])
      await jobs.add('work', { n }, { attempts: 2, backoff: { type: 'fixed', delay: 300 } });
    house.worker(
      name,
      async (_, data) => {
        worked.add(numberIn(data));
        if (worked.all.length === 1) throw new Error('no luck');
      },
      working({ onFailed: failed.add }),
    );
    await worked.done;
    expect(worked.all).toEqual([1, 2, 1]);
    expect(failed.all).toEqual(['work']);
  });

  it('does not try again what said that it can not succeed', async () => {
    const name = bench.name();
    const tries: number[] = [];
    const failed = gathered<Job<Work> | undefined>(1);
    const worker = await bench.worker(name, async ({ attemptsMade }) => {
      tries.push(attemptsMade);
      throw new UnrecoverableError('never');
    });
    worker.on('failed', failed.add);
    const jobs = bench.house().queue(name, nothingWrong);
    await jobs.add('try', { n: 1 }, { attempts: 3, backoff: { type: 'fixed', delay: 1 } });
    const [job] = await failed.done;
    expect(await job?.getState()).toBe('failed');
    expect(tries).toEqual([0]);
  });

  it('frees the id of a job that failed for good, if it is to be removed', async () => {
    const name = bench.name();
    const house = bench.house();
    const jobs = house.queue(name, nothingWrong);
    const failed = gathered<string>(1);
    const worked = gathered<number>(2);
    house.worker(
      name,
      async (_, data) => {
        worked.add(numberIn(data));
        if (numberIn(data) === 1) throw new Error('no luck');
      },
      working({ onFailed: failed.add }),
    );
    const options = { jobId: 'remind-one', removeOnFail: true, removeOnComplete: true };
    await jobs.add('remind', { n: 1 }, options);
    expect(await failed.done).toEqual(['remind']);
    await jobs.add('remind', { n: 2 }, options);
    expect(await worked.done).toEqual([1, 2]);
  });
}
