import type { Call } from '../../src/domain/call.ts';
import type { Project } from '../../src/domain/project.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import type { TrackRun } from '../../src/domain/track-run.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { accepted } from '../support/manual.ts';
import { PROJECTS_CALL } from './projects.ts';

const FAIR = eventId('office', 'fair');

/** The call of a conference whose audience votes for up to two projects. */
export const ROADSHOW_CALL: Call = {
  ...PROJECTS_CALL,
  closesAt: new Date('2026-11-10T18:00:00+08:00'),
  tracks: PROJECTS_CALL.tracks.map((track) => ({ ...track, session: null })),
  roadshow: { ...DEFAULT_ROADSHOW, votes: 2 },
};

const project = (number: number, zh: string, en: string): Project =>
  accepted(
    number,
    { 'title-zh': zh, 'title-en': en },
    {
      id: `shown-${number}`,
      event: FAIR,
      members: [{ person: 'a team', lead: true, at: new Date('2026-11-01T02:00:00Z') }],
      slot: { track: 'main', place: number, state: 'told', at: new Date('2026-11-12T02:00:00Z') },
    },
  );

export const ROADSHOW_PROJECTS: readonly Project[] = [
  project(1, '盐碱地改良技术', 'Soil improvement'),
  project(2, '车路协同感知', 'Road sensing'),
  project(3, '高强度陶瓷', 'Strong ceramics'),
];

/** The track where the first two were on stage, with two judges. */
export function roadshowRun(now: Date): TrackRun {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const next = (minutes: number) =>
    ({ id: `next ${minutes}`, at: ago(minutes), by: 'host', what: 'next' }) as const;
  return {
    id: `${FAIR}/main`,
    event: FAIR,
    track: 'main',
    plan: {
      event: FAIR,
      track: 'main',
      startsAt: ago(30),
      items: ROADSHOW_PROJECTS.map(({ id, number }) => ({
        id: `i${number}`,
        kind: 'project',
        project: id,
        title: { zh: id, en: id },
        parties: [],
        pitch: 8,
        questions: 5,
        changeover: 2,
      })),
    },
    // So lately that nobody is chased for a sheet yet.
    commands: [next(16), next(1)],
    scoring: {
      state: 'open',
      rubric: DEFAULT_ROADSHOW.rubric,
      rules: DEFAULT_ROADSHOW.rules,
      panel: ['A', 'B'].map((name) => ({ person: `judge ${name}`, name })),
      decisions: [],
      openedAt: ago(30),
      lockedAt: null,
      publishedAt: null,
      sha256: null,
    },
    active: true,
    rev: 1,
  };
}
