import { expect } from 'vitest';
import type { Inbound, Inbox } from '../../../../src/runner/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function message(id: string, given: Partial<Inbound> = {}): Inbound {
  const conversation = given.conversation ?? 'web:main:a';
  const input = { kind: 'text', text: HARD_TEXT } as const;
  return { lang: 'zh', input, arrivedAt: at(0), ...given, conversation, id: `${conversation}/${id}` };
}

const A = 'web:main:a';
const B = 'web:main:b';

export const inbox = cases<Inbox>({
  'holds nothing while it is empty, and empty lists change nothing': async ({ port, documents }) => {
    await port.add([]);
    await port.done([], at(0));
    expect(await port.open([], 10)).toEqual([]);
    expect(await port.open([A], 10)).toEqual([]);
    expect(await port.waiting(at(9), 10)).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what arrived': async ({ port, twin, documents }) => {
    const all = [
      message('1', { input: { kind: 'text', text: '', seen: 0 } }),
      message('2', { input: { kind: 'pick', prompt: 'p', index: 3 }, lang: 'en' }),
      message('3', { input: { kind: 'file', name: '照片 📷.png', type: 'image/png', size: 5, seen: 7 } }),
      message('4', { input: { kind: 'start', payload: '' } }),
      message('5'),
    ];
    await port.add(all);
    expect(await twin.open([A], 10)).toEqual(all);
    if (documents) expect(await documents()).toHaveLength(5);
  },
  'gives messages in the order in which they arrived, no more than asked for': async ({ port }) => {
    await port.add([message('late', { arrivedAt: at(5) }), message('x', { arrivedAt: at(1) })]);
    await port.add([message('y', { arrivedAt: at(1) }), message('first', { arrivedAt: at(0) })]);
    const order = ['first', 'x', 'y', 'late'].map((id) => `${A}/${id}`);
    expect(idsOf(await port.open([A], 10))).toEqual(order);
    expect(idsOf(await port.open([A], 2))).toEqual(order.slice(0, 2));
  },
  'keeps the order of a batch of the same millisecond': async ({ port }) => {
    const all = Array.from({ length: 30 }, (_, i) => message(`${(i * 7) % 30}`));
    await port.add(all.slice(0, 20));
    await port.add(all.slice(20));
    expect(idsOf(await port.open([A], 100))).toEqual(idsOf(all));
  },
  'gives the messages of the conversations that are asked for': async ({ port }) => {
    await port.add([
      message('1'),
      message('1', { conversation: B }),
      message('1', { conversation: 'web:main:c' }),
    ]);
    expect(idsOf(await port.open([A, B, 'unknown'], 10)).sort()).toEqual([`${A}/1`, `${B}/1`]);
    expect(idsOf(await port.open([B, B], 10))).toEqual([`${B}/1`]);
  },
  'leaves a known message alone, and adds the new ones beside it': async ({ port }) => {
    await port.add([message('1')]);
    await port.add([message('1', { input: { kind: 'start', payload: 'x' } }), message('2'), message('2')]);
    expect(await port.open([A], 10)).toEqual([message('1'), message('2')]);
  },
  'does not open a handled message again when it arrives again': async ({ port, twin, documents }) => {
    await port.add([message('1')]);
    await port.done([`${A}/1`], at(1));
    await twin.add([message('1'), message('2')]);
    expect(idsOf(await port.open([A], 10))).toEqual([`${A}/2`]);
    if (documents) expect(await documents()).toHaveLength(2);
  },
  'stores a message once when it arrives twenty times at once': async (ground) => {
    await atOnce(ground, 20, (port, i) => port.add([message('same'), message(`own-${i}`)]));
    const open = idsOf(await ground.port.open([A], 100));
    expect(open).toHaveLength(21);
    expect(new Set(open).size).toBe(21);
    if (ground.documents) expect(await ground.documents()).toHaveLength(21);
  },
  'hides what is done, and keeps when that was': async ({ port, documents }) => {
    await port.add([message('1'), message('2'), message('3')]);
    await port.done([`${A}/1`, `${A}/3`, 'unknown'], at(7));
    await port.done([`${A}/1`], at(7));
    expect(idsOf(await port.open([A], 10))).toEqual([`${A}/2`]);
    const rows = await documents?.();
    if (rows) {
      expect(rows).toHaveLength(3);
      expect(rows.find(({ _id }) => _id === (`${A}/1` as never))).toMatchObject({ doneAt: at(7) });
      expect(rows.find(({ _id }) => _id === (`${A}/2` as never))).not.toHaveProperty('doneAt');
    }
  },
  'tells which conversations wait, longest first, each once': async ({ port }) => {
    await port.add([
      message('1', { conversation: B, arrivedAt: at(2) }),
      message('1', { arrivedAt: at(1) }),
      message('2', { arrivedAt: at(1.5) }),
      message('1', { conversation: 'web:main:c', arrivedAt: at(9) }),
    ]);
    expect(await port.waiting(at(2), 10)).toEqual([A, B]);
    expect(await port.waiting(at(1.999), 10)).toEqual([A]);
    expect(await port.waiting(at(9), 1)).toEqual([A]);
    await port.done([`${A}/1`, `${A}/2`], at(3));
    expect(await port.waiting(at(9), 10)).toEqual([B, 'web:main:c']);
  },
});
