import type { Project } from '../../src/domain/project.ts';
import { accepted } from '../support/manual.ts';
import { aCall } from '../support/projects.ts';
import { FAIR, fair, House } from './house.ts';
import { arrive, conversationOf, idOf } from './linking.ts';

/** Who organizes here, and of whom the teams are: `lead` of every project, `mate` of the first. */
export const ORGANIZER = idOf('org');

/** A fair with three accepted projects, one that is not, and people who can be written to. */
export async function manualHouse(): Promise<House> {
  const house = await House.with(fair({ call: aCall() }));
  await arrive(house, 'org', 'lead', 'mate', 'visitor');
  await house.stores.grants.add({
    id: 'g',
    person: ORGANIZER,
    role: 'organizer',
    office: 'office',
    event: null,
    part: null,
    note: null,
    by: null,
    at: house.clock.now(),
    ended: null,
  });
  for (const number of [1, 2, 3, 4]) {
    const people = number === 1 ? ['lead', 'mate'] : ['lead'];
    const members = people.map((name, i) => ({ person: idOf(name), lead: i === 0, at: house.clock.now() }));
    const state = number === 4 ? 'submitted' : 'accepted';
    await house.stores.projects.save(accepted(number, {}, { event: FAIR, members, state }));
  }
  return house;
}

export const build = (house: House, verbs = house.verbs, effect = `${conversationOf('org')}.1`) =>
  verbs.startManual({
    person: ORGANIZER,
    event: FAIR,
    langs: 'both',
    effect,
    conversation: conversationOf('org'),
  });

export async function projectOf(house: House, number: number): Promise<Project> {
  const project = await house.stores.projects.byNumber(FAIR, number);
  if (!project) throw new Error(`expected project ${number}, received none`);
  return project;
}

/** Letters to a person, by the beginning of their rows. */
export async function lettersTo(house: House, begins: string): Promise<string[]> {
  return house.stores.deliveries
    .all()
    .filter(({ id }) => id.startsWith(begins))
    .map(({ letter }) => letter.text);
}
