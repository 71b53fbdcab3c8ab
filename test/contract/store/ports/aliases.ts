import { expect } from 'vitest';
import type { Aliases } from '../../../../src/channels/wechat/ports.ts';
import { atOnce, cases } from '../case.ts';

const [ANA, BO, CY] = ['wechat:main:ana', 'wechat:main:bo', 'wechat:main:cy'];

export const aliases = cases<Aliases>({
  'knows nobody while it is empty': async ({ port }) => {
    expect(await port.holder('LY-A')).toBeUndefined();
  },
  'gives a conversation one alias, which stays': async ({ port, twin }) => {
    expect(await port.give(ANA, 'LY-A')).toBe('LY-A');
    expect(await twin.give(ANA, 'LY-B')).toBe('LY-A');
    expect(await twin.holder('LY-A')).toBe(ANA);
    expect(await port.holder('LY-B')).toBeUndefined();
  },
  'gives nobody the alias of another': async ({ port }) => {
    await port.give(ANA, 'LY-A');
    await expect(port.give(BO, 'LY-A')).rejects.toThrow('one that is taken');
    expect(await port.holder('LY-A')).toBe(ANA);
  },
  'makes one alias when ten ask at once': async (ground) => {
    const given = await atOnce(ground, 10, (port, i) => port.give(ANA, `LY-${i}`));
    expect(new Set(given).size).toBe(1);
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
  'moves an alias on, once, and to nobody who has one': async ({ port, twin }) => {
    await port.give(ANA, 'LY-A');
    await port.give(BO, 'LY-B');
    await port.move('LY-A', ANA, BO);
    expect(await twin.holder('LY-A')).toBe(ANA);
    await port.move('LY-A', ANA, CY);
    await twin.move('LY-A', ANA, 'wechat:main:late');
    expect(await twin.holder('LY-A')).toBe(CY);
    expect(await port.give(CY, 'LY-C')).toBe('LY-A');
    expect(await port.give(ANA, 'LY-C')).toBe('LY-C');
    await port.move('LY-X', ANA, CY);
    expect(await port.holder('LY-X')).toBeUndefined();
  },
});
