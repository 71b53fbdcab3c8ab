import { organizes } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import { type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface EventPorts {
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
}

/** An event as somebody is asked which one they mean. */
export interface Named {
  readonly code: string;
  readonly title: Event['title'];
}

export type EventRefusal = 'not-allowed' | 'unknown-event' | 'which-event';

const BATCH = 200;

/**
 * The event that an organizer means: by its code, or the only one of theirs that calls for projects. `which-event`
 * comes with those that it may be.
 */
export async function eventToExport(
  { events, grants }: EventPorts,
  { person, code }: { readonly person: string; readonly code: string | null },
): Promise<Result<Event, EventRefusal>> {
  const held = await grants.of([person]);
  if (!held.some(({ role }) => role === 'owner' || role === 'organizer')) return refused('not-allowed');
  const own = (await events.list()).filter((event) => event.call && organizes(held, event.office));
  const meant = code === null ? own : own.filter((event) => event.code === code);
  // Offices may use one code for events of theirs: the one that comes last is meant.
  const [last] = meant.toSorted((a, b) => b.startsAt.getTime() - a.startsAt.getTime());
  if (last && (code !== null || meant.length === 1)) return { ok: true, data: last };
  const choices = own.map(({ code: of, title }): Named => ({ code: of, title }));
  return refused(code === null && own.length > 0 ? 'which-event' : 'unknown-event', choices);
}

/** The event of an archive, if a person still organizes it. */
export async function organizedEvent(
  { events, grants }: EventPorts,
  { person, event }: { readonly person: string; readonly event: string },
): Promise<Event | undefined> {
  const [[found], held] = await Promise.all([events.byId([event]), grants.of([person])]);
  return found && organizes(held, found.office) ? found : undefined;
}

/** Projects of an event in order of number, some at a time. */
export async function* projectsOf(
  { projects }: EventPorts,
  event: string,
): AsyncGenerator<readonly Project[]> {
  for (let after = 0; ; ) {
    const batch = await projects.ofEvent(event, after, BATCH);
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = last.number;
  }
}
