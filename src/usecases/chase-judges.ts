import { type Chase, dueChases, type SheetHold } from '../domain/chasing.ts';
import { type Delivery, type Letter, newDelivery } from '../domain/delivery.ts';
import { completeness } from '../domain/sheet.ts';
import { MINUTE } from '../domain/time.ts';
import type { TrackRun } from '../domain/track-run.ts';
import type { Lang } from '../text/text.ts';
import { projectsOf, type TrackPorts, trackOf } from './led-track.ts';
import type { Deliveries, Letters, People } from './ports.ts';
import type { ScoringSubject } from './scoring-letters.ts';
import { holdersOf, scorersOf } from './track-people.ts';

export interface ChasePorts extends TrackPorts {
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly letters: Letters;
}

const RUNS_AT_ONCE = 200;
/** Asking for a sheet makes sense for so long. */
const LIVES = 10 * MINUTE;

/** A letter to be written to somebody, once. */
export interface Wanted {
  readonly id: string;
  readonly person: string;
  readonly hold: SheetHold | null;
  readonly write: (lang: Lang) => Letter;
}

/**
 * Asks the judges of every track that takes scores for the sheets that are late, tells who looks after the scoring of
 * those who stay silent, and the hosts of each project that is complete. What was said before is known by its row, so
 * it is said once however often this is done. Returns how many letters were written.
 */
export function chaseJudges(ports: ChasePorts) {
  return async (): Promise<number> => {
    const runs = (await ports.runs.active(RUNS_AT_ONCE)).filter(({ scoring }) => scoring.state === 'open');
    const written = await Promise.all(runs.map((run) => chaseIn(ports, run)));
    return written.reduce((sum, count) => sum + count, 0);
  };
}

async function chaseIn(ports: ChasePorts, run: TrackRun): Promise<number> {
  const now = ports.clock.now();
  const sheets = await ports.sheets.ofTrack(run.event, run.track);
  const due = dueChases(run, sheets, now);
  if (due.length === 0) return 0;
  const [event] = await ports.events.byId([run.event]);
  if (!event?.call) return 0;
  const calling = { ...event, call: event.call };
  const about: ScoringSubject = { event, track: trackOf(calling, run) };
  const projectOf = new Map((await projectsOf(ports, run)).map((one) => [one.id, one]));
  const needs = (what: Chase['what']) => due.some((one) => one.what === what);
  const hosts = needs('complete') ? await holdersOf(ports, event, 'host', run) : [];
  const scorers = needs('silent') ? await scorersOf(ports, event, run) : [];
  const judges = run.scoring.panel.map(({ person }) => person);
  const nameOf = new Map(run.scoring.panel.map(({ person, name }) => [person, name]));
  const wanted = due.flatMap((chase): Wanted[] => {
    const project = projectOf.get(chase.project);
    if (!project) return [];
    const hold = { run: run.id, project: project.id };
    const id = `${run.id}/${project.id}`;
    if (chase.what === 'nudge') {
      const { judge, time } = chase;
      const write = (lang: Lang) => ports.letters.nudge(project, about, time, lang);
      const still = { ...hold, still: 'awaited', judge } as const;
      return [{ id: `nudge/${id}/${judge}/${time}`, person: judge, hold: still, write }];
    }
    if (chase.what === 'silent') {
      const names = chase.judges.map((judge) => nameOf.get(judge) ?? judge);
      const write = (lang: Lang) => ports.letters.silentJudges(project, about, names, lang);
      const still = { ...hold, still: 'incomplete' } as const;
      return scorers.map((one) => ({ id: `silent/${id}/${one}`, person: one, hold: still, write }));
    }
    const [far] = completeness([project.id], judges, sheets);
    const write = (lang: Lang) => ports.letters.sheetsComplete(project, about, far?.submitted ?? 0, lang);
    return hosts.map((one) => ({ id: `complete/${id}/${one}`, person: one, hold: null, write }));
  });
  return writeNew(ports, run, wanted, LIVES);
}

/** Writes the letters that are not written yet, each in the language of its reader. */
export async function writeNew(
  { clock, deliveries, people }: Pick<ChasePorts, 'clock' | 'deliveries' | 'people'>,
  run: Pick<TrackRun, 'event'>,
  wanted: readonly Wanted[],
  livesMs: number,
): Promise<number> {
  if (wanted.length === 0) return 0;
  const known = new Set((await deliveries.byId(wanted.map(({ id }) => id))).map(({ id }) => id));
  const fresh = wanted.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return 0;
  const readers = await people.byId([...new Set(fresh.map(({ person }) => person))]);
  const langOf = new Map(readers.map(({ id, lang }) => [id, lang]));
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + livesMs);
  const rows = fresh.flatMap(({ id, person, hold, write }): Delivery[] => {
    const lang = langOf.get(person);
    if (!lang) return [];
    const row = { id, person, kind: 'own', event: run.event, hold, notBefore: now, expiresAt } as const;
    return [newDelivery({ ...row, letter: write(lang) })];
  });
  await deliveries.add(rows);
  return rows.length;
}
