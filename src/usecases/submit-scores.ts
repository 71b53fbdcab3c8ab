import { newDelivery } from '../domain/delivery.ts';
import { type LineProblem, readScoreLine } from '../domain/score-line.ts';
import type { Sheet } from '../domain/sheet.ts';
import { DAY } from '../domain/time.ts';
import type { TrackRun } from '../domain/track-run.ts';
import { checkTaken, findByNumber, findOnStage, type TargetRefusal, type Within } from './find-target.ts';
import { type JudgePorts, judgingOf, scoredFor } from './judge-seats.ts';
import { type Result, refused } from './ports.ts';
import { type Scored, type SheetRefusal, scoresEntry, type Target, writeSheet } from './write-sheet.ts';

/** One line of scores. */
export interface Submitting {
  readonly person: string;
  /** The same again is the same entry. */
  readonly effect: string;
  readonly line: string;
  /** The number on the panel of the judge that it is entered for; null: of whoever sends it. */
  readonly seat: number | null;
}

export type SubmitRefusal = 'no-judge' | 'no-scorer' | 'unknown-seat' | 'line' | TargetRefusal | SheetRefusal;

/** Why a line is not taken, of the project that it would have been for. */
export interface RefusedLine {
  readonly problem: LineProblem;
  readonly target: Target;
}

/**
 * Takes a line of scores. What it gives back as done is stored; what it refuses has changed nothing. Interrupted, the
 * same effect finds its entry.
 */
export function submitScores(ports: JudgePorts) {
  return async (input: Submitting): Promise<Result<Scored, SubmitRefusal>> => {
    const { person, seat, effect } = input;
    const within = await withinOf(ports, person, seat);
    if (!within.ok) return within;
    const known = await knownBy(ports, within.data, effect);
    if (known) {
      if (seat !== null) await tellJudge(ports, known.target, known.sheet, effect);
      return done(known.target, known.sheet, seat);
    }
    const found = await findTarget(ports, within.data, input.line);
    if (!found.ok && found.reason === 'other-track' && seat !== null)
      return refused('unknown-seat', { seat });
    if (!found.ok) return found;
    const target = found.data;
    const open = checkTaken(target, within.data);
    if (!open.ok) return open;
    const read = readScoreLine(input.line, target.run.scoring.rubric);
    if ('problem' in read) return refused('line', { problem: read.problem, target } satisfies RefusedLine);
    const { scores, comment } = read.line;
    const given = { scores, comment, proxy: seat !== null };
    const entry = scoresEntry(effect, ports.clock.now(), person, given);
    const written = await writeSheet(ports, target, entry);
    if (!written.ok) return refused(written.reason, { number: target.number });
    if (seat !== null) await tellJudge(ports, target, written.data, effect);
    return done(target, written.data, seat);
  };
}

function done(target: Target, sheet: Sheet, seat: number | null): Result<Scored, never> {
  return { ok: true, data: { ...target, sheet, seat } };
}

/** Whom scores are from and where: of whoever sends them, or of the judge whose number on the panel is named. */
export async function withinOf(
  ports: Pick<JudgePorts, 'grants' | 'people' | 'events' | 'runs' | 'sheets'>,
  person: string,
  seat: number | null,
): Promise<Result<Within, 'no-judge' | 'no-scorer' | 'unknown-seat'>> {
  if (seat === null) {
    const { events, runs, seats } = await judgingOf(ports, person);
    if (events.length === 0) return refused('no-judge');
    const judgeOf = ({ id }: TrackRun) => seats.find(({ run }) => run.id === id)?.judge;
    return { ok: true, data: { events, runs, judgeOf, sheets: await sheetsOf(ports, runs, judgeOf) } };
  }
  const { events, runs } = await scoredFor(ports, person);
  if (events.length === 0) return refused('no-scorer');
  const judgeOf = ({ scoring }: TrackRun) => scoring.panel[seat - 1];
  if (!runs.some(judgeOf)) return refused('unknown-seat', { seat });
  return { ok: true, data: { events, runs, judgeOf, sheets: await sheetsOf(ports, runs, judgeOf) } };
}

async function sheetsOf(
  { sheets }: Pick<JudgePorts, 'sheets'>,
  runs: readonly TrackRun[],
  judgeOf: Within['judgeOf'],
): Promise<readonly Sheet[]> {
  const written = new Map(
    runs.flatMap((run) => {
      const judge = judgeOf(run)?.person;
      return judge === undefined ? [] : [[`${run.event} ${judge}`, [run.event, judge] as const]];
    }),
  );
  const found = [...written.values()].map(([event, judge]) => sheets.ofJudge(event, judge));
  return (await Promise.all(found)).flat();
}

/** The sheet that has the entry of an effect: the stage may have gone on since it was made. */
async function knownBy(
  { projects }: Pick<JudgePorts, 'projects'>,
  { runs, events, judgeOf, sheets }: Within,
  effect: string,
): Promise<{ readonly target: Target; readonly sheet: Sheet } | undefined> {
  const sheet = sheets.find(({ entries }) => entries.some(({ id }) => id === effect));
  const run = runs.find(({ event, track }) => event === sheet?.event && track === sheet.track);
  const event = events.find(({ id }) => id === sheet?.event);
  const judge = run && judgeOf(run);
  if (!sheet || !run || !event || !judge) return undefined;
  const [project] = await projects.byId([sheet.project]);
  return project && { target: { run, event, project: project.id, number: project.number, judge }, sheet };
}

/** The project that a line is for: the one it names, else the one on stage. */
async function findTarget(
  ports: JudgePorts,
  within: Within,
  line: string,
): Promise<Result<Target, TargetRefusal | 'line'>> {
  // Which project is named does not depend on what is scored.
  const read = readScoreLine(line, []);
  const problem = 'problem' in read ? read.problem : undefined;
  if (problem?.why === 'two-projects') {
    const target = await findByNumber(ports, within, problem.projects[0] ?? 0);
    return target.ok ? refused('line', { problem, target: target.data }) : target;
  }
  const number = problem && 'project' in problem ? problem.project : undefined;
  return number === undefined ? findOnStage(ports, within) : findByNumber(ports, within, number);
}

/** A judge is told what was entered for them, so that they can correct it. */
async function tellJudge(
  { people, deliveries, letters, clock }: JudgePorts,
  target: Target,
  sheet: Sheet,
  effect: string,
): Promise<void> {
  const { judge, event } = target;
  const [person] = await people.byId([judge.person]);
  if (!person) return;
  const now = clock.now();
  const letter = letters.enteredForYou({ ...target, sheet, seat: null }, person.lang);
  const about = { id: `entered/${sheet.id}/${effect}`, person: judge.person, event: event.id };
  const until = { notBefore: now, expiresAt: new Date(now.getTime() + DAY) };
  await deliveries.add([newDelivery({ ...about, ...until, kind: 'own', letter })]);
}
