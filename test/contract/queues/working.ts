import { expect, it } from 'vitest';
import { type JobService, jobBackend } from '../../../jobs/backend.ts';
import { type Bench, nothingWrong, numberIn, working } from './bench.ts';
import { gathered } from './gathered.ts';

/** Where nobody serves. */
const AWAY: Readonly<Record<JobService['kind'], JobService>> = {
  redis: { kind: 'redis', url: 'redis://127.0.0.1:1' },
  postgres: {
    kind: 'postgres',
    address: { host: '/nowhere', port: 5432, database: 'postgres', user: 'postgres' },
  },
};

/** What every queue rests on: a job is worked once, soon, and by whoever has time. */
export function worksEachJobOnce(bench: Bench): void {
  it('works each job once, whichever of two workers takes it', async () => {
    const name = bench.name();
    const worked = gathered<{ who: number; n: number }>(200);
    for (const who of [1, 2])
      bench
        .house()
        .worker(name, async (_, data) => worked.add({ who, n: numberIn(data) }), working({ concurrency: 2 }));
    const single = bench.house().queue(name, nothingWrong);
    const numbers = Array.from({ length: 100 }, (_, n) => n);
    await Promise.all(numbers.map((n) => single.add('single', { n }, {})));
    await bench.queue(name).addBulk(numbers.map((n) => ({ name: 'bulk', data: { n: n + 100 } })));
    await worked.done;
    expect(worked.all.map(({ n }) => n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, n) => n),
    );
    expect(new Set(worked.all.map(({ who }) => who))).toEqual(new Set([1, 2]));
  });

  it('wakes an idle worker when a job is added, without waiting for it to look again', async () => {
    const name = bench.name();
    const worked = gathered<number>(1);
    const idle = await bench.worker(name, async ({ data }) => worked.add(data.n), {
      autorun: false,
      drainDelay: 60,
    });
    const drained = new Promise<void>((resolve) => idle.once('drained', resolve));
    void idle.run();
    await drained;
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, {});
    // It would look by itself only after 60 seconds, long after this test was given up.
    expect(await worked.done).toEqual([1]);
  });

  it('answers a ping, and says when the service is away', async () => {
    // The embedded one lives in the process that asks: what stops it stops everything, so its ping asks nobody.
    const house = bench.house();
    await house.queue(bench.name(), nothingWrong).add('work', { n: 1 }, {});
    expect(await house.ping()).toBe(bench.kind === 'redis' ? 'PONG' : undefined);
    const away = jobBackend(AWAY[bench.kind], bench.prefix);
    if (bench.kind === 'redis') await expect(away.ping()).rejects.toThrow();
    else {
      const jobs = away.queue(bench.name(), () => {});
      await expect(jobs.add('work', { n: 1 }, {})).rejects.toThrow('ENOENT');
      await jobs.close();
    }
    await away.close();
  });

  it('keeps houses apart by their prefix where they share a service', async () => {
    const name = bench.name();
    await bench.house().queue(name, nothingWrong).add('work', { n: 1 }, {});
    await bench.house(`${bench.prefix}-other`).queue(name, nothingWrong).add('work', { n: 2 }, {});
    // BullMQ has no prefix on PostgreSQL, where a database schema takes its place. The embedded one serves the one
    // house of its data folder, so both jobs are of that house.
    const ours = bench.kind === 'redis' ? [1] : [1, 2];
    const waiting = await bench.queue(name).getWaiting();
    expect(waiting.map(({ data }) => data.n)).toEqual(ours);
  });
}
