import type { Wechaty } from 'wechaty';
import type { impls } from 'wechaty-puppet';
import type { Text } from '../../text/text.ts';
import type { Wait } from './time.ts';

export type Bot = Wechaty;
export type Puppet = impls.PuppetInterface;

/** Which alias the bot gave to which conversation: one to each. */
export interface Aliases {
  /** The alias of a conversation: the one it has, or else this fresh one. Rejects when that is somebody else's. */
  give(conversation: string, fresh: string): Promise<string>;
  /** The conversation that an alias was given to. */
  holder(alias: string): Promise<string | undefined>;
  /** An alias goes on with another conversation. Nothing is changed where it is not `from`'s, or `to` has one. */
  move(alias: string, from: string, to: string): Promise<void>;
}

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
  readonly aliases: Aliases;
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

/** The contact or room of a conversation. */
export const contactOf = (conversation: string): string => conversation.slice(conversationOf('').length);
