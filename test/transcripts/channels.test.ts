import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { OfficialAccountApi } from '../support/official-account-api.ts';
import { TelegramApi } from '../support/telegram-api.ts';
import { WechatWorld } from '../support/wechat-world.ts';
import { perform } from './dialogue.ts';
import { dialogues } from './dialogues.ts';
import { inOneBreath } from './numbered.ts';
import { OfficialAccountReplay } from './official-account-replay.ts';
import { TelegramReplay } from './telegram-replay.ts';
import { SceneClock } from './web-replay.ts';
import { WechatReplay } from './wechat-replay.ts';

const HURRY = { burst: 1_000, everyMs: 0, chatBurst: 1_000, chatEveryMs: 0 };
const ACCOUNT = { appId: 'wx0123456789abcdef', token: 'stubtoken', aesKey: 'a'.repeat(43), path: '/wechat' };

describe.each(ENGINES)('the same chat, on $name,', (engine) => {
  const clock = new SceneClock();
  const world = new WechatWorld();
  let telegram: TelegramApi;
  let official: OfficialAccountApi;
  let house: OpenHouse;

  beforeAll(async () => {
    [telegram, official] = await Promise.all([TelegramApi.open(), OfficialAccountApi.open()]);
    const env = {
      PUBLIC_URL: 'https://luyan.example.org',
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      WECHAT_OA_APP_ID: ACCOUNT.appId,
      WECHAT_OA_APP_SECRET: OfficialAccountApi.secret,
      WECHAT_OA_TOKEN: ACCOUNT.token,
      WECHAT_OA_AES_KEY: ACCOUNT.aesKey,
      WECHAT_OA_API_ROOT: official.url,
      WECHATY_PUPPET: 'wechaty-puppet-mock',
    };
    house = await openHouse(engine, { clock, pace: HURRY, puppet: world.puppet }, env);
    world.login();
  });
  afterAll(async () => {
    await house.close();
    await Promise.all([telegram.close(), official.close()]);
  });

  describe.each(dialogues)('$name', ({ dialogue }) => {
    const { scene, lang, chat } = dialogue;

    it('reads so in Telegram', { timeout: 60_000 }, async () => {
      const replay = await TelegramReplay.in(house, telegram, clock, scene, lang);
      expect(await perform(dialogue, replay)).toBe(chat);
    });

    it('reads so in an official account', { timeout: 60_000 }, async () => {
      const parts = { api: official, house, clock, account: ACCOUNT, lang };
      const replay = await OfficialAccountReplay.in(parts, scene);
      expect(inOneBreath(await perform(dialogue, replay))).toBe(inOneBreath(chat));
    });

    it('reads so in WeChat', { timeout: 60_000 }, async () => {
      const replay = await WechatReplay.in({ world, house, clock, lang }, scene);
      expect(inOneBreath(await perform(dialogue, replay))).toBe(inOneBreath(chat));
    });
  });
});
