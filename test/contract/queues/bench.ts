import type { Processor } from 'bullmq';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type JobBackend, type JobService, jobBackend, type WorkerOptions } from '../../../jobs/backend.ts';
import {
  type Backend,
  type BullQueue,
  type BullWorker,
  bullQueue,
  bullWorker,
  type Running,
  type Settings,
  type Work,
} from './backends.ts';

/** What a test works with. All that it opens is closed after it: workers, then queues, then connections. */
export interface Bench {
  readonly kind: JobService['kind'];
  readonly prefix: string;
  service(): JobService;
  /** A name for a queue that no other test has. */
  name(): string;
  /** A new opening of the house's own job backend, as a process has one. */
  house(prefix?: string): JobBackend;
  queue(name: string): BullQueue;
  /** Opens a worker and waits until it is ready for jobs. */
  worker(name: string, process: Processor<Work>, settings?: Settings): Promise<BullWorker>;
}

interface Closes {
  close(): Promise<unknown>;
}

/** Starts a backend for the tests of this `describe`. */
export function useBench(backend: Backend): Bench {
  const prefix = `contract-${crypto.randomUUID()}`;
  const opened = { workers: [] as Closes[], queues: [] as Closes[], houses: [] as Closes[] };
  let running: Running;
  let names = 0;

  beforeAll(async () => {
    running = await backend.start();
    // The first to connect makes the tables, where there are tables.
    const first = bullQueue(running.service, prefix, 'first');
    await first.waitUntilReady();
    await first.close();
  });
  afterEach(async () => {
    for (const kind of [opened.workers, opened.queues, opened.houses])
      await Promise.all(kind.splice(0).map((each) => each.close()));
  });
  // It is not there when the start failed.
  afterAll(() => running?.stop(prefix));

  return {
    kind: backend.kind,
    prefix,
    service: () => running.service,
    name: () => `queue-${++names}`,
    house(own = prefix) {
      const made = kept(opened.houses, jobBackend(running.service, own));
      return {
        ...made,
        queue: (...all) => kept(opened.queues, made.queue(...all)),
        worker: (...all) => kept(opened.workers, made.worker(...all)),
      };
    },
    queue: (name) => kept(opened.queues, bullQueue(running.service, prefix, name)),
    async worker(name, process, settings) {
      const worker = kept(opened.workers, bullWorker(running.service, prefix, name, process, settings));
      // Without a listener an error would end the process; a test that expects one listens too.
      worker.on('error', () => {});
      await worker.waitUntilReady();
      return worker;
    },
  };
}

function kept<T extends Closes>(list: Closes[], each: T): T {
  list.push(each);
  return each;
}

/** For queues of the house in tests where nothing may go wrong: the run fails with the error. */
export const nothingWrong = (error: Error): void => {
  throw error;
};

/** How a worker of the house works, if the test does not say otherwise: one job at a time, and nothing may fail. */
export function working(options: Partial<WorkerOptions> = {}): WorkerOptions {
  return { concurrency: 1, onError: nothingWrong, onFailed: (_, error) => nothingWrong(error), ...options };
}

/** The number that a job carries, out of what the house's worker gets. */
export function numberIn(data: unknown): number {
  if (typeof data === 'object' && data && 'n' in data && typeof data.n === 'number') return data.n;
  throw new Error(`expected the data of a job with its number n, received ${JSON.stringify(data)}`);
}

/** How much too early a timer may ring: it counts in whole milliseconds, and so does the clock. */
export const EARLY_MS = 5;
