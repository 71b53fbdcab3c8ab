import type { Event } from '../domain/event.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Project } from '../domain/project.ts';
import { isLacking } from '../domain/project-hold.ts';
import type { Clock, Occasions, Projects } from './ports.ts';
import { walkProjects } from './walk-projects.ts';
import { type TeamPorts, writeToTeams } from './write-to-teams.ts';

export interface DeadlinePorts extends TeamPorts {
  readonly clock: Clock;
  readonly occasions: Occasions;
  readonly projects: Projects;
}

/**
 * Writes to every member of the projects that have the deadline of an occasion and still lack something. Of several
 * moves of a deadline the newest alone is told.
 */
export async function remindTeams(
  ports: DeadlinePorts,
  occasion: Occasion,
  event: Event,
  missed: boolean,
): Promise<'done' | 'missed' | 'superseded'> {
  if (await isOutrun(ports, occasion)) return 'superseded';
  const { startsAt: until, dueAt } = occasion;
  // Too late, it is looked at as it was when it was due, and the rows say that they were missed.
  const looked = missed ? dueAt : ports.clock.now();
  const concerns = (project: Project) =>
    project.createdAt <= dueAt && isLacking(project, event, until, looked);
  for await (const batch of walkProjects(ports.projects, event.id))
    await writeToTeams(
      ports,
      event,
      batch.filter(concerns),
      ({ id }) => ({ project: id, still: 'lacking', until }),
      {
        news: occasion.kind === 'deadline-moved' ? 'deadline-moved' : 'deadline',
        about: occasion.id,
        occasion: occasion.id,
        state: missed ? 'skipped' : 'pending',
        cause: missed ? 'missed' : null,
        notBefore: dueAt,
        expiresAt: occasion.expiresAt,
      },
    );
  return missed ? 'missed' : 'done';
}

/** Whether the deadline was moved again since, which is told instead. */
async function isOutrun({ occasions }: DeadlinePorts, { kind, event, rule }: Occasion): Promise<boolean> {
  if (kind !== 'deadline-moved') return false;
  const planned = await occasions.planned(event);
  return planned.some((one) => one.kind === kind && Number(one.rule) > Number(rule));
}
