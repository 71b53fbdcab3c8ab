import type { Event } from './event.ts';
import {
  deadlineOf,
  isMember,
  lockedBecause,
  missingParts,
  type Project,
  publishedDecision,
} from './project.ts';

/** What must still be so of a project when a letter about it is sent, or else it is not sent any more. */
export type Hold = { readonly project: string } & (
  | { readonly still: 'member' }
  /** The decision that it tells of is the newest one that was published. */
  | { readonly still: 'decided'; readonly decision: number }
  /** The project has yet to be submitted, or lacks something, and can be changed until this very deadline. */
  | { readonly still: 'lacking'; readonly until: Date }
  /** It is shown there. */
  | { readonly still: 'placed'; readonly track: string; readonly place: number }
);

/** Whether a letter to a member of a project is still to be sent. */
export function holds(hold: Hold, project: Project, event: Event, person: string, now: Date): boolean {
  if (!isMember(project, person)) return false;
  if (hold.still === 'decided') return publishedDecision(project)?.number === hold.decision;
  if (hold.still === 'placed') return project.slot?.track === hold.track && project.slot.place === hold.place;
  return hold.still === 'member' || isLacking(project, event, hold.until, now);
}

/** Whether a team has something left to do before a deadline: to submit, or to send what is missing. */
export function isLacking(project: Project, event: Event, until: Date, now: Date): boolean {
  const { call } = event;
  if (!call || lockedBecause(project, call, now)) return false;
  if (deadlineOf(project, call).getTime() !== until.getTime()) return false;
  return project.state !== 'submitted' || missingParts(project, event, call).length > 0;
}
