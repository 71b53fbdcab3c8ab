import type { Applicant, Stage } from '../domain/call.ts';
import type { Manual, Passage } from '../domain/manual.ts';
import type { Text } from '../text/text.ts';

export const MANUAL_FORMATS = ['html', 'docx', 'pdf'] as const;
export type ManualFormat = (typeof MANUAL_FORMATS)[number];

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
