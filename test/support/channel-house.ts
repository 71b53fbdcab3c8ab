import { vi } from 'vitest';
import type { Extras } from '../../src/wiring.ts';
import { freePort } from './free-port.ts';
import { type Engine, type OpenHouse, openHouse } from './house.ts';
import { OfficialAccountApi } from './official-account-api.ts';
import { TelegramApi } from './telegram-api.ts';
import { WechatWorld } from './wechat-world.ts';

/** No pace at all: platforms that are stubs need no rest. */
export const HURRY = { burst: 1_000, everyMs: 0, chatBurst: 1_000, chatEveryMs: 0 };
export const WEBHOOK_SECRET = 'webhook-secret_42';

/** The official accounts of a house: one in safe mode, one that speaks plainly. */
export const SEALED = {
  appId: 'wxsealed00000001',
  token: 'sealedtoken',
  aesKey: 'a'.repeat(43),
  path: '/wechat',
};
export const PLAIN = { appId: 'wxplain000000001', token: 'plaintoken', path: '/wechat/wxplain000000001' };

/** The real time, which a test can put forward. */
export class LeapClock {
  private ahead = 0;

  readonly now = (): Date => new Date(Date.now() + this.ahead);

  pass(ms: number): void {
    this.ahead += ms;
  }
}

/** The platforms around a house, on loopback. They outlive it. */
export class Platforms {
  readonly telegram: TelegramApi;
  readonly official: OfficialAccountApi;
  readonly wechat = new WechatWorld();

  private constructor(telegram: TelegramApi, official: OfficialAccountApi) {
    this.telegram = telegram;
    this.official = official;
  }

  static async open(): Promise<Platforms> {
    return new Platforms(await TelegramApi.open(), await OfficialAccountApi.open());
  }

  async close(): Promise<void> {
    await Promise.all([this.telegram.close(), this.official.close()]);
  }

  /** Settings of a house that polls Telegram. */
  polling(): Record<string, string> {
    return { TELEGRAM_BOT_TOKEN: this.telegram.token, TELEGRAM_API_ROOT: this.telegram.root };
  }

  /** Settings of a house that is called by Telegram, on a port of its own. */
  async webhook(): Promise<Record<string, string>> {
    const port = String(await freePort());
    return {
      ...this.polling(),
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    };
  }

  /** Settings of a house with both official accounts. */
  accounts(): Record<string, string> {
    return {
      WECHAT_OA_APP_ID: `${SEALED.appId},${PLAIN.appId}`,
      WECHAT_OA_APP_SECRET: `${OfficialAccountApi.secret},${OfficialAccountApi.secret}`,
      WECHAT_OA_TOKEN: `${SEALED.token},${PLAIN.token}`,
      WECHAT_OA_AES_KEY: SEALED.aesKey,
      WECHAT_OA_API_ROOT: this.official.url,
    };
  }
}

export const WECHATY = { WECHATY_PUPPET: 'wechaty-puppet-mock' };

/** A house among its platforms. */
export interface ChannelHouse extends OpenHouse {
  readonly platforms: Platforms;
  readonly clock: LeapClock;
}

/**
 * Opens a house with the channels that the settings name; resolves when all of them are ready but those that cannot
 * be, whose names begin as in `broken`.
 */
export async function openChannelHouse(
  engine: Engine,
  platforms: Platforms,
  env: Record<string, string>,
  { broken = [], ...extras }: Extras & { readonly broken?: readonly string[] } = {},
): Promise<ChannelHouse> {
  const clock = new LeapClock();
  const hasMock = env.WECHATY_PUPPET === WECHATY.WECHATY_PUPPET;
  const wechat = hasMock ? { puppet: platforms.wechat.puppet } : {};
  const house = await openHouse(engine, { clock, pace: HURRY, ...wechat, ...extras }, env);
  if (hasMock) {
    // A phone confirms a login that it was asked for.
    await platforms.wechat.puppet.state.stable('active');
    platforms.wechat.login();
  }
  await ready(house.url, (channel) => !broken.some((one) => channel.startsWith(one)));
  return { ...house, platforms, clock };
}

/** Resolves when the channels that can be are ready. */
async function ready(url: string, canBe: (channel: string) => boolean): Promise<void> {
  let open: unknown;
  const isReady = async () => {
    const states = Object.entries(await channelStates(url)).filter(([channel]) => canBe(channel));
    open = states.filter(([, state]) => state !== 'ready');
    return states.every(([, state]) => state === 'ready');
  };
  await vi.waitUntil(isReady, { timeout: 15_000, interval: 20 }).catch((cause: unknown) => {
    throw new Error(`expected channels to be ready, received ${JSON.stringify(open)}`, { cause });
  });
}

/** What a house says of its channels. */
export async function channelStates(url: string): Promise<Readonly<Record<string, string>>> {
  const { channels = {} } = (await (await fetch(`${url}/readyz`)).json()) as {
    channels?: Record<string, string>;
  };
  return channels;
}
