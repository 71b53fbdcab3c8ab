import type { JobsOptions } from 'bullmq';
import type { z } from 'zod';
import type { Clock, Deliveries, Occasions, SeatsStore } from '../src/usecases/ports.ts';

/** Jobs that wait for their time, and jobs that send: apart, as a queue that is held up in sending promotes nothing. */
export const QUEUES = ['schedule', 'send'] as const;
export type QueueName = (typeof QUEUES)[number];

/** What jobs may use. A job carries ids only; the rows decide. */
export interface JobParts {
  readonly clock: Clock;
  readonly occasions: Occasions;
  readonly seats: SeatsStore;
  readonly deliveries: Deliveries;
  readonly planChangedEvents: () => Promise<number>;
  readonly fireOccasion: (id: string) => Promise<string>;
  readonly settleSeats: (event: string) => Promise<number>;
  readonly tellProjects: () => Promise<number>;
  readonly tickRuns: () => Promise<number>;
  readonly chaseJudges: () => Promise<number>;
  readonly settleRuns: () => Promise<number>;
  readonly sendDue: () => Promise<number>;
  readonly runNotices: () => Promise<number>;
  readonly buildManuals: () => Promise<number>;
  readonly recover: () => Promise<number>;
  readonly tendForms: () => Promise<number>;
  readonly add: <T>(job: Job<T>, data: T, options?: JobsOptions) => Promise<void>;
}

interface JobSpec<T> {
  readonly name: string;
  readonly queue: QueueName;
  readonly data: z.ZodType<T>;
  readonly options: JobsOptions;
  readonly run: (data: T, parts: JobParts) => Promise<void>;
}

/** One kind of background work. `take` runs it on data as it came out of the queue. */
export interface Job<T> extends Omit<JobSpec<T>, 'run' | 'data'> {
  readonly data: z.ZodType<T>;
  readonly take: (data: unknown, parts: JobParts) => Promise<void>;
}

export function defineJob<T>({ run, ...spec }: JobSpec<T>): Job<T> {
  return { ...spec, take: (data, parts) => run(spec.data.parse(data), parts) };
}

/** Nothing is kept of a job that went well; of a failed one a little, to look at. */
export const KEEP: JobsOptions = { removeOnComplete: true, removeOnFail: { age: 3 * 24 * 3600, count: 500 } };
