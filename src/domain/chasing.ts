import { runState } from './run-of-show.ts';
import { completeness, type Sheet } from './sheet.ts';
import { HOUR, MINUTE } from './time.ts';
import type { TrackRun } from './track-run.ts';

/** What is to be said about the sheets of one project. */
export type Chase = { readonly project: string } & (
  | { readonly what: 'nudge'; readonly judge: string; readonly time: 1 | 2 }
  /** To who looks after the scoring: these have been asked twice. */
  | { readonly what: 'silent'; readonly judges: readonly string[] }
  /** To the hosts: every sheet is there. */
  | { readonly what: 'complete' }
);

const FIRST = 2 * MINUTE;
const SECOND = FIRST + 3 * MINUTE;
/** Whoever was asked so long ago is not asked any more. */
const OVER = HOUR;

/**
 * Who is to be asked for a sheet at a moment, and who is told: only of projects that have been on stage, and only
 * while their track takes scores. What was said before is left to the caller.
 */
export function dueChases(run: TrackRun, sheets: readonly Sheet[], now: Date): Chase[] {
  if (run.scoring.state !== 'open') return [];
  const judges = run.scoring.panel.map(({ person }) => person);
  if (judges.length === 0) return [];
  return staged(run).flatMap(({ project, left }): Chase[] => {
    const since = left ? now.getTime() - left.getTime() : 0;
    if (since > OVER) return [];
    const missing = completeness([project], judges, sheets)[0]?.missing ?? [];
    if (missing.length === 0) return [{ project, what: 'complete' }];
    const asked = (time: 1 | 2) => missing.map((judge) => ({ project, what: 'nudge' as const, judge, time }));
    if (since >= SECOND) return [...asked(2), { project, what: 'silent', judges: missing }];
    return since >= FIRST ? asked(1) : [];
  });
}

interface Staged {
  readonly project: string;
  /** When it left the stage; null: it is there. */
  readonly left: Date | null;
}

/** Projects that are on stage, or were. */
function staged({ plan, commands }: TrackRun): Staged[] {
  const { shown, current } = runState(plan, commands);
  const projectOf = new Map(plan.items.map(({ id, project }) => [id, project]));
  const items = [
    ...shown.map(({ item, to }) => ({ item, left: to })),
    ...(current ? [{ item: current.item, left: null }] : []),
  ];
  return items.flatMap(({ item, left }) => {
    const project = projectOf.get(item);
    return project ? [{ project, left }] : [];
  });
}

/** What must still be so of sheets when a letter about them is sent, or else it is not sent any more. */
export type SheetHold = { readonly run: string; readonly project: string } & (
  | { readonly still: 'awaited'; readonly judge: string }
  | { readonly still: 'incomplete' }
  /** The sheet is open once more. */
  | { readonly still: 'reopened'; readonly judge: string }
);

/** Whether a letter about sheets is still to be sent. */
export function holdsOfSheets(hold: SheetHold, run: TrackRun, sheets: readonly Sheet[]): boolean {
  if (hold.still === 'reopened')
    return (run.scoring.reopened ?? []).some(
      ({ project, judge, endedAt }) => project === hold.project && judge === hold.judge && endedAt === null,
    );
  if (run.scoring.state !== 'open') return false;
  if (!staged(run).some(({ project, left }) => project === hold.project && left !== null)) return false;
  const judges = run.scoring.panel.map(({ person }) => person);
  const missing = completeness([hold.project], judges, sheets)[0]?.missing ?? [];
  return hold.still === 'incomplete' ? missing.length > 0 : missing.includes(hold.judge);
}
