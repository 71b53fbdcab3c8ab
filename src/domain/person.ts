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
  /** Their own, then those of everybody who joined them, in the order in which they came. */
  readonly accounts: readonly Account[];
  /** Conversations whose person has shut the bot out, as far as the channel told. */
  readonly shut: readonly string[];
  readonly lang: Lang;
  /** The language was chosen, not guessed from the device. */
  readonly langChosen: boolean;
  /** Wants notices and reminders. Answers and news of one's own seat come all the same. */
  readonly notices: boolean;
  readonly createdAt: Date;
}

/** The accounts of a person that let the bot write, in the order in which they came. */
export function accountsReachable({ accounts, shut }: Pick<Person, 'accounts' | 'shut'>): Account[] {
  return accounts.filter((account) => !shut.includes(conversationOf(account)));
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

/**
 * Who speaks for a person: whom they joined, as far as that leads. Two who joined each other at the same time
 * are spoken for by one of them, the same one for both.
 */
export function hostOf(id: string, joined: ReadonlyMap<string, string>): string {
  const seen = [id];
  for (let next = joined.get(id); next !== undefined; next = joined.get(next)) {
    const start = seen.indexOf(next);
    if (start >= 0) return seen.slice(start).sort()[0] ?? id;
    seen.push(next);
  }
  return seen.at(-1) ?? id;
}
