import type { Grant, Role, Scope } from '../domain/access.ts';
import type { Delivery, DeliveryState, Ended, Letter } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Content } from '../domain/file.ts';
import type { Notice, NoticeState, Progress } from '../domain/notice.ts';
import type { Variable } from '../domain/notice-text.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Account, Person } from '../domain/person.ts';
import type { Project } from '../domain/project.ts';
import type { Registration } from '../domain/registration.ts';
import type { Entry, Seats } from '../domain/seats.ts';
import type { Template } from '../domain/template.ts';
import type { Lang } from '../text/text.ts';
import type { JudgeLetters } from './judge-letters.ts';
import type { ManualLetters } from './manual-ports.ts';
import type { ReviewLetters } from './review-letters.ts';
import type { RunLetters } from './run-letters.ts';
import type { ScoringLetters } from './scoring-letters.ts';
import type { DeadlineNews } from './write-to-teams.ts';

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
  /** Events of an office in order of code, after `after`. */
  ofOffice(office: string, after: string, limit: number): Promise<Event[]>;
  /** Stores content as revision `revision + 1` of what is there (0: new) and leaves it to be planned. False: somebody was faster. */
  save(event: Event, revision: number): Promise<boolean>;
  unplanned(limit: number): Promise<Revised[]>;
  markPlanned(id: string, revision: number): Promise<void>;
}

