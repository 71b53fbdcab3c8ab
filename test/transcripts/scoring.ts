import type { Project } from '../../src/domain/project.ts';
import { emptySheet, type Sheet, withEntry } from '../../src/domain/sheet.ts';
import { runId, type TrackRun } from '../../src/domain/track-run.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { PROJECTS, PROJECTS_CALL } from './projects.ts';

const FAIR = eventId('office', 'fair');
const AT = new Date('2026-11-20T09:00:00+08:00');
const { rubric, rules } = PROJECTS_CALL.roadshow;
const PANEL = ['一号评委', '二号评委', '三号评委'].map((name, i) => ({ person: `judge-${i + 1}`, name }));

/** The projects of the conference, accepted and placed. */
export const SCORED: readonly Project[] = PROJECTS.map((one) => ({
  ...one,
  state: 'accepted',
  slot: { track: 'main', place: one.number, state: 'confirmed', at: AT },
}));

/** The day of the main track, with every project shown. */
export const SCORED_RUN: TrackRun = {
  id: runId(FAIR, 'main'),
  event: FAIR,
  track: 'main',
  plan: {
    event: FAIR,
    track: 'main',
    startsAt: AT,
    items: SCORED.map(({ id, number }) => ({
      id: `i${number}`,
      kind: 'project',
      project: id,
      title: { zh: `项目${number}`, en: `Project ${number}` },
      parties: [],
      pitch: 8,
      questions: 5,
      changeover: 2,
    })),
  },
  commands: [1, 2, 3].map((i) => ({ id: `c${i}`, at: AT, by: 'host', what: 'next' })),
  scoring: {
    state: 'open',
    rubric,
    rules,
    panel: PANEL,
    decisions: [],
    openedAt: AT,
    lockedAt: null,
    publishedAt: null,
    sha256: null,
  },
  active: true,
  rev: 1,
};

const sheet = (number: number, judge: number, score: number): Sheet => {
  const of = { event: FAIR, track: 'main', project: `submitted-${number}`, judge: `judge-${judge}` };
  const scores = { industrialization: score, market: score, capital: score };
  const entry = { id: `s${number}.${judge}`, at: AT, by: of.judge, what: 'scored', proxy: false } as const;
  return withEntry(emptySheet(of), rubric, { ...entry, scores, comment: null, reason: null });
};

/** P02 is ahead and the others are tied; of P03 the sheet of the third judge is missing. */
export const SCORED_SHEETS: readonly Sheet[] = [
  ...[1, 2, 3].flatMap((judge) => [sheet(1, judge, 80), sheet(2, judge, 90)]),
  sheet(3, 1, 80),
  sheet(3, 2, 80),
];
