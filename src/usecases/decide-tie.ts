import type { Project } from '../domain/project.ts';
import { tiesIn } from '../domain/track-scoring.ts';
import { changeRun, type LedRefusal, ledProject, type TrackPorts, withScoring } from './led-track.ts';
import { type Result, refused } from './ports.ts';
import { type ShownStanding, standingIn } from './show-standing.ts';

export interface Deciding {
  readonly person: string;
  readonly event: string | null;
  /** The projects of one tie, the first one first. */
  readonly numbers: readonly number[];
  readonly reason: string;
}

export type DecideRefusal = LedRefusal | 'unknown-project' | 'not-locked' | 'not-tied';

/** The chair's order of projects that nothing that was scored tells apart. A later one of the same tie replaces it. */
export function decideTie(ports: TrackPorts) {
  return async (input: Deciding): Promise<Result<ShownStanding, DecideRefusal>> => {
    const { person, event, numbers, reason } = input;
    const [first = 0] = numbers;
    const found = await ledProject(ports, { person, event, number: first }, []);
    if (!found.ok) return found;
    const { run } = found.data;
    const named = await Promise.all(numbers.map((number) => ports.projects.byNumber(run.event, number)));
    const strange = numbers.find((_, i) => !run.plan.items.some(({ project }) => project === named[i]?.id));
    if (strange !== undefined) return refused('unknown-project', { number: strange });
    const order = named.flatMap((one?: Project) => one?.id ?? []);
    const ties = tiesIn(run, await ports.sheets.ofTrack(run.event, run.track));
    const isTie = ties.some((tie) => tie.length === order.length && tie.every((one) => order.includes(one)));
    const before = await standingIn(ports, found.data);
    if (run.scoring.state !== 'locked') return refused('not-locked', before);
    if (!isTie) return refused('not-tied', before);
    const decision = { order, reason, by: person, at: ports.clock.now() };
    const next = await changeRun(ports, run.id, (one) => {
      if (one.scoring.state !== 'locked') return undefined;
      const last = one.scoring.decisions.at(-1);
      const isSame = last?.reason === reason && last.order.join() === order.join();
      return isSame ? one : withScoring(one, { decisions: [...one.scoring.decisions, decision] });
    });
    if (!next) return refused('not-locked', before);
    return { ok: true, data: await standingIn(ports, { ...found.data, run: next }) };
  };
}

export interface Awarding {
  readonly person: string;
  readonly event: string | null;
  readonly number: number;
  /** null: the project has none any more. */
  readonly name: string | null;
}

export interface Awarded {
  readonly project: Project;
  readonly names: readonly string[];
}

const AWARDS = 50;

export type AwardRefusal = LedRefusal | 'unknown-project' | 'not-locked' | 'too-many';

/** Gives a project an award by name, beside those that places give. */
export function giveAward(ports: TrackPorts) {
  return async (input: Awarding): Promise<Result<Awarded, AwardRefusal>> => {
    const { person, name } = input;
    const found = await ledProject(ports, input, []);
    if (!found.ok) return found;
    const { run, project } = found.data;
    if ((run.scoring.awards ?? []).length >= AWARDS && name !== null) return refused('too-many');
    const at = ports.clock.now();
    const next = await changeRun(ports, run.id, (one) => {
      if (one.scoring.state !== 'locked') return undefined;
      const all = one.scoring.awards ?? [];
      const isKnown = all.some((award) => award.project === project.id && award.name === name);
      if (name === null)
        return withScoring(one, { awards: all.filter((award) => award.project !== project.id) });
      return isKnown
        ? one
        : withScoring(one, { awards: [...all, { project: project.id, name, by: person, at }] });
    });
    if (!next) return refused('not-locked', found.data);
    const own = (next.scoring.awards ?? []).filter((award) => award.project === project.id);
    return { ok: true, data: { project, names: own.map((award) => award.name) } };
  };
}
