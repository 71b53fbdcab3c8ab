import type { Call } from '../../src/domain/call.ts';
import type { Project } from '../../src/domain/project.ts';
import { later } from '../domain/examples.ts';
import { aCall, aProject, parts, WRITTEN } from '../support/projects.ts';
import { FAIR, type fair, House, START } from './house.ts';
import { arrive, idOf } from './linking.ts';

/** 18 May 2026, 9 o'clock in Chengdu: two days before the event, eight after the clock begins. */
export const CLOSES = later(START, -2 * 24 * 60);
export const DAY: Call['reminders'][number] = {
  id: 'day',
  kind: 'before',
  of: 'event',
  days: 1,
  minutes: 0,
};
export const HOUR: Call['reminders'][number] = {
  id: 'hour',
  kind: 'before',
  of: 'event',
  days: 0,
  minutes: 60,
};
export const DECK = { ref: 'deck', name: 'deck.pdf', type: 'application/pdf', size: 9 };

export const calling = (given: Partial<Call> = {}): Partial<Parameters<typeof fair>[0]> => ({
  call: aCall({ closesAt: CLOSES, reminders: [DAY, HOUR], ...given }),
});

/** Everything that a team has to write. */
export const COMPLETE = parts({ ...WRITTEN, deck: DECK });

/** An event with a call, its organizer `org`, and people who have arrived. */
export async function callingHouse(call: Partial<Call> = {}, ...people: string[]): Promise<House> {
  const house = await House.with(calling(call));
  await arrive(house, 'org', 'ana', 'bo', ...people);
  await house.stores.grants.add({
    id: 'grant',
    person: idOf('org'),
    role: 'organizer',
    office: 'office',
    event: null,
    part: null,
    note: null,
    by: null,
    at: house.clock.now(),
    ended: null,
  });
  return house;
}

/** Stores a project of the event; its team are the people of these names, the first one leads. */
export async function team(
  house: House,
  number: number,
  names: readonly string[],
  given: Partial<Project> = {},
): Promise<Project> {
  const at = house.clock.now();
  const project = aProject({
    id: `p${number}`,
    event: FAIR,
    number,
    members: names.map((name, i) => ({ person: idOf(name), lead: i === 0, at })),
    createdAt: at,
    ...given,
  });
  if (!(await house.stores.projects.save(project)))
    throw new Error(`expected to store project ${number}, received false`);
  return project;
}

export async function projectOf(house: House, number: number): Promise<Project> {
  const found = await house.stores.projects.byNumber(FAIR, number);
  if (!found) throw new Error(`expected project ${number}, received none`);
  return found;
}

/** Who has which letters of a kind, by the first words of their rows' ids: `ana pending`. */
export function told(house: House, kind: string): string[] {
  return house.stores.deliveries
    .all()
    .filter(({ id }) => id.startsWith(kind) || id.startsWith(`${FAIR}/${kind}/`))
    .map(({ person, state, cause }) => [person.replace(idOf(''), ''), state, cause ?? ''].join(' ').trim())
    .sort();
}
