import type { Result } from '../domain/result.ts';
import type { Sheet } from '../domain/sheet.ts';
import type { TrackRun } from '../domain/track-run.ts';

/** The days of tracks. */
export interface Runs {
  byId(ids: readonly string[]): Promise<TrackRun[]>;
  /** Those of some events, by event and track. */
  ofEvents(events: readonly string[]): Promise<TrackRun[]>;
  /** Those that something may have to be done for. */
  active(limit: number): Promise<TrackRun[]>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: TrackRun): Promise<boolean>;
}

/** Score sheets. Only what is stored here counts. */
export interface Sheets {
  byId(ids: readonly string[]): Promise<Sheet[]>;
  ofTrack(event: string, track: string): Promise<Sheet[]>;
  ofJudge(event: string, judge: string): Promise<Sheet[]>;
  /** How often the sheets of a track have changed: another number than before, once any of them has. */
  changes(event: string, track: string): Promise<number>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: Sheet): Promise<boolean>;
  /**
   * Locks every sheet of a track, also those of `empty` that nobody has written on: afterwards no revision that was
   * read before is stored any more. Interrupted, it is simply done again.
   */
  lock(event: string, track: string, empty: readonly Sheet[]): Promise<void>;
}

/** What was published of a track, with what it takes to compute it again. */
export interface PublishedResult {
  /** The run's: there is one for each. It counts once the run itself says that it is published, with this digest. */
  readonly id: string;
  readonly office: string;
  /** The event's code and the track's, as addresses name them. */
  readonly code: string;
  readonly track: string;
  /** The revision of the run that it was made of. */
  readonly of: number;
  readonly result: Result;
  /** Of its canonical text, in hexadecimal digits. */
  readonly sha256: string;
  readonly awards: readonly { readonly project: string; readonly name: string }[];
  readonly rev: number;
}

export interface Results {
  byId(ids: readonly string[]): Promise<PublishedResult[]>;
  /** Those that an address names, of one track or all: events of several offices may have the same code. */
  byCode(code: string, track: string | null): Promise<PublishedResult[]>;
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: PublishedResult): Promise<boolean>;
}
