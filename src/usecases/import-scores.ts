import { createHash } from 'node:crypto';
import { type CallingEvent, calling } from '../domain/event.ts';
import { type FormEntry, type FormPlan, readForm, type ScoredTrack } from '../domain/score-form.ts';
import type { Sheet } from '../domain/sheet.ts';
import { enterScores } from './enter-scores.ts';
import type { Paper, WorkbookProblem } from './paper-ports.ts';
import { type Files, type Result, refused } from './ports.ts';
import type { Sheets } from './roadshow-ports.ts';
import { keepsScores, panelOf, type TrackPorts } from './track-paper.ts';
import { allProjects } from './walk-projects.ts';

export interface ImportPorts extends TrackPorts {
  readonly files: Files;
  readonly sheets: Sheets;
  readonly paper: Paper;
}

export type ImportRefusal = 'not-allowed' | 'no-file' | 'no-tracks' | WorkbookProblem;

/** What a filled form would change. */
export interface ScoresChecked {
  readonly event: CallingEvent;
  readonly plan: FormPlan;
  readonly file: string;
  /** Names all that was seen: what was changed by others since has another name. */
  readonly seen: string;
}

export interface ScoresImported {
  readonly event: CallingEvent;
  readonly entered: number;
  /** Rows that stood so already, or have problems. */
  readonly same: number;
  readonly problems: number;
}

interface Bringing {
  readonly person: string;
  readonly event: string;
  readonly file: string;
}

const digest = (what: string): string => createHash('sha256').update(what).digest('base64url').slice(0, 22);

/** Reads a filled form and tells what it would change, and everything that is wrong with it. Changes nothing. */
export function checkScores(ports: ImportPorts) {
  return async (input: Bringing): Promise<Result<ScoresChecked, ImportRefusal>> => {
    const read = await readIn(ports, input);
    if (!read.ok) return read;
    const { event, plan, mark } = read.data;
    return { ok: true, data: { event, plan, file: input.file, seen: seenOf(plan, mark) } };
  };
}

/**
 * Enters what was shown of a form, one sheet after the other; rows with problems are left out. Interrupted, or done
 * again, it enters what is missing alone. `changed-meanwhile`: it is no longer what was shown, and nothing is entered.
 */
export function importScores(ports: ImportPorts) {
  return async (
    input: Bringing & { readonly seen: string },
  ): Promise<Result<ScoresImported, ImportRefusal | 'changed-meanwhile'>> => {
    const read = await readIn(ports, input);
    if (!read.ok) return read;
    const { event, plan, mark } = read.data;
    const { entries, problems } = plan;
    if (seenOf(plan, mark) !== input.seen) return refused('changed-meanwhile', { event });
    await ports.files.adopt(input.file, `event:${event.id}`);
    let entered = 0;
    for (const entry of entries) {
      if (entry.kind === 'same') continue;
      const done = await enterScores(ports, entry, {
        id: `import/${mark}/${entry.sheet.rev}`,
        by: input.person,
      });
      if (!done) return refused('changed-meanwhile', { event, entered });
      entered++;
    }
    const all = { entered, same: entries.length - entered, problems: problems.length };
    return { ok: true, data: { event, ...all } };
  };
}

/** Entries that this very file brought. */
const ownEntries = ({ entries }: Sheet, mark: string): number =>
  entries.filter(({ id }) => id.startsWith(`import/${mark}/`)).length;

/** What others have written on the sheets, and which rows are wrong: the same however far the import has come. */
function seenOf({ entries, problems }: FormPlan, mark: string): string {
  const base = ({ sheet }: FormEntry) => [sheet.id, sheet.rev - ownEntries(sheet, mark)];
  return digest(JSON.stringify([entries.map(base), problems.map(({ row, what }) => [row, what])]));
}

interface Read {
  readonly event: CallingEvent;
  readonly plan: FormPlan;
  /** Names the bytes of the file. */
  readonly mark: string;
}

async function readIn(
  ports: ImportPorts,
  { person, event: id, file }: Bringing,
): Promise<Result<Read, ImportRefusal>> {
  const [[found], held] = await Promise.all([ports.events.byId([id]), ports.grants.of([person])]);
  const event = found && calling(found);
  const runs = event ? await ports.runs.ofEvents([event.id]) : [];
  const keeps = (track: string) => event !== undefined && keepsScores(held, event, track);
  const tracks = event?.call.tracks ?? [];
  if (!event || !tracks.some(({ code }) => keeps(code))) return refused('not-allowed');
  if (runs.length === 0) return refused('no-tracks', { event });
  const [[stored], bytes] = await Promise.all([ports.files.byId([file]), ports.files.open(file)]);
  if (!stored || !bytes) return refused('no-file', { event });
  const workbook = await ports.paper.readWorkbook(bytes);
  if ('problem' in workbook) return refused(workbook.problem, { event, name: stored.name });
  const scored = await Promise.all(
    runs.map(
      async (run): Promise<ScoredTrack> => ({
        run,
        judges: await panelOf(ports, event, run.track, run),
        sheets: await ports.sheets.ofTrack(event.id, run.track),
        allowed: keeps(run.track),
      }),
    ),
  );
  const projects = await allProjects(ports.projects, event.id);
  const plan = readForm(workbook.rows, { projects, tracks: scored });
  return { ok: true, data: { event, plan, mark: stored.sha256.slice(0, 16) } };
}
