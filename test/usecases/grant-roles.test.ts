import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src/domain/time.ts';
import { crashAfter } from '../support/memory-faults.ts';
import { FAIR, House } from './house.ts';
import { arrive, conversationOf, idOf, joined, met } from './linking.ts';

let house: House;
const claim = (name: string, code: string, effect: string = crypto.randomUUID(), verbs = house.verbs) =>
  verbs.claimRole({ person: idOf(name), conversation: conversationOf(name), code, effect });
const rolesOf = async (name: string) =>
  (await house.stores.grants.of([(await met(house, name)).id])).map(({ role, office }) => [role, office]);

/** The first owner. */
async function own(name: string): Promise<void> {
  const code = await house.verbs.offerOwnership(undefined);
  expect(await claim(name, code ?? '')).toMatchObject({ ok: true });
}

async function invited(role: 'owner' | 'organizer', office: string | null): Promise<string> {
  const done = await house.verbs.inviteToRole({
    person: idOf('ana'),
    role,
    office,
    event: null,
    part: null,
    notes: [null],
    effect: crypto.randomUUID(),
  });
  if (!done.ok) throw new Error(`expected a code, received ${done.reason}`);
  return done.data.codes[0]?.code ?? '';
}

beforeEach(async () => {
  house = await House.with();
  await arrive(house, 'ana', 'bo', 'cy');
});

describe('the first owner', () => {
  it('has a code that is made once, and works once', async () => {
    const code = await house.verbs.offerOwnership(undefined);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await house.verbs.offerOwnership(undefined)).toBeUndefined();
    expect(await claim('ana', code ?? '')).toMatchObject({ ok: true, data: { role: 'owner', office: null } });
    expect(await claim('bo', code ?? '')).toEqual({ ok: false, reason: 'bad-code' });
    expect([await rolesOf('ana'), await rolesOf('bo')]).toEqual([[['owner', null]], []]);
  });

  it('may have a code of the configuration, also when the one that was made is lost', async () => {
    await house.verbs.offerOwnership(undefined);
    for (let start = 0; start < 2; start++)
      expect(await house.verbs.offerOwnership('A-longer-code-1')).toBeUndefined();
    expect(await claim('ana', 'a longer code 1')).toMatchObject({ ok: true });
    await house.verbs.offerOwnership('A-longer-code-1');
    expect(await claim('bo', 'A-longer-code-1')).toEqual({ ok: false, reason: 'bad-code' });
  });
});

describe('a role', () => {
  it('is given by one code to one of many who send it at once', async () => {
    await own('ana');
    const code = await invited('organizer', 'local');
    const done = await Promise.all(['bo', 'cy', 'bo', 'cy'].map((name) => claim(name, code)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect([...(await rolesOf('bo')), ...(await rolesOf('cy'))]).toEqual([['organizer', 'local']]);
  });

  it('is given by the same effect once, also after a crash at any step', async () => {
    await own('ana');
    const code = await invited('organizer', 'local');
    for (let last = 0; last < 8; last++)
      await claim('bo', code, 'effect', house.verbsOn(crashAfter(house.stores, last).ports)).catch(() => {});
    expect(await claim('bo', code, 'effect')).toMatchObject({ ok: true });
    expect(await rolesOf('bo')).toEqual([['organizer', 'local']]);
  });

  it('is not given by what is expired, unknown or tried too often', async () => {
    await own('ana');
    const code = await invited('organizer', 'local');
    house.clock.pass((7 * DAY) / 60_000);
    expect(await claim('bo', code)).toEqual({ ok: false, reason: 'bad-code' });
    for (let tries = 1; tries < 5; tries++) await claim('bo', `AAAA-AAA${tries}`);
    const fresh = await invited('organizer', 'local');
    expect(await claim('bo', fresh)).toEqual({
      ok: false,
      reason: 'too-many-tries',
      data: { minutes: 10 },
    });
    expect(await claim('cy', fresh)).toMatchObject({ ok: true });
  });

  it('that somebody has already leaves the code to others', async () => {
    await own('ana');
    await claim('bo', await invited('organizer', 'local'));
    const code = await invited('organizer', 'local');
    expect(await claim('bo', code)).toMatchObject({ ok: false, reason: 'has-role' });
    expect(await claim('cy', code)).toMatchObject({ ok: true });
  });

  it('of an owner or organizer can be given and taken by owners alone, and one owner is left', async () => {
    await own('ana');
    await claim('bo', await invited('organizer', 'local'));
    const not = { ok: false, reason: 'not-allowed' };
    const asBo = { person: idOf('bo') };
    expect(
      await house.verbs.inviteToRole({
        ...asBo,
        role: 'owner',
        office: null,
        event: null,
        part: null,
        notes: [null],
        effect: 'invite',
      }),
    ).toEqual(not);
    expect(await house.verbs.listRoles({ ...asBo, event: null })).toEqual({ ok: true, data: [] });
    const listed = await house.verbs.listRoles({ person: idOf('ana'), event: null });
    const [first, second] = listed.ok ? listed.data : [];
    expect(await house.verbs.endRole({ ...asBo, grant: first?.id ?? '' })).toEqual({
      ok: false,
      reason: 'unknown-role',
    });
    const end = (grant = '') => house.verbs.endRole({ person: idOf('ana'), grant });
    expect(await end(first?.id)).toEqual({ ok: false, reason: 'last-owner' });
    expect(await end(second?.id)).toMatchObject({ ok: true });
    expect(await end(second?.id)).toEqual({ ok: false, reason: 'unknown-role' });
    expect(await rolesOf('bo')).toEqual([]);
  });

  it('of a reviewer is given and taken by who organizes the event', async () => {
    await own('ana');
    await claim('bo', await invited('organizer', 'office'));
    const wanted = { role: 'reviewer', event: FAIR, part: null } as const;
    const asBo = { person: idOf('bo') };
    const inviting = { ...asBo, ...wanted, notes: ['the energy group'], effect: 'invite' };
    const elsewhere = await house.verbs.inviteToRole({ ...inviting, office: 'other' });
    expect(elsewhere).toEqual({ ok: false, reason: 'not-allowed' });
    const made = await house.verbs.inviteToRole({ ...inviting, office: 'office' });
    expect(await claim('cy', made.ok ? (made.data.codes[0]?.code ?? '') : '')).toMatchObject({
      ok: true,
      data: { ...wanted, office: 'office', note: 'the energy group' },
    });
    const listed = await house.verbs.listRoles({ ...asBo, event: FAIR });
    const [grant] = listed.ok ? listed.data : [];
    expect(grant).toMatchObject({ ...wanted, person: idOf('cy'), about: { code: 'fair' } });
    expect(await house.verbs.listRoles({ person: idOf('cy'), event: null })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await house.verbs.endRole({ ...asBo, grant: grant?.id ?? '' })).toMatchObject({ ok: true });
    expect(await rolesOf('cy')).toEqual([]);
  });

  it('follows its person to whom they join', async () => {
    await own('ana');
    await joined(house, 'ana', 'bo');
    expect(await rolesOf('bo')).toEqual([['owner', null]]);
  });
});
