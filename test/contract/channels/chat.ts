import type { Account } from '../../../src/domain/person.ts';
import type { ChannelHouse } from '../../support/channel-house.ts';
import type { Heard } from '../../transcripts/dialogue.ts';

export type { Heard };

/** What people send that is neither words nor a file. */
export const ODDITIES = ['sticker', 'voice', 'video', 'location', 'card', 'red packet'] as const;
export type Oddity = (typeof ODDITIES)[number];

/** Somebody who chats on one channel. Each deed resolves when the platform has been told that it was taken. */
export interface ChannelGuest {
  readonly account: Account;
  says(text: string): Promise<void>;
  /** Presses the latest button that reads so. */
  presses?(label: string): Promise<void>;
  sendsFile(name: string, bytes: number): Promise<void>;
  /** Sends a photo that holds these bytes. */
  sendsPhoto(bytes: Uint8Array): Promise<void>;
  sends(oddity: Oddity): Promise<void>;
  /** The platform delivers their last message once more. */
  repeats(): Promise<void>;
  /** Everything that the bot wrote to them, in order. */
  heard(): Promise<readonly Heard[]>;
}

/** A group of people with the bot in it. */
export interface Room {
  says(text: string, toBot: boolean): Promise<void>;
  heard(): readonly string[];
}

/** How sending to somebody goes wrong, and what the house must make of it. */
export interface Failures {
  /** It never arrives: `cause` is why. */
  readonly lost: readonly { readonly cause: string; strike(guest: ChannelGuest): void }[];
  /** Nobody can say whether it arrived; `seen`: how often it did, here. */
  readonly unsure: { readonly seen: number; strike(guest: ChannelGuest): void };
  /** Not now, but later; returns what lets it through. */
  refuse(guest: ChannelGuest): () => void;
}

/** What a platform can do and what can happen on it. */
export interface Traits {
  /** Which oddities it can carry. */
  readonly oddities: readonly Oddity[];
  /** Choices are typed by number, and 0 leads back; else they are buttons. */
  readonly isNumbered: boolean;
  readonly hasRooms: boolean;
  /** Whether sending can fail; on the web what is stored is sent. */
  readonly canFail: boolean;
  /** Whether a message that was not taken comes again, or its person is told. */
  readonly acknowledges: boolean;
  /** Whether it takes a text of this size. */
  fits(text: string): boolean;
}

/** A channel of an open house as the cases use it. */
export interface Driver extends Traits {
  guest(): Promise<ChannelGuest>;
  room?(): Room;
  readonly failures?: Failures;
}

/** A channel before there is a house. */
export interface ChannelKind {
  readonly traits: Traits;
  open(house: ChannelHouse): Driver;
}

export interface Setting {
  readonly house: ChannelHouse;
  readonly driver: Driver;
}
