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
  /** Stores `next` if the stored one still has the revision before it (0: none is stored). False: somebody was faster. */
  save(next: Sheet): Promise<boolean>;
  /**
   * Locks every sheet of a track, also those of `empty` that nobody has written on: afterwards no revision that was
   * read before is stored any more. Interrupted, it is simply done again.
   */
  lock(event: string, track: string, empty: readonly Sheet[]): Promise<void>;
}
