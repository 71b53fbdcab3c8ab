import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import type { Scoring, TrackRun } from '../../src/domain/track-run.ts';
import { accepted } from '../support/manual.ts';
import { aCall } from '../support/projects.ts';
import { FAIR, fair, House, START } from './house.ts';
import { arrive, idOf } from './linking.ts';

export const MAIN = {
  code: 'main',
  name: { zh: '主会场', en: 'Main stage' },
  session: null,
  fields: [],
  capacity: null,
};

export const JUDGES = ['j1', 'j2', 'j3'];

async function give(
  house: House,
  name: string,
  role: 'organizer' | 'host' | 'judge' | 'scorer',
  note = name,
) {
  await arrive(house, name);
  await house.stores.grants.add({
    id: `grant of ${name}`,
    person: idOf(name),
    role,
    office: 'office',
    event: role === 'organizer' ? null : FAIR,
    part: null,
    note,
    by: null,
    at: house.clock.now(),
    ended: null,
  });
}

/**
 * The day of a fair: projects 1 to 4 in one track, of which 1 to 3 were on stage, three judges, and guests who are
 * registered. `lead` leads project 1, somebody else all others.
 */
export async function roadshowDay(votes = 2): Promise<House> {
  const house = await House.with(
    fair({ call: aCall({ tracks: [MAIN], roadshow: { ...DEFAULT_ROADSHOW, votes } }), capacity: null }),
  );
  await give(house, 'org', 'organizer');
  await give(house, 'host', 'host');
  await give(house, 'chief', 'scorer');
  for (const name of JUDGES) await give(house, name, 'judge', `评委${name}`);
  await arrive(house, 'lead', 'other', 'ana', 'bo', 'cy', 'stranger');
  for (const name of ['ana', 'bo', 'cy', 'lead']) await house.register(idOf(name));
  for (const number of [1, 2, 3, 4]) {
    const members = [{ person: idOf(number === 1 ? 'lead' : 'other'), lead: true, at: house.clock.now() }];
    const slot = { track: 'main', place: number, state: 'told', at: house.clock.now() } as const;
    await house.stores.projects.save(accepted(number, {}, { event: FAIR, members, slot }));
  }
  await house.stores.runs.save(run(house));
  return house;
}

export function run(house: House, scoring: Partial<Scoring> = {}): TrackRun {
  const at = house.clock.now();
  const next = (i: number) => ({ id: `next ${i}`, at, by: 'host', what: 'next' }) as const;
  return {
    id: `${FAIR}/main`,
    event: FAIR,
    track: 'main',
    plan: {
      event: FAIR,
      track: 'main',
      startsAt: START,
      items: [1, 2, 3, 4].map((number) => ({
        id: `i${number}`,
        kind: 'project',
        project: `project-${number}`,
        title: { zh: `项目${number}`, en: `Project ${number}` },
        parties: [],
        pitch: 8,
        questions: 5,
        changeover: 2,
      })),
    },
    commands: [next(1), next(2), next(3)],
    scoring: {
      state: 'open',
      rubric: DEFAULT_ROADSHOW.rubric,
      rules: DEFAULT_ROADSHOW.rules,
      panel: JUDGES.map((name) => ({ person: idOf(name), name: `评委${name}` })),
      decisions: [],
      openedAt: at,
      lockedAt: null,
      publishedAt: null,
      sha256: null,
      ...scoring,
    },
    active: true,
    rev: 1,
  };
}

/** The scoring of the track goes on to another state. */
export async function scoringBecomes(
  house: House,
  state: Scoring['state'],
  given: Partial<Scoring> = {},
): Promise<void> {
  const [known] = await house.stores.runs.byId([`${FAIR}/main`]);
  if (!known) throw new Error('expected a run, received none');
  await house.stores.runs.save({
    ...known,
    scoring: { ...known.scoring, state, ...given },
    rev: known.rev + 1,
  });
}
