import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, Post } from '../../../src/channels/channel.ts';
import { Courier } from '../../../src/channels/courier.ts';
import type { Answer, Ask, Bucket } from '../../../src/channels/pace/bucket.ts';
import { type Remote, SharedBucket } from '../../../src/channels/pace/shared.ts';
import { Pacer } from '../../../src/channels/pacer.ts';
import { telegramChannel } from '../../../src/channels/telegram/telegram.ts';
import { OVER_ALL, SendLimits } from '../../support/telegram-api-limits.ts';
import { Keepers, TEST_REDIS_URL } from './redis.ts';

const NOTHING: never = {} as never;
/** What the house keeps to with Telegram. */
const { pace: PACE } = telegramChannel(
  { token: '42:x', bot: '42', mode: 'polling', apiRoot: 'http://127.0.0.1:1', menu: NOTHING },
  NOTHING,
);
const INTERVAL_MS = PACE.everyMs;
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;

describe("a broadcast at Telegram's limits", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A bot whose messages are on the road for up to 12 ms, and a platform that holds its limits to the letter. */
  function bot() {
    const limits = new SendLimits(Date.now);
    const arrivals: { readonly text: string; readonly at: number }[] = [];
    let messages = 0;
    const channel: Channel<string> = {
      name: 'telegram',
      bot: '42',
      pace: PACE,
      write: (replies) => replies.map(({ text }) => text),
      async send(account, text) {
        const roadMs = (messages++ * 7) % 13;
        await new Promise((resolve) => setTimeout(resolve, roadMs));
        const wait = limits.take(account);
        if (wait > 0) return { result: 'refused', retryAfterMs: wait * 1_000, cause: 'too_many_requests' };
        arrivals.push({ text, at: Date.now() - roadMs });
        return { result: 'sent', messageId: '1' };
      },
      start: async () => {},
      stop: async () => {},
      check: async () => {},
    };
    const courier = new Courier(channel as Channel, { now: Date.now, fault: () => {} });
    const post = (chat: string, text: string): Post => ({
      conversation: `telegram:42:${chat}`,
      lang: 'en',
      replies: [{ seq: ++messages, kind: 'say', text }],
    });
    const letter = async (chat: string) => {
      await courier.turn(`telegram:42:${chat}`);
      return courier.letter({ channel: 'telegram', bot: '42', id: chat }, post(chat, 'letter'));
    };
    const reply = (chat: string) => courier.deliver([post(chat, `reply ${Date.now()}`)], () => {});
    return { courier, limits, arrivals, letter, reply };
  }

  it('to 90 chats uses what is allowed and no more, and replies leave within one interval', async () => {
    const { courier, limits, arrivals, letter, reply } = bot();
    for (let i = 0; i < 90; i++) void letter(`1${i}`);
    // Guests who chat at any moment of the interval.
    for (let i = 0; i < 14; i++) setTimeout(() => void reply(`2${i % 5}`), 100 + i * 191);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(limits).toMatchObject({ refused: 0 });
    expect(courier.tooMany).toBe(0);
    expect(arrivals.length).toBeGreaterThanOrEqual(0.95 * OVER_ALL * 3);
    const waits = arrivals.flatMap(({ text, at }) => {
      const asked = /reply (?<asked>\d+)/u.exec(text)?.groups?.asked;
      return asked === undefined ? [] : [at - Number(asked)];
    });
    expect(waits).toHaveLength(14);
    expect(p95(waits)).toBeLessThan(INTERVAL_MS);
  });

  it('keeps to one message a second in a chat and to 20 a minute in a group', async () => {
    const { limits, arrivals, letter } = bot();
    for (let i = 0; i < 40; i++) void letter('-1001');
    for (let i = 0; i < 40; i++) void letter('7');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(limits.refused).toBe(0);
    expect(arrivals.length).toBeGreaterThanOrEqual(40 + 18);
  });

  it('rests when chats are refused together, and counts how often that was', async () => {
    const { courier, limits, arrivals, letter } = bot();
    // Somebody else sends by the same account.
    for (let i = 0; i < OVER_ALL; i++) limits.take(`3${i}`);
    const ends = ['1', '2', '3', '4', '5', '6'].map(letter);
    await vi.advanceTimersByTimeAsync(900);
    expect(arrivals).toEqual([]);
    expect(courier.tooMany).toBeGreaterThanOrEqual(2);
    expect(courier.tooMany).toBeLessThan(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await Promise.all(ends)).filter(({ result }) => result === 'sent')).toHaveLength(
      6 - courier.tooMany,
    );
  });
});

describe('a bot account without a pace', () => {
  it('asks nobody', async () => {
    const nobody: Bucket = {
      take: () => Promise.reject(new Error('expected nobody to ask')),
      rest: () => Promise.reject(new Error('expected nobody to tell')),
    };
    const pacer = new Pacer({ burst: 1, everyMs: 0, chatBurst: 1, chatEveryMs: 0 }, { bucket: nobody });
    expect(await pacer.turn('a', 'letter')).toBe(true);
    pacer.hold('a', 1);
    expect(await pacer.turn('a', 'reply')).toBe(true);
  });
});

describe.runIf(TEST_REDIS_URL)('two processes of one bot account', () => {
  const keepers = new Keepers();
  afterEach(() => keepers.close());

  /** When a turn was taken: not before, and not after. */
  type Taken = readonly [from: number, to: number];

  async function process(taken: Taken[]): Promise<Pacer> {
    const bucket = keepers.bucket(PACE);
    await bucket.check();
    const noted: Remote = {
      async take(asks: readonly Ask[]): Promise<Answer> {
        const from = performance.now();
        const answer = await bucket.take(asks);
        const to = performance.now();
        for (const turn of answer.turns) if (turn === 'go') taken.push([from, to]);
        return answer;
      },
      rest: (rest) => bucket.rest(rest),
      check: () => bucket.check(),
    };
    const parts = { pace: PACE, now: () => performance.now(), onAway: () => {} };
    return new Pacer(PACE, { bucket: new SharedBucket(noted, parts) });
  }

  // How much is used depends on how busy the machine is.
  it('stay within the limit together, and use it', { retry: 2 }, async () => {
    const taken: Taken[] = [];
    const [web, worker] = [await process(taken), await process(taken)];
    const ms = 2_500;
    for (let i = 0; i < 100; i++) {
      void worker.turn(`w${i}`, 'letter');
      void web.turn(`l${i}`, 'letter');
    }
    let replies = 0;
    const chatting = setInterval(() => void web.turn(`r${++replies}`, 'reply'), 113);
    await new Promise((resolve) => setTimeout(resolve, ms));
    clearInterval(chatting);
    web.close();
    worker.close();
    const surelyTooMany = taken.filter(([from], i) => {
      const next = taken[i + OVER_ALL];
      return next !== undefined && next[1] - from < 1_000;
    });
    expect(surelyTooMany).toEqual([]);
    expect(taken.length).toBeGreaterThanOrEqual(0.9 * OVER_ALL * (ms / 1_000));
  });
});
