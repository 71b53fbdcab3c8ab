import type { Post, Reply } from './ports.ts';

const CONVERSATIONS = 5_000;
const REPLIES_EACH = 12;

/**
 * The latest replies that this process stored, for visitors who fetch them right away. It answers only when it
 * surely knows: another process may have stored replies that are not here.
 */
export class Recent {
  private readonly byConversation = new Map<string, readonly Reply[]>();

  /** A conversation that is new: it has no replies yet. */
  begin(conversation: string): void {
    this.keep(conversation, []);
  }

  add({ conversation, replies }: Post): void {
    const before = this.byConversation.get(conversation) ?? [];
    const follows = lastOf(before) === (replies[0]?.seq ?? 0) - 1;
    this.keep(conversation, follows ? [...before, ...replies] : replies);
  }

  private keep(conversation: string, replies: readonly Reply[]): void {
    // Deleting first moves it to the end: the one that was quiet longest goes first.
    this.byConversation.delete(conversation);
    this.byConversation.set(conversation, replies.slice(-REPLIES_EACH));
    if (this.byConversation.size <= CONVERSATIONS) return;
    const [quietest] = this.byConversation.keys();
    if (quietest !== undefined) this.byConversation.delete(quietest);
  }

  /** Replies after a number when none between can be missing; undefined: look into the mailbox. */
  after(conversation: string, seq: number): readonly Reply[] | undefined {
    const known = this.byConversation.get(conversation);
    const from = known?.findIndex((reply) => reply.seq === seq + 1) ?? -1;
    return from < 0 ? undefined : known?.slice(from);
  }

  /** Whether this process stored the reply that the visitor has as their last: likely there is no later one. */
  isLast(conversation: string, seq: number): boolean {
    const known = this.byConversation.get(conversation);
    return known !== undefined && lastOf(known) === seq;
  }
}

const lastOf = (replies: readonly Reply[]): number => replies.at(-1)?.seq ?? 0;
