import { createPostgresBackend, createRedisBackend, type JobsOptions, withBackend } from 'bullmq';
import { Redis } from 'ioredis';

/** Where BullMQ keeps its jobs: Redis, or the embedded PostgreSQL. */
export type JobService =
  | { readonly kind: 'redis'; readonly url: string }
  | {
      readonly kind: 'postgres';
      readonly address: {
        readonly host: string;
        readonly port: number;
        readonly database: string;
        readonly user: string;
      };
    };

export interface JobQueue {
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  /** Makes sure that a scheduler adds the job every so often; one that is there is left alone. */
  every(id: string, ms: number, name: string, options: JobsOptions): Promise<void>;
  close(): Promise<void>;
}

export interface JobWorker {
  close(): Promise<void>;
}

export interface WorkerOptions {
  readonly concurrency: number;
  /** Called for what goes wrong outside a job, such as a lost connection. */
  readonly onError: (error: Error) => void;
  readonly onFailed: (job: string, error: Error) => void;
}

export type Process = (name: string, data: unknown) => Promise<unknown>;

export interface JobBackend {
  queue(name: string, onError: (error: Error) => void): JobQueue;
  worker(name: string, process: Process, options: WorkerOptions): JobWorker;
  /** Resolves when the service answers. */
  ping(): Promise<unknown>;
  close(): Promise<void>;
}

const POSTGRES_CONNECTIONS = 2;
const ADD_TIMEOUT_MS = 3_000;

/** Opens BullMQ on a service. `prefix` keeps houses apart that share one. */
export function jobBackend(service: JobService, prefix: string): JobBackend {
  return service.kind === 'redis'
    ? redisBackend(service.url, prefix)
    : postgresBackend(service.address, prefix);
}

/** The job service is away: it did not answer, or there is no connection to it. */
export class JobServiceAway extends Error {
  override readonly name = 'JobServiceAway';
}

function redisBackend(url: string, prefix: string): JobBackend {
  const { Queue, Worker } = withBackend(createRedisBackend);
  const options = { connectTimeout: 5_000, retryStrategy: (times: number) => Math.min(times * 200, 3_000) };
  // Workers wait for Redis however long it is away. Longer than a blocking read it is never silent.
  const patient = new Redis(url, { ...options, maxRetriesPerRequest: null, socketTimeout: 15_000 });
  // Who adds a job hears at once that Redis is away, and nothing piles up for its return.
  const hasty = new Redis(url, {
    ...options,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    socketTimeout: 5_000,
  });
  // Each queue and worker reports the outage of its connection; without a listener of its own ioredis would log it.
  for (const connection of [patient, hasty]) connection.on('error', () => {});
  const explained = (error: Error): Error => {
    const isConnected = patient.status === 'ready' && hasty.status === 'ready';
    if (error instanceof JobServiceAway || (isConnected && !('syscall' in error))) return error;
    return new JobServiceAway('expected the job service, received no connection to it', { cause: error });
  };
  return {
    queue: (name, onError) => {
      const queue = new Queue(name, { connection: hasty, prefix });
      queue.on('error', (error) => onError(explained(error)));
      return plainQueue(queue, explained);
    },
    worker: (name, process, { concurrency, onError, onFailed }) => {
      const jobs = new UnderWay();
      const worker = new Worker(name, (job) => jobs.add(process(job.name, job.data)), {
        connection: patient,
        prefix,
        concurrency,
      });
      worker.on('error', (error) => onError(explained(error)));
      worker.on('failed', (job, error) => onFailed(job?.name ?? name, error));
      return {
        async close() {
          const isAway = patient.status !== 'ready';
          const lost = new Promise((resolve) => {
            if (isAway) resolve(undefined);
            else patient.once('close', resolve);
          });
          // An orderly close waits for Redis. While that is away, only the jobs under way are waited for.
          await Promise.race([worker.close(isAway), lost]);
          await jobs.done();
        },
      };
    },
    ping: () => within(ADD_TIMEOUT_MS, hasty.ping()),
    async close() {
      // A connection handed to BullMQ is ours to close.
      patient.disconnect();
      hasty.disconnect();
    },
  };
}

/** Work that has begun and not ended. */
class UnderWay {
  private readonly all = new Set<Promise<unknown>>();

  add<T>(work: Promise<T>): Promise<T> {
    const known = work.finally(() => this.all.delete(known));
    this.all.add(known);
    return known;
  }

  async done(): Promise<void> {
    await Promise.allSettled(this.all);
  }
}

function postgresBackend(
  address: Extract<JobService, { kind: 'postgres' }>['address'],
  prefix: string,
): JobBackend {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = { ...address, max: POSTGRES_CONNECTIONS, migrate: true };
  return {
    queue: (name, onError) => {
      const queue = new Queue(name, { connection, prefix });
      queue.on('error', onError);
      return plainQueue(queue);
    },
    worker: (name, process, { concurrency, onError, onFailed }) => {
      const worker = new Worker(name, (job) => process(job.name, job.data), {
        connection,
        prefix,
        concurrency,
      });
      worker.on('error', onError);
      worker.on('failed', (job, error) => onFailed(job?.name ?? name, error));
      return { close: () => worker.close() };
    },
    // It lives in this very process: what stops it stops everything.
    ping: async () => undefined,
    close: async () => {},
  };
}

interface BullQueue {
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; opts: object },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<{ every?: number } | undefined>;
  close(): Promise<void>;
}

function plainQueue(queue: BullQueue, explained = (error: Error) => error): JobQueue {
  const asked = <T>(work: Promise<T>): Promise<T> =>
    within(ADD_TIMEOUT_MS, work).catch((error: Error) => {
      throw explained(error);
    });
  return {
    add: (name, data, options) => asked(queue.add(name, data, options)),
    async every(id, ms, name, opts) {
      const known = await asked(queue.getJobScheduler(id));
      if (known?.every !== ms) await asked(queue.upsertJobScheduler(id, { every: ms }, { name, opts }));
    },
    close: () => queue.close(),
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new JobServiceAway(`expected the job service to answer within ${ms} ms, received nothing`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
