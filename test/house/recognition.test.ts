import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ticketCode } from '../../src/documents/ticket.ts';
import { type ChannelHouse, openChannelHouse, Platforms, WECHATY } from '../support/channel-house.ts';
import { anEvent } from '../support/events.ts';
import { type Guest, register } from '../support/guest.ts';
import { ENGINES } from '../support/house.ts';
import type { WechatFriend } from '../support/wechat-world.ts';

const SECRET = 'a secret of 32 characters or more';
const [ENGINE = { name: 'embedded', env: () => ({}) }] = ENGINES;

let platforms: Platforms;
let house: ChannelHouse;
let host: Guest;
let ticket: string;
beforeAll(async () => {
  platforms = await Platforms.open();
  house = await openChannelHouse(ENGINE, platforms, { ...WECHATY, SECRET_KEY: SECRET });
  await house.addEvent(anEvent({ code: 'fair', languages: ['en'] }));
  host = await house.arrive('en');
  await register(host, 'fair');
  const [registration] = await house.app.stores.registrations.byPerson([host.person]);
  ticket = registration?.ticket ?? '';
});
afterAll(async () => {
  await house?.close();
  await platforms.close();
});

/** What somebody in WeChat reads to what they say. */
async function says(friend: WechatFriend, text: string): Promise<string> {
  const before = friend.heard.length;
  const answered = friend.next();
  friend.say(text);
  await answered;
  await house.app.settled();
  return friend.heard
    .slice(before)
    .map((shown) => shown.text)
    .join('\n');
}

const heardBy = (friend: WechatFriend) => friend.heard.map(({ text }) => text).join('\n');

describe('in a whole house, a stranger in WeChat', () => {
  it('finds their registration again by the ticket, after a yes, and the holder can undo it', async () => {
    const friend = platforms.wechat.friend('stranger');
    const account = { channel: 'wechat', bot: 'main', id: 'stranger' };
    await house.app.stores.people.ensure(account, 'en', house.clock.now());
    const asked = await says(friend, ticketCode(SECRET, ticket));
    expect(asked).toContain(`This is ticket ${ticket} for`);
    expect(asked).not.toContain('Guest of honour');
    expect(await says(friend, 'mine')).toContain('You have no registration yet');
    await says(friend, ticketCode(SECRET, ticket));
    expect(await says(friend, '1')).toContain('The accounts are linked.');
    expect(await says(friend, 'mine')).toContain(ticket);
    const isTold = () => host.heard.some(({ text }) => text.includes('(WeChat) was just linked'));
    while (!isTold()) await host.listen();
    await host.press('unlink other');
    await host.press('unlink other yes');
    expect(host.last.text).toContain('Your other accounts are unlinked.');
    expect(await says(friend, 'mine')).toContain('You have no registration yet');
  });

  it('whose id has changed is recognised by the alias, and told so', async () => {
    const { aliases, people } = house.app.stores;
    const friend = platforms.wechat.friend('old-id');
    expect(await says(friend, '日程')).not.toBe('');
    const alias = await aliases.give('wechat:main:old-id', 'LY-7K2M9QXA');
    await platforms.wechat.puppet.contactAlias('old-id', alias);
    const again = platforms.wechat.renumber(friend, 'new-id');
    const [before] = await people.byAccount([{ channel: 'wechat', bot: 'main', id: 'old-id' }]);
    expect(await says(again, '我的')).toContain('您还没有报名');
    const [after] = await people.byAccount([{ channel: 'wechat', bot: 'main', id: 'new-id' }]);
    expect(after?.id).toBe(before?.id);
    await vi.waitUntil(() => heardBy(again).includes('我们已认出您'), { timeout: 10_000, interval: 20 });
    expect(await aliases.holder(alias)).toBe('wechat:main:new-id');
  });
});
