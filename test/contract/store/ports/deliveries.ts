import { expect } from 'vitest';
import type { Delivery } from '../../../../src/domain/notice.ts';
import type { Deliveries } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function delivery(id: string, given: Partial<Delivery> = {}): Delivery {
  return {
    id,
    person: 'p',
    kind: 'notice',
    event: 'fair',
    registration: null,
    occasion: null,
    letter: { text: HARD_TEXT, choices: [{ value: 'accept T1', label: '接受 ✅' }] },
    state: 'pending',
    cause: null,
    notBefore: at(0),
    expiresAt: at(3600),
    leaseUntil: null,
    attempt: null,
    attempts: 0,
    messageId: null,
    ...given,
  };
}

const many = (count: number): Delivery[] =>
  Array.from({ length: count }, (_, i) => delivery(`d${String(i).padStart(2, '0')}`, { notBefore: at(i) }));

async function stateOf(port: Deliveries, id: string): Promise<Partial<Delivery>> {
  const [row] = await port.byId([id]);
  if (!row) throw new Error(`expected the delivery ${id}, received none`);
  return row;
}

/** A row that is being sent, by `sender`, as attempt `x`, until 30. */
async function begun(port: Deliveries, id = 'a', sender = 's'): Promise<void> {
  await port.add([delivery(id)]);
  await port.claim(sender, at(0), at(30), 10);
  expect(await port.begin(sender, [{ id, attempt: 'x' }], at(30))).toEqual([id]);
}

const SENT = { state: 'sent', cause: null, messageId: 'm1', notBefore: at(0) } as const;

