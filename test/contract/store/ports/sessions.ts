import { expect } from 'vitest';
import type { Effect, Reply, Session } from '../../../../src/conversation/types.ts';
import type { Sessions, Stored } from '../../../../src/runner/ports.ts';
import { at, atOnce, cases, HARD_TEXT } from '../case.ts';

const reply = (seq: number): Reply => ({ seq, kind: 'say', text: `${seq}` });
const effect = (id: string): Effect => ({
  id,
  kind: 'register',
  input: { event: 'fair', party: 2, deep: [null] },
});

function stored(id: string, rev = 1, given: Partial<Stored> = {}): Stored {
  const session: Session = { id, lang: 'zh', seq: 0, runs: 0, parked: [], prompts: [] };
  const none = { handled: [], effects: [], outbox: [], nudgeAt: null, expireAt: null };
  return { session, rev, person: 'p', ...none, touchedAt: at(0), ...given };
}

const RICH: Partial<Stored> = {
  session: {
    id: 'a',
    lang: 'en',
    seq: 12,
    runs: 2,
    active: {
      id: 'a.2',
      flow: 'register',
      raw: {
        name: { kind: 'text', text: HARD_TEXT },
        sessions: { kind: 'picked', values: [], about: 'fair' },
        phone: { kind: 'skipped' },
        'extra:a-b': { kind: 'text', text: '' },
      },
      editing: 'name',
      ticked: ['ai'],
      failures: 0,
      state: 'performing',
    },
    parked: [{ id: 'a.1', flow: 'cancel', raw: {}, failures: 3, state: 'open', stopped: true }],
    prompts: [{ id: 'k3', seq: 12, options: ['a', '乙'], labels: ['甲', '🎫'], past: true }],
  },
  handled: ['a/1', 'a/2'],
  effects: [effect('e1')],
  outbox: [reply(11), { ...reply(12), choices: [{ value: 'x', label: '好' }] }],
  nudgeAt: at(60),
  expireAt: at(120),
};

const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

async function one(port: Sessions, id = 'a'): Promise<Stored | undefined> {
  return (await port.load([id]))[0];
}

