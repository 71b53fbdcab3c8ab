import type { Event } from '../domain/event.ts';
import type { Delivery, Letter, Occasion } from '../domain/notice.ts';
import type { Account, Person } from '../domain/person.ts';
import type { Registration } from '../domain/registration.ts';
import type { Entry, Seats } from '../domain/seats.ts';
import type { Lang } from '../text/text.ts';

export interface Clock {
  now(): Date;
}

/** An event with how many times its content has changed. */
export interface Revised {
  readonly event: Event;
  readonly revision: number;
}

export interface Events {
  byId(ids: readonly string[]): Promise<Event[]>;
  byCode(office: string, code: string): Promise<Revised | undefined>;
  /** Those that people can ask about: open or running. */
  live(): Promise<Event[]>;
  list(): Promise<Event[]>;
  /** Stores content as revision `revision + 1` of what is there (0: new) and leaves it to be planned. False: somebody was faster. */
  save(event: Event, revision: number): Promise<boolean>;
  unplanned(limit: number): Promise<Revised[]>;
  markPlanned(id: string, revision: number): Promise<void>;
}

export interface Registrations {
  byId(ids: readonly string[]): Promise<Registration[]>;
  byPerson(people: readonly string[]): Promise<Registration[]>;
  byTicket(ticket: string): Promise<Registration | undefined>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: Registration): Promise<boolean>;
  /** Registrations of an event in order of id, after `after`; those created later than `createdBy` are left out. */
  ofEvent(event: string, after: string, limit: number): Promise<Registration[]>;
}

export interface SeatsStore {
  load(events: readonly string[]): Promise<Seats[]>;
  /** Seats taken by pool, without the names. */
  taken(events: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>>;
  /**
   * Changes the seats of an event as one atomic act. `change` is pure and may be called again after a conflict;
   * what it returned for the state that was stored is returned.
   */
  change<R>(
    event: string,
    change: (seats: Seats) => { readonly seats: Seats; readonly result: R },
  ): Promise<R>;
  /** Events where somebody waits, has an offer or has yet to hear of its end. */
  needingAttention(limit: number): Promise<string[]>;
}

export interface People {
  byId(ids: readonly string[]): Promise<Person[]>;
  byAccount(accounts: readonly Account[]): Promise<Person[]>;
  /** The person of an account, made when there is none. Two at once make one. */
  ensure(account: Account, lang: Lang, now: Date): Promise<Person>;
  setLanguage(id: string, lang: Lang): Promise<void>;
  setNotices(id: string, wanted: boolean): Promise<void>;
}

export interface Occasions {
  /** Adds those that are new. */
  add(occasions: readonly Occasion[]): Promise<void>;
  byId(ids: readonly string[]): Promise<Occasion[]>;
  planned(event: string): Promise<Occasion[]>;
  /** Planned ones due up to `until`, earliest first. */
  due(until: Date, limit: number): Promise<Occasion[]>;
  /** Ends a planned one. */
  end(ids: readonly string[], state: Exclude<Occasion['state'], 'planned'>): Promise<void>;
}

export interface Deliveries {
  /** Adds rows; one whose id is known is left as it is. */
  add(rows: readonly Delivery[]): Promise<void>;
  byId(ids: readonly string[]): Promise<Delivery[]>;
  /** Takes up to `limit` due rows for one sender until `leaseUntil`; nobody else gets them. */
  claim(sender: string, now: Date, leaseUntil: Date, limit: number): Promise<Delivery[]>;
  /** Moves claimed rows to `sending`, each with its attempt id; returns those that were still claimed by this sender. */
  begin(
    sender: string,
    rows: readonly { id: string; attempt: string }[],
    leaseUntil: Date,
  ): Promise<string[]>;
  /** Ends attempts, each only if the row still has the attempt. */
  finish(
    rows: readonly (Pick<Delivery, 'id' | 'state' | 'cause' | 'messageId' | 'notBefore'> & {
      attempt: string;
    })[],
  ): Promise<void>;
  /** Ends claimed rows without an attempt. */
  skip(sender: string, rows: readonly { id: string; cause: string }[]): Promise<void>;
  /** Expired claims become pending again, expired attempts unknown. Returns how many of each. */
  recover(now: Date): Promise<{ readonly pending: number; readonly unknown: number }>;
  /** Whether any row is due. */
  anyDue(now: Date): Promise<boolean>;
}

/** Writes the letters of the house, in the language of who gets them. */
export interface Letters {
  reminder(occasion: Occasion, event: Event, registration: Registration): Letter;
  moved(event: Event, registration: Registration): Letter;
  eventCancelled(event: Event, registration: Registration): Letter;
  offer(entry: Entry, event: Event, registration: Registration): Letter;
  lapsed(entry: Entry, event: Event, registration: Registration): Letter;
}

/** A refusal is a value: its reason names a sentence beside the flow. */
export type Result<T, R extends string> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly reason: R };

export function refused<R extends string>(reason: R): { readonly ok: false; readonly reason: R } {
  return { ok: false, reason };
}
