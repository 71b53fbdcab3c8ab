import { organizes } from '../domain/access.ts';
import { type CallingEvent, calling } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import { type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface CallPorts {
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
}

export type CallRefusal = 'not-allowed' | 'no-call';

/** The event, if this person organizes it and it calls for projects. */
export async function organizedCall(
  { events, grants }: Pick<CallPorts, 'events' | 'grants'>,
  id: string,
  person: string,
): Promise<Result<CallingEvent, CallRefusal>> {
  const [[event], held] = await Promise.all([events.byId([id]), grants.of([person])]);
  if (!event || !organizes(held, event.office)) return refused('not-allowed');
  const found = calling(event);
  return found ? { ok: true, data: found } : refused('no-call', { event });
}

/** A project of such an event, by its number. */
export async function organizedProject(
  ports: CallPorts,
  event: string,
  number: number,
  person: string,
): Promise<
  Result<{ readonly event: CallingEvent; readonly project: Project }, CallRefusal | 'unknown-project'>
> {
  const found = await organizedCall(ports, event, person);
  if (!found.ok) return found;
  const project = await ports.projects.byNumber(event, number);
  return project
    ? { ok: true, data: { event: found.data, project } }
    : refused('unknown-project', { number, event: found.data });
}
