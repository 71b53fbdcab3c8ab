import type { Ballot, Choices, Voting } from '../domain/ballot.ts';

/** Whether the audiences of events vote. */
export interface Votings {
  /** undefined: it was never opened. */
  of(event: string): Promise<Voting | undefined>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: Voting): Promise<boolean>;
}

/** The votes of audiences. */
export interface Ballots {
  byId(ids: readonly string[]): Promise<Ballot[]>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: Ballot): Promise<boolean>;
  /** How often each choice was made in an event. */
  count(event: string): Promise<Choices[]>;
  /**
   * Locks every ballot of an event, also those of `empty` that nobody has cast: afterwards no revision that was read
   * before is stored any more. Interrupted, it is simply done again.
   */
  lock(event: string, empty: readonly Ballot[]): Promise<void>;
  /** Opens what was locked. */
  unlock(event: string): Promise<void>;
  /** Takes the choices out of some ballots: whose they are no longer take part. */
  empty(ids: readonly string[]): Promise<void>;
}