export const sessions = cases<Sessions>({
  'holds nothing while it is empty, and empty lists change nothing': async ({ port, documents }) => {
    expect((await port.commit([])).size).toBe(0);
    await port.sent([]);
    expect(await port.load([])).toEqual([]);
    expect(await port.load(['a'])).toEqual([]);
    expect((await port.lastReplies([])).size).toBe(0);
    expect((await port.lastReplies(['a'])).size).toBe(0);
    for (const due of [port.unfinished, port.toNudge, port.toExpire])
      expect(await due(at(999), 10)).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what was stored, dates and nested data included': async ({ port, twin, documents }) => {
    const rich = stored('a', 1, RICH);
    expect(await port.commit([rich, stored('b')])).toEqual(new Set(['a', 'b']));
    expect(await twin.load(['a'])).toEqual([rich]);
    expect(await twin.load(['b'])).toEqual([stored('b')]);
    const rows = await documents?.();
    if (rows)
      expect(rows.find(({ _id }) => _id === ('a' as never))).toMatchObject({ nudgeAt: at(60), rev: 1 });
  },
  'finds several, leaves out unknown ones, and gives each once': async ({ port }) => {
    await port.commit(['a', 'b', 'c'].map((id) => stored(id)));
    const found = await port.load(['c', 'x', 'a', 'a']);
    expect(found.map(({ session }) => session.id).sort()).toEqual(['a', 'c']);
  },
  'tells the number of the last reply of those that are stored': async ({ port }) => {
    await port.commit([stored('a', 1, RICH), stored('b')]);
    const last = await port.lastReplies(['a', 'b', 'x']);
    expect(last.get('a')).toBe(12);
    expect(last.get('b')).toBe(0);
    expect(last.get('x') ?? 0).toBe(0);
  },
  'stores only upon the revision before, each of a batch by itself': async ({ port, twin }) => {
    await port.commit([stored('a'), stored('b'), stored('c')]);
    await port.commit([stored('c', 2)]);
    const got = await twin.commit([
      stored('a', 2, { person: 'q' }),
      stored('b', 3, { person: 'q' }),
      stored('c', 2, { person: 'q' }),
      stored('b', 1, { person: 'q' }),
      stored('unknown', 2),
      stored('new', 1),
    ]);
    expect(sorted(got)).toEqual(['a', 'new']);
    expect(await one(port, 'a')).toEqual(stored('a', 2, { person: 'q' }));
    expect(await one(port, 'b')).toEqual(stored('b'));
    expect(await one(port, 'c')).toEqual(stored('c', 2));
    expect(await one(port, 'unknown')).toBeUndefined();
  },
  'makes a conversation once when twenty begin it at once': async (ground) => {
    const got = await atOnce(ground, 20, (port, i) =>
      port.commit([stored('a', 1, { person: `p${i}` }), stored(`own-${i}`)]),
    );
    const winners = got.flatMap((ids, i) => (ids.has('a') ? [i] : []));
    expect(winners).toHaveLength(1);
    expect(got.every((ids, i) => ids.has(`own-${i}`))).toBe(true);
    expect(await one(ground.port)).toMatchObject({ rev: 1, person: `p${winners[0]}` });
    if (ground.documents) expect(await ground.documents()).toHaveLength(21);
  },
  'lets one of twenty take the next revision': async (ground) => {
    await ground.port.commit([stored('a')]);
    const got = await atOnce(ground, 20, (port, i) => port.commit([stored('a', 2, { person: `p${i}` })]));
    const winners = got.flatMap((ids, i) => (ids.has('a') ? [i] : []));
    expect(winners).toHaveLength(1);
    expect(await one(ground.port)).toMatchObject({ rev: 2, person: `p${winners[0]}` });
  },
  'drops what the next revision leaves out': async ({ port }) => {
    await port.commit([stored('a', 1, RICH)]);
    await port.commit([stored('a', 2)]);
    expect(await one(port)).toEqual(stored('a', 2));
    for (const due of [port.unfinished, port.toNudge, port.toExpire])
      expect(await due(at(999), 10)).toEqual([]);
  },
  'empties an outbox that nothing was added to, and its work is done': async ({ port }) => {
    await port.commit([stored('a', 1, { outbox: [reply(1), reply(2)] })]);
    await port.sent([{ id: 'a', rev: 1, seqs: [1, 2], idle: true }]);
    expect(await one(port)).toEqual(stored('a', 2));
    expect(await port.unfinished(at(999), 10)).toEqual([]);
    await port.sent([{ id: 'a', rev: 1, seqs: [1, 2], idle: true }]);
    expect(await one(port)).toEqual(stored('a', 2));
  },
  'takes only what was delivered when the conversation went on meanwhile': async ({ port, twin }) => {
    await port.commit([stored('a', 1, { outbox: [reply(1)] }), stored('b', 1, { outbox: [reply(1)] })]);
    await twin.commit([stored('a', 2, { outbox: [reply(1), reply(2)] })]);
    await port.sent([
      { id: 'a', rev: 1, seqs: [1], idle: true },
      { id: 'b', rev: 1, seqs: [1], idle: true },
      { id: 'unknown', rev: 1, seqs: [1], idle: true },
    ]);
    expect(await one(port, 'a')).toEqual(stored('a', 3, { outbox: [reply(2)] }));
    expect(await one(port, 'b')).toEqual(stored('b', 2));
    expect(await port.unfinished(at(0), 10)).toEqual(['a']);
  },
  'lets no turn that was loaded before bring back what was delivered': async ({ port, twin }) => {
    await port.commit([stored('a', 1, { outbox: [reply(1)] })]);
    await port.sent([{ id: 'a', rev: 1, seqs: [1], idle: false }]);
    expect(await twin.commit([stored('a', 2, { outbox: [reply(1), reply(2)] })])).toEqual(new Set());
    expect((await one(port))?.outbox).toEqual([]);
  },
  'keeps a conversation as unfinished while an effect is left': async ({ port }) => {
    await port.commit([stored('a', 1, { effects: [effect('e1')], outbox: [reply(1), reply(2)] })]);
    await port.sent([{ id: 'a', rev: 1, seqs: [2], idle: false }]);
    expect(await one(port)).toEqual(stored('a', 2, { effects: [effect('e1')], outbox: [reply(1)] }));
    expect(await port.unfinished(at(0), 10)).toEqual(['a']);
  },
  'finds what was left over since before a moment, longest first': async ({ port }) => {
    const work = { outbox: [reply(1)] };
    await port.commit([
      stored('b', 1, { ...work, touchedAt: at(2) }),
      stored('a', 1, { effects: [effect('e')], touchedAt: at(1) }),
      stored('idle', 1, { touchedAt: at(0) }),
      stored('c', 1, { ...work, touchedAt: at(3) }),
    ]);
    expect(await port.unfinished(at(2), 10)).toEqual(['a', 'b']);
    expect(await port.unfinished(at(9), 2)).toEqual(['a', 'b']);
    expect(await port.unfinished(at(0.999), 10)).toEqual([]);
  },
  'finds forms to remind of and forms to drop, earliest first': async ({ port }) => {
    await port.commit([
      stored('b', 1, { nudgeAt: at(2), expireAt: at(20) }),
      stored('a', 1, { nudgeAt: at(1), expireAt: at(30) }),
      stored('never'),
      stored('c', 1, { nudgeAt: at(3), expireAt: at(10) }),
    ]);
    expect(await port.toNudge(at(2), 10)).toEqual(['a', 'b']);
    expect(await port.toNudge(at(9), 1)).toEqual(['a']);
    expect(await port.toExpire(at(20), 10)).toEqual(['c', 'b']);
    expect(await port.toExpire(at(9), 10)).toEqual([]);
    await port.commit([stored('a', 2, { nudgeAt: null, expireAt: at(30) })]);
    expect(await port.toNudge(at(9), 10)).toEqual(['b', 'c']);
  },
});
