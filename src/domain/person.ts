import type { Lang } from '../text/text.ts';

/** Where a person can be reached: one chat of one bot account. */
export interface Account {
  readonly channel: string;
  /** The bot's own account on that channel: an office may have several. */
  readonly bot: string;
  readonly id: string;
}

export interface Person {
  readonly id: string;
  readonly accounts: readonly Account[];
  readonly lang: Lang;
  /** The language was chosen, not guessed from the device. */
  readonly langChosen: boolean;
  /** Wants notices and reminders. Answers and news of one's own seat come all the same. */
  readonly notices: boolean;
  readonly createdAt: Date;
}

const SEPARATOR = ':';

/** The conversation of an account: its key in the inbox and the sessions. */
export function conversationOf({ channel, bot, id }: Account): string {
  return [channel, bot, id].join(SEPARATOR);
}

/** The account of a conversation; the id may itself hold the separator. */
export function accountOf(conversation: string): Account {
  const [channel, bot, ...rest] = conversation.split(SEPARATOR);
  if (!channel || !bot || rest.length === 0) {
    throw new Error(`expected a conversation such as web:main:abc, received "${conversation}"`);
  }
  return { channel, bot, id: rest.join(SEPARATOR) };
}
