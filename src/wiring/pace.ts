import { JobServiceAway } from '../../jobs/backend.ts';
import type { Pace } from '../channels/channel.ts';
import type { Bucket } from '../channels/pace/bucket.ts';
import { PaceKeeper, RedisBucket } from '../channels/pace/redis.ts';
import { SharedBucket } from '../channels/pace/shared.ts';
import type { Closers } from './closers.ts';
import type { Engines } from './engines.ts';

/** The bucket of a bot account by its lane; undefined: this process is the only one, and has its own. */
export type Buckets = (lane: string, pace: Pace) => Bucket | undefined;

/** Buckets that all processes of a house share, where there is a Redis to keep them. `prefix` keeps houses apart. */
export function openBuckets(
  { jobs }: Pick<Engines, 'jobs'>,
  prefix: string,
  fault: (message: string, cause: unknown) => void,
  closers: Closers,
): Buckets {
  if (jobs.kind !== 'redis') return () => undefined;
  const redis = new PaceKeeper(jobs.url);
  closers.add(async () => redis.disconnect());
  return (lane, pace) =>
    new SharedBucket(new RedisBucket(redis, `${prefix}:${lane}`, pace), {
      pace,
      now: () => performance.now(),
      onAway: (cause) =>
        fault(
          `the pace of ${lane} is kept by each process alone, and letters leave more slowly, until Redis answers in time`,
          new JobServiceAway('expected a turn from Redis, received none', { cause }),
        ),
    });
}
