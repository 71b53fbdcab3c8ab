import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src/domain/time.ts';
import { later } from '../domain/examples.ts';
import type { House } from './house.ts';
import { filled, houseWithCall, join, stored } from './project-house.ts';

let house: House;
const of = (person: string) => ({ person, project: 'run.1' });
const sent = (person: string, code: string, effect: string = crypto.randomUUID()) => ({
  person,
  code,
  conversation: `web:main:${person}`,
  effect: `web:main:${person}.${effect}`,
});

async function codeOf(): Promise<string> {
  const invited = await house.verbs.inviteMate(of('lead'));
  if (!invited.ok) throw new Error(invited.reason);
  return invited.data.code;
}

const membersOf = async () => (await stored(house)).members.map(({ person, lead }) => [person, lead]);

beforeEach(async () => {
  house = await houseWithCall();
  await filled(house);
});

describe('a code for a team', () => {
  it('is told what it leads to before anything happens, by the same word as a role', async () => {
    const code = await codeOf();
    const claim = { id: 'web:main:bo.1', kind: 'claim', input: { code } };
    const told = await house.verbs.performEffect(claim, 'bo');
    expect(told).toMatchObject({ ok: true, data: { project: { number: 1 }, event: { code: 'fair' } } });
    expect(await membersOf()).toEqual([['lead', true]]);
    await house.verbs.performEffect({ id: 'web:main:bo.2', kind: 'join-team', input: { code } }, 'bo');
    expect(await membersOf()).toEqual([
      ['lead', true],
      ['bo', false],
    ]);
  });

  it('lets one of ten in who send it at once, and each effect once', async () => {
    const code = await codeOf();
    const people = Array.from({ length: 10 }, (_, i) => `p${i}`);
    const all = people.map((person) => sent(person, code, 'e'));
    const done = await Promise.all(all.map((one) => house.verbs.joinTeam(one)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = all[done.findIndex(({ ok }) => ok)];
    if (winner) expect(await house.verbs.joinTeam(winner)).toMatchObject({ ok: true });
    expect(await membersOf()).toHaveLength(2);
  });

  it('is no good after a week, twice, once its giver has left, or for a withdrawn project', async () => {
    const code = await codeOf();
    const start = house.clock.now();
    await join(house, 'bo');
    expect(await house.verbs.joinTeam(sent('bo', code))).toMatchObject({ ok: false, reason: 'is-member' });
    house.clock.set(later(start, (7 * DAY) / 60_000));
    expect(await house.verbs.joinTeam(sent('cy', code))).toMatchObject({ ok: false, reason: 'bad-code' });
    house.clock.set(start);
    await house.verbs.withdrawProject(of('lead'));
    expect(await house.verbs.joinTeam(sent('cy', code))).toMatchObject({ ok: false, reason: 'withdrawn' });
    expect(await house.verbs.inviteMate(of('lead'))).toMatchObject({ ok: false, reason: 'withdrawn' });
    await house.verbs.restoreProject(of('lead'));
    await house.verbs.removeMember({ ...of('lead'), member: 'lead' });
    expect(await house.verbs.joinTeam(sent('cy', code))).toMatchObject({ ok: false, reason: 'bad-code' });
  });

  it('is not guessed: wrong ones are counted as those of roles are', async () => {
    const code = await codeOf();
    for (let i = 0; i < 5; i++) await house.verbs.joinTeam(sent('eve', `WRONG-0${i}`));
    expect(await house.verbs.joinTeam(sent('eve', code))).toMatchObject({
      ok: false,
      reason: 'too-many-tries',
    });
    expect(await membersOf()).toHaveLength(1);
  });

  it('is made by members alone', async () => {
    expect(await house.verbs.inviteMate(of('eve'))).toEqual({ ok: false, reason: 'unknown-project' });
    expect(await house.verbs.showTeam(of('eve'))).toEqual({ ok: false, reason: 'unknown-project' });
  });
});

describe('a team', () => {
  it('is shown by the names that its members registered with', async () => {
    await join(house, 'bo');
    await house.register('bo', { name: 'Bo Lee' });
    const shown = await house.verbs.showTeam(of('lead'));
    expect(shown).toMatchObject({
      data: {
        mates: [
          { person: 'lead', name: null, lead: true },
          { person: 'bo', name: 'Bo Lee', lead: false },
        ],
      },
    });
  });

  it('passes its lead on to whoever has been there longest when the lead leaves', async () => {
    house.clock.pass(1);
    await join(house, 'bo');
    house.clock.pass(1);
    await join(house, 'cy');
    await house.verbs.removeMember({ ...of('lead'), member: 'lead' });
    expect(await membersOf()).toEqual([
      ['bo', true],
      ['cy', false],
    ]);
  });

  it('lets its lead take members out, and nobody else', async () => {
    for (const person of ['bo', 'cy']) await join(house, person);
    expect(await house.verbs.removeMember({ ...of('bo'), member: 'cy' })).toMatchObject({
      reason: 'not-lead',
    });
    expect(await house.verbs.removeMember({ ...of('lead'), member: 'cy' })).toMatchObject({ ok: true });
    expect(await house.verbs.removeMember({ ...of('lead'), member: 'cy' })).toMatchObject({
      reason: 'no-member',
    });
    expect(await house.verbs.removeMember({ ...of('bo'), member: 'bo' })).toMatchObject({ ok: true });
    expect(await house.verbs.removeMember({ ...of('lead'), member: 'lead' })).toMatchObject({
      reason: 'last-member',
    });
    expect(await membersOf()).toEqual([['lead', true]]);
  });
});

describe('a project of others', () => {
  const open = (person: string, number = 1, event: string | null = null) =>
    house.verbs.openProject({ person, number, event });

  it('is nothing to anybody until it is accepted and published, then what everybody may read', async () => {
    await house.verbs.submitProject(of('lead'));
    expect(await open('eve')).toEqual({ ok: false, reason: 'unknown-project' });
    const submitted = await stored(house);
    const decision = {
      number: 1,
      verdict: 'accept' as const,
      messages: [],
      by: 'boss',
      at: house.clock.now(),
      publishedAt: null,
    };
    await house.stores.projects.save({ ...submitted, state: 'accepted', decision, rev: submitted.rev + 1 });
    expect(await open('eve')).toEqual({ ok: false, reason: 'unknown-project' });
    const published = { ...decision, publishedAt: house.clock.now() };
    await house.stores.projects.save({
      ...submitted,
      state: 'accepted',
      decision: published,
      rev: submitted.rev + 2,
    });
    expect(await open('eve')).toMatchObject({ ok: true, data: { view: 'public' } });
    expect(await open('eve', 9)).toEqual({ ok: false, reason: 'unknown-project' });
  });

  it('is all there for its reviewers once it is submitted, and for organizers before', async () => {
    const grant = (id: string, given: object) =>
      house.stores.grants.add({
        id,
        person: id,
        role: 'reviewer',
        office: 'office',
        event: 'elsewhere',
        part: null,
        note: null,
        by: 'boss',
        at: house.clock.now(),
        ended: null,
        ...given,
      });
    const { event } = await stored(house);
    await grant('energy', { event, part: 'energy' });
    await grant('materials', { event, part: 'materials' });
    await grant('boss', { role: 'organizer', event: null });
    expect(await open('energy')).toMatchObject({ ok: false });
    expect(await open('boss')).toMatchObject({ ok: true, data: { view: 'reviewer' } });
    await house.verbs.submitProject(of('lead'));
    expect(await open('energy')).toMatchObject({ ok: true, data: { view: 'reviewer' } });
    expect(await open('materials')).toEqual({ ok: false, reason: 'unknown-project' });
  });
});
