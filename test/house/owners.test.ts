import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelHouse, openChannelHouse, Platforms, WECHATY } from '../support/channel-house.ts';
import { ENGINES } from '../support/house.ts';

describe.each(ENGINES)('the owners of a house, on $name,', (engine) => {
  let platforms: Platforms;
  let house: ChannelHouse;
  beforeAll(async () => {
    platforms = await Platforms.open();
    house = await openChannelHouse(engine, platforms, WECHATY);
  });
  afterAll(async () => {
    await house.close();
    await platforms.close();
  });

  it('are made by the code of the first start, and hear on another channel what becomes of WeChat', async () => {
    const owner = await house.arrive();
    expect(house.app.ownerCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const [claimed] = await owner.say(`claim ${house.app.ownerCode}`);
    expect(claimed?.text).toContain('You are an owner now.');
    await platforms.wechat.logout();
    const [news] = await owner.listen();
    expect(news?.text).toContain('The WeChat bot was logged out');
    const [again] = await (await house.arrive()).say(`claim ${house.app.ownerCode}`);
    expect(again?.text).toContain('not valid');
  });
});
