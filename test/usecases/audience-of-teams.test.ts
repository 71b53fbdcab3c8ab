import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/domain/audience.ts';
import { countAudience } from '../../src/usecases/count-audience.ts';
import { resolveAudience } from '../../src/usecases/resolve-audience.ts';
import { parts, WRITTEN } from '../support/projects.ts';
import { COMPLETE, callingHouse, team } from './calling.ts';
import { FAIR, type House } from './house.ts';
import { idOf, joined } from './linking.ts';

const asked = (where: Condition, office = 'office') => ({
  office,
  audience: { source: { kind: 'members', event: FAIR } as const, where },
});

/** Names of everybody met, in order, also who is met twice. */
async function met(house: House, where: Condition, limit = 500): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { recipients, next } = await resolveAudience(house.stores)(asked(where), cursor, limit);
    names.push(...recipients.map(({ person }) => person.id.replace(idOf(''), '')));
    cursor = next;
  }
  return names;
}

const names = async (house: House, where: Condition, limit?: number): Promise<string[]> =>
  [...new Set(await met(house, where, limit))].sort();

const energy = (state: 'accepted' | 'draft' | 'submitted') => ({ state, parts: COMPLETE });

/** ana leads an accepted project and registered; bo is in it and did not; cy has a draft; di is a guest alone. */
async function scene(): Promise<House> {
  const house = await callingHouse({}, 'cy', 'di');
  await team(house, 1, ['ana', 'bo'], energy('accepted'));
  await team(house, 2, ['cy'], { parts: parts({ ...WRITTEN, field: 'materials' }) });
  for (const name of ['ana', 'di']) await house.register(idOf(name));
  return house;
}

describe('an audience of guests and teams', () => {
  it('reaches members who never registered, and everybody once', async () => {
    const house = await scene();
    expect(await names(house, { project: ['accepted'] })).toEqual(['ana', 'bo']);
    expect(await names(house, { all: [] })).toEqual(['ana', 'bo', 'cy', 'di']);
    const count = await countAudience(house.stores)(asked({ all: [] }));
    expect(count).toMatchObject({ total: 4, withoutRegistration: 2, unreachable: 0 });
    expect(await countAudience(house.stores)(asked({ project: ['accepted'] }))).toMatchObject({
      total: 2,
      withoutRegistration: 1,
    });
  });

  it('is chosen by field, track and what is missing, with and, or, not', async () => {
    const house = await scene();
    await team(house, 3, ['di'], {
      ...energy('accepted'),
      slot: { track: 'main', place: 1, state: 'told', at: house.clock.now() },
    });
    expect(await names(house, { projectField: 'materials' })).toEqual(['cy']);
    expect(await names(house, { track: 'main' })).toEqual(['di']);
    expect(await names(house, { lacking: true })).toEqual(['cy']);
    expect(await names(house, { all: [{ attendance: 'onsite' }, { project: ['accepted'] }] })).toEqual([
      'ana',
      'di',
    ]);
    expect(await names(house, { any: [{ attendance: 'onsite' }, { lacking: true }] })).toEqual([
      'ana',
      'cy',
      'di',
    ]);
    expect(await names(house, { not: { project: ['accepted'] } })).toEqual(['cy']);
  });

  it('means one and the same project where several things are said of it', async () => {
    const house = await scene();
    await team(house, 3, ['cy'], energy('accepted'));
    const both: Condition = { all: [{ project: ['accepted'] }, { projectField: 'materials' }] };
    expect(await names(house, both)).toEqual([]);
    expect(await names(house, { any: both.all })).toEqual(['ana', 'bo', 'cy']);
  });

  it('counts a cancelled registration as none, unless it is asked for', async () => {
    const house = await scene();
    for (const name of ['ana', 'di'])
      await house.verbs.cancelRegistration({ person: idOf(name), event: FAIR });
    expect(await names(house, { all: [] })).toEqual(['ana', 'bo', 'cy']);
    expect(await names(house, { all: [{ attendance: 'onsite' }, { project: ['accepted'] }] })).toEqual([]);
    expect(await names(house, { state: ['cancelled'] })).toEqual(['ana', 'di']);
  });

  it('is the same in batches of any size', async () => {
    const house = await scene();
    for (const limit of [1, 2, 3, 7, 10])
      expect(await names(house, { all: [] }, limit), `${limit}`).toEqual(['ana', 'bo', 'cy', 'di']);
  });

  it('has whoever joined another account by that one', async () => {
    const house = await scene();
    await joined(house, 'bo', 'di');
    expect(await names(house, { project: ['accepted'] })).toEqual(['ana', 'di']);
    expect((await countAudience(house.stores)(asked({ all: [] }))).total).toBe(3);
  });

  it('of another office is refused', async () => {
    const house = await scene();
    const resolve = resolveAudience(house.stores);
    for (const cursor of ['', 'teams:0'])
      await expect(resolve(asked({ all: [] }, 'abroad'), cursor, 9)).rejects.toThrow('office abroad');
  });
});
