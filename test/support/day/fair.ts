import type { Event } from '../../../src/domain/event.ts';
import type { Project } from '../../../src/domain/project.ts';
import { DEFAULT_ROADSHOW } from '../../../src/domain/roadshow.ts';
import { anEvent } from '../events.ts';
import { aCall, aProject, parts, WRITTEN } from '../projects.ts';

const HOUR = 3_600_000;
export const TRACKS = ['main', 'digital', 'green'] as const;
export type TrackCode = (typeof TRACKS)[number];

/** Projects of each track, in the order of their places. */
export const SHOWN: Readonly<Record<TrackCode, readonly string[]>> = {
  main: ['P01', 'P02', 'P03', 'P04'],
  digital: ['P05', 'P06', 'P07', 'P08', 'P09', 'P10'],
  green: ['P11', 'P12', 'P13', 'P14', 'P15', 'P16'],
};

const NAMES: Readonly<Record<TrackCode, readonly [string, string]>> = {
  main: ['主赛道', 'Main track'],
  digital: ['数字赛道', 'Digital track'],
  green: ['绿色赛道', 'Green track'],
};

/** An event of three tracks, whose projects take eight minutes: five, two for questions, one to change. */
export function aFair(startsAt: Date): Omit<Event, 'id'> {
  const tracks = TRACKS.map((code) => {
    const [zh, en] = NAMES[code];
    return { code, name: { zh, en }, session: null, fields: [], capacity: null };
  });
  const roadshow = { ...DEFAULT_ROADSHOW, pitch: 5, questions: 2, changeover: 1 };
  const call = aCall({ tracks, roadshow, closesAt: new Date(startsAt.getTime() - 72 * HOUR) });
  return anEvent({ code: 'fair', call, startsAt, endsAt: new Date(startsAt.getTime() + 8 * HOUR) });
}

/** The sixteen projects, accepted and placed; `teams`: the members of each by its code. */
export function fairProjects(
  event: string,
  teams: ReadonlyMap<string, readonly string[]>,
  at: Date,
): Project[] {
  return TRACKS.flatMap((track) =>
    SHOWN[track].map((code, place) => {
      const number = Number(code.slice(1));
      const members = (teams.get(code) ?? []).map((person, i) => ({ person, lead: i === 0, at }));
      const title = { 'title-zh': `第${number}项成果`, 'title-en': `Finding no. ${number}` };
      return aProject({
        id: `project-${number}`,
        event,
        number,
        state: 'accepted',
        parts: parts({ ...WRITTEN, ...title }),
        members,
        slot: { track, place: place + 1, state: 'confirmed', at },
      });
    }),
  );
}
