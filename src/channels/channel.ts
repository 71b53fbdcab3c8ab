import type { Hono } from 'hono';
import type { FileRef, Input, Reply } from '../conversation/types.ts';
import type { Sending } from '../domain/delivery.ts';
import type { Inbound, Post } from '../runner/ports.ts';
import type { Lang } from '../text/text.ts';

/** How fast one bot account may send: so many at once, then one per interval; the same for each chat. */
export interface Pace {
  readonly burst: number;
  readonly everyMs: number;
  readonly chatBurst: number;
  readonly chatEveryMs: number;
  /** Whatever else: the platform never takes more than so many within so many milliseconds. */
  readonly within?: { readonly most: number; readonly ms: number };
  /** Instead of a chat's, for groups: conversations whose account is a negative number. */
  readonly groups?: { readonly burst: number; readonly everyMs: number };
  /** Up to so much is added to each interval at random, so that it reads as if a person wrote. */
  readonly jitterMs?: number;
}

export type FileInput = Extract<Input, { kind: 'file' }>;

/** A file that somebody sent, as its platform tells of it. */
export interface Announced {
  readonly conversation: string;
  /** Names it among the files of the conversation, the same each time it is told of. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  /** Absent where the platform does not tell. */
  readonly size?: number;
  /** How long it may take until its bytes are here. */
  readonly withinMs: number;
}

/** Gets the bytes of a file, and gives up when it is told to. It reads no more of one than is kept. */
export type Fetch = (signal: AbortSignal) => Promise<Uint8Array | 'too_big'>;

/** An entry of a channel's own menu: the command that pressing it says, and what it is called. */
export interface MenuEntry {
  readonly command: string;
  readonly description: string;
}

/** What a channel needs of the house. */
export interface Front {
  now(): Date;
  /** Stores messages. Resolves once they are durable: only then may the channel acknowledge them. */
  accept(messages: readonly Inbound[]): Promise<void>;
  /**
   * Stores a file that somebody sent to the bot alone, and gives what their conversation is to be told of it: the
   * stored file, or why there is none, such as a fetch that failed. Rejects only when the store is out of reach.
   */
  keep(file: Announced, fetch: Fetch): Promise<FileInput>;
  /** The bytes of a file that a reply carries; undefined when it is gone. */
  openFile(file: Pick<FileRef, 'kind' | 'id'>): Promise<Uint8Array | undefined>;
  /** A signed link to a file, for channels that cannot carry it; undefined when the house has no public address. */
  linkTo(file: FileRef): string | undefined;
  /** The person shut the bot out (false), or lets it write again (true). */
  reachable(conversation: string, yes: boolean): Promise<void>;
  /**
   * A chat goes on under another account id; both are whole conversation ids. `recognised`: the platform did not say
   * so, the person was known again, and is told. False: the new one is somebody's already, and both stay as they are.
   */
  moved(from: string, to: string, how?: 'recognised'): Promise<boolean>;
  /** What went wrong and is no message's fault: for the log. */
  fault(message: string, cause: unknown): void;
}

/**
 * A bot account on a platform. It translates both ways and decides nothing. `M`: one message as its platform
 * sends it.
 */
export interface Channel<M = unknown> {
  /** The first two parts of its conversations: `telegram` and the bot's own id. */
  readonly name: string;
  readonly bot: string;
  readonly pace: Pace;
  /** Replies as messages of this platform, in order: long texts are split, and joined where that spares messages. */
  write(replies: readonly Reply[], lang: Lang): readonly M[];
  /**
   * Sends one message to an account of this channel. It does not throw, ends within seconds, and says whether the
   * message arrived, surely did not, or may have.
   */
  send(account: string, message: M): Promise<Sending>;
  /** Puts a message in the place of one that was sent. Resolves with whether it stands there now; does not throw. */
  edit?(account: string, messageId: string, message: M): Promise<boolean>;
  /** Shows an account a menu of its own; null: the one that everybody has. It does not throw: what fails is logged. */
  menuFor?(account: string, entries: readonly MenuEntry[] | null): Promise<void>;
  /** To how many people it may write at once without their asking. */
  readonly massLimit?: number;
  /** Where the platform calls, if it does. */
  readonly routes?: Hono;
  /** Begins to receive. Rejects with one clear sentence when it never will; an outage is waited out instead. */
  start(): Promise<void>;
  /** Takes nothing new and lets what is under way end, within 5 seconds. */
  stop(): Promise<void>;
  /** Resolves when it can receive and send, rejects with the reason. */
  check(): Promise<unknown>;
}

export type { FileRef, Inbound, Input, Lang, Post, Reply, Sending };
