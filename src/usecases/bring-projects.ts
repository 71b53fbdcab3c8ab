import type { Member, Project } from '../domain/project.ts';
import type { Projects } from './ports.ts';

interface Ports {
  readonly projects: Projects;
}

/**
 * Gives the projects of a person to another one, whom they have joined: what they are a member of, and what they
 * stand back from as a reviewer. Done again it changes nothing more.
 */
export async function bringProjects({ projects }: Ports, from: string, into: string): Promise<void> {
  const [theirs, avoided] = await Promise.all([projects.ofPeople([from]), projects.avoidedBy([from])]);
  const ids = [...new Set([...theirs, ...avoided].map(({ id }) => id))];
  for (const id of ids) await give(projects, id, from, into);
}

async function give(projects: Projects, id: string, from: string, into: string): Promise<void> {
  for (;;) {
    const [known] = await projects.byId([id]);
    const next = known && given(known, from, into);
    if (!next || (await projects.save(next))) return;
  }
}

/** The project with one person in another's place; undefined: the one has nothing to do with it. */
function given(project: Project, from: string, into: string): Project | undefined {
  const { members, conflicts, seen } = project;
  const mine = members.find(({ person }) => person === from);
  if (!mine && !conflicts.includes(from)) return undefined;
  const { [from]: read, ...others } = seen;
  return {
    ...project,
    members: mine ? replaced(members, mine, into) : members,
    conflicts: [...new Set(conflicts.map((one) => (one === from ? into : one)))],
    // Of what either of them was told, the person was told.
    seen: read === undefined ? seen : { ...others, [into]: Math.max(read, seen[into] ?? 0) },
    rev: project.rev + 1,
  };
}

/** Whoever was in the team by both is in it once, leads it if either did, and since the earlier time. */
function replaced(members: readonly Member[], mine: Member, into: string): readonly Member[] {
  const twin = members.find(({ person }) => person === into);
  const one: Member = {
    person: into,
    lead: mine.lead || (twin?.lead ?? false),
    at: twin && twin.at < mine.at ? twin.at : mine.at,
  };
  const kept = twin && members.indexOf(twin) < members.indexOf(mine) ? twin : mine;
  return members.flatMap((member) => {
    if (member === kept) return [one];
    return member === mine || member === twin ? [] : [member];
  });
}
