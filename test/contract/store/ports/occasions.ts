import { expect } from 'vitest';
import type { Occasion } from '../../../../src/domain/occasion.ts';
import type { Occasions } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function occasion(id: string, given: Partial<Occasion> = {}): Occasion {
  return {
    id,
    event: 'fair',
    kind: 'reminder',
    rule: 'day',
    session: null,
    startsAt: at(3600),
    dueAt: at(0),
    expiresAt: at(600),
    state: 'planned',
    ...given,
  };
}

export const occasions = cases<Occasions>({
  'holds nothing while it is empty, and empty lists change nothing': async ({ port, documents }) => {
    await port.add([]);
    await port.end([], 'done');
    expect(await port.byId([])).toEqual([]);
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.planned('fair')).toEqual([]);
    expect(await port.due(at(9), 10)).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what was added': async ({ port, documents }) => {
    const all = [
      occasion('a/day//1'),
      occasion('b', { kind: 'moved', rule: HARD_TEXT, session: 'ai', dueAt: at(-0.5) }),
    ];
    await port.add(all);
    expect(await port.byId(['a/day//1', 'b'])).toEqual(expect.arrayContaining(all));
    expect(await port.due(at(0), 10)).toEqual([all[1], all[0]]);
    const rows = await documents?.();
    if (rows) expect(rows.map(({ dueAt }) => dueAt)).toEqual(expect.arrayContaining([at(0), at(-0.5)]));
  },
  'leaves known ones as they are, and adds the new ones beside them': async ({ port }) => {
    await port.add([occasion('a')]);
    await port.end(['a'], 'done');
    await port.add([occasion('a', { dueAt: at(50) }), occasion('b'), occasion('b', { rule: 'hour' })]);
    await port.add([occasion('a')]);
    expect((await port.byId(['a', 'b', 'x'])).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      occasion('a', { state: 'done' }),
      occasion('b'),
    ]);
  },
  'plans once when twenty plan the same at once': async (ground) => {
    const plan = Array.from({ length: 10 }, (_, i) => occasion(`o${i}`, { dueAt: at(i) }));
    await atOnce(ground, 20, (port) => port.add(plan));
    expect(idsOf(await ground.port.due(at(20), 50))).toEqual(idsOf(plan));
    if (ground.documents) expect(await ground.documents()).toHaveLength(10);
  },
  'shows what is planned for an event, and nothing else': async ({ port }) => {
    await port.add([
      occasion('a'),
      occasion('b', { event: 'salon' }),
      occasion('c', { state: 'done' }),
      occasion('d'),
    ]);
    expect(idsOf(await port.planned('fair')).sort()).toEqual(['a', 'd']);
    expect(await port.planned('unknown')).toEqual([]);
  },
  'shows what is due by now, earliest first, no more than asked for': async ({ port }) => {
    await port.add([5, 1, 4, 2, 3].map((n) => occasion(`o${n}`, { dueAt: at(n) })));
    await port.add([occasion('done', { dueAt: at(0), state: 'done' })]);
    expect(idsOf(await port.due(at(3), 10))).toEqual(['o1', 'o2', 'o3']);
    expect(idsOf(await port.due(at(2.999), 10))).toEqual(['o1', 'o2']);
    expect(idsOf(await port.due(at(9), 2))).toEqual(['o1', 'o2']);
    expect(await port.due(at(0.5), 10)).toEqual([]);
  },
  'ends planned ones for good': async ({ port }) => {
    await port.add([occasion('a'), occasion('b'), occasion('c')]);
    await port.end(['a', 'nobody'], 'missed');
    await port.end(['a', 'b', 'b'], 'superseded');
    expect(await port.byId(['a'])).toMatchObject([{ state: 'missed' }]);
    expect(await port.byId(['b'])).toMatchObject([{ state: 'superseded' }]);
    expect(idsOf(await port.planned('fair'))).toEqual(['c']);
    expect(idsOf(await port.due(at(0), 10))).toEqual(['c']);
  },
  'ends an occasion in one way when many end it at once': async (ground) => {
    await ground.port.add([occasion('a')]);
    await atOnce(ground, 20, (port, i) => port.end(['a'], i % 2 === 0 ? 'done' : 'missed'));
    const [ended] = await ground.port.byId(['a']);
    await ground.port.end(['a'], ended?.state === 'done' ? 'missed' : 'done');
    expect(await ground.twin.byId(['a'])).toEqual([ended]);
  },
});
