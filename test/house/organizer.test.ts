import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresSchema, listSchema } from '../../src/desk/notice-json.ts';
import { type ChannelHouse, openChannelHouse, Platforms } from '../support/channel-house.ts';
import { ENGINES } from '../support/house.ts';
import { aNotice } from '../support/notices.ts';

const OWNER_CODE = 'first-owner-code';
const [ENGINE = { name: 'embedded', env: () => ({}) }] = ENGINES;

let platforms: Platforms;
let house: ChannelHouse;
beforeAll(async () => {
  platforms = await Platforms.open();
  house = await openChannelHouse(ENGINE, platforms, { ...platforms.polling(), OWNER_CODE });
});
afterAll(async () => {
  await house?.close();
  await platforms.close();
});

const commandsOf = (chat: string) =>
  (platforms.telegram.menus.get(chat) as { command: string; description: string }[] | undefined)?.map(
    ({ command, description }) => `${command} ${description}`,
  );

describe('in a whole house, somebody with a role', () => {
  it('has a menu of their own in Telegram while they have it', async () => {
    const { telegram } = platforms;
    const person = telegram.person('zh-hans');
    person.says(`claim ${OWNER_CODE}`);
    await telegram.until(() => telegram.menus.has(person.chat));
    expect(commandsOf(person.chat)?.slice(0, 3)).toEqual([
      'notice 群发通知',
      'invite 用认领码邀请',
      'roles 查看和收回角色',
    ]);
    const [grant] = await house.app.stores.grants.standing();
    await house.app.stores.grants.end(grant?.id ?? '', 'the house', house.clock.now());
    await telegram.until(() => !telegram.menus.has(person.chat));
    expect(commandsOf(person.chat)).toBeUndefined();
  });

  it('reads the figures of their notices by HTTP, and nobody else does', async () => {
    const { stores } = house.app;
    const [organizer, guest] = [await house.arrive(), await house.arrive()];
    const grant = { id: 'g', person: organizer.person, role: 'organizer', office: 'office' } as const;
    await stores.grants.add({
      ...grant,
      event: null,
      part: null,
      note: null,
      by: null,
      at: house.clock.now(),
      ended: null,
    });
    await stores.notices.add(aNotice({ number: 7 }));
    const get = (path: string, token: string) =>
      fetch(`${house.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const list = await get('/api/notices', organizer.token);
    expect(listSchema.parse(await list.json()).notices.map(({ number }) => number)).toEqual([7]);
    const one = await get('/api/notices/7', organizer.token);
    expect(figuresSchema.parse(await one.json())).toMatchObject({ number: 7, state: 'draft', percent: 0 });
    expect(one.headers.get('cache-control')).toBe('no-store');
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    for (const path of ['/api/notices', '/api/notices/7', '/api/notices/8'])
      expect((await get(path, guest.token)).status).toBe(404);
    expect((await get('/api/notices/7', 'nobody')).status).toBe(401);
  });
});
