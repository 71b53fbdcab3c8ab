import type { Rubric } from './rubric.ts';
import type { RunCall } from './run-calls.ts';
import type { RunCommand, RunPlan } from './run-of-show.ts';
import { type Sheet, sheetId } from './sheet.ts';
import type { ChairDecision, ScoringRules } from './standing.ts';

/** A judge of a track. */
export interface PanelMember {
  readonly person: string;
  /** How people call them: the note of their invitation. */
  readonly name: string;
}

export const SCORING_STATES = ['closed', 'open', 'locking', 'locked', 'published'] as const;

/** A sheet of a locked track on which its judge may write again. */
export interface Reopened {
  /** The effect's: the same again is the same reopening. */
  readonly id: string;
  readonly project: string;
  readonly judge: string;
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  /** When the sheet was locked again; null: it is open. */
  readonly endedAt: Date | null;
}

/** An award that the chair named. */
export interface Award {
  readonly project: string;
  readonly name: string;
  readonly by: string;
  readonly at: Date;
}

/** The scoring of one track. What decides a result is frozen when it opens. */
export interface Scoring {
  /** `closed`: it has not begun. `locking`: sheets are being locked; nothing more is taken. */
  readonly state: (typeof SCORING_STATES)[number];
  readonly rubric: Rubric;
  readonly rules: ScoringRules;
  readonly panel: readonly PanelMember[];
  readonly decisions: readonly (ChairDecision & { readonly by: string; readonly at: Date })[];
  /** Sheets that were reopened after the lock, in order. */
  readonly reopened?: readonly Reopened[];
  readonly awards?: readonly Award[];
  readonly openedAt: Date | null;
  /** Who ended it, and so need not be told of it. */
  readonly closedBy?: string;
  readonly lockedAt: Date | null;
  readonly publishedAt: Date | null;
  /** Of what was published, in hexadecimal digits. */
  readonly sha256: string | null;
}

/** The day of one track: what is shown and when, and how it is scored. */
export interface TrackRun {
  /** `EVENT/TRACK`. */
  readonly id: string;
  readonly event: string;
  readonly track: string;
  readonly plan: RunPlan;
  /** Append-only: what is undone stays, with what undid it. */
  readonly commands: readonly RunCommand[];
  /** What teams were told of their time, in order; absent: nothing yet. */
  readonly calls?: readonly RunCall[];
  readonly scoring: Scoring;
  /** Goes on until the scoring is published or given up: a sweep looks after it. */
  readonly active: boolean;
  readonly rev: number;
}

export function runId(event: string, track: string): string {
  return `${event}/${track}`;
}

/** Whether a judge can hand in a sheet now. */
export function takesScores({ scoring }: { readonly scoring: Pick<Scoring, 'state'> }): boolean {
  return scoring.state === 'open';
}

/** Sheets of a locked track that are open again. */
export function openAgain({ scoring }: { readonly scoring: Pick<Scoring, 'reopened'> }): readonly Reopened[] {
  return (scoring.reopened ?? []).filter(({ endedAt }) => endedAt === null);
}

/** Whether one sheet can be written on now: while its track is open, or while it alone was reopened. */
export function takesSheet(
  run: { readonly scoring: Pick<Scoring, 'state' | 'reopened'> },
  sheet: Pick<Sheet, 'id' | 'locked'>,
): boolean {
  if (sheet.locked) return false;
  if (run.scoring.state !== 'locked') return takesScores(run);
  return openAgain(run).some(({ project, judge }) => sheetId(project, judge) === sheet.id);
}
