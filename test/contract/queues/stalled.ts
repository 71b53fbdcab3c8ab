import type { Job } from 'bullmq';
import { expect, it } from 'vitest';
import type { Settings, Work } from './backends.ts';
import { type Bench, nothingWrong } from './bench.ts';
import { gate, gathered } from './gathered.ts';
import { vanishWithJob } from './vanishing.ts';

/** A lock is lost quickly here, and the loss is seen quickly. */
const QUICK: Settings = { lockDuration: 300, stalledInterval: 200 };
/** A worker that never renews its lock, as one whose process hangs. */
const HANGING: Settings = { lockDuration: 100, skipLockRenewal: true, skipStalledCheck: true };

export function recoversStalledJobs(bench: Bench): void {
  it('gives the job of a killed process to another worker', async () => {
    const name = bench.name();
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, { jobId: 'held' });
    expect(await vanishWithJob(bench, name, QUICK)).toBe('held');
    expect(await bench.queue(name).getJobState('held')).toBe('active');

    const stalled = gathered<string>(1);
    const done = gathered<Job<Work>>(1);
    const worker = await bench.worker(name, async ({ data }) => data.n, QUICK);
    worker.on('stalled', stalled.add);
    worker.on('completed', done.add);
    const [job] = await done.done;
    expect(stalled.all).toEqual(['held']);
    // Begun twice, and counted as one attempt: who vanished used none up.
    expect({
      id: job?.id,
      result: job?.returnvalue,
      begun: job?.attemptsStarted,
      made: job?.attemptsMade,
    }).toEqual({ id: 'held', result: 1, begun: 2, made: 1 });
    expect(await bench.queue(name).getJobCounts('completed', 'active', 'waiting', 'failed')).toEqual({
      completed: 1,
      active: 0,
      waiting: 0,
      failed: 0,
    });
  });

  it('leaves a long job to the worker that renews its lock', async () => {
    const name = bench.name();
    const lockDuration = 400;
    const begun: { who: string; at: number }[] = [];
    const stalled: string[] = [];
    const door = gate();
    const done = gathered<Job<Work>>(1);
    for (const who of ['one', 'two']) {
      const worker = await bench.worker(
        name,
        async () => {
          begun.push({ who, at: Date.now() });
          await door.passed;
        },
        { lockDuration, lockRenewTime: 100, stalledInterval: 50 },
      );
      worker.on('stalled', (id) => stalled.push(id));
      // The renewals themselves end the job, as soon as its first lock is over.
      worker.on('locksRenewed', () => {
        if (Date.now() - Number(begun[0]?.at) > lockDuration) door.open();
      });
      worker.on('completed', done.add);
    }
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, {});
    const [job] = await done.done;
    expect(Number(job?.finishedOn) - Number(job?.processedOn)).toBeGreaterThan(lockDuration);
    expect(begun).toHaveLength(1);
    expect(stalled).toEqual([]);
  });

  it('works a job twice when its worker hung and comes back: the result is of the one that has the lock', async () => {
    const name = bench.name();
    const door = gate();
    const begun = gathered<string>(1);
    const complaint = gathered<Error>(1);
    const hanging = await bench.worker(
      name,
      async () => {
        begun.add('hanging');
        await door.passed;
        return 'late';
      },
      HANGING,
    );
    hanging.on('error', complaint.add);
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, { jobId: 'held' });
    await begun.done;
    const done = gathered<Job<Work>>(1);
    const other = await bench.worker(name, async () => 'in time', QUICK);
    other.on('completed', done.add);
    await done.done;
    door.open();
    expect((await complaint.done)[0]?.message).toMatch(/held/u);
    expect((await bench.queue(name).getJob('held'))?.returnvalue).toBe('in time');
    expect(done.all).toHaveLength(1);
    expect(await bench.queue(name).getJobCounts('completed', 'failed')).toEqual({ completed: 1, failed: 0 });
  });

  it('gives up a job that stalled more often than it may, with the reason', async () => {
    const name = bench.name();
    const door = gate();
    const begun = gathered<string>(1);
    await bench.worker(
      name,
      async () => {
        begun.add('hanging');
        await door.passed;
      },
      HANGING,
    );
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, { jobId: 'held', attempts: 5 });
    await begun.done;
    const failed = gathered<string>(1);
    const strict = await bench.worker(name, async () => begun.add('strict'), {
      ...QUICK,
      maxStalledCount: 0,
    });
    strict.on('failed', (_, { message }) => failed.add(message));
    expect(await failed.done).toEqual(['job stalled more than allowable limit']);
    door.open();
    expect(begun.all).toEqual(['hanging']);
    expect(await bench.queue(name).getJobState('held')).toBe('failed');
  });
}
