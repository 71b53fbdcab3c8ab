import { CHASED_EVERY, chasedAt, doneBy, isLate } from '../domain/deadline.ts';
import type { CallingEvent } from '../domain/event.ts';
import { changed, deadlineOf, type Project } from '../domain/project.ts';
import { isLacking } from '../domain/project-hold.ts';
import { changeProject } from './change-project.ts';
import { type CallPorts, type CallRefusal, organizedCall } from './organized-call.ts';
import { type Clock, type Result, refused } from './ports.ts';
import { walkProjects } from './walk-projects.ts';
import { type TeamPorts, writeToTeams } from './write-to-teams.ts';

interface Ports extends CallPorts, TeamPorts {
  readonly clock: Clock;
}

/** Who is late, by whether they can be chased now. */
export interface Chasing {
  readonly event: CallingEvent;
  readonly teams: number;
  /** Members of those teams. */
  readonly people: number;
  /** Left out, as they were chased a short time ago. */
  readonly chased: number;
  /** Left out, as their deadline has passed: they can do nothing any more. */
  readonly closed: number;
}

interface Asked {
  readonly event: string;
  readonly person: string;
  /** The same again is the same chasing. */
  readonly effect: string;
}

/** Counts whom a chasing would go to. */
export function countChased(ports: Ports) {
  return async (asked: Asked): Promise<Result<Chasing, CallRefusal>> => {
    const found = await organizedCall(ports, asked.event, asked.person);
    return found.ok ? { ok: true, data: (await chaseable(ports, found.data, asked.effect)).chasing } : found;
  };
}

/**
 * Reminds every team that is late at once, unless its deadline has passed or it was chased in the last hours.
 * `counted`: of how many teams the one who confirmed was told; with another count by now nobody is written to.
 */
export function chaseTeams(ports: Ports) {
  return async (
    asked: Asked & { readonly counted: number },
  ): Promise<Result<Chasing, CallRefusal | 'count-changed'>> => {
    const found = await organizedCall(ports, asked.event, asked.person);
    if (!found.ok) return found;
    const event = found.data;
    const { chasing, projects, begun } = await chaseable(ports, event, asked.effect);
    // Interrupted halfway, some teams may have submitted since: the rest are chased all the same.
    if (!begun && chasing.teams !== asked.counted) return refused('count-changed', chasing);
    for (const { id } of projects) await chase(ports, event, id, asked);
    return { ok: true, data: chasing };
  };
}

async function chaseable(ports: Ports, event: CallingEvent, effect: string) {
  const now = ports.clock.now();
  const projects: Project[] = [];
  const left = { chased: 0, closed: 0 };
  for await (const batch of walkProjects(ports.projects, event.id))
    for (const project of batch.filter((one) => isLate(one, event))) {
      const last = chasedAt(project, effect)?.getTime() ?? Number.NEGATIVE_INFINITY;
      if (!isLacking(project, event, deadlineOf(project, event.call), now)) left.closed++;
      else if (now.getTime() - last < CHASED_EVERY) left.chased++;
      else projects.push(project);
    }
  const people = new Set(projects.flatMap(({ members }) => members.map(({ person }) => person))).size;
  const begun = projects.some((one) => doneBy(one, effect) !== undefined);
  return { projects, begun, chasing: { event, teams: projects.length, people, ...left } satisfies Chasing };
}

/** Written down first, so that two who chase at once write to the team once. */
async function chase(
  ports: Ports,
  event: CallingEvent,
  id: string,
  { person, effect }: Asked,
): Promise<void> {
  const now = ports.clock.now();
  const isDue = (project: Project) =>
    now.getTime() - (chasedAt(project, effect)?.getTime() ?? Number.NEGATIVE_INFINITY) >= CHASED_EVERY;
  const project = await changeProject(ports.projects, id, (one) =>
    doneBy(one, effect) || !isDue(one)
      ? one
      : changed(one, {}, { at: now, by: person, what: 'chased', detail: null, effect }),
  );
  if (!project || !doneBy(project, effect)) return;
  const until = deadlineOf(project, event.call);
  await writeToTeams(ports, event, [project], () => ({ project: id, still: 'lacking', until }), {
    news: 'chased',
    about: `chased/${effect}`,
    notBefore: now,
    expiresAt: until,
  });
}
