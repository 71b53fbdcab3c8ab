import { createPostgresBackend, type Job, type Processor, withBackend } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/embedded/index.ts';
import { DataDirs } from './data-dirs.ts';
import { keptLog } from './mongo.ts';

interface Work {
  n: number;
}

const { Queue, Worker } = withBackend(createPostgresBackend);

describe('BullMQ on the embedded PostgreSQL', () => {
  const dirs = new DataDirs();
  let embedded: Embedded;
  const closing: { close(): Promise<unknown> }[] = [];
  const connection = () => ({ ...embedded.postgres, max: 4, migrate: true });

  function queue(name: string) {
    const made = new Queue<Work>(name, { connection: connection() });
    closing.unshift(made);
    return made;
  }

  function worker(name: string, process: Processor<Work>, concurrency = 2) {
    const made = new Worker<Work>(name, process, { connection: connection(), concurrency });
    made.on('error', () => {});
    closing.push(made);
    return made;
  }

  /** Resolves when so many jobs were worked on, with what was noted of each. */
  function gathered<T>(count: number): { add: (item: T) => void; done: Promise<T[]> } {
    const items: T[] = [];
    let finish = (_items: T[]): void => {};
    const done = new Promise<T[]>((resolve) => {
      finish = resolve;
    });
    return { add: (item) => items.push(item) === count && finish(items), done };
  }

  beforeAll(async () => {
    embedded = await startEmbedded({ dataDir: dirs.path(), log: keptLog() });
    await queue('ready').waitUntilReady();
  });
  afterAll(async () => {
    await Promise.all(closing.map((each) => each.close()));
    await embedded.close();
    dirs.remove();
  });

  it('works each job once, in two workers, soon after it was added', async () => {
    const jobs = queue('sending');
    const work = gathered<[string, number]>(200);
    const workers = ['one', 'two'].map((who) =>
      worker('sending', async ({ data }) => work.add([who, data.n])),
    );
    await Promise.all(workers.map((each) => each.waitUntilReady()));
    const began = performance.now();
    const first = gathered<number>(1);
    const probe = worker('probe', async ({ data }) => first.add(data.n));
    await probe.waitUntilReady();
    await queue('probe').add('job', { n: 1 });
    await first.done;
    // Without notifications a worker would look again only every five seconds.
    expect(performance.now() - began).toBeLessThan(3000);
    await Promise.all(Array.from({ length: 100 }, (_, n) => jobs.add('single', { n })));
    await jobs.addBulk(Array.from({ length: 100 }, (_, n) => ({ name: 'bulk', data: { n: n + 100 } })));
    const done = await work.done;
    expect(done.map(([, n]) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    expect(new Set(done.map(([who]) => who)).size).toBe(2);
  });

  it('keeps a delayed job until it is due, and repeats a scheduled one', async () => {
    const jobs = queue('scheduling');
    const delayed = gathered<number>(1);
    const ticks = gathered<number>(3);
    const made = worker('scheduling', async ({ name }) =>
      name === 'tick' ? ticks.add(Date.now()) : delayed.add(Date.now()),
    );
    await made.waitUntilReady();
    const due = Date.now() + 400;
    await jobs.add('later', { n: 1 }, { delay: 400 });
    const [at] = await delayed.done;
    expect(Number(at) - due).toBeGreaterThanOrEqual(-5);
    await jobs.upsertJobScheduler('sweep', { every: 150 }, { name: 'tick', data: { n: 0 } });
    await jobs.upsertJobScheduler('sweep', { every: 150 }, { name: 'tick', data: { n: 0 } });
    await ticks.done;
    expect(await jobs.getJobSchedulersCount()).toBe(1);
    await jobs.removeJobScheduler('sweep');
  });

  it('tries a failed job again, and keeps the reason of one that failed for good', async () => {
    const jobs = queue('failing');
    const tries = gathered<number>(3);
    const made = worker('failing', async ({ attemptsMade }) => {
      tries.add(attemptsMade);
      throw new Error('no luck');
    });
    const failed = new Promise<Job<Work> | undefined>((resolve) => {
      made.on('failed', (job) => job?.attemptsMade === 3 && resolve(job));
    });
    await jobs.add('try', { n: 1 }, { attempts: 3, backoff: { type: 'fixed', delay: 20 } });
    expect((await failed)?.failedReason).toBe('no luck');
    expect(await tries.done).toEqual([0, 1, 2]);
    expect(await jobs.getFailedCount()).toBe(1);
  });
});
