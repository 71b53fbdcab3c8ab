import type { Letter, Sending } from '../domain/delivery.ts';
import type { Account } from '../domain/person.ts';

export interface Addressed {
  readonly account: Account;
  readonly letter: Letter;
}

/** The way out by one bot account. `P`: a letter as it lies ready in its conversation. */
export interface Lane<P = unknown> {
  /** As `laneOf` names it. */
  readonly name: string;
  /** So many letters leave within a second; no more are taken at once, so that a pause holds within a second. */
  readonly perSecond: number;
  /** Resolves with true when a letter may leave, with false when none leaves any more. */
  turn(account: Account): Promise<boolean>;
  /** Puts letters into their conversations, so that their buttons work there. undefined: that one could not be. */
  compose(letters: readonly Addressed[]): Promise<readonly (P | undefined)[]>;
  /** Sends what was composed, once. What it throws counts as unsure. */
  send(account: Account, post: P): Promise<Sending>;
}
