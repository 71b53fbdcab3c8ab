import { laneOf } from '../domain/delivery.ts';
import { type Account, accountOf } from '../domain/person.ts';
import type { MenuEntry, Post, Sending } from './channel.ts';

/** A way out of the house for conversations. */
export interface Outlet {
  /** Takes replies to send, in order per conversation. `sent` is called for each post whose replies have left. */
  deliver(posts: readonly Post[], sent: (post: Post) => void): Promise<void>;
  /** So many messages may leave in a second. */
  readonly perSecond: number;
  /** To how many people it may write at once without their asking; undefined: to any number. */
  readonly limit?: number | undefined;
  /** Puts a message in the place of one that was sent; absent: that cannot be done. */
  readonly change?: ((account: Account, messageId: string, post: Post) => Promise<boolean>) | undefined;
  /** Shows an account a menu of its own; null: the one that everybody has. Absent: there are no menus. */
  readonly menu?: ((account: Account, entries: readonly MenuEntry[] | null) => Promise<void>) | undefined;
  /** Resolves with true when a message that nobody asked for may leave to a conversation, with false when none leaves any more. */
  turn(conversation: string): Promise<boolean>;
  /** Sends such a message once, after its turn has come. */
  letter(account: Account, post: Post): Promise<Sending>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

/** The ways out of a house, one for each bot account. */
export class Outlets {
  private readonly byAccount = new Map<string, Outlet>();
  private readonly fault: (message: string, cause: unknown) => void;

  constructor(fault: (message: string, cause: unknown) => void) {
    this.fault = fault;
  }

  add(account: Pick<Account, 'channel' | 'bot'>, outlet: Outlet): void {
    this.byAccount.set(laneOf(account), outlet);
  }

  async deliver(posts: readonly Post[], sent: (post: Post) => void): Promise<void> {
    const groups = new Map<string, Post[]>();
    for (const post of posts) {
      const key = laneOf(accountOf(post.conversation));
      groups.set(key, [...(groups.get(key) ?? []), post]);
    }
    await Promise.all(
      [...groups].map(([key, group]) => {
        const outlet = this.byAccount.get(key);
        if (outlet) return outlet.deliver(group, sent);
        // Nobody will ever take them: a bot account that is not configured any more.
        this.fault(
          `replies to ${group.length} conversations were dropped: no channel ${key} here`,
          undefined,
        );
        for (const post of group) sent(post);
        return undefined;
      }),
    );
  }

  /** The way out for an account, if there is one here. */
  of(account: Pick<Account, 'channel' | 'bot'>): Outlet | undefined {
    return this.byAccount.get(laneOf(account));
  }

  /** How fast letters leave by a lane, and to how many people at once. */
  paceOf(lane: string): { perSecond: number; limit: number | undefined } {
    const outlet = this.byAccount.get(lane);
    return { perSecond: outlet?.perSecond ?? Number.POSITIVE_INFINITY, limit: outlet?.limit };
  }

  /** Each way out by its lane. */
  get lanes(): readonly (readonly [string, Outlet])[] {
    return [...this.byAccount];
  }

  async settled(): Promise<void> {
    for (const outlet of this.byAccount.values()) await outlet.settled();
  }
}
