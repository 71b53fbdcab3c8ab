import { isLate } from '../domain/deadline.ts';
import type { CallingEvent } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import { type CallPorts, type CallRefusal, organizedCall } from './organized-call.ts';
import type { Result } from './ports.ts';
import { walkProjects } from './walk-projects.ts';

/** Projects of a page of those that are late. */
export const LATE_PAGE = 10;

export interface Late {
  readonly event: CallingEvent;
  /** Neither submitted yet, nor again after changes were asked for. */
  readonly drafts: number;
  /** Submitted, but required parts are missing. */
  readonly incomplete: number;
  readonly page: readonly Project[];
  /** The number that the next page begins with; null: this is the last one. */
  readonly next: number | null;
}

/** Who has yet to submit to a call, or lacks something: counted whole, listed from a number on. */
export function listLate(ports: CallPorts) {
  return async (asked: {
    readonly event: string;
    readonly person: string;
    readonly from: number;
  }): Promise<Result<Late, CallRefusal>> => {
    const found = await organizedCall(ports, asked.event, asked.person);
    if (!found.ok) return found;
    const event = found.data;
    const page: Project[] = [];
    const counts = { drafts: 0, incomplete: 0 };
    let next: number | null = null;
    for await (const batch of walkProjects(ports.projects, event.id))
      for (const project of batch.filter((one) => isLate(one, event))) {
        counts[project.state === 'submitted' ? 'incomplete' : 'drafts']++;
        if (project.number < asked.from) continue;
        if (page.length < LATE_PAGE) page.push(project);
        else next ??= project.number;
      }
    return { ok: true, data: { event, ...counts, page, next } };
  };
}
