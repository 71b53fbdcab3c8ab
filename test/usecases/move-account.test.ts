import { describe, expect, it } from 'vitest';
import { crashAfter } from '../support/memory-faults.ts';
import { House } from './house.ts';
import { accountsOf, arrive, conversationOf, idOf, joined, met } from './linking.ts';

const [FROM, TO] = [conversationOf('ana'), conversationOf('ana2')];

async function withAna(): Promise<House> {
  const house = await House.with();
  await arrive(house, 'ana');
  await house.register(idOf('ana'));
  return house;
}

describe('an account that goes on under another address', () => {
  it('is the same person with the same registrations, and hears of it there where they were recognised', async () => {
    const house = await withAna();
    expect(await house.verbs.moveAccount({ from: FROM, to: TO, recognised: true })).toBe(true);
    const ana = await met(house, 'ana2');
    expect(ana.id).toBe(idOf('ana'));
    const [facts] = await house.verbs.loadFacts([ana]);
    expect(facts?.registrations).toHaveLength(1);
    expect(house.lettersTo(ana.id)).toMatchObject([
      {
        to: TO,
        kind: 'own',
        letter: {
          text: '您的微信账号标识有变化，我们已认出您：报名、票和提醒都在，发送“我的”可查看；没填完的表单请重新发起。',
        },
      },
    ]);
  });

  it('hears nothing where the platform itself said so', async () => {
    const house = await withAna();
    expect(await house.verbs.moveAccount({ from: FROM, to: TO, recognised: false })).toBe(true);
    expect(house.stores.deliveries.all()).toEqual([]);
  });

  it('is left where it is when the address is somebody’s', async () => {
    const house = await withAna();
    await arrive(house, 'ana2');
    expect(await house.verbs.moveAccount({ from: FROM, to: TO, recognised: true })).toBe(false);
    expect([await accountsOf(house, 'ana'), await accountsOf(house, 'ana2')]).toEqual([['ana'], ['ana2']]);
    expect(house.stores.deliveries.all()).toEqual([]);
  });

  it('goes on among the others that it is linked with, in the language of the person', async () => {
    const house = await withAna();
    await arrive(house, 'bo');
    await joined(house, 'ana', 'bo');
    await house.stores.people.setLanguage(idOf('bo'), 'en');
    await house.verbs.moveAccount({ from: FROM, to: TO, recognised: true });
    expect(await accountsOf(house, 'bo')).toEqual(['bo', 'ana2']);
    const told = house.stores.deliveries.all().filter(({ to }) => to === TO);
    expect(told.map(({ letter }) => letter.text)).toEqual([
      expect.stringContaining('we have recognised you'),
    ]);
  });

  it('hears of it once, also after a crash in between', async () => {
    for (let step = 0; step < 5; step++) {
      const house = await withAna();
      const dying = house.verbsOn(crashAfter(house.stores, step).ports);
      await dying.moveAccount({ from: FROM, to: TO, recognised: true }).catch(() => {});
      for (let i = 0; i < 2; i++)
        expect(await house.verbs.moveAccount({ from: FROM, to: TO, recognised: true })).toBe(true);
      expect(house.stores.deliveries.all()).toHaveLength(1);
      expect(await accountsOf(house, 'ana2')).toEqual(['ana2']);
    }
  });
});
