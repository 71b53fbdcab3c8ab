import { PLAIN, type Platforms, SEALED, WECHATY } from '../../support/channel-house.ts';
import type { ChannelKind } from './chat.ts';
import { officialAccount } from './drivers/official-account.ts';
import { telegram } from './drivers/telegram.ts';
import { web } from './drivers/web.ts';
import { wechat } from './drivers/wechat.ts';

export interface Houseful {
  readonly name: string;
  readonly env: (platforms: Platforms) => Promise<Record<string, string>>;
  readonly channels: readonly { readonly name: string; readonly kind: ChannelKind }[];
}

/** Every channel in a house: Telegram is polled or calls, never both, so there are two houses. */
export const HOUSEFULS: readonly Houseful[] = [
  {
    name: 'a house that polls Telegram',
    env: async (platforms) => ({
      PUBLIC_URL: 'https://luyan.example.org',
      ...platforms.polling(),
      ...platforms.accounts(),
      ...WECHATY,
    }),
    channels: [
      { name: 'web', kind: web },
      { name: 'Telegram, polled', kind: telegram },
      { name: 'official account, sealed', kind: officialAccount(SEALED) },
      { name: 'official account, plain', kind: officialAccount(PLAIN) },
      { name: 'WeChat', kind: wechat },
    ],
  },
  {
    name: 'a house that Telegram calls',
    env: (platforms) => platforms.webhook(),
    channels: [{ name: 'Telegram, calling', kind: telegram }],
  },
];
