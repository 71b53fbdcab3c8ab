import type { Project } from '../domain/project.ts';
import type { Projects } from './ports.ts';

const BATCH = 500;

/** The projects of an event in order of number, in batches of which none is empty. */
export async function* walkProjects(
  projects: Projects,
  event: string,
  size = BATCH,
): AsyncGenerator<readonly Project[]> {
  for (let after = 0; ; ) {
    const batch = await projects.ofEvent(event, after, size);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    if (batch.length < size) return;
    after = last.number;
  }
}

/** Every project of an event, in order of number. */
export async function allProjects(projects: Projects, event: string): Promise<Project[]> {
  const all: Project[] = [];
  for await (const batch of walkProjects(projects, event)) all.push(...batch);
  return all;
}
