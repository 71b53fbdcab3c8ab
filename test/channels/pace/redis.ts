import type { Pace } from '../../../src/channels/channel.ts';
import { PaceKeeper, RedisBucket } from '../../../src/channels/pace/redis.ts';

export const { TEST_REDIS_URL } = process.env;

/** Processes that share the buckets of one house, each on a connection of its own; what they stored goes with them. */
export class Keepers {
  name = freshName();
  private opened: PaceKeeper[] = [];

  bucket(pace: Pace): RedisBucket {
    const redis = new PaceKeeper(TEST_REDIS_URL ?? '');
    this.opened.push(redis);
    return new RedisBucket(redis, this.name, pace);
  }

  /** What is stored, and for how many milliseconds at most. */
  async keys(): Promise<Map<string, number>> {
    const [redis] = this.opened as [PaceKeeper];
    const names = await redis.keys(`*${this.name}*`);
    const ends = names.map(async (name) => [name, await redis.pttl(name)] as const);
    return new Map(await Promise.all(ends));
  }

  /** The next test finds buckets of its own. */
  async close(): Promise<void> {
    const [redis] = this.opened;
    const names = redis ? [...(await this.keys()).keys()] : [];
    if (names.length > 0) await redis?.del(names);
    for (const one of this.opened) one.disconnect();
    this.opened = [];
    this.name = freshName();
  }
}

const freshName = (): string => `luyan_test_${crypto.randomUUID()}:telegram:42`;
