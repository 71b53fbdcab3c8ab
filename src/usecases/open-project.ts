import { organizes, reviews } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { type Project, wordsOf } from '../domain/project.ts';
import type { Clock, Events, Grants, Projects, Result } from './ports.ts';
import { refused } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
}

/** A project that somebody outside of its team looks at: all of it as a reviewer, or what everybody may read. */
export interface OpenedProject {
  readonly view: 'reviewer' | 'public';
  readonly project: Project;
  readonly event: Event;
}

export interface OpeningProject {
  readonly person: string;
  readonly number: number;
  /** The code of its event; null: whichever one fits. */
  readonly event: string | null;
}

/** Opens a project of a live event by its number; drafts to organizers alone. Who may not see it is told nothing about it. */
export function openProject({ events, projects, grants }: Ports) {
  return async (input: OpeningProject): Promise<Result<OpenedProject, 'unknown-project' | 'which-event'>> => {
    const live = (await events.live()).filter(
      ({ call, code }) => call !== null && (input.event === null || code === input.event),
    );
    const held = await grants.of([input.person]);
    const found = await Promise.all(
      live.map(async (event): Promise<OpenedProject[]> => {
        const project = await projects.byNumber(event.id, input.number);
        if (!project) return [];
        const parts = [wordsOf(project, 'field'), project.slot?.track ?? ''].filter((part) => part !== '');
        const isVisible = project.state !== 'draft' || organizes(held, event.office);
        if (isVisible && reviews(held, event, parts)) return [{ view: 'reviewer', project, event }];
        return isPublished(project) ? [{ view: 'public', project, event }] : [];
      }),
    );
    const [first, ...more] = found.flat();
    if (!first) return refused('unknown-project');
    if (more.length > 0) return refused('which-event', { events: found.flat().map(({ event }) => event) });
    return { ok: true, data: first };
  };
}

/** Whether everybody may know that a project takes part. */
export function isPublished({ state, decision }: Pick<Project, 'state' | 'decision'>): boolean {
  return state === 'accepted' && decision?.verdict === 'accept' && decision.publishedAt !== null;
}
