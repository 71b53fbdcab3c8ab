import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { commandMenu } from '../../flows/menu.ts';
import type { Channel, Front } from '../channels/channel.ts';
import type { TokenStore } from '../channels/official-account/official-account.ts';
import type { Aliases, WechatOptions } from '../channels/wechat/ports.ts';
import type { Config, OfficialAccountConfig, TelegramConfig } from '../config.ts';
import { laneOf } from '../domain/delivery.ts';
import type { LaneKinds } from '../domain/lane.ts';
import type { Text } from '../text/text.ts';

/** What channels need beyond their front. */
export interface ChannelParts {
  readonly front: Front;
  readonly tokens: TokenStore;
  readonly aliases: Aliases;
  /** Codes of the events that can be named to the bot. */
  readonly eventCodes: () => Promise<readonly string[]>;
  readonly notifyOwners: (text: Text) => Promise<void>;
  /** Says something that only who starts the house should read. */
  readonly tell: (line: string) => void;
  /** Instead of the official account's own. */
  readonly leadMs?: number;
  /** Instead of the puppet that is named. */
  readonly puppet?: WechatOptions['puppet'];
}

/** Builds the channels that are configured. What is not configured is not even loaded. */
export async function openChannels(config: Config, parts: ChannelParts): Promise<readonly Channel[]> {
  return Promise.all([
    ...(config.telegram ? [openTelegram(config, config.telegram, parts)] : []),
    ...config.officialAccounts.map((account, i) => openOfficialAccount(account, i === 0, parts)),
    ...(config.wechaty ? [openWechat(config, config.wechaty.puppet, parts)] : []),
  ]);
}

/** Which bot accounts are for some kinds of guest alone. */
export function laneKindsOf({ officialAccounts }: Config): LaneKinds {
  const laneOfApp = (bot: string) => laneOf({ channel: 'official-account', bot });
  return new Map(officialAccounts.map(({ appId, audience }) => [laneOfApp(appId), audience]));
}

async function openTelegram(
  config: Config,
  telegram: TelegramConfig,
  { front }: ChannelParts,
): Promise<Channel> {
  const { telegramChannel } = await import('../channels/telegram/telegram.ts');
  const { token, mode, webhookSecret, apiRoot } = telegram;
  const webhook = {
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    ...(webhookSecret && { webhookSecret }),
  };
  const menu = { zh: entriesOf('zh'), en: entriesOf('en') };
  return telegramChannel({ token, bot: token.split(':')[0] ?? '', mode, apiRoot, menu, ...webhook }, front);
}

const entriesOf = (lang: 'zh' | 'en') =>
  commandMenu.map(({ command, label }) => ({ command, description: label[lang] }));

async function openOfficialAccount(
  { appId, secret, token, aesKey, apiRoot }: OfficialAccountConfig,
  isFirst: boolean,
  { front, tokens, leadMs }: ChannelParts,
): Promise<Channel> {
  const { officialAccount } = await import('../channels/official-account/official-account.ts');
  const path = isFirst ? '/wechat' : `/wechat/${appId}`;
  const menu = commandMenu.map(({ label, zh }) => ({ label: label.zh, text: zh }));
  return officialAccount(
    {
      appId,
      secret,
      token,
      apiRoot,
      path,
      tokens,
      menu,
      ...(aesKey && { aesKey }),
      ...(leadMs !== undefined && { leadMs }),
    },
    front,
  );
}

async function openWechat(config: Config, puppet: string, parts: ChannelParts): Promise<Channel> {
  const { wechatChannel } = await import('../channels/wechat/index.ts');
  const secretPath = randomBytes(18).toString('base64url');
  parts.tell(
    `To log WeChat in, open ${config.publicUrl ?? ''}/wechat-login/${secretPath} of this house; tell that address to owners only.`,
  );
  return wechatChannel(
    {
      puppet: parts.puppet ?? puppet,
      name: join(resolve(config.dataDir), 'wechat'),
      secretPath,
      roomGreeting: ROOM_GREETING,
      keywords: parts.eventCodes,
      aliases: parts.aliases,
      notifyOwners: parts.notifyOwners,
    },
    parts.front,
  );
}

const ROOM_GREETING: Text = {
  zh: '欢迎加入！@我并发送“日程”可查询活动日程。报名和个人信息请加我为好友后私聊。',
  en: 'Welcome! Mention me with “agenda” to see the programme. To register, add me as a friend and write to me privately.',
};
