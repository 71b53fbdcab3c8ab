import type { Grant } from '../../src/domain/access.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Project } from '../../src/domain/project.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import type { RunCommand } from '../../src/domain/run-of-show.ts';
import { type PanelMember, runId, type Scoring, type TrackRun } from '../../src/domain/track-run.ts';
import type { Grants, Projects } from '../../src/usecases/ports.ts';
import type { Runs } from '../../src/usecases/roadshow-ports.ts';
import { anEvent } from './events.ts';
import { aCall, aProject, parts, WRITTEN } from './projects.ts';

/** An event of two tracks: P01 to P03 in the first, P04 and P05 in the second. */
export function aRoadshow(given: Partial<Omit<Event, 'id'>> = {}): Omit<Event, 'id'> {
  const track = (code: string, zh: string, en: string) => ({
    code,
    name: { zh, en },
    session: null,
    fields: [],
    capacity: null,
  });
  const tracks = [track('main', '主赛道', 'Main track'), track('green', '绿色赛道', 'Green track')];
  return anEvent({ code: 'fair', call: aCall({ tracks }), ...given });
}

const SHOWN: readonly (readonly [string, string, string])[] = [
  ['盐碱地改良', 'Soil improvement', 'main'],
  ['车路协同', 'Road sensing', 'main'],
  ['高强度陶瓷', 'Strong ceramics', 'main'],
  ['固态电池', 'Solid batteries', 'green'],
  ['工业余热', 'Industrial heat', 'green'],
];

export function dayProjects(event: string, prefix = ''): Project[] {
  return SHOWN.map(([zh, en, track], i) =>
    aProject({
      id: `${prefix}p${i + 1}`,
      event,
      number: i + 1,
      state: 'accepted',
      parts: parts({
        ...WRITTEN,
        'title-zh': zh,
        'title-en': en,
        organization: i === 1 ? '交通研究院' : '热能工程系',
      }),
      slot: { track, place: i + 1, state: 'confirmed', at: new Date('2026-11-01T02:00:00Z') },
    }),
  );
}

/** The day of a track, on which so many projects have been called to the stage. */
export function aRun(
  event: string,
  track: string,
  given: {
    readonly panel?: readonly PanelMember[];
    readonly state?: Scoring['state'];
    readonly calls?: readonly Date[];
    readonly scoring?: Partial<Scoring>;
    readonly prefix?: string;
  } = {},
): TrackRun {
  const { panel = [], state = 'open', calls = [], prefix = '' } = given;
  const startsAt = new Date('2026-11-27T01:00:00Z');
  const items = dayProjects(event, prefix)
    .filter(({ slot }) => slot?.track === track)
    .map(({ id, number }) => {
      const [zh = '', en = ''] = SHOWN[number - 1] ?? [];
      const times = { pitch: 8, questions: 5, changeover: 2 };
      return {
        id: `i-${id}`,
        kind: 'project' as const,
        project: id,
        title: { zh, en },
        parties: [],
        ...times,
      };
    });
  const commands = calls.map((at, i): RunCommand => ({ id: `c${i}`, at, by: 'host', what: 'next' }));
  return {
    id: runId(event, track),
    event,
    track,
    plan: { event, track, startsAt, items },
    commands,
    scoring: {
      state,
      rubric: DEFAULT_ROADSHOW.rubric,
      rules: DEFAULT_ROADSHOW.rules,
      panel,
      decisions: [],
      openedAt: null,
      lockedAt: null,
      publishedAt: null,
      sha256: null,
      ...given.scoring,
    },
    active: true,
    rev: 1,
  };
}

export function aGrant(person: string, given: Partial<Grant> = {}): Grant {
  return {
    id: `${given.role ?? 'judge'} ${person}`,
    person,
    role: 'judge',
    office: 'office',
    event: null,
    part: null,
    note: null,
    by: null,
    at: new Date('2026-11-01T02:00:00Z'),
    ended: null,
    ...given,
  };
}

/** Stores a day with a panel of these people in the first track, its first project on stage for long. */
export async function seedDay(
  stores: { readonly projects: Projects; readonly runs: Runs; readonly grants: Grants },
  event: string,
  judges: readonly string[],
  onStageSince: Date,
): Promise<void> {
  for (const project of dayProjects(event)) await stores.projects.save(project);
  const panel = judges.map((person, i) => ({ person, name: `No. ${i + 1}` }));
  await stores.runs.save(aRun(event, 'main', { panel, calls: [onStageSince] }));
  for (const person of judges) await stores.grants.add(aGrant(person, { event, part: 'main' }));
}
