import type { Track } from '../domain/call.ts';
import type { Letter } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import type { Result } from '../domain/result.ts';
import type { Lang } from '../text/text.ts';
import type { PublishedResult } from './roadshow-ports.ts';

/** What a letter about scoring is about. */
export interface ScoringSubject {
  readonly event: Event;
  readonly track: Track;
}

/** Letters about the scoring of a track. */
export interface ScoringLetters {
  /** Asks a judge for a sheet, for the first or the second time. */
  nudge(project: Project, about: ScoringSubject, time: 1 | 2, lang: Lang): Letter;
  /** To who looks after the scoring: these judges were asked twice. */
  silentJudges(project: Project, about: ScoringSubject, judges: readonly string[], lang: Lang): Letter;
  /** To a host: every sheet of a project is there. */
  sheetsComplete(project: Project, about: ScoringSubject, sheets: number, lang: Lang): Letter;
  /** To who looks after the scoring: the track is locked, with so many sheets missing. */
  trackLocked(about: ScoringSubject, missing: number, lang: Lang): Letter;
  /** To a judge: their sheet is open again, and why. */
  sheetReopened(project: Project, about: ScoringSubject, reason: string, lang: Lang): Letter;
  /** The text of a notice that announces results. */
  announcement(event: Event, results: readonly Announced[], lang: Lang): string;
}

/** A result as it is announced. */
export interface Announced {
  readonly result: Result;
  readonly awards: PublishedResult['awards'];
}
