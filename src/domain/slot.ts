import { type Call, findTrack, type Track } from './call.ts';
import { type CallingEvent, type Event, findSession } from './event.ts';
import { changed, type Project, type Slot } from './project.ts';

/** Where projects are to be shown: in a track, one after the other, or one at a place that is named. */
export interface Placing {
  readonly track: string;
  /** The projects, in this order. */
  readonly numbers: readonly number[];
  /** null: where they are, or else behind the others. */
  readonly place: number | null;
  /** What becomes of the project that has the place. */
  readonly how: 'keep' | 'insert' | 'swap';
}

export interface Move {
  readonly project: Project;
  readonly to: Pick<Slot, 'track' | 'place'>;
}

export type Arranged =
  | { readonly moves: readonly Move[] }
  | { readonly full: { readonly capacity: number; readonly placed: number } }
  | { readonly taken: Project };

/** The projects of a track in their order. */
export function placedIn(projects: readonly Project[], track: string): Project[] {
  const placeOf = ({ slot }: Project): number => slot?.place ?? 0;
  return projects
    .filter(({ slot }) => slot?.track === track)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.number - b.number);
}

/**
 * What has to be moved, in an order in which no place is ever had twice. Done in part and then again, it leads to the
 * same: what is in its place already stays there.
 */
export function arrange(projects: readonly Project[], call: Call, placing: Placing): Arranged {
  const { track, numbers, place } = placing;
  const named = numbers.flatMap((number) => projects.find((one) => one.number === number) ?? []);
  const others = placedIn(projects, track).filter((one) => !named.includes(one));
  const twins = twinsIn(projects, track);
  if (twins.length > 0) return { moves: twins };
  const capacity = findTrack(call, track)?.capacity ?? null;
  if (capacity !== null && others.length + named.length > capacity)
    return { full: { capacity, placed: others.length } };
  const [only] = named;
  if (place !== null && only) return arrangeAt(only, others, place, placing);
  if (only && named.length === 1 && only.slot?.track === track) return { moves: [] };
  const last = others.at(-1)?.slot?.place ?? 0;
  return { moves: moved(named.map((project, i) => ({ project, to: { track, place: last + i + 1 } }))) };
}

/** Two who placed at once may have given one place twice: then the project of the higher number goes behind the others. */
function twinsIn(projects: readonly Project[], track: string): Move[] {
  const all = placedIn(projects, track);
  const last = all.at(-1)?.slot?.place ?? 0;
  return all
    .filter((one, i) => i > 0 && one.slot?.place === all[i - 1]?.slot?.place)
    .map((project, i) => ({ project, to: { track, place: last + i + 1 } }));
}

function arrangeAt(
  project: Project,
  others: readonly Project[],
  place: number,
  { track, how }: Placing,
): Arranged {
  const own: Move = { project, to: { track, place } };
  const holder = others.find(({ slot }) => slot?.place === place);
  if (!holder) return { moves: moved([own]) };
  if (how === 'keep') return { taken: holder };
  if (how === 'swap') {
    const behind = { track, place: (others.at(-1)?.slot?.place ?? 0) + 1 };
    return { moves: moved([{ project: holder, to: project.slot ?? behind }, own]) };
  }
  const shifted: Move[] = [];
  for (const one of others) {
    const at = one.slot?.place ?? 0;
    if (at === place + shifted.length) shifted.push({ project: one, to: { track, place: at + 1 } });
  }
  return { moves: moved([...shifted.reverse(), own]) };
}

function moved(moves: readonly Move[]): Move[] {
  return moves.filter(({ project: { slot }, to }) => slot?.track !== to.track || slot.place !== to.place);
}

/** A project at its place. Whoever is shown elsewhere than they were told hears of it anew. */
export function placed(project: Project, to: Move['to'], by: string, at: Date): Project {
  const slot: Slot = { track: to.track, place: to.place, state: 'proposed', at };
  return changed(project, { slot }, { at, by, what: 'placed', detail: `${to.track} ${to.place}` });
}

function overlap(event: Event, one: Track, other: Track): boolean {
  const [a, b] = [one, other].map(({ session }) =>
    session === null ? undefined : findSession(event, session),
  );
  return a !== undefined && b !== undefined && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** Projects shown elsewhere at the same time, some of whose members are needed in this track too. */
export function clashes(
  project: Project,
  track: Track,
  projects: readonly Project[],
  event: CallingEvent,
): Project[] {
  const people = new Set(project.members.map(({ person }) => person));
  return projects.filter(({ id, slot, members }) => {
    if (id === project.id || !slot || slot.track === track.code) return false;
    const other = findTrack(event.call, slot.track);
    return (
      other !== undefined && overlap(event, track, other) && members.some(({ person }) => people.has(person))
    );
  });
}
