import { type Grant, holdsRole } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import type { TrackRun } from '../domain/track-run.ts';
import { trackName } from './find-target.ts';
import { type JudgePorts, type Judging, judgingOf } from './judge-seats.ts';
import { type Result, refused } from './ports.ts';
import { type SheetRefusal, stateEntry, type Written, writeSheet } from './write-sheet.ts';

/** What a judge stands back from. */
export interface Recused {
  readonly project: Project;
  readonly event: Event;
  readonly what: 'recused' | 'returned';
}

export type RecuseRefusal = 'no-judge' | 'unknown-project' | 'other-track' | 'not-placed' | SheetRefusal;

type Found = { readonly written: Written; readonly project: Project; readonly event: Event };

/** Withdraws a judge from a project, or takes that back. Both can be said before the day of its track is planned. */
export function recuseJudge(ports: JudgePorts) {
  return async (input: {
    readonly person: string;
    readonly effect: string;
    readonly number: number;
    readonly what: 'recused' | 'returned';
  }): Promise<Result<Recused, RecuseRefusal>> => {
    const { person, effect, number, what } = input;
    const judging = await judgingOf(ports, person);
    if (judging.events.length === 0) return refused('no-judge');
    const found = await findToRecuse(ports, judging, person, number);
    if (!found.ok) return found;
    const { written, project, event } = found.data;
    const entry = stateEntry(effect, ports.clock.now(), person, what);
    const done = await writeSheet(ports, written, entry);
    return done.ok ? { ok: true, data: { project, event, what } } : refused(done.reason, { number });
  };
}

async function findToRecuse(
  { projects }: Pick<JudgePorts, 'projects'>,
  judging: Judging,
  person: string,
  number: number,
): Promise<Result<Found, RecuseRefusal>> {
  const found = await Promise.all(judging.events.map(({ id }) => projects.byNumber(id, number)));
  const all = judging.events.flatMap((event, i) => {
    const project = found[i];
    return project?.state === 'accepted' ? [{ event, project }] : [];
  });
  const own = all.flatMap(({ event, project }): Found[] => {
    const written = whereOf(judging, event, project, person);
    return written ? [{ written, project, event }] : [];
  });
  const [one] = own;
  if (one) return { ok: true, data: one };
  const [other] = all;
  if (!other) return refused('unknown-project', { number });
  const track = judging.runs.find((run) => plans(run, other.project))?.track ?? other.project.slot?.track;
  return track === undefined
    ? refused('not-placed', { number })
    : refused('other-track', { number, track: trackName(other.event, track) });
}

const plans = ({ plan }: TrackRun, { id }: Project): boolean =>
  plan.items.some(({ project }) => project === id);

/** Where the sheet of a judge for a project belongs; undefined: they do not judge it. */
function whereOf(
  { runs, seats, grants }: Judging,
  event: Event,
  project: Project,
  person: string,
): Written | undefined {
  const run = runs.find((one) => plans(one, project));
  if (run) {
    const judge = seats.find((seat) => seat.run.id === run.id)?.judge;
    return judge && { run, project: project.id, judge };
  }
  const track = project.slot?.track;
  if (track === undefined || !judgesIn(grants, event, track)) return undefined;
  const scoring = { state: 'closed' as const, rubric: event.call?.roadshow.rubric ?? [] };
  return { run: { event: event.id, track, scoring }, project: project.id, judge: { person } };
}

function judgesIn(grants: readonly Grant[], event: Event, track: string): boolean {
  return holdsRole(grants, 'judge', event, [track]);
}
