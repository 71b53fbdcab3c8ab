import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pace } from '../../src/channels/channel.ts';
import { Pacer } from '../../src/channels/pacer.ts';

const PACE: Pace = { burst: 3, everyMs: 100, chatBurst: 2, chatEveryMs: 1_000 };

/** What left when, in milliseconds from the beginning. */
class Departures {
  readonly pacer: Pacer;
  readonly log: [name: string, at: number][] = [];

  constructor(pace: Pace = PACE, random = () => 0) {
    this.pacer = new Pacer(pace, { now: () => Date.now(), random });
  }

  ask(name: string, chat: string, kind: 'reply' | 'letter' = 'reply'): void {
    void this.pacer.turn(chat, kind).then(() => this.log.push([name, Date.now()]));
  }

  async at(ms: number): Promise<typeof this.log> {
    await vi.advanceTimersByTimeAsync(ms - Date.now());
    return this.log;
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the pace of a bot account', () => {
  it('lets a burst go at once, then one per interval', async () => {
    const out = new Departures();
    for (let i = 0; i < 5; i++) out.ask(`m${i}`, `chat ${i}`);
    expect((await out.at(10)).map(([name]) => name)).toEqual(['m0', 'm1', 'm2']);
    expect((await out.at(1_000)).slice(3)).toEqual([
      ['m3', 100],
      ['m4', 200],
    ]);
  });

  it('holds each chat to its own pace, and lets others pass', async () => {
    const out = new Departures({ ...PACE, burst: 100, everyMs: 0 });
    for (let i = 0; i < 3; i++) out.ask(`a${i}`, 'a');
    out.ask('b', 'b');
    expect((await out.at(10)).map(([name]) => name).sort()).toEqual(['a0', 'a1', 'b']);
    expect((await out.at(2_000)).at(-1)).toEqual(['a2', 1_000]);
  });

  it('lets replies go before letters, however many those are', async () => {
    const out = new Departures();
    for (let i = 0; i < 50; i++) out.ask(`letter ${i}`, `chat ${i}`, 'letter');
    await out.at(1_000);
    out.ask('reply', 'somebody');
    const log = await out.at(1_200);
    expect(log.find(([name]) => name === 'reply')?.[1]).toBeLessThanOrEqual(1_100);
    expect(log.length).toBeLessThan(20);
    expect(await out.at(6_000)).toHaveLength(51);
  });

  it('rests as long as it is told: one chat, or all of them when that is long', async () => {
    const out = new Departures({ ...PACE, burst: 100, everyMs: 1 });
    out.pacer.hold('a', 4_000);
    out.ask('a', 'a');
    out.ask('b', 'b');
    expect(await out.at(3_999)).toEqual([['b', 0]]);
    expect((await out.at(4_100)).at(-1)).toEqual(['a', 4_000]);
    out.pacer.hold('a', 10_000);
    out.ask('c', 'c');
    expect(await out.at(14_000)).toHaveLength(2);
    expect((await out.at(15_000)).map(([name]) => name)).toEqual(['b', 'a', 'c']);
  });

  it('takes longer by chance where it should read as if a person wrote', async () => {
    const out = new Departures({ ...PACE, burst: 1, jitterMs: 50 }, () => 1);
    for (let i = 0; i < 3; i++) out.ask(`m${i}`, `chat ${i}`);
    expect((await out.at(1_000)).map(([, at]) => at)).toEqual([0, 150, 300]);
  });

  it('sends no more in any second than the pace allows, whatever comes', async () => {
    const out = new Departures({ burst: 30, everyMs: 1_000 / 30, chatBurst: 3, chatEveryMs: 1_000 });
    for (let i = 0; i < 300; i++) out.ask(`m${i}`, `chat ${i % 100}`, i % 2 ? 'letter' : 'reply');
    const log = await out.at(12_000);
    expect(log).toHaveLength(300);
    const times = log.map(([, at]) => at);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
    );
    expect(most).toBeLessThanOrEqual(60);
    expect(times.at(-1)).toBeLessThanOrEqual(10_100);
  });
});
