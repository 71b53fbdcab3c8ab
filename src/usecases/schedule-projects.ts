import { findTrack, type Track } from '../domain/call.ts';
import { didBefore, withTelling } from '../domain/decision.ts';
import type { CallingEvent } from '../domain/event.ts';
import { changed, isMember, type Project } from '../domain/project.ts';
import { placedIn } from '../domain/slot.ts';
import { changeProject } from './change-project.ts';
import { type EventRefusal, organizedEvent } from './organized-event.ts';
import { type Result, refused } from './ports.ts';
import { type TellPorts, tellProjects } from './tell-projects.ts';
import { allProjects } from './walk-projects.ts';

export interface ScheduledTrack {
  readonly track: Track;
  readonly projects: readonly Project[];
}

export interface Schedule {
  readonly event: CallingEvent;
  readonly tracks: readonly ScheduledTrack[];
  /** Accepted projects without a place. */
  readonly unplaced: readonly Project[];
  /** How many teams have yet to be told of their place. */
  readonly untold: number;
  /** What was asked for: one track, and from which page. */
  readonly track: string | null;
  readonly page: number;
}

/** The tracks of an event with what is shown in them. */
export function showSchedule(ports: TellPorts) {
  return async (input: {
    person: string;
    event: string | null;
    track: string | null;
    page: number;
  }): Promise<Result<Schedule, EventRefusal | 'unknown-track'>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const { track, page } = input;
    if (track !== null && !findTrack(found.data.call, track))
      return refused('unknown-track', { event: found.data });
    return {
      ok: true,
      data: { ...scheduleOf(found.data, await allProjects(ports.projects, found.data.id)), track, page },
    };
  };
}

function scheduleOf(event: CallingEvent, all: readonly Project[]): Omit<Schedule, 'track' | 'page'> {
  const accepted = all.filter(({ state }) => state === 'accepted');
  return {
    event,
    tracks: event.call.tracks.map((track) => ({ track, projects: placedIn(accepted, track.code) })),
    unplaced: accepted.filter(({ slot }) => !slot),
    untold: accepted.filter(isUntold).length,
  };
}

function isUntold({ state, slot }: Project): boolean {
  return state === 'accepted' && slot?.state === 'proposed';
}

const AT_ONCE = 20;

/**
 * Tells every team whose place is new of it, if there are as many as were confirmed. Those who know theirs hear
 * nothing. Interrupted, the same effect goes on with the rest.
 */
export function publishSchedule(ports: TellPorts) {
  const tell = tellProjects(ports);
  return async (input: {
    person: string;
    event: string;
    counted: number;
    effect: string;
  }): Promise<Result<{ event: CallingEvent; count: number }, EventRefusal | 'count-changed'>> => {
    const { person: by, counted, effect } = input;
    const found = await organizedEvent(ports, by, input.event);
    if (!found.ok) return found;
    const event = found.data;
    const all = await allProjects(ports.projects, event.id);
    const before = all.filter((one) => didBefore(one, effect));
    const untold = all.filter((one) => isUntold(one) && !didBefore(one, effect));
    if (before.length + untold.length !== counted)
      return refused('count-changed', { ...scheduleOf(event, all), track: null, page: 0 });
    await tell(before.filter(({ telling = [] }) => telling.length > 0));
    const at = ports.clock.now();
    let count = before.length;
    for (let i = 0; i < untold.length; i += AT_ONCE) {
      const told = await Promise.all(
        untold.slice(i, i + AT_ONCE).map(({ id }) =>
          changeProject(ports.projects, id, (one) => {
            if (didBefore(one, effect)) return one;
            if (!isUntold(one) || !one.slot) return undefined;
            const slot = { ...one.slot, state: 'told' as const };
            const what = { at, by, what: 'published' as const, detail: one.slot.track, effect };
            return changed(one, { slot, telling: withTelling(one, 'slot') }, what);
          }),
        ),
      );
      const done = told.flatMap((one) => one ?? []);
      await tell(done);
      count += done.length;
    }
    return { ok: true, data: { event, count } };
  };
}

export interface SlotAnswer {
  readonly person: string;
  readonly project: string;
  readonly accepted: boolean;
  /** The place that was read; null: it was not named. */
  readonly seen: { readonly track: string; readonly place: number } | null;
}

export type SlotRefusal = 'unknown-project' | 'no-slot' | 'changed';

export interface SlotAnswered {
  readonly event: CallingEvent;
  readonly project: Project;
}

/** A team says whether it comes to its slot. Who organizes the event hears of one that does not. */
export function answerSlot(ports: TellPorts) {
  const tell = tellProjects(ports);
  return async (input: SlotAnswer): Promise<Result<SlotAnswered, SlotRefusal>> => {
    const { person, seen, accepted } = input;
    const [project] = await ports.projects.byId([input.project]);
    const [event] = project ? await ports.events.byId([project.event]) : [];
    if (!project || !event?.call || !isMember(project, person)) return refused('unknown-project');
    const known = { ...event, call: event.call };
    const state = accepted ? 'confirmed' : 'declined';
    const at = ports.clock.now();
    const next = await changeProject(ports.projects, project.id, (one) => {
      const { slot } = one;
      if (one.state !== 'accepted' || !slot || slot.state === 'proposed') return undefined;
      if (seen && (seen.track !== slot.track || seen.place !== slot.place)) return undefined;
      if (slot.state === state) return one;
      const telling = accepted
        ? (one.telling ?? []).filter((what) => what !== 'declined')
        : withTelling(one, 'declined');
      const answered = { slot: { ...slot, state } as const, telling };
      return changed(one, answered, { at, by: person, what: 'answered', detail: state });
    });
    if (!next) {
      const isTold = project.slot && project.slot.state !== 'proposed' && project.state === 'accepted';
      return refused(isTold ? 'changed' : 'no-slot', { event: known, project });
    }
    if ((next.telling ?? []).length > 0) await tell([next]);
    return { ok: true, data: { event: known, project: next } };
  };
}
