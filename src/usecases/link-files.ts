import { type Grant, organizes, reviews } from '../domain/access.ts';
import type { LetterFile } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { fileOf, isMember, type Project, wordsOf } from '../domain/project.ts';
import { DAY } from '../domain/time.ts';
import type { Named } from './export-event.ts';
import type { Exporting } from './export-ports.ts';
import { type Clock, type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface LinkPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly exporting: Pick<Exporting, 'linkFile'>;
  readonly grants: Grants;
  readonly projects: Projects;
}

/** A file of a project; `link` undefined: the house has no public address, and the file itself can be sent. */
export interface Linked {
  readonly part: string;
  readonly file: LetterFile;
  readonly link: string | undefined;
}

export interface FilesLinked {
  readonly event: Event;
  readonly project: Project;
  readonly files: readonly Linked[];
  readonly until: Date;
}

export type LinkRefusal = 'unknown-project' | 'which-event' | 'no-files';

/**
 * Links to the files of a project, for a day, for its team, its reviewers and organizers. To everybody else there is
 * no such project. `which-event` comes with the events that it may be of.
 */
export function linkFiles(ports: LinkPorts) {
  return async (wanted: {
    readonly person: string;
    readonly number: number;
    readonly code: string | null;
  }): Promise<Result<FilesLinked, LinkRefusal>> => {
    const found = await projectsSeen(ports, wanted);
    const [first] = found;
    if (!first) return refused('unknown-project');
    if (found.length > 1)
      return refused(
        'which-event',
        found.map(({ event: { code, title } }): Named => ({ code, title })),
      );
    const until = new Date(ports.clock.now().getTime() + DAY);
    const files = Object.keys(first.project.parts).flatMap((part): Linked[] => {
      const stored = fileOf(first.project, part);
      if (!stored) return [];
      const file = { kind: 'stored' as const, id: stored.ref, name: stored.name, type: stored.type };
      return [{ part, file, link: ports.exporting.linkFile(file, until) }];
    });
    if (files.length === 0) return refused('no-files', { project: first.project });
    return { ok: true, data: { ...first, files, until } };
  };
}

interface Seen {
  readonly event: Event;
  readonly project: Project;
}

/** The projects of a number whose files a person may see. */
async function projectsSeen(
  { events, grants, projects }: LinkPorts,
  { person, number, code }: { person: string; number: number; code: string | null },
): Promise<Seen[]> {
  const [held, own] = await Promise.all([grants.of([person]), projects.ofPeople([person])]);
  const all =
    held.length > 0 ? await events.list() : await events.byId([...new Set(own.map((one) => one.event))]);
  const meant = all.filter((event) => event.call && (code === null || event.code === code));
  const near = meant.filter(
    (event) =>
      own.some((one) => one.event === event.id) ||
      organizes(held, event.office) ||
      held.some((one) => one.event === event.id),
  );
  const found = await Promise.all(
    near.map(async (event) => ({ event, project: await projects.byNumber(event.id, number) })),
  );
  return found.flatMap(({ event, project }) =>
    project && maySee(held, person, event, project) ? [{ event, project }] : [],
  );
}

function maySee(held: readonly Grant[], person: string, event: Event, project: Project): boolean {
  if (isMember(project, person) || organizes(held, event.office)) return true;
  // Drafts are nobody's to review, and who stands back from a project does not look at it.
  if (project.state === 'draft' || project.conflicts.includes(person)) return false;
  const parts = [wordsOf(project, 'field'), project.slot?.track ?? ''];
  return reviews(held, event, parts);
}
