import type { Effect, Input, Outcome, Reply, Session } from '../conversation/types.ts';
import type { Person } from '../domain/person.ts';
import type { Lang } from '../text/text.ts';

/** A message as it arrived, before anybody looked at it. */
export interface Inbound {
  /** `conversation/messageId`: the same message again is the same row. */
  readonly id: string;
  readonly conversation: string;
  /** Language to begin with when the person is new. */
  readonly lang: Lang;
  readonly input: Input;
  readonly arrivedAt: Date;
}

export interface Inbox {
  /** Stores messages durably; one that is known is left alone. */
  add(messages: readonly Inbound[]): Promise<void>;
  /** Messages not yet handled, per conversation in order of arrival. */
  open(conversations: readonly string[], limit: number): Promise<Inbound[]>;
  done(ids: readonly string[], at: Date): Promise<void>;
  /** Conversations with a message that has waited since before `since`. */
  waiting(since: Date, limit: number): Promise<string[]>;
}

/** A conversation as it is stored: the session with what is still to be done for it. */
export interface Stored {
  readonly session: Session;
  /** 0: not stored yet. */
  readonly rev: number;
  readonly person: string;
  /** Messages that this state already includes, as long as their rows may not say so. */
  readonly handled: readonly string[];
  readonly effects: readonly Effect[];
  readonly outbox: readonly Reply[];
  readonly touchedAt: Date;
  /** When to remind of a form that was left open, and when to drop it. */
  readonly nudgeAt: Date | null;
  readonly expireAt: Date | null;
}

export interface Sessions {
  load(ids: readonly string[]): Promise<Stored[]>;
  /** Number of the last reply of each conversation, 0 when there is none. */
  lastReplies(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Compare-and-set: stores each one whose stored revision is `rev - 1`. Returns the ids that were stored. */
  commit(changes: readonly Stored[]): Promise<ReadonlySet<string>>;
  /** Takes delivered replies out of the outboxes. */
  sent(
    marks: readonly {
      readonly id: string;
      readonly rev: number;
      readonly seqs: readonly number[];
      readonly idle: boolean;
    }[],
  ): Promise<void>;
  /** Conversations with effects or replies left over since before `since`. */
  unfinished(since: Date, limit: number): Promise<string[]>;
  toNudge(now: Date, limit: number): Promise<string[]>;
  toExpire(now: Date, limit: number): Promise<string[]>;
}

export interface Post {
  readonly conversation: string;
  readonly lang: Lang;
  readonly replies: readonly Reply[];
}

/** What the runner needs of the house. `F`: the facts of its book. */
export interface House<F> {
  now(): Date;
  /** The people of conversations, as far as they are known. */
  knownPeople(conversations: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** The people of conversations, made where they are new. */
  people(
    conversations: readonly { readonly id: string; readonly lang: Lang }[],
  ): Promise<ReadonlyMap<string, Person>>;
  facts(people: readonly Person[]): Promise<F[]>;
  /** Carries out an effect. Throws only on an outage; then it is tried again later. */
  perform(effect: Effect, person: Person): Promise<Outcome>;
  /**
   * Hands replies to their channels, in order per conversation. `sent` is called for each post once its replies
   * have left, with some channels long after this has resolved. Throws when posts could not be taken.
   */
  deliver(posts: readonly Post[], sent: (post: Post) => void): Promise<void>;
  fault(message: string, cause: unknown): void;
}
