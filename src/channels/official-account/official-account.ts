import type { Channel, Front, Lang } from '../channel.ts';
import { Api } from './api.ts';
import { buttonsOf, type MenuCommand } from './buttons.ts';
import { explain } from './codes.ts';
import { Crypt } from './crypt.ts';
import { Door, type Refusal } from './door.ts';
import { mediaFetcher } from './media.ts';
import { type Outgoing, write } from './outgoing.ts';
import { officialRoutes } from './routes.ts';
import { LEAD_MS, Sender } from './sender.ts';
import { Slots } from './slots.ts';
import { AccessToken, type TokenStore } from './token.ts';
import { wait as realWait, type Wait } from './wait.ts';

export type { MenuCommand } from './buttons.ts';
export type { Outgoing } from './outgoing.ts';
export type { HeldToken, TokenStore } from './token.ts';

const CHANNEL = 'official-account';
const API_ROOT = 'https://api.weixin.qq.com';
const REQUEST_MS = 8_000;
const STOP_MS = 4_000;

export interface OfficialAccountOptions {
  readonly appId: string;
  readonly secret: string;
  /** What calls of the platform are signed with. */
  readonly token: string;
  /** The EncodingAESKey; with it, only sealed messages are taken. */
  readonly aesKey?: string;
  readonly apiRoot?: string;
  /** Where the platform calls. Accounts side by side need one each. */
  readonly path?: string;
  /** How people are addressed who have not chosen a language. */
  readonly lang?: Lang;
  readonly tokens: TokenStore;
  /** Commands for the menu under the chat; none: the menu is left as it is. */
  readonly menu?: readonly MenuCommand[];
  readonly wait?: Wait;
  readonly requestMs?: number;
  /** How long what follows an answer through the response waits, so as not to overtake it (default 200 ms). */
  readonly leadMs?: number;
}

export interface OfficialAccount extends Channel<Outgoing> {
  /** How many calls were refused, by reason. */
  readonly refused: Readonly<Record<Refusal, number>>;
}

/** A WeChat official account (公众号), of which any number can stand side by side. */
export function officialAccount(options: OfficialAccountOptions, front: Front): OfficialAccount {
  const { appId, secret, token, path = '/wechat', wait = realWait, menu = [] } = options;
  const conversationOf = (account: string) => `${CHANNEL}:${appId}:${account}`;
  const now = () => front.now();
  const fault = (message: string, cause: unknown) =>
    front.fault(`official account ${appId}: ${message}`, cause);
  const api = new Api({ root: options.apiRoot ?? API_ROOT, timeoutMs: options.requestMs ?? REQUEST_MS });
  const access = new AccessToken({ appId, secret, api, store: options.tokens, now, fault });
  const crypt = options.aesKey === undefined ? undefined : new Crypt(options.aesKey, appId);
  const door = new Door(token, crypt, now);
  const slots = new Slots();
  const sender = new Sender({
    api,
    access,
    slots,
    front,
    wait,
    leadMs: options.leadMs ?? LEAD_MS,
    conversationOf,
    fault,
  });
  let closed = false;

  return {
    name: CHANNEL,
    bot: appId,
    pace: { burst: 20, everyMs: 50, chatBurst: 5, chatEveryMs: 500 },
    refused: door.refused,
    routes: officialRoutes({
      path,
      token,
      door,
      slots,
      crypt,
      front: {
        now,
        fault,
        accept: (messages) => front.accept(messages),
        keep: (file, fetch) => front.keep(file, fetch),
        reachable: (conversation, yes) => front.reachable(conversation, yes),
      },
      fetchMedia: mediaFetcher(api, access),
      wait,
      lang: options.lang ?? 'zh',
      conversationOf,
      isClosed: () => closed,
    }),
    write: (replies, lang) => write(replies, lang, (file) => front.linkTo(file)),
    send: (account, message) => sender.send(account, message),
    async start() {
      if (menu.length === 0) return;
      const made = await sender.call('/cgi-bin/menu/create', { button: buttonsOf(menu) });
      if (made.kind !== 'done') fault('the menu under the chat was not set', explain(made));
    },
    async stop() {
      closed = true;
      slots.close();
      await Promise.race([sender.settled(), wait(STOP_MS)]);
      api.close();
    },
    async check() {
      const held = await access.get();
      if (typeof held !== 'string') throw new Error(`official account ${appId}: ${explain(held)}`);
    },
  };
}
