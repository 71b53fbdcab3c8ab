import type { FileRef, Input, Reply } from '../../conversation/types.ts';
import type { Inbound, Post } from '../../runner/ports.ts';
import type { Lang } from '../../text/text.ts';
import type { FileInput, Front } from '../channel.ts';

/** Replies kept for whoever fetches them. */
export interface Mailbox {
  /** Stores replies; the same reply again changes nothing. */
  put(posts: readonly Pick<Post, 'conversation' | 'replies'>[], at: Date): Promise<void>;
  /**
   * Replies after a number, in order; the latest `limit` of them when there are more. With
   * `settledAt` they end before one that is missing, as another process may be about to store it, unless what
   * follows was stored before that time.
   */
  after(conversation: string, seq: number, limit: number, settledAt?: Date): Promise<Reply[]>;
}

/** What the web chat needs of the house. */
export interface WebHouse {
  now(): Date;
  /** Makes the person of a new visitor; returns their id. */
  welcome(conversation: string, lang: Lang): Promise<string>;
  /** Resolves once the message is durable. */
  accept(message: Inbound): Promise<void>;
  readonly keep: Front['keep'];
  openFile(ref: Pick<FileRef, 'kind' | 'id'>): Promise<Uint8Array | undefined>;
}

export type { FileInput, FileRef, Inbound, Input, Lang, Post, Reply };
