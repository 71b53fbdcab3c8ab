import { expect } from 'vitest';
import { DELIVERY_STATES, type Delivery, newDelivery, OPEN_STATES } from '../../../../src/domain/delivery.ts';
import type { Claim, Deliveries } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function delivery(id: string, given: Partial<Delivery> = {}): Delivery {
  return newDelivery({
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
    ...given,
  });
}

const claim = (
  sender: string,
  now: Date,
  leaseUntil: Date,
  limit: number,
  given: Partial<Claim> = {},
): Claim => ({
  sender,
  lane: null,
  notice: null,
  now,
  leaseUntil,
  limit,
  ...given,
});

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
  await port.claim(claim(sender, at(0), at(30), 10));
  expect(await port.begin(sender, { id, attempt: 'x', leaseUntil: at(30) })).toBe(true);
}

const SENT = { state: 'sent', cause: null, messageId: 'm1', notBefore: at(0), endedAt: at(9) } as const;

/** Begins rows at once; returns the ids of those that were. */
async function beginAll(
  port: Deliveries,
  sender: string,
  ids: readonly string[],
  attempt: string,
  until: Date,
): Promise<string[]> {
  const begun = await Promise.all(ids.map((id) => port.begin(sender, { id, attempt, leaseUntil: until })));
  return ids.filter((_, i) => begun[i]);
}

