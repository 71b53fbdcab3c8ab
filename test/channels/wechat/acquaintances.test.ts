import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ALIAS_EVERY_MS } from '../../../src/channels/wechat/acquaintances.ts';
import { quiet, until, type WechatFriend } from '../../support/wechat-world.ts';
import { Bench } from './bench.ts';

let bench: Bench;
let ana: WechatFriend;
beforeEach(async () => {
  bench = await Bench.open();
  ana = bench.world.friend('ana');
});
afterEach(() => bench.close());

const ALIAS = /^LY-[0-9A-HJKMNP-TV-Z]{8}$/u;
const isNaming = () => bench.waits.now.includes(ALIAS_EVERY_MS);

/** Somebody talks, and has been given an alias. */
async function named(friend: WechatFriend): Promise<string> {
  friend.say('你好');
  await until(isNaming);
  bench.waits.pass();
  await until(() => bench.world.aliasOf(friend.contact.id) !== undefined);
  return bench.world.aliasOf(friend.contact.id) ?? '';
}

describe('a contact who talks to the bot', () => {
  it('gets an alias of their own, once, which the house knows', async () => {
    const alias = await named(ana);
    expect(alias).toMatch(ALIAS);
    expect(await bench.aliases.holder(alias)).toBe('wechat:main:ana');
    ana.say('再来');
    await bench.arrived(2);
    expect(isNaming()).toBe(false);
    const bo = await named(bench.world.friend('bo'));
    expect(bo).toMatch(ALIAS);
    expect(bo).not.toBe(alias);
    expect(bench.faults).toEqual([]);
  });

  it('waits for theirs, as many do, at a human pace', async () => {
    const friends = ['x', 'y', 'z'].map((name) => bench.world.friend(name));
    for (const friend of friends) friend.say('你好');
    await bench.arrived(3);
    const done = () => friends.filter(({ contact }) => bench.world.aliasOf(contact.id)).length;
    for (const count of [1, 2, 3]) {
      await until(isNaming);
      expect(done()).toBe(count - 1);
      bench.waits.pass();
      await until(() => done() === count);
    }
  });

  it('keeps an alias that a human gave, before or meanwhile', async () => {
    const bo = bench.world.friend('bo', { alias: '市科技局 老同学' });
    bo.say('你好');
    await bench.arrived(1);
    await quiet();
    expect(isNaming()).toBe(false);
    ana.say('你好');
    await until(isNaming);
    await bench.world.puppet.contactAlias('ana', '院长办公室');
    bench.waits.pass();
    await quiet();
    expect(['bo', 'ana'].map((id) => bench.world.aliasOf(id))).toEqual(['市科技局 老同学', '院长办公室']);
  });

  it('in a room alone gets none', async () => {
    const room = bench.world.room(ana);
    room.say(ana, '@Luyan 日程', bench.world.self);
    await bench.arrived(1);
    await quiet();
    expect(isNaming()).toBe(false);
  });

  it('is heard where aliases cannot be had, which is said once', async () => {
    vi.spyOn(bench.aliases, 'give').mockRejectedValue(new Error('out of reach'));
    for (const name of ['x', 'y']) {
      bench.world.friend(name).say('你好');
      await until(isNaming);
      bench.waits.pass();
      await until(() => !isNaming());
    }
    vi.spyOn(bench.world.puppet, 'contactPayload').mockReturnValue(new Promise(() => {}));
    expect(await bench.arrived(2)).toHaveLength(2);
    await until(() => bench.faults.length > 0);
    expect(bench.faults).toEqual([
      'WeChat contacts cannot all be known again by their aliases; this is not said again',
    ]);
  });
});

describe('a contact whose id has changed', () => {
  it('is known again by the alias before their first message is stored', async () => {
    const alias = await named(ana);
    const order: string[] = [];
    bench.moved.mockImplementation(async () => order.push('moved') > 0);
    bench.accept.mockImplementation(async () => void order.push('accepted'));
    const again = bench.world.renumber(ana, 'ana2');
    for (const text of ['我的', '日程']) again.say(text);
    await until(() => order.length === 3);
    expect(order).toEqual(['moved', 'accepted', 'accepted']);
    expect(bench.moved.mock.calls).toEqual([['wechat:main:ana', 'wechat:main:ana2', 'recognised']]);
    expect(await bench.aliases.holder(alias)).toBe('wechat:main:ana2');
  });

  it('is known again at the login, also a second time', async () => {
    const alias = await named(ana);
    let last = ana;
    for (const id of ['ana2', 'ana3']) {
      last = bench.world.renumber(last, id);
      await bench.world.logout();
      bench.world.login();
      await until(
        () => bench.moved.mock.calls.length > 0 && bench.moved.mock.lastCall?.[1].endsWith(id) === true,
      );
      await quiet();
      expect(await bench.aliases.holder(alias)).toBe(`wechat:main:${id}`);
    }
    expect(bench.moved).toHaveBeenCalledTimes(2);
  });

  it('stays apart where the new id is somebody’s already', async () => {
    const alias = await named(ana);
    bench.moved.mockResolvedValue(false);
    bench.world.renumber(ana, 'ana2').say('我的');
    await bench.arrived(2);
    expect(await bench.aliases.holder(alias)).toBe('wechat:main:ana');
  });

  it('is nobody whose old id is a contact still: a copied alias opens no account', async () => {
    const alias = await named(ana);
    bench.world.friend('bo', { alias }).say('我的');
    await bench.arrived(2);
    expect(bench.moved).not.toHaveBeenCalled();
    expect(bench.faults).toEqual(['two WeChat contacts have the same alias; both stay as they are']);
  });

  it('is a stranger with an alias that this house never gave, and gets a fresh one', async () => {
    const bo = bench.world.friend('bo', { alias: 'LY-00000000' });
    bo.say('你好');
    await until(isNaming);
    bench.waits.pass();
    await until(() => bench.world.aliasOf('bo') !== 'LY-00000000');
    expect(bench.moved).not.toHaveBeenCalled();
    expect(await bench.aliases.holder(bench.world.aliasOf('bo') ?? '')).toBe('wechat:main:bo');
  });
});
