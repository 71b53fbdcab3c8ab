import { rmSync } from 'node:fs';
import {
  createPostgresBackend,
  createRedisBackend,
  type Processor,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { JobService } from '../../../jobs/backend.ts';
import { startEmbedded } from '../../../src/embedded/index.ts';
import { freshDataDir } from '../../support/data-dir.ts';

/** What the jobs of these tests carry. */
export interface Work {
  n: number;
}

/** What a test sets of a worker; where it connects to is not its business. */
export type Settings = Omit<Partial<WorkerOptions>, 'connection' | 'prefix'>;

/** A running service, with the keys of one run of the suite in it. */
export interface Running {
  readonly service: JobService;
  /** Throws away what the run left and stops what it started. */
  stop(prefix: string): Promise<void>;
}

/** Where BullMQ can keep its jobs. The suite runs on each of them that is there. */
export interface Backend {
  readonly name: string;
  readonly kind: JobService['kind'];
  readonly available: boolean;
  start(): Promise<Running>;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };
const url = process.env.TEST_REDIS_URL ?? '';

export const BACKENDS: readonly Backend[] = [
  { name: 'Redis', kind: 'redis', available: url !== '', start: onRedis },
  { name: 'the embedded PostgreSQL', kind: 'postgres', available: true, start: onPostgres },
];

async function onRedis(): Promise<Running> {
  return {
    service: { kind: 'redis', url },
    async stop(prefix) {
      const redis = new Redis(url);
      const left = await redis.keys(`${prefix}*`);
      if (left.length > 0) await redis.del(left);
      await redis.quit();
    },
  };
}

async function onPostgres(): Promise<Running> {
  const dataDir = freshDataDir('luyan-queues-');
  const embedded = await startEmbedded({ dataDir, log: SILENT, mongodb: false });
  if (!embedded.postgres) throw new Error('expected the embedded PostgreSQL, it was not started');
  return {
    service: { kind: 'postgres', address: embedded.postgres },
    async stop() {
      await embedded.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const onRedisClasses = withBackend(createRedisBackend);
const onPostgresClasses = withBackend(createPostgresBackend);

const redisConnection = (address: string) => ({ url: address, maxRetriesPerRequest: null });
const postgresConnection = (address: Extract<JobService, { kind: 'postgres' }>['address']) => ({
  ...address,
  max: 2,
  migrate: true,
});

/** BullMQ's own queue, for what the house's `JobQueue` does not offer. */
export function bullQueue(service: JobService, prefix: string, name: string) {
  return service.kind === 'redis'
    ? new onRedisClasses.Queue<Work>(name, { connection: redisConnection(service.url), prefix })
    : new onPostgresClasses.Queue<Work>(name, { connection: postgresConnection(service.address), prefix });
}

/** BullMQ's own worker, for what the house's `JobWorker` does not offer. */
export function bullWorker(
  service: JobService,
  prefix: string,
  name: string,
  process: Processor<Work>,
  settings: Settings = {},
) {
  const own = { ...settings, prefix };
  return service.kind === 'redis'
    ? new onRedisClasses.Worker<Work>(name, process, { ...own, connection: redisConnection(service.url) })
    : new onPostgresClasses.Worker<Work>(name, process, {
        ...own,
        connection: postgresConnection(service.address),
      });
}

export type BullQueue = ReturnType<typeof bullQueue>;
export type BullWorker = ReturnType<typeof bullWorker>;
