import type { Project } from '../domain/project.ts';
import type { Projects } from './ports.ts';

/**
 * Stores what `change` makes of a project as it is now; undefined: nothing is to be changed. It is pure and may be
 * called again when somebody else stored another change first. Returns the project as it is then.
 */
export async function changeProject(
  projects: Projects,
  id: string,
  change: (project: Project) => Project | undefined,
): Promise<Project | undefined> {
  for (;;) {
    const [known] = await projects.byId([id]);
    const next = known && change(known);
    if (!next || (await projects.save(next))) return next ?? known;
  }
}
