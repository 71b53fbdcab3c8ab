import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, type Sending } from '../../src/domain/delivery.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import type { Send } from '../support/sender.ts';
import { Office, SENT } from './office.ts';

describe('an attempt', () => {
  it('that surely did not arrive is made again after a growing wait, and fails in the end', async () => {
    const office = await Office.open();
    await office.post();
    office.answer = { result: 'refused', retryAfterMs: 0, cause: 'ECONNREFUSED' };
    const waits: number[] = [];
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) {
      await office.sender()();
      const row = await office.row();
      expect(row).toMatchObject({ state: 'retry_wait', cause: 'ECONNREFUSED', attempts: tries });
      waits.push(row.notBefore.getTime() - office.house.clock.now().getTime());
      expect(await office.sender()()).toBe(0);
      office.house.clock.set(row.notBefore);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeGreaterThan(0);
    await office.sender()();
    expect(await office.row()).toMatchObject({
      state: 'failed',
      cause: 'ECONNREFUSED',
      attempts: MAX_ATTEMPTS,
    });
    office.house.clock.pass(600);
    expect(await office.sender()()).toBe(0);
    expect(office.sent).toHaveLength(MAX_ATTEMPTS);
  });

  it('that was asked to wait waits that long, then arrives', async () => {
    const office = await Office.open();
    await office.post();
    office.answer = { result: 'refused', retryAfterMs: 37_000, cause: '429' };
    await office.sender()();
    const { notBefore } = await office.row();
    expect(notBefore.getTime() - office.house.clock.now().getTime()).toBe(37_000);
    office.answer = SENT;
    office.house.clock.set(notBefore);
    await office.sender()();
    expect(await office.row()).toMatchObject({ state: 'sent', cause: null, attempts: 2 });
  });

  it.each<[string, Sending | Error, string]>([
    ['that may have arrived', { result: 'unsure', cause: 'timeout' }, 'timeout'],
    ['that throws', new TypeError('socket hang up'), 'TypeError'],
  ])('%s is unknown and never made again by itself', async (_, answer, cause) => {
    const office = await Office.open();
    await office.post();
    office.answer = answer;
    await office.sender()();
    expect(await office.row()).toMatchObject({ state: 'unknown', cause });
    office.answer = SENT;
    for (let i = 0; i < 3; i++) {
      office.house.clock.pass(60);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      expect(await office.sender()()).toBe(0);
    }
    expect(office.sent).toHaveLength(1);
  });

  it.each(['blocked', 'deactivated', 'not_found', 'invalid', 'window_closed'] as const)(
    'that can never arrive (%s) has failed',
    async (cause) => {
      const office = await Office.open();
      await office.post();
      office.answer = { result: 'failed', cause };
      await office.sender()();
      office.house.clock.pass(60);
      expect(await office.sender()()).toBe(0);
      expect(await office.row()).toMatchObject({ state: 'failed', cause });
    },
  );

  it('that goes wrong does not hold up the others', async () => {
    const office = await Office.open();
    for (const id of ['a', 'b', 'c']) await office.post({ id, letter: { text: id } });
    const send: Send = async (_, { text }) => {
      if (text === 'b') throw new Error('boom');
      return SENT;
    };
    expect(await office.sender('one', office.house.stores, send)()).toBe(3);
    const states = await Promise.all(['a', 'b', 'c'].map(async (id) => (await office.row(id)).state));
    expect(states).toEqual(['sent', 'unknown', 'sent']);
  });
});

describe('the store that is away when an attempt has ended', () => {
  /** Stores whose `finish` of a row fails so many times. */
  const failing = ({ house }: Office, id: string, times: number): MemoryStores => {
    let left = times;
    const { deliveries } = house.stores;
    const finish: typeof deliveries.finish = async (row) => {
      if (row.id === id && left-- > 0) throw new Error('away');
      return deliveries.finish(row);
    };
    return { ...house.stores, deliveries: { ...deliveries, finish } };
  };

  it('is told of its end when it is back', async () => {
    const office = await Office.open();
    await office.post();
    expect(await office.sender('one', failing(office, 'row', 3))()).toBe(1);
    expect(await office.row()).toMatchObject({ state: 'sent', messageId: '42' });
  });

  it('for longer than a lease leaves it unknown, and keeps no other row from its end', async () => {
    const office = await Office.open();
    for (const id of ['a', 'b']) await office.post({ id });
    await expect(office.sender('one', failing(office, 'a', Number.POSITIVE_INFINITY))()).rejects.toThrow(
      'away',
    );
    office.house.clock.pass(1);
    await office.house.stores.deliveries.recover(office.house.clock.now());
    const states = await Promise.all(['a', 'b'].map(async (id) => (await office.row(id)).state));
    expect(states.sort()).toEqual(['sent', 'unknown']);
    expect(office.sent).toHaveLength(2);
  });
});

describe('a sender that died', () => {
  /** The state in which the row is left, and what becomes of it once its lease has run out. */
  async function left(last: number): Promise<{ office: Office; was: string }> {
    const office = await Office.open();
    await office.post();
    const dying = office.sender('dying', crashAfter(office.house.stores, last).ports);
    await expect(dying()).rejects.toThrow(Crash);
    return { office, was: (await office.row()).state };
  }

  it('before sending leaves a claim that is taken up again when its lease has run out', async () => {
    const { office, was } = await left(1);
    expect(was).toBe('claimed');
    expect(await office.sender('other')()).toBe(0);
    office.house.clock.pass(1);
    expect(await office.house.stores.deliveries.recover(office.house.clock.now())).toEqual({
      pending: 1,
      unknown: 0,
      missed: 0,
    });
    await office.sender('other')();
    expect(office.sent).toHaveLength(1);
    expect(await office.row()).toMatchObject({ state: 'sent' });
  });

  it('at any step sends nothing twice, and leaves no row without an end', async () => {
    const ends = new Set<string>();
    const whole = await Office.open();
    await whole.post();
    const { ports, calls } = counting(whole.house.stores);
    await whole.sender('whole', ports)();
    for (let last = 0; last <= calls(); last++) {
      const { office, was } = await left(last);
      office.house.clock.pass(1);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      await office.sender('other')();
      const { state } = await office.row();
      expect(office.sent.length, `after ${last}, left ${was}`).toBeLessThanOrEqual(1);
      expect(['sent', 'unknown'], `after ${last}, left ${was}`).toContain(state);
      ends.add(`${was} → ${state}`);
    }
    expect([...ends].sort()).toEqual([
      'claimed → sent',
      'pending → sent',
      'sending → unknown',
      'sent → sent',
    ]);
  });

  it('or only slept past its lease sends nothing that somebody else has taken', async () => {
    const office = await Office.open();
    await office.post();
    const { deliveries } = office.house.stores;
    const slept: MemoryStores = {
      ...office.house.stores,
      deliveries: {
        ...deliveries,
        async begin(sender, row) {
          office.house.clock.pass(2);
          await deliveries.recover(office.house.clock.now());
          await office.sender('other')();
          return deliveries.begin(sender, row);
        },
      },
    };
    expect(await office.sender('slept', slept)()).toBe(0);
    expect(office.sent).toHaveLength(1);
    expect(await office.row()).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('while sending leaves a row that nobody sends again', async () => {
    const office = await Office.open();
    await office.post();
    const send: Send = async () => {
      office.house.clock.pass(2);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      return SENT;
    };
    await office.sender('slow', office.house.stores, send)();
    expect(await office.row()).toMatchObject({ state: 'unknown', cause: 'interrupted' });
    office.house.clock.pass(60);
    expect(await office.sender('other')()).toBe(0);
  });
});
