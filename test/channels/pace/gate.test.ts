import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gate } from '../../../src/channels/pace/gate.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Three messages may pass within 1,000 ms, two of them letters. */
function gate() {
  const one = new Gate({ within: { most: 3, ms: 1_000 } }, () => Date.now());
  const passed: [name: string, at: number][] = [];
  const send = (name: string, kind: 'reply' | 'letter', roadMs: number) =>
    void one.pass(kind, async () => {
      passed.push([name, Date.now()]);
      await new Promise((resolve) => setTimeout(resolve, roadMs));
    });
  return { passed, send };
}

describe('the last gate of a bot account', () => {
  it('counts a message from when it is answered', async () => {
    const { passed, send } = gate();
    for (const name of ['a', 'b', 'c', 'd']) send(name, 'letter', 20);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(passed).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1_020],
      ['d', 1_021],
    ]);
  });

  it('takes one that is not answered soon as arrived', async () => {
    const { passed, send } = gate();
    for (const name of ['a', 'b', 'c']) send(name, 'letter', 5_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(passed.at(-1)).toEqual(['c', 1_050]);
  });

  it('has a place for a reply while letters wait', async () => {
    const { passed, send } = gate();
    for (const name of ['a', 'b', 'c']) send(name, 'letter', 0);
    send('reply', 'reply', 0);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(passed).toEqual([
      ['a', 0],
      ['b', 0],
      ['reply', 0],
      ['c', 1_000],
    ]);
  });

  it('is open when one failed, too', async () => {
    const { passed, send } = gate();
    const one = new Gate({ within: { most: 1, ms: 1_000 } }, () => Date.now());
    await expect(one.pass('reply', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    void one.pass('reply', async () => send('next', 'reply', 0));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(passed).toEqual([['next', 1_000]]);
  });
});
