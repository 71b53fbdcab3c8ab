import type { Project } from '../domain/project.ts';
import type { Projects } from './ports.ts';

/**
 * Changes a project as one atomic act: `change` is pure, is called again when somebody else was faster, and leaves the
 * project as it is by giving back what it got. undefined: it does not want to, or there is none.
 */
export async function changeProject(
  projects: Projects,
  id: string,
  change: (project: Project) => Project | undefined,
): Promise<Project | undefined> {
  for (;;) {
    const [known] = await projects.byId([id]);
    const next = known && change(known);
    if (!next || next === known || (await projects.save(next))) return next;
  }
}
