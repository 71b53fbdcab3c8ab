import type { Wechaty } from 'wechaty';
import type { impls } from 'wechaty-puppet';
import type { Text } from '../../text/text.ts';
import type { Wait } from './time.ts';

export type Bot = Wechaty;
export type Puppet = impls.PuppetInterface;

export interface WechatOptions {
  /** The npm name of a wechaty puppet, or a puppet that is ready. */
  readonly puppet: string | Puppet;
  /** The file that keeps the login over restarts, without its ending `.memory-card.json`; absent: none. */
  readonly name?: string;
  /** The last part of the login page's address: who knows it can log in, so it must be hard to guess. */
  readonly secretPath: string;
  /** Said in a room when somebody joins it. */
  readonly roomGreeting: Text;
  /** Codes of the events that a friend request may name. */
  keywords(): Promise<readonly string[]>;
  /** Tells the owners on another channel. */
  notifyOwners(text: Text): Promise<void>;
  /** Writes to the terminal. */
  readonly print?: (lines: string) => void;
  readonly wait?: Wait;
}

/** The first two parts of its conversations. The bot has no id of its own here: web puppets change it at each login. */
export const NAME = 'wechat';
export const BOT = 'main';

/** The conversation of a contact or of a room. */
export const conversationOf = (account: string): string => `${NAME}:${BOT}:${account}`;
