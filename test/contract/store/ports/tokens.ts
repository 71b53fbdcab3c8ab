import { expect } from 'vitest';
import type { TokenStore } from '../../../../src/channels/official-account/official-account.ts';
import { at, atOnce, cases } from '../case.ts';

export const tokens = cases<TokenStore>({
  'holds nothing at first': async ({ port }) => {
    expect(await port.load('wx1')).toBeUndefined();
  },
  'keeps the latest token of each account for every process': async ({ port, twin }) => {
    await port.save('wx1', { token: 'one', expiresAt: at(1) });
    await port.save('wx2', { token: 'two', expiresAt: at(2) });
    await twin.save('wx1', { token: 'newer', expiresAt: at(3) });
    expect(await port.load('wx1')).toEqual({ token: 'newer', expiresAt: at(3) });
    expect(await twin.load('wx2')).toEqual({ token: 'two', expiresAt: at(2) });
  },
  'takes tokens that come at once, and holds one of them': async (ground) => {
    await atOnce(ground, 10, (port, i) => port.save('wx1', { token: `t${i}`, expiresAt: at(i) }));
    const held = await ground.port.load('wx1');
    expect(held).toEqual({ token: held?.token, expiresAt: at(Number(held?.token.slice(1))) });
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
});
