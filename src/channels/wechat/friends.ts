import type { Friendship, types } from 'wechaty';
import type { Text } from '../../text/text.ts';
import type { Front, Inbound } from '../channel.ts';
import { conversationOf, type Puppet } from './ports.ts';
import { backoff, type Wait } from './time.ts';

/** Someone without a code is the owners' to judge. Their words are not repeated: the phone shows them. */
const STRANGER: Text = {
  zh: '有人申请加机器人为微信好友，但验证消息里没有活动代码，未自动通过；请在手机上处理。',
  en: 'Somebody asked to be a WeChat friend of the bot without naming an event. It was left open: please decide on the phone.',
};

const ATTEMPTS = 8;

export interface FriendParts {
  readonly front: Pick<Front, 'now' | 'fault'>;
  readonly kinds: typeof types;
  readonly wait: Wait;
  keywords(): Promise<readonly string[]>;
  tellOwners(text: Text): void;
  /** Takes what is to be stored. */
  take(inbound: Inbound): void;
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** The longest code that a greeting names, so that `fair2` is not taken for `fair`. */
export function codeIn(hello: string, codes: readonly string[]): string | undefined {
  const said = fold(hello);
  return [...codes]
    .sort((a, b) => b.length - a.length)
    .find((code) => code !== '' && said.includes(fold(code)));
}

/** Accepts friend requests that name an event, and begins the conversation there. */
export class Friends {
  private readonly parts: FriendParts;
  /** Accepted here and not yet confirmed by WeChat. */
  private readonly accepted = new Set<string>();

  constructor(parts: FriendParts) {
    this.parts = parts;
  }

  async meet(friendship: Friendship, puppet: Puppet): Promise<void> {
    const { kinds, tellOwners, keywords } = this.parts;
    const contact = friendship.contact().id;
    const type = friendship.type();
    // Whom the owners accepted by hand is greeted too; whom we accepted was greeted already.
    if (type === kinds.Friendship.Confirm && !this.accepted.delete(contact)) this.begin(friendship, '');
    if (type !== kinds.Friendship.Receive) return;
    const code = codeIn(friendship.hello(), await this.patiently(keywords));
    if (code === undefined) return tellOwners(STRANGER);
    this.accepted.add(contact);
    await this.patiently(() => puppet.friendshipAccept(friendship.id));
    this.begin(friendship, code);
  }

  private begin(friendship: Friendship, code: string): void {
    const { take, front } = this.parts;
    const conversation = conversationOf(friendship.contact().id);
    take({
      id: `${conversation}/friend-${friendship.id}`,
      conversation,
      lang: 'zh',
      input: { kind: 'start', payload: code.slice(0, 64) },
      arrivedAt: front.now(),
    });
  }

  private async patiently<T>(task: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await task();
      } catch (cause) {
        if (attempt === ATTEMPTS) throw cause;
        await this.parts.wait(backoff(attempt, 1_000, 30_000));
      }
    }
  }
}
