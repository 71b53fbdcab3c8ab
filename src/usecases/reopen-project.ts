import { doneBy } from '../domain/deadline.ts';
import type { CallingEvent } from '../domain/event.ts';
import {
  changed,
  deadlineOf,
  lockedBecause,
  type Project,
  type ProjectState,
  pendingDecision,
} from '../domain/project.ts';
import { changeProject } from './change-project.ts';
import { type ExtendPorts, tellTeam } from './extend-deadline.ts';
import { type CallRefusal, organizedProject } from './organized-call.ts';
import { planOwnDeadline } from './plan-reminders.ts';
import { type Result, refused } from './ports.ts';

interface Reopening {
  readonly event: string;
  readonly number: number;
  readonly person: string;
  /** The same again is the same reopening. */
  readonly effect: string;
  /** null: it is closed again, as it was before it was opened. */
  readonly until: Date | null;
}

export interface Reopened {
  readonly event: CallingEvent;
  readonly project: Project;
  readonly until: Date;
  /** How many members are told. */
  readonly told: number;
  /** A decision that nobody was told of does not hold any more. */
  readonly dropped: boolean;
}

/**
 * `open`: it can be changed as it is. `decided`: its decision was published. `accepted-soon`: one that accepts it
 * waits to be published. `not-reopened`: nobody opened it, or the team has submitted it since.
 */
export type ReopenRefusal =
  | CallRefusal
  | 'unknown-project'
  | 'past'
  | 'open'
  | 'decided'
  | 'accepted-soon'
  | 'not-reopened';

/** Makes a draft again of a project that is late, withdrawn, or about to be rejected; or takes that back. */
export function reopenProject(ports: ExtendPorts) {
  return async (asked: Reopening): Promise<Result<Reopened, ReopenRefusal>> => {
    const found = await organizedProject(ports, asked.event, asked.number, asked.person);
    if (!found.ok) return found;
    const { event } = found.data;
    let refusal: ReopenRefusal | undefined;
    const project = await changeProject(ports.projects, found.data.project.id, (one) => {
      const now = ports.clock.now();
      const isDone = doneBy(one, asked.effect) !== undefined;
      refusal = isDone ? undefined : refusalOf(one, event, asked.until, now);
      if (refusal || isDone) return one;
      return asked.until ? opened(one, asked, asked.until, now) : closed(one, asked, now);
    });
    if (!project || refusal) return refused(refusal ?? 'unknown-project', { ...found.data, project });
    const until = deadlineOf(project, event.call);
    if (asked.until) await planOwnDeadline(ports)(event, until, `${project.id}/${project.rev}`);
    const told = await tellTeam(ports, event, project, asked.until ? 'reopened' : 'closed', asked.effect);
    const at = doneBy(project, asked.effect)?.at.getTime();
    const dropped = project.decision?.publishedAt?.getTime() === at;
    return { ok: true, data: { event, project, until, told, dropped } };
  };
}

function refusalOf(
  project: Project,
  { call }: CallingEvent,
  until: Date | null,
  now: Date,
): ReopenRefusal | undefined {
  if (until === null) return stateBefore(project) ? undefined : 'not-reopened';
  if (until <= now) return 'past';
  if (project.state === 'accepted' || project.state === 'rejected') return 'decided';
  const verdict = pendingDecision(project)?.verdict;
  if (verdict === 'accept') return 'accepted-soon';
  const isOpen = verdict === undefined && lockedBecause(project, call, now) === undefined;
  return isOpen ? 'open' : undefined;
}

/** The history keeps the state and the deadline from before, so that it can be closed as it was. */
function opened(project: Project, { person, effect }: Reopening, until: Date, now: Date): Project {
  const detail = [project.state, project.extendedUntil?.toISOString() ?? ''].join(' ');
  const { decision } = project;
  const pending = pendingDecision(project);
  return changed(
    project,
    {
      state: 'draft',
      extendedUntil: until,
      // It keeps its number, as letters are told apart by it, and says what was done in its place.
      decision: pending
        ? { ...pending, verdict: 'changes', messages: [], by: person, at: now, publishedAt: now }
        : decision,
    },
    { at: now, by: person, what: 'reopened', detail, effect },
  );
}

function closed(project: Project, { person, effect }: Reopening, now: Date): Project {
  const before = stateBefore(project);
  const change = before ? { state: before.state, extendedUntil: before.extendedUntil } : {};
  return changed(project, change, { at: now, by: person, what: 'reopened', detail: 'undone', effect });
}

const STATES: readonly ProjectState[] = ['draft', 'submitted', 'changes-requested', 'withdrawn'];

/** What a project that was opened again was before; undefined: it was not, or is no draft any more. */
function stateBefore({
  state,
  history,
}: Project): { readonly state: ProjectState; readonly extendedUntil: Date | null } | undefined {
  const [was = '', until = ''] =
    history.findLast(({ what }) => what === 'reopened')?.detail?.split(' ') ?? [];
  const before = STATES.find((one) => one === was);
  if (state !== 'draft' || !before) return undefined;
  return { state: before, extendedUntil: until === '' ? null : new Date(until) };
}
