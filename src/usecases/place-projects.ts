import type { Grant } from '../domain/access.ts';
import { findTrack, type Track } from '../domain/call.ts';
import type { CallingEvent } from '../domain/event.ts';
import { changed, fittingTracks, type Project, wordsOf } from '../domain/project.ts';
import { isSameOrganization, namesOrganization } from '../domain/review.ts';
import { arrange, clashes, type Move, type Placing, placed, placedIn } from '../domain/slot.ts';
import { changeProject } from './change-project.ts';
import { type EventRefusal, organizedEvent } from './organized-event.ts';
import { type Clock, type Registrations, type Result, refused } from './ports.ts';
import { reviewersOf } from './review-projects.ts';
import {
  type FindPorts,
  type FindRefusal,
  findOrganized,
  type Naming,
  type Reviewed,
} from './reviewed-project.ts';
import { allProjects } from './walk-projects.ts';

interface Ports extends FindPorts {
  readonly clock: Clock;
  readonly registrations: Registrations;
}

export interface PlacingInput extends Placing {
  readonly person: string;
  readonly event: string | null;
  /** Whether warnings were read and are put up with. */
  readonly anyway: boolean;
}

/** What speaks against a place, without forbidding it. */
export type Warning =
  /** Somebody of the team is needed in another track at the same time. */
  | { readonly kind: 'clash'; readonly project: Project; readonly other: Project }
  /** A reviewer of the track comes from the same organization. */
  | { readonly kind: 'reviewer'; readonly project: Project; readonly organization: string }
  /** The track is for other fields. */
  | { readonly kind: 'field'; readonly project: Project };

export interface Placed {
  readonly event: CallingEvent;
  readonly track: Track;
  /** The track as it is now, in order. */
  readonly projects: readonly Project[];
  /** How many projects have got another place by it. */
  readonly moved: number;
}

export type PlaceRefusal =
  | EventRefusal
  | 'unknown-track'
  | 'unknown-projects'
  | 'not-accepted'
  | 'full'
  | 'taken'
  | 'warned'
  | 'busy';

const ROUNDS = 5;

/**
 * Gives accepted projects their places in a track. What cannot be is refused; what is only unwise is asked about
 * first. Interrupted, the same again ends as if it had not been; two who place at once end with one order.
 */
export function placeProjects(ports: Ports) {
  return async (input: PlacingInput): Promise<Result<Placed, PlaceRefusal>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const event = found.data;
    const track = findTrack(event.call, input.track);
    if (!track) return refused('unknown-track', { event });
    let moves = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const all = await allProjects(ports.projects, event.id);
      const refusal = whyNot(event, track, all, input);
      if (refusal) return refusal;
      const arranged = arrange(all, event.call, input);
      if ('full' in arranged) {
        // Somebody else filled the track meanwhile: it never stays fuller than it may be.
        if (round > 0) await takeBack(ports, all, track, input);
        return refused('full', { event, track, ...arranged.full });
      }
      if ('taken' in arranged) return refused('taken', { event, track, input, holder: arranged.taken });
      if (!input.anyway && round === 0) {
        const warnings = await warningsOf(ports, event, track, all, input.numbers);
        if (warnings.length > 0) return refused('warned', { event, track, input, warnings });
      }
      if (arranged.moves.length === 0) {
        const projects = placedIn(all, track.code);
        return { ok: true, data: { event, track, projects, moved: moves } };
      }
      // Read again after each round: whoever places at the same time is seen, and made room for.
      moves += await move(ports, arranged.moves, input.person);
    }
    return refused('busy', { event, track });
  };
}

function whyNot(event: CallingEvent, track: Track, all: readonly Project[], { numbers }: PlacingInput) {
  const missing = numbers.filter((number) => !all.some((one) => one.number === number));
  if (missing.length > 0) return refused('unknown-projects' as const, { event, numbers: missing });
  const others = all.filter((one) => numbers.includes(one.number) && one.state !== 'accepted');
  return others.length > 0 ? refused('not-accepted' as const, { event, track, projects: others }) : undefined;
}

async function move(ports: Ports, moves: readonly Move[], person: string): Promise<number> {
  const at = ports.clock.now();
  let count = 0;
  for (const { project, to } of moves) {
    const wasAt = project.slot?.at.getTime();
    // One that somebody else has moved since is looked at anew.
    const next = await changeProject(ports.projects, project.id, (one) =>
      one.state === 'accepted' && one.slot?.at.getTime() === wasAt ? placed(one, to, person, at) : undefined,
    );
    if (!next) return count;
    count++;
  }
  return count;
}

async function takeBack(
  ports: Ports,
  all: readonly Project[],
  track: Track,
  input: PlacingInput,
): Promise<void> {
  const own = all.filter(({ number, slot }) => input.numbers.includes(number) && slot?.track === track.code);
  const at = ports.clock.now();
  for (const { id } of own) await changeProject(ports.projects, id, (one) => unplaced(one, input.person, at));
}

function unplaced(project: Project, by: string, at: Date): Project | undefined {
  return project.slot
    ? changed(project, { slot: null }, { at, by, what: 'placed', detail: null })
    : undefined;
}

async function warningsOf(
  ports: Ports,
  event: CallingEvent,
  track: Track,
  all: readonly Project[],
  numbers: readonly number[],
): Promise<Warning[]> {
  const named = numbers.flatMap((number) => all.find((one) => one.number === number) ?? []);
  const reviewers = (await reviewersOf(ports, event)).filter(({ part }) => part === track.code);
  const names = await organizationsOf(ports, reviewers);
  return named.flatMap((project): Warning[] => {
    const organization = wordsOf(project, 'organization');
    const same = names.find(({ name, isNote }) =>
      isNote ? namesOrganization(name, organization) : isSameOrganization(name, organization),
    );
    const isFitting = fittingTracks(project, event.call).includes(track);
    return [
      ...clashes(project, track, all, event).map((other) => ({ kind: 'clash' as const, project, other })),
      ...(same ? [{ kind: 'reviewer' as const, project, organization: same.name }] : []),
      ...(isFitting ? [] : [{ kind: 'field' as const, project }]),
    ];
  });
}

async function organizationsOf({ registrations }: Ports, reviewers: readonly Grant[]) {
  const people = [...new Set(reviewers.map(({ person }) => person))];
  const mine = people.length > 0 ? await registrations.byPerson(people) : [];
  const notes = reviewers.flatMap(({ note }) => (note === null ? [] : [{ name: note, isNote: true }]));
  return [...mine.map(({ details }) => ({ name: details.organization, isNote: false })), ...notes];
}

/** Takes a project out of its track. */
export function unplaceProject(ports: Ports) {
  return async (input: Naming): Promise<Result<Reviewed, FindRefusal | 'not-allowed' | 'not-placed'>> => {
    const found = await findOrganized(ports, input);
    if (!found.ok) return found;
    const at = ports.clock.now();
    const next = await changeProject(ports.projects, found.data.project.id, (one) =>
      unplaced(one, input.person, at),
    );
    return next ? { ok: true, data: { ...found.data, project: next } } : refused('not-placed', found.data);
  };
}
