import type { JobsOptions } from 'bullmq';
import type { JobBackend, JobQueue, JobWorker } from './backend.ts';
import { type Job, type JobParts, QUEUES, type QueueName } from './job.ts';
import { manuals } from './manual.ts';
import { notices } from './notices.ts';
import { remind } from './remind.ts';
import { send } from './send.ts';
import { SWEEP_EVERY_MS, sweep } from './sweep.ts';

const JOBS: readonly Pick<Job<unknown>, 'name' | 'take'>[] = [sweep, remind, notices, manuals, send];

const CONCURRENCY: Readonly<Record<QueueName, number>> = { schedule: 4, send: 10 };

export interface Problems {
  readonly onError: (error: Error) => void;
  readonly onFailed: (job: string, error: Error) => void;
}

export interface JobQueues {
  add<T>(job: Job<T>, data: T, options?: JobsOptions): Promise<void>;
  close(): Promise<void>;
}

/** The queues, for who adds jobs. */
export function openQueues(backend: JobBackend, { onError }: Problems): JobQueues {
  const queues = new Map<QueueName, JobQueue>(QUEUES.map((name) => [name, backend.queue(name, onError)]));
  return {
    async add(job, data, options = {}) {
      await queues.get(job.queue)?.add(job.name, data, { ...job.options, ...options });
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** How often it is made sure that the sweep is still scheduled: an emptied queue forgets it. */
const WATCH_EVERY_MS = 5_000;

/**
 * Starts the workers and the one sweep scheduler, which exists once however many processes start it. The first
 * sweep runs at once.
 */
export async function startWorkers(
  backend: JobBackend,
  parts: JobParts,
  problems: Problems,
  sweepEveryMs = SWEEP_EVERY_MS,
): Promise<{ close(): Promise<void> }> {
  const process = async (name: string, data: unknown): Promise<void> => {
    const job = JOBS.find((one) => one.name === name);
    if (!job)
      throw new Error(`expected a job of ${JOBS.map((one) => one.name).join(', ')}, received "${name}"`);
    await job.take(data, parts);
  };
  const workers: JobWorker[] = QUEUES.map((name) =>
    backend.worker(name, process, { concurrency: CONCURRENCY[name], ...problems }),
  );
  const schedule = backend.queue(sweep.queue, problems.onError);
  const { attempts: _attempts, ...template } = sweep.options;
  const keepSweeping = () => schedule.every('sweep', sweepEveryMs, sweep.name, template);
  await keepSweeping();
  await parts.add(sweep, {});
  const watch = setInterval(() => void keepSweeping().catch(problems.onError), WATCH_EVERY_MS);
  return {
    async close() {
      clearInterval(watch);
      await Promise.all(workers.map((worker) => worker.close()));
      await schedule.close();
    },
  };
}