export const deliveries = cases<Deliveries>({
  'holds nothing while it is empty, and empty lists change nothing': async ({ port, documents }) => {
    await port.add([]);
    await port.finish([]);
    await port.skip('s', []);
    expect(await port.begin('s', [], at(30))).toEqual([]);
    expect(await port.byId([])).toEqual([]);
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.claim('s', at(0), at(30), 10)).toEqual([]);
    expect(await port.recover(at(0))).toEqual({ pending: 0, unknown: 0 });
    expect(await port.anyDue(at(0))).toBe(false);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what was added': async ({ port, documents }) => {
    const all = [
      delivery('a'),
      delivery('b', { registration: 'r', occasion: 'o', kind: 'own', letter: { text: '' } }),
    ];
    await port.add(all);
    expect(await port.byId(['b', 'a', 'x'])).toEqual(expect.arrayContaining(all));
    expect(await port.byId(['b', 'a', 'x'])).toHaveLength(2);
    expect(await port.byId(['a', 'a'])).toEqual([all[0]]);
    if (documents) expect(await documents()).toHaveLength(2);
  },
  'leaves known rows as they are, and adds the new ones beside them': async ({ port }) => {
    await begun(port);
    await port.add([delivery('a'), delivery('b'), delivery('b', { person: 'q' })]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', attempt: 'x', attempts: 1 });
    expect(await stateOf(port, 'b')).toEqual(delivery('b'));
  },
  'queues once when twenty queue the same at once': async (ground) => {
    await atOnce(ground, 20, (port) => port.add(many(10)));
    expect(await ground.port.claim('s', at(99), at(200), 50)).toHaveLength(10);
    if (ground.documents) expect(await ground.documents()).toHaveLength(10);
  },
  'claims what is due, earliest first, no more than asked for': async ({ port }) => {
    await port.add([3, 1, 2, 5, 4].map((n) => delivery(`d${n}`, { notBefore: at(n) })));
    await port.add([
      delivery('again', { state: 'retry_wait', notBefore: at(2.5) }),
      delivery('sent', { state: 'sent' }),
      delivery('unknown', { state: 'unknown' }),
    ]);
    expect(idsOf(await port.claim('s', at(3), at(30), 2))).toEqual(['d1', 'd2']);
    const rest = await port.claim('s', at(3), at(30), 10);
    expect(idsOf(rest)).toEqual(['again', 'd3']);
    expect(rest[0]).toMatchObject({ state: 'claimed', leaseUntil: at(30), attempts: 0 });
    expect(await port.claim('s', at(3), at(30), 10)).toEqual([]);
  },
  'gives each row to one of twenty senders': async (ground) => {
    await ground.port.add(many(30));
    const claimed = await atOnce(ground, 20, (port, i) => port.claim(`s${i}`, at(99), at(200), 5));
    const ids = claimed.flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    // Whoever lost a race may have got none: what is left is for the next round.
    for (let i = 0; ids.length < 30; i++) {
      const more = idsOf(await ground.port.claim(`late${i}`, at(99), at(200), 5));
      expect(more.length).toBeGreaterThan(0);
      ids.push(...more);
    }
    expect(ids.sort()).toEqual(idsOf(many(30)));
  },
  'begins what is claimed by this sender, and nothing else': async ({ port, twin }) => {
    await port.add([delivery('a'), delivery('b', { notBefore: at(1) }), delivery('c', { notBefore: at(5) })]);
    await port.claim('s', at(0), at(30), 10);
    await port.claim('t', at(1), at(30), 10);
    const all = (attempt: string) => ['a', 'b', 'c', 'nobody'].map((id) => ({ id, attempt }));
    expect(await port.begin('s', all('x'), at(40))).toEqual(['a']);
    expect(await twin.begin('t', all('y'), at(50))).toEqual(['b']);
    expect(await port.begin('s', all('z'), at(60))).toEqual([]);
    const sending = { state: 'sending', attempts: 1 } as const;
    expect(await stateOf(port, 'a')).toMatchObject({ ...sending, attempt: 'x', leaseUntil: at(40) });
    expect(await stateOf(port, 'b')).toMatchObject({ ...sending, attempt: 'y', leaseUntil: at(50) });
    expect(await stateOf(port, 'c')).toEqual(delivery('c', { notBefore: at(5) }));
  },
  'begins every row of a claim at once': async ({ port }) => {
    await port.add(many(20));
    const claimed = await port.claim('s', at(99), at(200), 20);
    const rows = claimed.map(({ id }) => ({ id, attempt: `x-${id}` }));
    expect((await port.begin('s', rows, at(200))).sort()).toEqual(idsOf(claimed).sort());
    for (const row of await port.byId(idsOf(claimed)))
      expect(row).toMatchObject({ state: 'sending', attempt: `x-${row.id}`, attempts: 1 });
  },
  'begins a row once when twenty try': async (ground) => {
    await ground.port.add([delivery('a')]);
    await ground.port.claim('s', at(0), at(30), 1);
    const got = await atOnce(ground, 20, (port, i) =>
      port.begin('s', [{ id: 'a', attempt: `x${i}` }], at(30)),
    );
    expect(got.flat()).toEqual(['a']);
    const winner = got.findIndex((ids) => ids.length > 0);
    expect(await stateOf(ground.port, 'a')).toMatchObject({ attempt: `x${winner}`, attempts: 1 });
  },
  'ends an attempt by its id alone, once': async ({ port, documents }) => {
    await begun(port);
    await port.finish([
      { id: 'a', attempt: 'other', ...SENT, messageId: 'no' },
      { id: 'nobody', attempt: 'x', ...SENT },
    ]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', messageId: null });
    await port.finish([{ id: 'a', attempt: 'x', ...SENT }]);
    await port.finish([{ id: 'a', attempt: 'x', ...SENT, state: 'failed', cause: 'blocked' }]);
    const ended = delivery('a', { ...SENT, attempt: 'x', attempts: 1 });
    expect(await stateOf(port, 'a')).toEqual(ended);
    const rows = await documents?.();
    if (rows) expect(rows).toMatchObject([{ _id: 'a', state: 'sent', leaseUntil: null }]);
  },
  'brings a row back when it is to be tried again': async ({ port }) => {
    await begun(port);
    await port.finish([
      { id: 'a', attempt: 'x', state: 'retry_wait', cause: '429', messageId: null, notBefore: at(60) },
    ]);
    expect(await port.claim('t', at(59), at(90), 10)).toEqual([]);
    expect(await port.anyDue(at(59))).toBe(false);
    expect(await port.claim('t', at(60), at(90), 10)).toMatchObject([{ id: 'a', cause: '429', attempts: 1 }]);
    expect(await port.begin('t', [{ id: 'a', attempt: 'y' }], at(90))).toEqual(['a']);
    await port.finish([{ id: 'a', attempt: 'x', ...SENT }]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', attempt: 'y', attempts: 2 });
  },
  'skips claimed rows of this sender without an attempt': async ({ port }) => {
    await port.add([delivery('a'), delivery('b', { notBefore: at(1) })]);
    await port.claim('s', at(0), at(30), 1);
    await port.skip('t', [{ id: 'a', cause: 'cancelled' }]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'claimed' });
    await port.skip('s', [
      { id: 'a', cause: 'unsubscribed' },
      { id: 'b', cause: 'unsubscribed' },
      { id: 'nobody', cause: 'unsubscribed' },
    ]);
    expect(await stateOf(port, 'a')).toEqual(delivery('a', { state: 'skipped', cause: 'unsubscribed' }));
    expect(await stateOf(port, 'b')).toMatchObject({ state: 'pending', cause: null });
  },
  'gives an expired claim back, and never sends an expired attempt again': async ({ port }) => {
    await port.add([delivery('b', { notBefore: at(1) })]);
    await begun(port);
    await port.claim('s', at(1), at(30), 10);
    expect(await port.recover(at(29.999))).toEqual({ pending: 0, unknown: 0 });
    expect(await port.recover(at(30))).toEqual({ pending: 1, unknown: 1 });
    expect(await port.recover(at(30))).toEqual({ pending: 0, unknown: 0 });
    expect(await stateOf(port, 'a')).toMatchObject({
      state: 'unknown',
      cause: 'interrupted',
      leaseUntil: null,
      attempt: 'x',
    });
    expect(idsOf(await port.claim('t', at(99), at(200), 10))).toEqual(['b']);
    expect(await port.begin('s', [{ id: 'b', attempt: 'y' }], at(200))).toEqual([]);
    await port.finish([{ id: 'a', attempt: 'x', ...SENT }]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'unknown' });
  },
  'counts each expired row once when many recover at once': async (ground) => {
    await ground.port.add(many(12));
    await ground.port.claim('s', at(99), at(100), 12);
    const rows = many(5).map(({ id }) => ({ id, attempt: 'x' }));
    await ground.port.begin('s', rows, at(100));
    const counts = await atOnce(ground, 10, (port) => port.recover(at(101)));
    expect(counts.reduce((sum, one) => sum + one.pending, 0)).toBe(7);
    expect(counts.reduce((sum, one) => sum + one.unknown, 0)).toBe(5);
  },
  'tells whether anything is due': async ({ port }) => {
    await port.add([delivery('a', { notBefore: at(10) })]);
    expect(await port.anyDue(at(9.999))).toBe(false);
    expect(await port.anyDue(at(10))).toBe(true);
    await port.claim('s', at(10), at(30), 1);
    expect(await port.anyDue(at(99))).toBe(false);
  },
});
