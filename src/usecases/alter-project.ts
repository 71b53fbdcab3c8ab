import type { Call } from '../domain/call.ts';
import type { Event } from '../domain/event.ts';
import { isMember, type Project } from '../domain/project.ts';
import { type Clock, type Events, type Projects, type Result, refused } from './ports.ts';

export interface ProjectPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly projects: Projects;
}

/** A project with what its rules are read from. */
export interface Standing {
  readonly project: Project;
  readonly event: Event;
  readonly call: Call;
  readonly now: Date;
}

/** A project as it is stored now. */
export interface Stored {
  readonly project: Project;
  readonly event: Event;
}

/** Whose project, by its id. */
export interface OfMember {
  readonly person: string;
  readonly project: string;
}

/** The project of a member, with its event; to anybody else there is none. */
export async function projectOf(
  { projects, events, clock }: ProjectPorts,
  { person, project: id }: OfMember,
): Promise<Standing | undefined> {
  const [project] = await projects.byId([id]);
  if (!project || !isMember(project, person)) return undefined;
  const [event] = await events.byId([project.event]);
  return event?.call ? { project, event, call: event.call, now: clock.now() } : undefined;
}

/**
 * Changes a member's project by compare-and-set; `change` is pure and is called again after a conflict. The same
 * project given back is not stored.
 */
export async function alterProject<R extends string>(
  ports: ProjectPorts,
  of: OfMember,
  change: (standing: Standing) => Project | Extract<Result<never, R>, { ok: false }>,
): Promise<Result<Stored, R | 'unknown-project'>> {
  for (;;) {
    const found = await projectOf(ports, of);
    if (!found) return refused('unknown-project');
    const { project, event } = found;
    const next = change(found);
    if ('ok' in next) return next;
    if (next === project || (await ports.projects.save(next)))
      return { ok: true, data: { project: next, event } };
  }
}
