import type { Scores } from '../domain/rubric.ts';
import { emptySheet, type Sheet, sheetId } from '../domain/sheet.ts';
import { checkTaken, findByNumber, findOnStage, type TargetRefusal, type Within } from './find-target.ts';
import { type JudgePorts, judgingOf } from './judge-seats.ts';
import { type Result, refused } from './ports.ts';
import { withinOf } from './submit-scores.ts';
import { type Scored, type SheetRefusal, scoresEntry, type Target, writeSheet } from './write-sheet.ts';

export type OpenRefusal = 'no-judge' | TargetRefusal | SheetRefusal;

function sheetIn({ sheets }: Within, { project, judge, run }: Target): Sheet {
  const known = sheets.find(({ id }) => id === sheetId(project, judge.person));
  return known ?? emptySheet({ event: run.event, track: run.track, project, judge: judge.person });
}

/** Opens the sheet of a project, or of the one on stage, to be filled in. */
export function openSheet(ports: JudgePorts) {
  return async (input: {
    readonly person: string;
    readonly number: number | null;
  }): Promise<Result<Scored, OpenRefusal>> => {
    const within = await withinOf(ports, input.person, null);
    if (!within.ok) return refused('no-judge');
    const found =
      input.number === null
        ? await findOnStage(ports, within.data)
        : await findByNumber(ports, within.data, input.number);
    const open = found.ok ? checkTaken(found.data, within.data) : found;
    if (!open.ok) return open;
    return { ok: true, data: { ...open.data, sheet: sheetIn(within.data, open.data), seat: null } };
  };
}

/** Scores from a form: some of them, kept as a draft, or all. */
export interface Filling {
  readonly person: string;
  readonly effect: string;
  readonly run: string;
  readonly project: string;
  readonly scores: Scores;
  readonly comment: string | null;
}

/** Keeps what a form gives. Scores that the rubric does not know are not kept. */
export function fillSheet(ports: JudgePorts) {
  return async (input: Filling): Promise<Result<Scored, OpenRefusal>> => {
    const { person, effect, comment } = input;
    const { events, seats } = await judgingOf(ports, person);
    if (events.length === 0) return refused('no-judge');
    const seat = seats.find(({ run }) => run.id === input.run);
    const [project] = await ports.projects.byId([input.project]);
    if (!seat || !project) return refused('unknown-project', { number: project?.number ?? 0 });
    const target = { ...seat, project: project.id, number: project.number };
    const known = seat.run.scoring.rubric.flatMap(({ code }) => {
      const score = input.scores[code];
      return score === undefined ? [] : [[code, score] as const];
    });
    const given = { scores: Object.fromEntries(known), comment, proxy: false };
    const entry = scoresEntry(effect, ports.clock.now(), person, given);
    const written = await writeSheet(ports, target, entry);
    if (!written.ok) return refused(written.reason, { number: project.number });
    return { ok: true, data: { ...target, sheet: written.data, seat: null } };
  };
}