export interface Registrations {
  byId(ids: readonly string[]): Promise<Registration[]>;
  byPerson(people: readonly string[]): Promise<Registration[]>;
  /** The registration of a person for an event. Its id does not tell: it stays when the registration goes to another person. */
  of(event: string, person: string): Promise<Registration | undefined>;
  byTicket(ticket: string): Promise<Registration | undefined>;
  byTickets(tickets: readonly string[]): Promise<Registration[]>;
  /**
   * Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was
   * faster, or the person has another registration for the event.
   */
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

/** What is a person's own, whoever they have joined. Accounts are named by their conversations. */
export interface Own {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly shut: readonly string[];
  /** The person they have joined: while they have, that one is met at their accounts. */
  readonly joined: string | undefined;
}

export interface People {
  /** Under the ids that were asked for: who has joined somebody has that one's accounts and wishes. */
  byId(ids: readonly string[]): Promise<Person[]>;
  /** Who is met at these accounts, each once: whoever has joined somebody is met as that one. */
  byAccount(accounts: readonly Account[]): Promise<Person[]>;
  /** The person of an account, made when there is none. Two at once make one. */
  ensure(account: Account, lang: Lang, now: Date): Promise<Person>;
  setLanguage(id: string, lang: Lang): Promise<void>;
  setNotices(id: string, wanted: boolean): Promise<void>;
  /** The person of a conversation shut the bot out, or lets it write again. Unknown conversations are left alone. */
  setReachable(conversation: string, yes: boolean): Promise<void>;
  /** A chat goes on under another address. False: that one is somebody's already, and nothing was changed. */
  moveAccount(from: string, to: string): Promise<boolean>;
  /** Who speaks for a person: they themselves, or whom they have joined. */
  host(id: string): Promise<string>;
  own(by: { readonly id: string } | { readonly conversation: string }): Promise<Own | undefined>;
  /** Everybody who has joined a person. */
  members(id: string): Promise<Own[]>;
  /** A person joins another. False: they have joined somebody already, and nothing was changed. */
  join(id: string, into: string): Promise<boolean>;
  /** Whoever has joined `from` has joined `into` instead. */
  rejoin(from: string, into: string): Promise<void>;
  /** A person who has joined `from` has joined nobody any more. */
  part(id: string, from: string): Promise<void>;
  /** Adds accounts of those who joined a person to what the person is reached at; those that are there stay. */
  adopt(id: string, addresses: readonly string[], shut: readonly string[]): Promise<void>;
  disown(id: string, addresses: readonly string[]): Promise<void>;
}

/** A code that joins whoever sends it to a person: once, and not for long. */
export interface LinkCode {
  /** A digest: the code itself is stored nowhere. */
  readonly id: string;
  readonly person: string;
  readonly expiresAt: Date;
  /** Which effect took it, who joins by it, and how many registrations they bring. */
  readonly use: { readonly by: string; readonly from: string; readonly registrations: number } | undefined;
}

export interface Links {
  /** False: there is such a code already. */
  add(code: LinkCode): Promise<boolean>;
  byId(id: string): Promise<LinkCode | undefined>;
  /** Takes a code that nobody has taken and that has not expired. False: there is none, or somebody was faster. */
  take(id: string, use: NonNullable<LinkCode['use']>, now: Date): Promise<boolean>;
  /** Counts a try from a conversation, each effect once, in a window that begins with the first one. */
  countTry(conversation: string, effect: string, window: TryWindow): Promise<Tries>;
  /** Takes a try back that was none. */
  forgiveTry(conversation: string, effect: string): Promise<void>;
}

export interface TryWindow {
  readonly now: Date;
  /** When a window that begins now ends. */
  readonly until: Date;
  /** Tries beyond so many need not be kept. */
  readonly limit: number;
}

export interface Tries {
  /** Which try of its window it is, from 1. */
  readonly place: number;
  readonly until: Date;
}

export interface Grants {
  /** Those that stand, of these people. */
  of(people: readonly string[]): Promise<Grant[]>;
  /** Every one that stands, the oldest first; no more than a thousand. */
  standing(): Promise<Grant[]>;
  /** Those that stand and give one of these roles in an office, in order of id, after `after`. */
  inOffice(office: string, roles: readonly Role[], after: string, limit: number): Promise<Grant[]>;
  /** Adds one; a known one is left as it is. */
  add(grant: Grant): Promise<void>;
  end(id: string, by: string, at: Date): Promise<void>;
  /** Who has these says that they take them on; what they said first stays. */
  confirm(ids: readonly string[], at: Date): Promise<void>;
  /** Gives those of a person to another one, whom they have joined. */
  move(from: string, to: string): Promise<void>;
}

/** A code that gives a role, or a place in a project's team, to whoever sends it first. */
export interface Invite extends Omit<Scope, 'role'> {
  /** A digest: the code itself is stored nowhere. */
  readonly id: string;
  readonly role: Role | 'member';
  /** The project whose team it leads to; null: it gives a role. */
  readonly project: string | null;
  readonly note: string | null;
  readonly by: string | null;
  /** null: it does not expire. */
  readonly expiresAt: Date | null;
  /** Of each slot there is one. */
  readonly slot: string | null;
  /** Which effect took it, for whom and when. */
  readonly use: { readonly by: string; readonly person: string; readonly at: Date } | undefined;
  /** Who took it back before anybody used it; absent: nobody did. */
  readonly revoked?: { readonly by: string; readonly at: Date };
}

export interface Invites {
  /** False: there is such a code, or one in that slot, already. */
  add(invite: Invite): Promise<boolean>;
  byId(id: string): Promise<Invite | undefined>;
  /** Those that give a role, of an office and of an event (null: of every one), in order of id, after `after`. */
  toRoles(
    of: { readonly office: string | null; readonly event: string | null },
    after: string,
    limit: number,
  ): Promise<Invite[]>;
  /**
   * Takes one that nobody has taken or revoked and that has not expired. False: there is none, or somebody was
   * faster.
   */
  take(id: string, use: NonNullable<Invite['use']>, now: Date): Promise<boolean>;
  /** Revokes one that nobody has taken. False: there is none, or it is taken or revoked already. */
  revoke(id: string, by: string, at: Date): Promise<boolean>;
}

/** The codes of invitations to roles. */
export interface ClaimCodes {
  /** The code for a seed: always the same, and nobody can guess it without the secret of the house. */
  make(seed: string): string;
  /** A link that opens the chat with a code; undefined: the house has no public address. */
  linkOf(code: string): string | undefined;
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

/** Rows to take: those of one lane and one notice, or of no notice. */
export interface Claim {
  readonly sender: string;
  /** null: those whose lane has yet to be chosen. */
  readonly lane: string | null;
  readonly notice: string | null;
  readonly now: Date;
  /** Until then nobody else gets them. */
  readonly leaseUntil: Date;
  readonly limit: number;
}

export interface Tally {
  readonly state: DeliveryState;
  readonly cause: string | null;
  readonly count: number;
}

export interface Deliveries {
  /** Adds rows; one whose id is known is left as it is. */
  add(rows: readonly Delivery[]): Promise<void>;
  byId(ids: readonly string[]): Promise<Delivery[]>;
  /** Takes due rows for one sender, the earliest first; nobody else gets them. */
  claim(claim: Claim): Promise<Delivery[]>;
  /** Gives claimed rows back, each to its lane. */
  release(sender: string, rows: readonly Pick<Delivery, 'id' | 'lane' | 'notBefore'>[]): Promise<void>;
  /** Moves a claimed row to `sending` with its attempt id. False: it was no longer claimed by this sender. */
  begin(sender: string, row: { id: string; attempt: string; leaseUntil: Date }): Promise<boolean>;
  /** Ends an attempt, if the row still has it. */
  finish(row: Ended & { readonly id: string; readonly attempt: string }): Promise<void>;
  /** Ends claimed rows without an attempt. */
  skip(sender: string, rows: readonly { id: string; cause: string }[], at: Date): Promise<void>;
  /**
   * Expired claims become pending again, expired attempts unknown; what waited in vain until it expired is
   * skipped as missed. Returns how many of each.
   */
  recover(
    now: Date,
  ): Promise<{ readonly pending: number; readonly unknown: number; readonly missed: number }>;
  /** Whether any row is due. */
  anyDue(now: Date): Promise<boolean>;
  /** Whether any row of a notice has yet to come to its end. */
  anyOpen(notice: string): Promise<boolean>;
  /** How many rows of a notice are in each state: by cause, where a state comes of one. */
  tally(notice: string): Promise<Tally[]>;
  /** How many of a notice's readers confirmed that they have it. */
  receipts(notice: string): Promise<number>;
  /** Rows of a notice in order of id, after `after`. */
  ofNotice(notice: string, after: string, limit: number): Promise<Delivery[]>;
  /** Ends rows of a notice that nobody has begun to send, up to `limit`; returns how many. */
  cancel(notice: string, limit: number, at: Date): Promise<number>;
  /** Lets rows of a notice that ended in a state be sent again, up to `limit`: somebody decided so. Returns how many. */
  again(notice: string, state: 'failed' | 'unknown', until: Date, limit: number): Promise<number>;
  /** The reader of a notice confirms that they have it. False: it was never sent to them, or they did before. */
  confirm(notice: string, person: string, at: Date): Promise<boolean>;
}

export interface Notices {
  /** False: there is one with this id or number already. */
  add(notice: Notice): Promise<boolean>;
  byId(ids: readonly string[]): Promise<Notice[]>;
  byNumber(number: number): Promise<Notice | undefined>;
  /** The highest number there is; 0: none. */
  lastNumber(): Promise<number>;
  /** Stores `next` if the stored one still has the revision before it. False: somebody was faster. */
  save(next: Notice): Promise<boolean>;
  /** Those in some states, the oldest first. */
  inState(states: readonly NoticeState[], limit: number): Promise<Notice[]>;
  /** Scheduled ones whose time has come. */
  due(now: Date, limit: number): Promise<Notice[]>;
  /** The newest ones of some offices; null: of all. */
  recent(offices: readonly string[] | null, limit: number): Promise<Notice[]>;
}

/** Projects that teams submit. */
export interface Projects {
  byId(ids: readonly string[]): Promise<Project[]>;
  byNumber(event: string, number: number): Promise<Project | undefined>;
  /** Those that these people are a member of. */
  ofPeople(people: readonly string[]): Promise<Project[]>;
  /** Those that one of these people stands back from as a reviewer. */
  avoidedBy(people: readonly string[]): Promise<Project[]>;
  /** Those of an event in order of number, after `after`. */
  ofEvent(event: string, after: number, limit: number): Promise<Project[]>;
  /** The highest number in an event; 0: none. */
  lastNumber(event: string): Promise<number>;
  /** Those with letters that have yet to be written. */
  telling(limit: number): Promise<Project[]>;
  /**
   * Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was
   * faster, or its number is taken.
   */
  save(next: Project): Promise<boolean>;
}

/** Texts that an office keeps for its notices. */
export interface Templates {
  /** Those of some offices, by office and code; no more than a few hundred. */
  byOffice(offices: readonly string[]): Promise<Template[]>;
  /** Adds one, or replaces the one of the same office and code. */
  put(template: Template): Promise<void>;
  /** False: there is none. */
  remove(office: string, code: string): Promise<boolean>;
}

/** A file that somebody sent. */
export interface StoredFile {
  readonly id: string;
  readonly conversation: string;
  readonly name: string;
  /** MIME type, by what it holds. */
  readonly type: string;
  readonly size: number;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly createdAt: Date;
  /** What it belongs to, such as `notice:ID`. While that is nothing, it is thrown away in the end. */
  readonly owners: readonly string[];
}

/** Whose bytes: a file by its id, or whichever one of a conversation holds the same. */
export type FileKey = { readonly id: string } | { readonly conversation: string; readonly sha256: string };

/** Files with their bytes. One that is not stored whole is there for nobody, also when its process has died over it. */
export interface Files {
  /** Stores a file, to be thrown away after `purgeAt`. One whose id is known is left as it is. */
  add(file: Omit<StoredFile, 'owners'>, bytes: Uint8Array, purgeAt: Date): Promise<void>;
  byId(ids: readonly string[]): Promise<StoredFile[]>;
  open(id: string): Promise<Uint8Array | undefined>;
  /** Finds a file, and keeps it until `purgeAt` at least. */
  renew(key: FileKey, purgeAt: Date): Promise<StoredFile | undefined>;
  /** Gives a file to an owner: from now on it is never thrown away. False: there is none. */
  adopt(id: string, owner: string): Promise<boolean>;
  /** How many files a conversation has sent since, and how many bytes; counting may end at `limit` files. */
  sentSince(
    conversation: string,
    since: Date,
    limit: number,
  ): Promise<{ readonly files: number; readonly bytes: number }>;
}

/** What the bytes of a file show it to be; undefined: nothing that is known by its bytes. */
export type ContentOf = (bytes: Uint8Array) => Promise<Content | undefined>;

/** Looks for viruses; `unavailable`: nobody can look now. Every file is looked at before it is stored. */
export type ScanFile = (bytes: Uint8Array) => Promise<'clean' | 'infected' | 'unavailable'>;

/** Writes the letters of the house, in the language of who gets them. */
export interface Letters extends ReviewLetters, ManualLetters, RunLetters, ScoringLetters, JudgeLetters {
  reminder(occasion: Occasion, event: Event, registration: Registration): Letter;
  moved(event: Event, registration: Registration): Letter;
  eventCancelled(event: Event, registration: Registration): Letter;
  /** To a member of a project. */
  aboutDeadline(news: DeadlineNews, project: Project, event: Event, lang: Lang): Letter;
  offer(entry: Entry, event: Event, registration: Registration): Letter;
  lapsed(entry: Entry, event: Event, registration: Registration): Letter;
  /** To the other accounts of a person, whom this conversation has joined. */
  accountJoined(conversation: string, person: Person): Letter;
  /** A notice as one reader gets it. */
  notice(
    notice: Notice,
    event: Event,
    lang: Lang,
    values: Readonly<Partial<Record<Variable, string>>>,
  ): Letter;
  /** How a notice stands, for whoever wrote it; `seconds`: until the rest has left, where that is known. */
  progress(notice: Notice, progress: Progress, seconds: number | undefined, lang: Lang): Letter;
  /** To a person who goes on under another address. */
  recognised(person: Person): Letter;
}

/** Forms that people are filling in. */
export interface Forms {
  /** Those left open in conversations, the one left last at the end. */
  leftOpen(conversations: readonly string[]): Promise<readonly unknown[]>;
}

/** A letter of a notice to one reader, as a report lists it. */
export interface ReportRow {
  /** As they registered; null: they did not. */
  readonly name: string | null;
  readonly organization: string | null;
  readonly ticket: string | null;
  /** null: none was chosen. */
  readonly channel: string | null;
  readonly lang: Lang;
  readonly state: DeliveryState;
  readonly cause: string | null;
  readonly attempts: number;
  readonly sentAt: Date | null;
  readonly confirmedAt: Date | null;
}

/** The words of a report's table. */
export interface ReportWords {
  fileName(number: number, lang: Lang): string;
  /** What its sheet is called. */
  title(lang: Lang): string;
  /** Times are in the zone, which is named. */
  heading(column: keyof ReportRow, zone: string, lang: Lang): string;
  state(state: DeliveryState, lang: Lang): string;
  cause(cause: string, lang: Lang): string;
  channel(channel: string, lang: Lang): string;
  language(of: Lang, lang: Lang): string;
}

/** Makes the table of a report in a person's language, as a file for a spreadsheet. */
export type MakeReport = (
  notice: Notice,
  rows: readonly ReportRow[],
  lang: Lang,
) => Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;

/** The bot accounts that letters leave by. */
export interface Lanes {
  /** How fast letters leave, and how many may be written to at once where that is bounded. */
  paceOf(lane: string): { readonly perSecond: number; readonly limit: number | undefined };
}

/** A message in a chat that is changed instead of followed by others, where a channel can. */
export interface Billboard {
  canChange(conversation: string): boolean;
  /** Shows a letter in the place of a message, or anew; returns the message's id, null when it could not. */
  show(conversation: string, messageId: string | null, letter: Letter): Promise<string | null>;
}

/** Reads the signed codes of tickets. */
export interface TicketCodes {
  /** The number of the ticket that a code stands for; undefined: this house did not sign it. */
  read(code: string): string | undefined;
}

/** A refusal is a value: its reason names a sentence beside the flow. */
export type Result<T, R extends string> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly reason: R; readonly data?: unknown };

/** `data`: what the sentence needs beyond the reason. */
export function refused<R extends string>(
  reason: R,
  data?: unknown,
): { readonly ok: false; readonly reason: R; readonly data?: unknown } {
  return data === undefined ? { ok: false, reason } : { ok: false, reason, data };
}
