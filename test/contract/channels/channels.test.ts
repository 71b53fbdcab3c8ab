import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ChannelHouse, openChannelHouse, Platforms } from '../../support/channel-house.ts';
import { anEvent } from '../../support/events.ts';
import { ENGINES } from '../../support/house.ts';
import { asking, numbering, pressing } from './cases/asking.ts';
import { carrying, LONG_TEXT } from './cases/carrying.ts';
import { delivering } from './cases/delivering.ts';
import { failing } from './cases/failing.ts';
import { heavy, oddities, rooms } from './cases/oddities.ts';
import { HOUSEFULS } from './drivers.ts';

/** What every channel promises in a real house. */
const CASES = [
  ...asking,
  ...pressing,
  ...numbering,
  ...carrying,
  ...delivering,
  ...failing,
  ...oddities,
  ...heavy,
  ...rooms,
];

/** The engines differ below the channels, which the houses of test/house show; one of them is enough here. */
const [ENGINE = { name: 'embedded', env: () => ({}) }] = ENGINES;

describe.each(HOUSEFULS)('in $name', ({ env, channels }) => {
  let platforms: Platforms;
  let house: ChannelHouse;
  beforeAll(async () => {
    platforms = await Platforms.open();
    house = await openChannelHouse(ENGINE, platforms, await env(platforms));
    await house.addEvent(anEvent({ code: 'fair', languages: ['en'] }));
    const privacy = { zh: LONG_TEXT, en: LONG_TEXT };
    await house.addEvent(anEvent({ code: 'long', languages: ['en'], kinds: ['guest'], privacy }));
  });
  afterAll(async () => {
    await house?.close();
    await platforms.close();
  });

  describe.each(channels)('$name', ({ kind }) => {
    const mine = CASES.filter(({ concerns }) => concerns(kind.traits));
    it.each(mine)('$name', { timeout: 60_000 }, ({ run }) => run({ house, driver: kind.open(house) }));
  });
});
