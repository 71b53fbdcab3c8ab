import { doneBy, minuteAfter } from '../domain/deadline.ts';
import type { CallingEvent } from '../domain/event.ts';
import { changed, deadlineOf, type Project } from '../domain/project.ts';
import { DAY } from '../domain/time.ts';
import { changeProject } from './change-project.ts';
import { type CallPorts, type CallRefusal, organizedProject } from './organized-call.ts';
import { planOwnDeadline } from './plan-reminders.ts';
import { type Clock, type Occasions, type Result, refused } from './ports.ts';
import { type TeamPorts, writeToTeams } from './write-to-teams.ts';

export interface ExtendPorts extends CallPorts, TeamPorts {
  readonly clock: Clock;
  readonly occasions: Occasions;
}

/** `by`: so long after its deadline, or after now where that has passed. null: until the event's deadline again. */
export type Extension =
  | { readonly until: Date }
  | { readonly by: { readonly days: number; readonly minutes: number } }
  | null;

interface Extending {
  readonly event: string;
  readonly number: number;
  readonly person: string;
  /** The same again is the same extension. */
  readonly effect: string;
  readonly to: Extension;
}

export interface Extended {
  readonly event: CallingEvent;
  readonly project: Project;
  /** The deadline that it had before; null: the event's. */
  readonly before: Date | null;
  readonly until: Date;
  /** How many members are told. */
  readonly told: number;
}

export type ExtendRefusal = CallRefusal | 'unknown-project' | 'decided' | 'withdrawn' | 'past' | 'not-later';

/** Gives a project a deadline of its own, or takes it back. The team is told, and reminded before it. */
export function extendProject(ports: ExtendPorts) {
  return async (asked: Extending): Promise<Result<Extended, ExtendRefusal>> => {
    const found = await organizedProject(ports, asked.event, asked.number, asked.person);
    if (!found.ok) return found;
    const { event } = found.data;
    let refusal: ExtendRefusal | undefined;
    const project = await changeProject(ports.projects, found.data.project.id, (one) => {
      refusal = doneBy(one, asked.effect) ? undefined : refusalOf(one, event, asked, ports.clock.now());
      return refusal || doneBy(one, asked.effect) ? one : extended(one, event, asked, ports.clock.now());
    });
    if (!project || refusal) return refused(refusal ?? 'unknown-project', { ...found.data, project });
    const entry = doneBy(project, asked.effect);
    const until = deadlineOf(project, event.call);
    await planOwnDeadline(ports)(event, until, `${project.id}/${project.rev}`);
    const told = await tellTeam(ports, event, project, 'extended', asked.effect);
    return { ok: true, data: { event, project, before: dateOf(entry?.detail), until, told } };
  };
}

/** The deadline before is kept in the history, so that an extension that is done again can still tell of it. */
function extended(project: Project, event: CallingEvent, asked: Extending, now: Date): Project {
  const until = wanted(project, event, asked.to, now);
  const detail = project.extendedUntil?.toISOString() ?? null;
  const entry = { at: now, by: asked.person, what: 'extended' as const, detail, effect: asked.effect };
  return changed(project, { extendedUntil: asked.to ? until : null }, entry);
}

function wanted(project: Project, { call, zone }: CallingEvent, to: Extension, now: Date): Date {
  if (to === null) return call.closesAt;
  if ('until' in to) return to.until;
  const due = deadlineOf(project, call);
  return minuteAfter(due > now ? due : now, to.by, zone);
}

function refusalOf(
  project: Project,
  event: CallingEvent,
  { to }: Extending,
  now: Date,
): ExtendRefusal | undefined {
  if (project.state === 'withdrawn') return 'withdrawn';
  if (project.state === 'accepted' || project.state === 'rejected') return 'decided';
  const until = wanted(project, event, to, now);
  if (to && until <= now) return 'past';
  return to && until <= event.call.closesAt ? 'not-later' : undefined;
}

/** Tells the members of a project of a deadline that is theirs now. */
export function tellTeam(
  ports: TeamPorts & { readonly clock: Clock },
  event: CallingEvent,
  project: Project,
  news: 'extended' | 'reopened' | 'closed',
  effect: string,
): Promise<number> {
  const now = ports.clock.now();
  const until = deadlineOf(project, event.call);
  const week = new Date(now.getTime() + TOLD_FOR);
  return writeToTeams(ports, event, [project], ({ id }) => ({ project: id, still: 'member' }), {
    news,
    about: `${news}/${effect}`,
    notBefore: now,
    expiresAt: until > now && until < week ? until : week,
  });
}

const TOLD_FOR = 7 * DAY;

const dateOf = (detail: string | null | undefined): Date | null => (detail ? new Date(detail) : null);