export const deliveries = cases<Deliveries>({
  'holds nothing while it is empty, and empty lists change nothing': async ({ port, documents }) => {
    await port.add([]);
    await port.skip('s', [], at(0));
    await port.release('s', []);
    expect(await port.begin('s', { id: 'nobody', attempt: 'x', leaseUntil: at(30) })).toBe(false);
    expect(await port.tally('n')).toEqual([]);
    expect(await port.anyOpen('n')).toBe(false);
    expect(await port.receipts('n')).toBe(0);
    expect(await port.ofNotice('n', '', 10)).toEqual([]);
    expect(await port.cancel('n', 10, at(0))).toBe(0);
    expect(await port.again('n', 'failed', at(0), 10)).toBe(0);
    expect(await port.confirm('n', 'p', at(0))).toBe(false);
    expect(await port.byId([])).toEqual([]);
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.claim(claim('s', at(0), at(30), 10))).toEqual([]);
    expect(await port.recover(at(0))).toEqual({ pending: 0, unknown: 0, missed: 0 });
    expect(await port.anyDue(at(0))).toBe(false);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what was added': async ({ port, documents }) => {
    const all = [
      delivery('a'),
      delivery('c', { to: 'web:main:a', event: null }),
      delivery('b', { registration: 'r', occasion: 'o', kind: 'own', letter: { text: '' } }),
    ];
    await port.add(all);
    expect(await port.byId(['c', 'b', 'a', 'x'])).toEqual(expect.arrayContaining(all));
    expect(await port.byId(['c', 'b', 'a', 'x'])).toHaveLength(3);
    expect(await port.byId(['a', 'a'])).toEqual([all[0]]);
    if (documents) expect(await documents()).toHaveLength(3);
  },
  'leaves known rows as they are, and adds the new ones beside them': async ({ port }) => {
    await begun(port);
    await port.add([delivery('a'), delivery('b'), delivery('b', { person: 'q' })]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', attempt: 'x', attempts: 1 });
    expect(await stateOf(port, 'b')).toEqual(delivery('b'));
  },
  'queues once when twenty queue the same at once': async (ground) => {
    await atOnce(ground, 20, (port) => port.add(many(10)));
    expect(await ground.port.claim(claim('s', at(99), at(200), 50))).toHaveLength(10);
    if (ground.documents) expect(await ground.documents()).toHaveLength(10);
  },
  'claims what is due, earliest first, no more than asked for': async ({ port }) => {
    await port.add([3, 1, 2, 5, 4].map((n) => delivery(`d${n}`, { notBefore: at(n) })));
    await port.add([
      delivery('again', { state: 'retry_wait', notBefore: at(2.5) }),
      delivery('sent', { state: 'sent' }),
      delivery('unknown', { state: 'unknown' }),
    ]);
    expect(idsOf(await port.claim(claim('s', at(3), at(30), 2)))).toEqual(['d1', 'd2']);
    const rest = await port.claim(claim('s', at(3), at(30), 10));
    expect(idsOf(rest)).toEqual(['again', 'd3']);
    expect(rest[0]).toMatchObject({ state: 'claimed', leaseUntil: at(30), attempts: 0 });
    expect(await port.claim(claim('s', at(3), at(30), 10))).toEqual([]);
  },
  'gives each row to one of twenty senders': async (ground) => {
    await ground.port.add(many(30));
    const claimed = await atOnce(ground, 20, (port, i) => port.claim(claim(`s${i}`, at(99), at(200), 5)));
    const ids = claimed.flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    // Whoever lost a race may have got none: what is left is for the next round.
    for (let i = 0; ids.length < 30; i++) {
      const more = idsOf(await ground.port.claim(claim(`late${i}`, at(99), at(200), 5)));
      expect(more.length).toBeGreaterThan(0);
      ids.push(...more);
    }
    expect(ids.sort()).toEqual(idsOf(many(30)));
  },
  'begins what is claimed by this sender, and nothing else': async ({ port, twin }) => {
    await port.add([delivery('a'), delivery('b', { notBefore: at(1) }), delivery('c', { notBefore: at(5) })]);
    await port.claim(claim('s', at(0), at(30), 10));
    await port.claim(claim('t', at(1), at(30), 10));
    const all = ['a', 'b', 'c', 'nobody'];
    expect(await beginAll(port, 's', all, 'x', at(40))).toEqual(['a']);
    expect(await beginAll(twin, 't', all, 'y', at(50))).toEqual(['b']);
    expect(await beginAll(port, 's', all, 'z', at(60))).toEqual([]);
    const sending = { state: 'sending', attempts: 1 } as const;
    expect(await stateOf(port, 'a')).toMatchObject({ ...sending, attempt: 'x', leaseUntil: at(40) });
    expect(await stateOf(port, 'b')).toMatchObject({ ...sending, attempt: 'y', leaseUntil: at(50) });
    expect(await stateOf(port, 'c')).toEqual(delivery('c', { notBefore: at(5) }));
  },
  'begins every row of a claim at once': async ({ port }) => {
    await port.add(many(20));
    const claimed = await port.claim(claim('s', at(99), at(200), 20));
    expect((await beginAll(port, 's', idsOf(claimed), 'x', at(200))).sort()).toEqual(idsOf(claimed).sort());
    for (const row of await port.byId(idsOf(claimed)))
      expect(row).toMatchObject({ state: 'sending', attempt: 'x', attempts: 1 });
  },
  'begins a row once when twenty try': async (ground) => {
    await ground.port.add([delivery('a')]);
    await ground.port.claim(claim('s', at(0), at(30), 1));
    const got = await atOnce(ground, 20, (port, i) =>
      port.begin('s', { id: 'a', attempt: `x${i}`, leaseUntil: at(30) }),
    );
    expect(got.filter(Boolean)).toHaveLength(1);
    const winner = got.indexOf(true);
    expect(await stateOf(ground.port, 'a')).toMatchObject({ attempt: `x${winner}`, attempts: 1 });
  },
  'ends an attempt by its id alone, once': async ({ port, documents }) => {
    await begun(port);
    await Promise.all([
      port.finish({ id: 'a', attempt: 'other', ...SENT, messageId: 'no' }),
      port.finish({ id: 'nobody', attempt: 'x', ...SENT }),
    ]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', messageId: null });
    await port.finish({ id: 'a', attempt: 'x', ...SENT });
    await port.finish({ id: 'a', attempt: 'x', ...SENT, state: 'failed', cause: 'blocked' });
    const ended = delivery('a', { ...SENT, attempt: 'x', attempts: 1 });
    expect(await stateOf(port, 'a')).toEqual(ended);
    const rows = await documents?.();
    if (rows) expect(rows).toMatchObject([{ _id: 'a', state: 'sent', leaseUntil: null }]);
  },
  'brings a row back when it is to be tried again': async ({ port }) => {
    await begun(port);
    const wait = { state: 'retry_wait', cause: '429', messageId: null, notBefore: at(60) } as const;
    await port.finish({ id: 'a', attempt: 'x', ...wait, endedAt: at(9) });
    expect(await port.claim(claim('t', at(59), at(90), 10))).toEqual([]);
    expect(await port.anyDue(at(59))).toBe(false);
    expect(await port.claim(claim('t', at(60), at(90), 10))).toMatchObject([
      { id: 'a', cause: '429', attempts: 1 },
    ]);
    expect(await beginAll(port, 't', ['a'], 'y', at(90))).toEqual(['a']);
    await port.finish({ id: 'a', attempt: 'x', ...SENT });
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'sending', attempt: 'y', attempts: 2 });
  },
  'skips claimed rows of this sender without an attempt': async ({ port }) => {
    await port.add([delivery('a'), delivery('b', { notBefore: at(1) })]);
    await port.claim(claim('s', at(0), at(30), 1));
    await port.skip('t', [{ id: 'a', cause: 'cancelled' }], at(5));
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'claimed' });
    await port.skip(
      's',
      [
        { id: 'a', cause: 'unsubscribed' },
        { id: 'b', cause: 'unsubscribed' },
        { id: 'nobody', cause: 'unsubscribed' },
      ],
      at(5),
    );
    expect(await stateOf(port, 'a')).toEqual(
      delivery('a', { state: 'skipped', cause: 'unsubscribed', endedAt: at(5) }),
    );
    expect(await stateOf(port, 'b')).toMatchObject({ state: 'pending', cause: null });
  },
  'gives an expired claim back, and never sends an expired attempt again': async ({ port }) => {
    await port.add([delivery('b', { notBefore: at(1) })]);
    await begun(port);
    await port.claim(claim('s', at(1), at(30), 10));
    expect(await port.recover(at(29.999))).toEqual({ pending: 0, unknown: 0, missed: 0 });
    expect(await port.recover(at(30))).toEqual({ pending: 1, unknown: 1, missed: 0 });
    expect(await port.recover(at(30))).toEqual({ pending: 0, unknown: 0, missed: 0 });
    expect(await stateOf(port, 'a')).toMatchObject({
      state: 'unknown',
      cause: 'interrupted',
      leaseUntil: null,
      attempt: 'x',
    });
    expect(idsOf(await port.claim(claim('t', at(99), at(200), 10)))).toEqual(['b']);
    expect(await beginAll(port, 's', ['b'], 'y', at(200))).toEqual([]);
    await port.finish({ id: 'a', attempt: 'x', ...SENT });
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'unknown' });
  },
  'counts each expired row once when many recover at once': async (ground) => {
    await ground.port.add(many(12));
    await ground.port.claim(claim('s', at(99), at(100), 12));
    await beginAll(ground.port, 's', idsOf(many(5)), 'x', at(100));
    const counts = await atOnce(ground, 10, (port) => port.recover(at(101)));
    expect(counts.reduce((sum, one) => sum + one.pending, 0)).toBe(7);
    expect(counts.reduce((sum, one) => sum + one.unknown, 0)).toBe(5);
  },
  'tells whether anything is due': async ({ port }) => {
    await port.add([delivery('a', { notBefore: at(10) })]);
    expect(await port.anyDue(at(9.999))).toBe(false);
    expect(await port.anyDue(at(10))).toBe(true);
    await port.claim(claim('s', at(10), at(30), 1));
    expect(await port.anyDue(at(99))).toBe(false);
  },
  'keeps lanes and notices apart': async ({ port, twin }) => {
    await port.add([
      delivery('a', { lane: 'telegram:1' }),
      delivery('b', { lane: 'web:main' }),
      delivery('c', { lane: 'web:main', notice: 'n' }),
      delivery('d'),
    ]);
    const took = async (lane: string | null, notice: string | null) =>
      idsOf(await twin.claim(claim('s', at(0), at(30), 10, { lane, notice })));
    expect(await took('telegram:1', 'n')).toEqual([]);
    expect(await took('telegram:1', null)).toEqual(['a']);
    expect(await took('web:main', 'n')).toEqual(['c']);
    expect(await took('web:main', null)).toEqual(['b']);
    expect(await took(null, null)).toEqual(['d']);
  },
  'gives claimed rows back, each to its lane and its time': async ({ port, twin }) => {
    await port.add([delivery('a'), delivery('b')]);
    await port.claim(claim('s', at(0), at(30), 10));
    await twin.release('t', [{ id: 'a', lane: 'web:main', notBefore: at(0) }]);
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'claimed', lane: null });
    await twin.release('s', [{ id: 'a', lane: 'web:main', notBefore: at(7) }]);
    expect(await stateOf(port, 'a')).toEqual(delivery('a', { lane: 'web:main', notBefore: at(7) }));
    expect(await stateOf(port, 'b')).toMatchObject({ state: 'claimed' });
  },
  'skips as missed what expired before anybody took it': async ({ port }) => {
    await port.add([
      delivery('a', { expiresAt: at(10) }),
      delivery('b', { expiresAt: at(10), state: 'sent' }),
      delivery('c', { expiresAt: at(11) }),
    ]);
    expect(await port.recover(at(10))).toEqual({ pending: 0, unknown: 0, missed: 1 });
    expect(await stateOf(port, 'a')).toMatchObject({ state: 'skipped', cause: 'missed', endedAt: at(10) });
    expect(await port.recover(at(11))).toEqual({ pending: 0, unknown: 0, missed: 1 });
  },
  'counts the rows of a notice, and those that were confirmed': async ({ port, twin }) => {
    const rows = ['p1', 'p2', 'p3', 'p4', 'p5'].map((person) =>
      delivery(`n/${person}`, { person, notice: 'n' }),
    );
    const [a, b, c, d, e] = rows as [Delivery, Delivery, Delivery, Delivery, Delivery];
    await port.add([
      { ...a, state: 'sent' },
      { ...b, state: 'sent' },
      { ...c, state: 'failed', cause: 'blocked' },
      { ...d, state: 'failed', cause: 'invalid' },
      // What held it up is no cause of an end.
      { ...e, cause: 'too_many_requests' },
      delivery('other', { notice: 'm' }),
    ]);
    const counted = await twin.tally('n');
    expect(counted.sort((x, y) => `${x.state}${x.cause}`.localeCompare(`${y.state}${y.cause}`))).toEqual([
      { state: 'failed', cause: 'blocked', count: 1 },
      { state: 'failed', cause: 'invalid', count: 1 },
      { state: 'pending', cause: null, count: 1 },
      { state: 'sent', cause: null, count: 2 },
    ]);
    expect(await port.confirm('n', 'p1', at(3))).toBe(true);
    expect(await twin.confirm('n', 'p1', at(4))).toBe(false);
    expect(await port.confirm('n', 'p3', at(4))).toBe(false);
    expect(await port.confirm('n', 'nobody', at(4))).toBe(false);
    expect(await port.receipts('n')).toBe(1);
    expect(await stateOf(port, 'n/p1')).toMatchObject({ receiptAt: at(3) });
  },
  'tells whether a notice has rows that go on': async ({ port, twin }) => {
    const of = (state: Delivery['state']) => delivery(`${state}/p`, { notice: state, state });
    await port.add([...DELIVERY_STATES.map(of), delivery('other')]);
    const open = await Promise.all(DELIVERY_STATES.map((state) => twin.anyOpen(state)));
    expect(DELIVERY_STATES.filter((_, i) => open[i])).toEqual(OPEN_STATES);
  },
  'lists the rows of a notice in parts': async ({ port }) => {
    const ids = ['n/a', 'n/b', 'n/c', 'n/é', 'n/数'];
    // What was sent once more belongs to it by its name alone.
    await port.add([delivery('n/b/again')]);
    await port.add([...ids, 'm/a', 'o/a'].map((id) => delivery(id, { notice: id.slice(0, 1) })));
    const first = idsOf(await port.ofNotice('n', '', 2));
    expect(first).toEqual(['n/a', 'n/b']);
    expect(idsOf(await port.ofNotice('n', 'n/b', 10))).toEqual(['n/b/again', 'n/c', 'n/é', 'n/数']);
  },
  'cancels what nobody has begun to send': async ({ port, twin }) => {
    const of = (id: string, given: Partial<Delivery> = {}) => delivery(id, { notice: 'n', ...given });
    await port.add([
      of('a'),
      of('b', { state: 'retry_wait' }),
      of('c', { state: 'sending' }),
      of('d', { state: 'sent' }),
    ]);
    await port.add([of('e', { lane: 'x:y' }), delivery('f')]);
    await twin.claim(claim('s', at(0), at(30), 10, { lane: 'x:y', notice: 'n' }));
    expect(await port.cancel('n', 2, at(5))).toBe(2);
    expect(await port.cancel('n', 9, at(5))).toBe(1);
    expect(await port.cancel('n', 9, at(5))).toBe(0);
    for (const id of ['a', 'b', 'e'])
      expect(await stateOf(port, id)).toMatchObject({ state: 'skipped', cause: 'cancelled', endedAt: at(5) });
    expect(await stateOf(port, 'c')).toMatchObject({ state: 'sending' });
    expect(await stateOf(port, 'f')).toMatchObject({ state: 'pending' });
    expect(await beginAll(port, 's', ['e'], 'x', at(30))).toEqual([]);
  },
  'lets what ended badly be sent again, when somebody decides so': async ({ port }) => {
    const ended = { notice: 'n', lane: 'x:y', attempt: 'x', attempts: 6, endedAt: at(9) } as const;
    await port.add([
      delivery('a', { ...ended, state: 'unknown', cause: 'timeout' }),
      delivery('b', { ...ended, state: 'failed', cause: 'blocked' }),
      delivery('c', { ...ended, state: 'sent' }),
    ]);
    expect(await port.again('n', 'unknown', at(999), 10)).toBe(1);
    expect(await stateOf(port, 'a')).toEqual(delivery('a', { notice: 'n', expiresAt: at(999) }));
    expect(await port.again('n', 'failed', at(999), 10)).toBe(1);
    expect(await port.again('n', 'failed', at(999), 10)).toBe(0);
    expect(await stateOf(port, 'c')).toMatchObject({ state: 'sent' });
  },
});
