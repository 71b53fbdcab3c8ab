import { expect } from 'vitest';
import type { LinkCode, Links } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases } from '../case.ts';

const code = (id: string, given: Partial<LinkCode> = {}): LinkCode => ({
  id,
  person: 'ana',
  expiresAt: at(600),
  use: undefined,
  ...given,
});
const use = (by: string) => ({ by, from: 'bo', registrations: 1 });
const window = (seconds = 0) => ({ now: at(seconds), until: at(seconds + 600), limit: 5 });

export const links = cases<Links>({
  'gives back what was added, and leaves a known code as it is': async ({ port, twin }) => {
    expect(await port.add(code('a'))).toBe(true);
    expect(await twin.add(code('a', { person: 'bo' }))).toBe(false);
    expect(await twin.byId('a')).toEqual(code('a'));
    expect(await port.byId('b')).toBeUndefined();
  },
  'lets one of twenty take a code': async (ground) => {
    await ground.port.add(code('a'));
    const taken = await atOnce(ground, 20, (port, i) => port.take('a', use(`e${i}`), at(0)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await ground.twin.byId('a'))?.use).toEqual(use(`e${taken.indexOf(true)}`));
  },
  'lets nobody take what has expired or is not there': async ({ port }) => {
    await port.add(code('a'));
    expect(await port.take('a', use('e'), at(600))).toBe(false);
    expect(await port.take('b', use('e'), at(0))).toBe(false);
    expect(await port.take('a', use('e'), at(599))).toBe(true);
  },
  'counts tries of a conversation, each once, until the window ends': async ({ port, twin }) => {
    for (let i = 0; i < 5; i++)
      expect(await port.countTry('c', `e${i}`, window(i))).toEqual({ place: i + 1, until: at(600) });
    expect(await twin.countTry('c', 'e0', window(9))).toEqual({ place: 1, until: at(600) });
    expect((await twin.countTry('c', 'e9', window(9))).place).toBe(6);
    expect((await port.countTry('d', 'e9', window(9))).place).toBe(1);
    expect(await port.countTry('c', 'e9', window(600))).toEqual({ place: 1, until: at(1200) });
  },
  'lets no more than the limit through at once': async (ground) => {
    const counted = await atOnce(ground, 20, (port, i) => port.countTry('crowd', `e${i}`, window()));
    expect(counted.filter(({ place }) => place <= 5)).toHaveLength(5);
  },
  'takes a try back': async ({ port, twin }) => {
    await port.countTry('sorry', 'a', window());
    await twin.forgiveTry('sorry', 'a');
    await twin.forgiveTry('nobody', 'a');
    expect((await port.countTry('sorry', 'b', window())).place).toBe(1);
  },
});
