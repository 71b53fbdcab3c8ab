import { type Grant, holdsRole } from './access.ts';
import type { Criterion, Rubric } from './rubric.ts';
import { runState } from './run-of-show.ts';
import type { Sheet } from './sheet.ts';
import type { PanelMember, TrackRun } from './track-run.ts';

/** So long after the stage has changed, scores without a project may still be meant for the one before. */
export const LATE_MS = 90_000;

/** Whether these grants let somebody judge anything at all. */
export function isJudge(grants: readonly Pick<Grant, 'role'>[]): boolean {
  return grants.some(({ role }) => role === 'judge');
}

/** The judges of a track by their invitations, in the order in which they came. */
export function panelByGrants(grants: readonly Grant[], event: string, track: string): PanelMember[] {
  return grants
    .filter((one) => holdsRole([one], 'judge', { id: event }, [track]))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
    .filter(({ person }, i, all) => all.findIndex((one) => one.person === person) === i)
    .map(({ person, note }) => ({ person, name: note ?? '' }));
}

/** The projects of a track's day, as its stage stands. */
export interface Stage {
  /** Every one, in order. */
  readonly order: readonly string[];
  /** Those that were on stage, in order; the one that is on stage too. */
  readonly shown: readonly string[];
  readonly current: { readonly project: string; readonly since: Date } | null;
}

export function stageOf({ plan, commands }: Pick<TrackRun, 'plan' | 'commands'>): Stage {
  const state = runState(plan, commands);
  const projectOf = new Map(plan.items.map(({ id, project }) => [id, project]));
  const projects = (items: readonly string[]): string[] => items.flatMap((item) => projectOf.get(item) ?? []);
  const [on] = projects(state.current ? [state.current.item] : []);
  const shown = projects([
    ...state.shown.map(({ item }) => item),
    ...(state.current ? [state.current.item] : []),
  ]);
  const current = state.current && on !== undefined ? { project: on, since: state.current.since } : null;
  return { order: projects(state.order), shown: [...new Set(shown)], current };
}

/** Whether a sheet says all that its judge has to say. */
export function isSaid(sheet: Pick<Sheet, 'state'> | undefined): boolean {
  return sheet?.state === 'submitted' || sheet?.state === 'recused';
}

/** The project that left the stage so shortly before that scores may be meant for it; undefined: there is none. */
export function lateFor({ current, shown }: Stage, now: Date): string | undefined {
  if (!current || now.getTime() - current.since.getTime() >= LATE_MS) return undefined;
  return shown.filter((one) => one !== current.project).at(-1);
}

const SHARES = [0.85, 0.9, 0.78];

function exampleOf({ min, max, step }: Criterion, i: number): number {
  const steps = Math.floor(((max - min) * (SHARES[i % SHARES.length] ?? 1)) / step + 1e-9);
  return Number((min + steps * step).toFixed(3));
}

/** A line of scores as it could be written: `85 90 78`. */
export function exampleLine(rubric: Rubric): string {
  return rubric.map((criterion, i) => exampleOf(criterion, i)).join(' ');
}
