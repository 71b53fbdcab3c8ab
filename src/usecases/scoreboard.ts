import { holdsRole, organizes } from '../domain/access.ts';
import { projectCode } from '../domain/project.ts';
import { points } from '../domain/standing.ts';
import { runId, type Scoring } from '../domain/track-run.ts';
import { figuresOf } from '../domain/track-scoring.ts';
import type { Text } from '../text/text.ts';
import { projectsOf, type TrackPorts, titlesOf } from './led-track.ts';

export interface BoardAddress {
  readonly code: string;
  readonly track: string;
  /** Who asks; undefined: nobody that is known. */
  readonly person: string | undefined;
}

/**
 * The run whose scoreboard somebody may follow: those who organize its event or are its chief scorer always, everybody
 * once it is published. undefined: there is none for them.
 */
export function openBoard({ events, grants, runs }: Pick<TrackPorts, 'events' | 'grants' | 'runs'>) {
  return async ({ code, track, person }: BoardAddress): Promise<string | undefined> => {
    const live = (await events.live()).filter((event) => event.code === code);
    const found = await runs.byId(live.map(({ id }) => runId(id, track)));
    const held = person === undefined ? [] : await grants.of([person]);
    const open = found.find(({ event: id, scoring }) => {
      const event = live.find((one) => one.id === id);
      if (!event) return false;
      return (
        scoring.state === 'published' ||
        organizes(held, event.office) ||
        holdsRole(held, 'scorer', event, [track])
      );
    });
    return open?.id;
  };
}

/** How a track stands at a moment, for a screen or a program. */
export interface Board {
  readonly event: string;
  readonly track: string;
  readonly state: Scoring['state'];
  readonly trimmed: boolean;
  /** Sheets that are still to come. */
  readonly missing: number;
  /** Those with a place first, in order. */
  readonly projects: readonly {
    readonly code: string;
    readonly title: Text;
    readonly place: number | null;
    /** In points, to two digits. */
    readonly score: string | null;
    readonly sheets: number;
    readonly missing: number;
  }[];
}

/** What tells one state of a scoreboard from the next, and how it reads. */
export function readBoard(ports: Pick<TrackPorts, 'events' | 'projects' | 'runs' | 'sheets'>) {
  return {
    /** Another text than before, once anything that the board shows has changed; undefined: there is no such run. */
    async mark(id: string): Promise<string | undefined> {
      const [run] = await ports.runs.byId([id]);
      return run && `${run.rev} ${await ports.sheets.changes(run.event, run.track)}`;
    },
    async board(id: string): Promise<Board | undefined> {
      const [run] = await ports.runs.byId([id]);
      if (!run) return undefined;
      const [projects, sheets, [event]] = await Promise.all([
        projectsOf(ports, run),
        ports.sheets.ofTrack(run.event, run.track),
        ports.events.byId([run.event]),
      ]);
      const { standing, completeness, missing } = figuresOf(run, sheets);
      const byId = new Map(projects.map((one) => [one.id, one]));
      const farOf = new Map(completeness.map((one) => [one.project, one.missing.length]));
      return {
        event: event?.code ?? '',
        track: run.track,
        state: run.scoring.state,
        trimmed: standing.trimmed,
        missing,
        projects: standing.ranked.flatMap(({ project: of, place, score, sheets: count }) => {
          const project = byId.get(of);
          if (!project) return [];
          return [
            {
              code: projectCode(project),
              title: titlesOf(project),
              place,
              score: score && points(score),
              sheets: count,
              missing: farOf.get(of) ?? 0,
            },
          ];
        }),
      };
    },
  };
}
