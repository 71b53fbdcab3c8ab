import { afterEach, describe, expect, it } from 'vitest';
import type { Pace } from '../../../src/channels/channel.ts';
import { type Ask, type Bucket, LocalBucket, type Rest } from '../../../src/channels/pace/bucket.ts';
import { Keepers, TEST_REDIS_URL } from './redis.ts';

/** So slow that nothing changes while a test runs, on whatever clock. */
const PACE: Pace = { burst: 3, everyMs: 10_000, chatBurst: 100, chatEveryMs: 0 };
const ask = (kind: Ask['kind'], chat = 'a', extraMs = 0): Ask => ({ kind, chat, extraMs });
const rest = (chat: string, ms: number, more: Partial<Rest> = {}): Rest => ({
  chat,
  ms,
  whole: false,
  tooMany: false,
  ...more,
});

const keepers = new Keepers();
afterEach(() => keepers.close());

/** Two ways to the same bucket, as two processes have them; in memory there is one. */
const KINDS: readonly [string, () => readonly [Bucket, Bucket]][] = [
  [
    'in memory',
    () => {
      const bucket = new LocalBucket(PACE, () => 1_000_000);
      return [bucket, bucket];
    },
  ],
  ...(TEST_REDIS_URL
    ? [['in Redis', () => [keepers.bucket(PACE), keepers.bucket(PACE)]] as [string, () => [Bucket, Bucket]]]
    : []),
];

describe.each(KINDS)('the bucket of a bot account %s', (_, open) => {
  it('gives replies what is in it, and says when there is more', async () => {
    const [one, other] = open();
    expect((await one.take([ask('reply'), ask('reply')])).turns).toEqual(['go', 'go']);
    const { turns, replyMs, letterMs } = await other.take([ask('reply'), ask('reply')]);
    expect(turns).toEqual(['go', 'wait']);
    expect(replyMs).toBeGreaterThan(9_000);
    expect(replyMs).toBeLessThanOrEqual(10_000);
    expect(letterMs - replyMs).toBeCloseTo(20_000);
  });

  it('gives a letter only when it is full, and leaves the next reply its turn', async () => {
    const [one, other] = open();
    expect((await one.take([ask('letter'), ask('letter')])).turns).toEqual(['go', 'wait']);
    const { turns, replyMs } = await other.take([ask('letter'), ask('reply')]);
    expect(turns).toEqual(['wait', 'go']);
    expect(replyMs).toBe(0);
  });

  it('takes longer by what is asked for', async () => {
    const [one, other] = open();
    await one.take([ask('reply', 'a', 5_000)]);
    const { letterMs } = await other.take([ask('letter')]);
    expect(letterMs).toBeGreaterThan(14_000);
    expect(letterMs).toBeLessThanOrEqual(15_000);
  });

  it('rests as a whole when it is told to', async () => {
    const [one, other] = open();
    await one.rest(rest('a', 60_000, { whole: true }));
    await one.rest(rest('a', 20_000, { whole: true }));
    const { turns, replyMs } = await other.take([ask('reply', 'b')]);
    expect(turns).toEqual(['wait']);
    expect(replyMs).toBeGreaterThan(59_000);
  });

  it('rests as a whole when chats are refused together as too many', async () => {
    const [one, other] = open();
    await one.rest(rest('a', 3_000, { tooMany: true }));
    await one.rest(rest('a', 3_000, { tooMany: true }));
    expect((await other.take([ask('reply', 'c')])).turns).toEqual(['go']);
    await other.rest(rest('b', 3_000));
    expect((await other.take([ask('reply', 'c')])).turns).toEqual(['go']);
    await other.rest(rest('b', 3_000, { tooMany: true }));
    const { turns, replyMs } = await one.take([ask('reply', 'c')]);
    expect(turns).toEqual(['wait']);
    expect(replyMs).toBeGreaterThan(2_000);
  });
});

describe.runIf(TEST_REDIS_URL)('a bucket in Redis', () => {
  it('tells every process which chats rest, and gives the others their turn', async () => {
    const [one, other] = [keepers.bucket(PACE), keepers.bucket(PACE)];
    await one.rest(rest('a', 4_000));
    await one.rest(rest('a', 1_000));
    await one.rest(rest('c', 3_000));
    const { turns } = await other.take([ask('reply', 'a'), ask('reply', 'b')]);
    expect(turns).toEqual([{ restMs: expect.any(Number) }, 'go']);
    const [{ restMs }] = turns as [{ restMs: number }];
    expect(restMs).toBeGreaterThan(3_000);
    expect(restMs).toBeLessThanOrEqual(4_000);
  });

  it('never lets more leave within a time than may', async () => {
    const pace = { ...PACE, burst: 9, within: { most: 3, ms: 49_985 } };
    const [one, other] = [keepers.bucket(pace), keepers.bucket(pace)];
    expect((await one.take([ask('reply'), ask('reply')])).turns).toEqual(['go', 'go']);
    const { turns, replyMs } = await other.take([ask('reply'), ask('reply')]);
    expect(turns).toEqual(['go', 'wait']);
    expect(replyMs).toBeGreaterThan(49_000);
    expect(replyMs).toBeLessThanOrEqual(50_000);
  });

  it('leaves nothing behind for ever', async () => {
    const bucket = keepers.bucket({ ...PACE, within: { most: 30, ms: 50_000 } });
    await bucket.take([ask('reply')]);
    await bucket.rest(rest('a', 4_000, { tooMany: true }));
    const ends = [...(await keepers.keys()).values()];
    expect(ends).toHaveLength(3);
    for (const ms of ends) {
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThan(120_000);
    }
  });
});

describe('a bucket whose turns come late', () => {
  const timed = () => {
    let now = 1_000_000;
    const pace = { ...PACE, burst: 2, everyMs: 35, within: { most: 5, ms: 145 } };
    const bucket = new LocalBucket(pace, () => now);
    return async (kind: Ask['kind'], afterMs: number) => {
      now += afterMs;
      return bucket.take([ask(kind)]);
    };
  };

  it('makes up for what timers and a busy process take', async () => {
    const turn = timed();
    await turn('letter', 0);
    expect(await turn('letter', 37)).toMatchObject({ turns: ['go'], letterMs: 33 });
    expect(await turn('letter', 93)).toMatchObject({ turns: ['go'], letterMs: 0 });
  });

  it('does not make up for more than that', async () => {
    const turn = timed();
    await turn('letter', 0);
    expect(await turn('letter', 136)).toMatchObject({ turns: ['go'], letterMs: 35 });
  });

  it('never lets more leave within a time than may', async () => {
    const turn = timed();
    for (const afterMs of [0, 95, 0]) expect((await turn('letter', afterMs)).turns).toEqual(['go']);
    expect((await turn('reply', 0)).turns).toEqual(['go']);
    expect(await turn('reply', 45)).toMatchObject({ turns: ['go'], replyMs: 20, letterMs: 115 });
  });
});
