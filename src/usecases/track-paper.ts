import { createHash } from 'node:crypto';
import { type Grant, organizes } from '../domain/access.ts';
import { findTrack, type Track } from '../domain/call.ts';
import { type CallingEvent, calling, findSession } from '../domain/event.ts';
import { type Project, projectCode, wordsOf } from '../domain/project.ts';
import { expectedTimes, type RunItem, runState } from '../domain/run-of-show.ts';
import { placedIn } from '../domain/slot.ts';
import { MINUTE } from '../domain/time.ts';
import { runId, type TrackRun } from '../domain/track-run.ts';
import type { PaperItem, PaperJudge, TrackPaper } from './paper-ports.ts';
import { type Clock, type Events, type Grants, type Projects, type Result, refused } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';
import { ALPHABET } from './ticket-number.ts';
import { allProjects } from './walk-projects.ts';

export interface TrackPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly runs: Runs;
}

export type TrackRefusal = 'not-allowed' | 'unknown-track';

const BATCH = 500;
const CODE_LENGTH = 6;

/** Names a judge of a track on paper, and is the same for as long as there is the event. It tells nothing of who they are. */
export function judgeCode(event: Pick<CallingEvent, 'id' | 'code'>, track: string, person: string): string {
  const digest = createHash('sha256').update(`judge ${event.id} ${person}`).digest();
  const mark = [...digest.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${event.code}/${track}/${mark}`;
}

/** Whether somebody may have the papers of a track, and enter what was written on them. */
export function keepsScores(grants: readonly Grant[], event: CallingEvent, track: string): boolean {
  const of = (one: Grant) => one.event === event.id && (one.part === null || one.part === track);
  return organizes(grants, event.office) || grants.some((one) => one.role === 'scorer' && of(one));
}

/** The panel of a track: as it was frozen, or as it is invited. */
export async function panelOf(
  { grants }: Pick<TrackPorts, 'grants'>,
  event: CallingEvent,
  track: string,
  run: TrackRun | undefined,
): Promise<PaperJudge[]> {
  const panel =
    run && run.scoring.state !== 'closed' ? run.scoring.panel : await invitedJudges(grants, event, track);
  return panel.map(({ person, name }) => ({ person, name, code: judgeCode(event, track, person) }));
}

async function invitedJudges(grants: Grants, event: CallingEvent, track: string) {
  const judges = new Map<string, string>();
  for (let after = ''; ; ) {
    const batch = await grants.inOffice(event.office, ['judge'], after, BATCH);
    for (const { person, note, event: of, part } of batch)
      if (of === event.id && (part === null || part === track) && !judges.get(person))
        judges.set(person, note ?? '');
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return [...judges].map(([person, name]) => ({ person, name }));
    after = last.id;
  }
}

/** Everything that papers of a track say, for somebody who may have them. */
export async function trackPaper(
  ports: TrackPorts,
  input: { readonly person: string; readonly event: string; readonly track: string; readonly host: boolean },
): Promise<Result<TrackPaper, TrackRefusal>> {
  const [[found], held] = await Promise.all([
    ports.events.byId([input.event]),
    ports.grants.of([input.person]),
  ]);
  const event = found && calling(found);
  const hosts = (one: Grant) =>
    one.role === 'host' && one.event === input.event && (one.part === null || one.part === input.track);
  if (!event || !(keepsScores(held, event, input.track) || (input.host && held.some(hosts))))
    return refused('not-allowed');
  const track = findTrack(event.call, input.track);
  if (!track) return refused('unknown-track', { event });
  const [[run], all] = await Promise.all([
    ports.runs.byId([runId(event.id, track.code)]),
    allProjects(ports.projects, event.id),
  ]);
  const judges = await panelOf(ports, event, track.code, run);
  const rubric = run && run.scoring.state !== 'closed' ? run.scoring.rubric : event.call.roadshow.rubric;
  const items = run ? runItems(run, all, ports.clock.now()) : plannedItems(event, track, all);
  return { ok: true, data: { event, track, rubric, judges, items } };
}

/** The items of a run in the order in which they are shown now; those who did not come are left out. */
function runItems(run: TrackRun, all: readonly Project[], now: Date): PaperItem[] {
  const state = runState(run.plan, run.commands);
  const times = new Map([
    ...state.shown.map((one) => [one.item, one] as const),
    ...expectedTimes(run.plan, state, now).map((one) => [one.item, one] as const),
  ]);
  const inOrder = [...state.shown.map(({ item }) => item), ...state.order];
  return [...new Set(inOrder)].flatMap((id) => {
    const item = run.plan.items.find((one) => one.id === id);
    if (!item || state.missing.includes(id)) return [];
    const { from = null, to = null } = times.get(id) ?? {};
    const project = all.find((one) => one.id === item.project);
    return [paperItem(item, project, from, to)];
  });
}

const paperItem = (
  { kind, title, parties, pitch, questions }: RunItem,
  project: Project | undefined,
  from: Date | null,
  to: Date | null,
): PaperItem => ({ kind, project, title, parties, minutes: pitch + questions, from, to });

/** Before there is a run: accepted projects by their place, from the beginning of the track's session. */
function plannedItems(event: CallingEvent, track: Track, all: readonly Project[]): PaperItem[] {
  const { pitch, questions, changeover } = event.call.roadshow;
  const startsAt = track.session === null ? undefined : findSession(event, track.session)?.startsAt;
  const accepted = placedIn(all, track.code).filter(({ state }) => state === 'accepted');
  return accepted.map((project, i) => {
    const from = startsAt
      ? new Date(startsAt.getTime() + i * (pitch + questions + changeover) * MINUTE)
      : null;
    const to = from && new Date(from.getTime() + (pitch + questions) * MINUTE);
    return paperItem({ ...plain(project), pitch, questions, changeover }, project, from, to);
  });
}

function plain(project: Project) {
  const [zh, en, code] = [wordsOf(project, 'title-zh'), wordsOf(project, 'title-en'), projectCode(project)];
  const title = { zh: zh || en || code, en: en || zh || code };
  return { id: project.id, kind: 'project' as const, project: project.id, title, parties: [] };
}
