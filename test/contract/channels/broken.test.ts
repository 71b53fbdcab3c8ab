import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChannelHouse,
  channelStates,
  openChannelHouse,
  PLAIN,
  Platforms,
  WECHATY,
} from '../../support/channel-house.ts';
import { anEvent } from '../../support/events.ts';
import { freePort } from '../../support/free-port.ts';
import { LONG_TEXT } from './cases/carrying.ts';
import type { ChannelKind } from './chat.ts';
import { officialAccount } from './drivers/official-account.ts';
import { telegram } from './drivers/telegram.ts';
import { web } from './drivers/web.ts';
import { wechat } from './drivers/wechat.ts';
import { answerTo } from './talking.ts';

const EMBEDDED = { name: 'embedded', env: () => ({}) };
const STOP_MS = 5_000;

interface Outage {
  readonly name: string;
  readonly env: (nowhere: string) => Record<string, string>;
  /** How the names of the channels begin that it breaks, and what a house says of them. */
  readonly broken: Readonly<Record<string, RegExp>>;
  readonly works: readonly ChannelKind[];
}

const OUTAGES: readonly Outage[] = [
  {
    name: 'Telegram is away',
    env: (nowhere) => ({ TELEGRAM_API_ROOT: nowhere }),
    broken: { telegram: /ECONNREFUSED/u },
    works: [web, officialAccount(PLAIN), wechat],
  },
  {
    name: "the official accounts' API is away",
    env: (nowhere) => ({ WECHAT_OA_API_ROOT: nowhere }),
    broken: { 'official-account': /ECONNREFUSED/u },
    // What is said in the answer to a call needs no API.
    works: [web, telegram, wechat, officialAccount(PLAIN)],
  },
  {
    name: 'the puppet of WeChat is not installed',
    env: () => ({ WECHATY_PUPPET: 'wechaty-puppet-nowhere' }),
    broken: { wechat: /npm install wechaty-puppet-nowhere/u },
    works: [web, telegram, officialAccount(PLAIN)],
  },
];

describe('a house of whose channels one is broken', () => {
  let platforms: Platforms;
  let house: ChannelHouse | undefined;
  beforeEach(async () => {
    platforms = await Platforms.open();
  });
  afterEach(async () => {
    await house?.close();
    house = undefined;
    await platforms.close();
  });

  const open = async (more: Record<string, string>, broken: readonly string[]) => {
    const env = { ...platforms.polling(), ...platforms.accounts(), ...WECHATY, LOG_LEVEL: 'silent', ...more };
    house = await openChannelHouse(EMBEDDED, platforms, env, { broken });
    return house;
  };

  it.each(OUTAGES)(
    'goes on with the others when $name, and tells of it',
    { timeout: 30_000 },
    async (outage) => {
      const nowhere = `http://127.0.0.1:${await freePort()}`;
      const opened = await open(outage.env(nowhere), Object.keys(outage.broken));
      for (const kind of outage.works) {
        const guest = await kind.open(opened).guest();
        await answerTo(guest, () => guest.says('Hello'), 'events assistant');
      }
      const response = await fetch(`${opened.url}/readyz`);
      expect(response.status).toBe(200);
      for (const [channel, state] of Object.entries(await channelStates(opened.url))) {
        const why = Object.entries(outage.broken).find(([name]) => channel.startsWith(name))?.[1];
        expect([channel, state]).toEqual([channel, why ? expect.stringMatching(why) : 'ready']);
      }
    },
  );

  it('stops within 5 seconds although no platform answers any more', { timeout: 60_000 }, async () => {
    const opened = await open({}, []);
    const privacy = { zh: LONG_TEXT, en: LONG_TEXT };
    await opened.addEvent(anEvent({ code: 'long', languages: ['en'], kinds: ['guest'], privacy }));
    const [inTelegram, inAccount] = await Promise.all(
      [telegram, officialAccount(PLAIN)].map((kind) => kind.open(opened).guest()),
    );
    const [api, official] = [platforms.telegram, platforms.official];
    api.fail({ is: 'silent' }, { method: 'sendMessage', times: 9 });
    official.fail('/cgi-bin/message/custom/send', 'hang', 'hang');
    platforms.wechat.puppet.stop = () => new Promise(() => {});
    await inTelegram?.says('Hello');
    for (const words of ['register long', 'Ann', 'Office']) await inAccount?.says(words);
    await Promise.all([api.until(() => api.calls.includes('sendMessage')), official.stall()]);
    const began = performance.now();
    await opened.close();
    house = undefined;
    expect(performance.now() - began).toBeLessThan(STOP_MS);
  });
});
