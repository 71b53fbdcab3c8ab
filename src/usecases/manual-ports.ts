import type { Applicant, Stage } from '../domain/call.ts';
import type { Letter } from '../domain/delivery.ts';
import type { Edition, ManualFormat } from '../domain/edition.ts';
import type { Event } from '../domain/event.ts';
import type { Manual, ManualEntry, Passage } from '../domain/manual.ts';
import type { Lang, Text } from '../text/text.ts';

/** What the manual calls things. Patterns with variables name them. */
export interface ManualWords {
  /** What it is called on its cover, where that names nothing else. */
  readonly manual: Text;
  /** `number`, `date` */
  readonly edition: Text;
  /** `from`, `to` */
  readonly days: Text;
  readonly contents: Text;
  readonly index: Text;
  readonly organization: Text;
  readonly applicant: Text;
  readonly stage: Text;
  readonly track: Text;
  /** `track`, `place` */
  readonly placed: Text;
  readonly contact: Text;
  readonly summary: Text;
  readonly meet: Text;
  /** Said where a text was cut to keep its project on a page. */
  readonly cut: Text;
  readonly passages: Readonly<Record<Passage, Text>>;
  readonly stages: Readonly<Record<Stage, Text>>;
  readonly applicants: Readonly<Record<Applicant, Text>>;
  /** Above the page that a team checks. */
  readonly proofNotice: Text;
  readonly search: Text;
  /** `shown`, `all` */
  readonly found: Text;
  readonly download: Text;
  readonly top: Text;
  readonly skip: Text;
  readonly otherLanguage: Text;
}

/** A picture that documents can show. */
export interface Picture {
  readonly ref: string;
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

export interface ManualInput {
  readonly manual: Manual;
  readonly pictures: readonly Picture[];
  /** Where people reach the house; null: it has no public address, so there are no codes to scan. */
  readonly publicUrl: string | null;
}

export type ManualFiles = Readonly<Record<ManualFormat, Uint8Array>>;

/** Builds all documents of an edition. `tell` hears how much of it is done. */
export type MakeManual = (
  input: ManualInput,
  tell: (done: number, total: number) => void,
) => Promise<ManualFiles>;

/** Documents of a manual, and what pictures they can have. */
export interface ManualMaker {
  /** Looks at a file that somebody sent; undefined: no document can show it. */
  readPicture(bytes: Uint8Array): Pick<Picture, 'type' | 'width' | 'height'> | undefined;
  readonly make: MakeManual;
}

/** Editions of manuals. */
export interface Editions {
  /** Those of an event, the first one first; no more than a few hundred. */
  of(event: string): Promise<Edition[]>;
  /** Those that are to be built, the one asked for first first. */
  building(limit: number): Promise<Edition[]>;
  /**
   * Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was
   * faster, or its number is taken.
   */
  save(next: Edition): Promise<boolean>;
}

/** Where the manual and its proofs are read in a browser. */
export interface ManualLinks {
  /** null: the house has no public address. */
  readonly publicUrl: string | null;
  /** The page of one project for its team alone, until a time; undefined: the house has no public address. */
  proof(project: string, until: Date): string | undefined;
}

/** Who asks to meet a team, in their own words. */
export interface Visitor {
  readonly name: string;
  readonly organization: string;
  readonly contact: string;
}

/** Letters about the manual. */
export interface ManualLetters {
  /** How the building of an edition goes, or how it ended. */
  edition(edition: Edition, event: Event, lang: Lang): Letter;
  /** The page of a project, for its team to approve. */
  proof(entry: ManualEntry, event: Event, link: string | undefined, lang: Lang): Letter;
  /** Somebody wants to meet the team. */
  meeting(visitor: Visitor, entry: ManualEntry, event: Event, lang: Lang): Letter;
}
