import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { totalOf } from '../../src/domain/rubric.ts';
import { emptySheet, withEntry } from '../../src/domain/sheet.ts';
import { standingOf, type ValidSheet } from '../../src/domain/standing.ts';
import { runId, type TrackRun } from '../../src/domain/track-run.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { anEvent } from '../support/events.ts';
import { ENGINES, openHouse } from '../support/house.ts';
import { aCall, aProject } from '../support/projects.ts';
import { print } from './print.ts';

const { rubric, rules } = DEFAULT_ROADSHOW;
const EVENT = eventId('office', 'fair');
const [PROJECTS, JUDGES] = [16, 30];
const WARM = 20;

function quantile(all: readonly number[], share: number): string {
  const sorted = [...all].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
}

/** How long the standing of 200 projects and 30 judges takes to compute. */
function benchStanding(): void {
  const projects = Array.from({ length: 200 }, (_, i) => `p${i}`);
  const sheets = projects.flatMap((project, i) =>
    Array.from({ length: 30 }, (_, j): ValidSheet => {
      const score = (i * 7 + j * 13) % 101;
      const scores = { industrialization: score, market: 100 - score, capital: score };
      return { project, judge: `j${j}`, scores, total: totalOf(rubric, scores) };
    }),
  );
  const took = Array.from({ length: 120 }, () => {
    const from = performance.now();
    standingOf(rubric, rules, projects, sheets);
    return performance.now() - from;
  }).slice(WARM);
  print([
    ['Standing of 200 projects, 30 judges', 'p50 ms', 'p95 ms'],
    ['computed from its sheets', quantile(took, 0.5), quantile(took, 0.95)],
  ]);
}

function aRun(): TrackRun {
  const at = new Date();
  const items = Array.from({ length: PROJECTS }, (_, i) => ({
    id: `i${i}`,
    kind: 'project' as const,
    project: `project-${i + 1}`,
    title: { zh: '项目', en: 'Project' },
    parties: [],
    pitch: 8,
    questions: 5,
    changeover: 2,
  }));
  const panel = Array.from({ length: JUDGES }, (_, i) => ({ person: `j${i}`, name: `J${i}` }));
  return {
    id: runId(EVENT, 'main'),
    event: EVENT,
    track: 'main',
    plan: { event: EVENT, track: 'main', startsAt: at, items },
    commands: [],
    scoring: {
      state: 'open',
      rubric,
      rules,
      panel,
      decisions: [],
      openedAt: at,
      lockedAt: null,
      publishedAt: null,
      sha256: null,
    },
    active: true,
    rev: 1,
  };
}

/** From the storing of a score to the scoreboard that has it, over HTTP. */
export async function benchScoreboard(): Promise<void> {
  benchStanding();
  const [engine] = ENGINES;
  if (!engine) throw new Error('expected the embedded engine, received none');
  const house = await openHouse(engine, {}, { OWNER_CODE: 'FIRST-OWNER-CODE' });
  const track = {
    code: 'main',
    name: { zh: '主会场', en: 'Main' },
    session: null,
    fields: [],
    capacity: null,
  };
  await house.addEvent(anEvent({ code: 'fair', call: aCall({ tracks: [track] }) }));
  const { stores } = house.app;
  for (let i = 1; i <= PROJECTS; i++)
    await stores.projects.save(aProject({ id: `project-${i}`, event: EVENT, number: i, state: 'accepted' }));
  await stores.runs.save(aRun());
  const session = await fetch(`${house.url}/api/chat/session`, { method: 'POST' });
  const { token, person } = (await session.json()) as { token: string; person: string };
  const grant = { office: null, event: null, part: null, note: null, by: null, at: new Date(), ended: null };
  await stores.grants.add({ id: 'owner', person, role: 'owner', ...grant });
  const ending = new AbortController();
  const authorization = `Bearer ${token}`;
  const signal = ending.signal;
  const feed = await fetch(`${house.url}/api/scoreboard/fair/main`, { headers: { authorization }, signal });
  const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const shows = async (missing: number): Promise<void> => {
    while (!text.includes(`"missing":${missing},"projects"`)) {
      const read = await reader?.read();
      if (!read || read.done) throw new Error('expected the feed to go on, received its end');
      text = (text + read.value).slice(-200_000);
    }
  };
  await shows(PROJECTS * JUDGES);
  const took: number[] = [];
  for (let i = 0; i < PROJECTS * JUDGES; i++) {
    const of = { project: `project-${(i % PROJECTS) + 1}`, judge: `j${Math.floor(i / PROJECTS)}` };
    const scores = { industrialization: i % 101, market: 80, capital: 70 };
    const base = { id: `s${i}`, at: new Date(), by: of.judge, proxy: false, comment: null, reason: null };
    const sheet = emptySheet({ event: EVENT, track: 'main', ...of });
    const from = performance.now();
    await stores.sheets.save(withEntry(sheet, rubric, { ...base, what: 'scored', scores }));
    await shows(PROJECTS * JUDGES - i - 1);
    took.push(performance.now() - from);
  }
  ending.abort();
  await house.close();
  const warm = took.slice(WARM);
  print([
    [`From a score to the scoreboard, ${PROJECTS} projects, ${JUDGES} judges`, 'p50 ms', 'p95 ms', 'scores'],
    ['embedded, one process, over HTTP', quantile(warm, 0.5), quantile(warm, 0.95), String(warm.length)],
  ]);
}
