import { afterEach, describe, expect, it } from 'vitest';
import type { Pace } from '../../../src/channels/channel.ts';
import type { Answer, Ask, Rest } from '../../../src/channels/pace/bucket.ts';
import { PaceKeeper, RedisBucket } from '../../../src/channels/pace/redis.ts';
import { type Remote, SharedBucket } from '../../../src/channels/pace/shared.ts';
import { openProxy } from '../../support/tcp-proxy.ts';
import { Keepers, TEST_REDIS_URL } from './redis.ts';

const PACE: Pace = { burst: 2, everyMs: 100, chatBurst: 100, chatEveryMs: 0 };
const REPLY: Ask = { kind: 'reply', chat: 'a', extraMs: 0 };
const LETTER: Ask = { kind: 'letter', chat: 'a', extraMs: 0 };

/** A bucket elsewhere that gives every turn, and can be out of reach. */
class Elsewhere implements Remote {
  isAway = false;
  taken = 0;
  readonly rests: Rest[] = [];

  async take(asks: readonly Ask[]): Promise<Answer> {
    await this.check();
    this.taken += asks.length;
    return { turns: asks.map(() => 'go'), replyMs: 0, letterMs: 0 };
  }

  async rest(rest: Rest): Promise<void> {
    await this.check();
    this.rests.push(rest);
  }

  async check(): Promise<void> {
    if (this.isAway) throw new Error('away');
  }
}

function shared() {
  const remote = new Elsewhere();
  const told: unknown[] = [];
  let now = 1_000_000;
  const onAway = (cause: unknown) => void told.push(cause);
  const bucket = new SharedBucket(remote, { pace: PACE, now: () => now, onAway });
  const pass = (ms: number) => {
    now += ms;
  };
  /** When turns of a kind come in the next so many milliseconds, if one asks all the time. */
  const times = async (ask: Ask, ms: number) => {
    const found: number[] = [];
    for (let at = 0; at < ms; at += 10, pass(10))
      if ((await bucket.take([ask])).turns[0] === 'go') found.push(at);
    return found;
  };
  return { remote, bucket, told, pass, times };
}

describe('a bucket that processes share', () => {
  it('is asked as long as it answers', async () => {
    const { remote, bucket, told } = shared();
    for (let i = 0; i < 20; i++) expect((await bucket.take([REPLY])).turns).toEqual(['go']);
    expect(remote.taken).toBe(20);
    expect(told).toEqual([]);
  });

  it('is made up for by one of the own while it is away: replies as before, letters at a third', async () => {
    const { remote, told, times } = shared();
    remote.isAway = true;
    expect(await times(REPLY, 500)).toEqual([0, 10, 100, 200, 300, 400]);
    expect(await times(LETTER, 1_500)).toEqual([100, 400, 700, 1_000, 1_300]);
    expect(told).toHaveLength(1);
  });

  it('counts what it gave before it went away', async () => {
    const { remote, bucket, times } = shared();
    await bucket.take([REPLY, REPLY]);
    remote.isAway = true;
    expect(await times(REPLY, 250)).toEqual([100, 200]);
  });

  it('is looked for while it is away, and asked again when it is back', async () => {
    const { remote, bucket, told, pass } = shared();
    remote.isAway = true;
    await bucket.take([REPLY]);
    pass(1_000);
    await bucket.take([REPLY]);
    remote.isAway = false;
    await bucket.take([REPLY]);
    expect(remote.taken).toBe(0);
    pass(1_000);
    await bucket.take([REPLY]);
    await bucket.take([REPLY]);
    expect(remote.taken).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('keeps a rest, whether it is there or away', async () => {
    const { remote, bucket } = shared();
    const rest = { chat: 'a', ms: 6_000, whole: true, tooMany: true };
    await bucket.rest(rest);
    expect(remote.rests).toEqual([rest]);
    remote.isAway = true;
    expect(await bucket.take([REPLY])).toMatchObject({ turns: ['wait'], replyMs: 6_000 });
  });
});

describe.runIf(TEST_REDIS_URL)('a bucket in a Redis that falls silent', () => {
  const keepers = new Keepers();
  afterEach(() => keepers.close());

  it('holds a reply up for 200 ms once, and no other', async () => {
    const { hostname, port } = new URL(TEST_REDIS_URL ?? '');
    const proxy = await openProxy({ host: hostname, port: Number(port) });
    const redis = new PaceKeeper(`redis://127.0.0.1:${proxy.port}`);
    const told: unknown[] = [];
    const bucket = new SharedBucket(new RedisBucket(redis, keepers.name, PACE), {
      pace: PACE,
      now: () => performance.now(),
      onAway: (cause) => void told.push(cause),
    });
    await keepers.bucket(PACE).check();
    await bucket.take([REPLY]);
    expect(told).toEqual([]);
    proxy.silence();
    const from = performance.now();
    await bucket.take([REPLY]);
    const first = performance.now() - from;
    await bucket.take([REPLY]);
    const second = performance.now() - from - first;
    expect(first).toBeGreaterThan(190);
    expect(first).toBeLessThan(1_000);
    expect(second).toBeLessThan(100);
    expect(told).toEqual([expect.objectContaining({ message: 'Command timed out' })]);
    redis.disconnect();
    await proxy.close();
  });
});
