import { expect } from 'vitest';
import type { Notice } from '../../../../src/domain/notice.ts';
import type { Notices } from '../../../../src/usecases/ports.ts';
import { aNotice } from '../../../support/notices.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const notice = (id: string, number: number, given: Partial<Notice> = {}): Notice =>
  aNotice({ id, number, createdAt: at(0), ...given });

export const notices = cases<Notices>({
  'gives back exactly what was added, and leaves a known one as it is': async ({ port, twin }) => {
    const one = notice('a', 1, {
      content: { text: { zh: HARD_TEXT, en: 'x' }, file: null, buttons: ['receipt'], link: null },
      told: { percent: 25, at: at(3), messageId: null },
      history: [{ at: at(1), by: 'ana', what: 'draft' }],
    });
    expect(await port.add(one)).toBe(true);
    expect(await twin.add(notice('a', 2))).toBe(false);
    expect(await twin.add(notice('b', 1))).toBe(false);
    expect(await twin.byId(['a', 'b'])).toEqual([one]);
    expect(await twin.byNumber(1)).toEqual(one);
    expect(await port.byNumber(2)).toBeUndefined();
  },
  'gives a number to one of twenty at once': async (ground) => {
    const added = await atOnce(ground, 20, (port, i) => port.add(notice(`n${i}`, 7)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.lastNumber()).toBe(7);
  },
  'knows the highest number': async ({ port }) => {
    expect(await port.lastNumber()).toBe(0);
    for (const number of [2, 10, 9]) await port.add(notice(`n${number}`, number));
    expect(await port.lastNumber()).toBe(10);
  },
  'stores a change of what is there, by one of twenty': async (ground) => {
    await ground.port.add(notice('a', 1));
    const next = (i: number) => notice('a', 1, { state: 'scheduled', total: i, rev: 2 });
    const saved = await atOnce(ground, 20, (port, i) => port.save(next(i)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await ground.twin.byId(['a'])).toEqual([next(saved.indexOf(true))]);
    expect(await ground.port.save(notice('nobody', 3, { rev: 2 }))).toBe(false);
  },
  'finds those in a state, and those whose time has come': async ({ port }) => {
    await port.add(notice('a', 1, { state: 'scheduled', startsAt: at(20) }));
    await port.add(notice('b', 2, { state: 'scheduled', startsAt: at(10) }));
    await port.add(notice('c', 3, { state: 'running', startsAt: at(5) }));
    await port.add(notice('d', 4, { state: 'draft' }));
    expect(idsOf(await port.due(at(19), 10))).toEqual(['b']);
    expect(idsOf(await port.due(at(20), 10))).toEqual(['b', 'a']);
    expect(idsOf(await port.due(at(20), 1))).toEqual(['b']);
    expect(idsOf(await port.inState(['running', 'scheduled'], 10))).toEqual(['c', 'b', 'a']);
    expect(await port.inState(['done'], 10)).toEqual([]);
  },
  'lists the newest of some offices, or of all': async ({ port }) => {
    for (const [number, office] of [
      [1, 'x'],
      [2, 'y'],
      [3, 'x'],
      [4, 'z'],
    ] as const)
      await port.add(notice(`n${number}`, number, { office }));
    expect(idsOf(await port.recent(null, 3))).toEqual(['n4', 'n3', 'n2']);
    expect(idsOf(await port.recent(['x', 'y'], 9))).toEqual(['n3', 'n2', 'n1']);
    expect(await port.recent([], 9)).toEqual([]);
  },
});
