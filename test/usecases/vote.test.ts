import { describe, expect, it } from 'vitest';
import { CHANGES_AN_HOUR } from '../../src/domain/ballot.ts';
import { FAIR, type House } from './house.ts';
import { idOf, joined } from './linking.ts';
import { roadshowDay } from './roadshow-day.ts';

let effects = 0;
const vote = (house: House, name: string, numbers: number[], effect = `e.${++effects}`) =>
  house.verbs.castVote({ person: idOf(name), event: FAIR, numbers, effect });
const open = (house: House, name = 'host') => house.verbs.openVote({ person: idOf(name), event: FAIR });
const close = (house: House, name = 'org') => house.verbs.closeVote({ person: idOf(name), event: FAIR });
const stand = async (house: House, name = 'org') => {
  const done = await house.verbs.voteStand({ person: idOf(name), event: FAIR });
  if (!done.ok) return done.reason;
  const { ballots, rows } = done.data.result;
  return [ballots, ...rows.map((row) => `${row.place}${row.tied ? '=' : ''} P${row.number} ${row.votes}`)];
};

describe('the vote of the audience', () => {
  it('takes one ballot of each guest, which they can change, and names who shares a place', async () => {
    const house = await roadshowDay();
    await open(house);
    expect(await vote(house, 'ana', [2, 3])).toMatchObject({ ok: true });
    expect(await vote(house, 'bo', [3])).toMatchObject({ ok: true });
    expect(await vote(house, 'cy', [1])).toMatchObject({ ok: true });
    expect(await vote(house, 'lead', [2])).toMatchObject({ ok: true });
    expect(await stand(house)).toEqual([4, '1= P2 2', '1= P3 2', '3 P1 1']);
    expect(await vote(house, 'ana', [3])).toMatchObject({ ok: true });
    expect(await stand(house)).toEqual([4, '1 P3 2', '2= P1 1', '2= P2 1']);
    const shown = await house.verbs.showVote({ person: idOf('lead'), event: FAIR });
    expect(shown).toMatchObject({ ok: true, data: { most: 2, mine: [{ number: 2 }] } });
    expect(shown.ok && shown.data.projects.map(({ number }) => number)).toEqual([2, 3]);
  });

  it('refuses each bad vote for its own reason, and nothing changes', async () => {
    const house = await roadshowDay();
    const reason = async (name: string, numbers: number[]) => {
      const done = await vote(house, name, numbers);
      return done.ok ? 'ok' : done.reason;
    };
    expect(await reason('ana', [2])).toBe('not-open');
    await open(house);
    expect(await reason('stranger', [2])).toBe('not-registered');
    expect(await reason('ana', [])).toBe('none');
    expect(await reason('ana', [1, 2, 3])).toBe('too-many');
    expect(await reason('ana', [99])).toBe('unknown-project');
    expect(await reason('lead', [1])).toBe('own-project');
    expect(await reason('ana', [4])).toBe('not-shown');
    expect(await reason('ana', [2, 2])).toBe('twice');
    expect(await stand(house)).toEqual([0, '1= P1 0', '1= P2 0', '1= P3 0']);
    await house.verbs.cancelRegistration({ person: idOf('ana'), event: FAIR });
    expect(await reason('ana', [2])).toBe('not-registered');
    await close(house);
    expect(await reason('bo', [2])).toBe('closed');
    const none = await roadshowDay(0);
    expect(await open(none)).toMatchObject({ reason: 'no-vote' });
  });

  it('is the same vote for the same effect, and changes ten times an hour', async () => {
    const house = await roadshowDay();
    await open(house);
    await vote(house, 'ana', [2], 'e.once');
    await vote(house, 'ana', [3]);
    await vote(house, 'ana', [2], 'e.once');
    expect(await stand(house)).toEqual([1, '1 P3 1', '2= P1 0', '2= P2 0']);
    for (let i = 2; i < CHANGES_AN_HOUR; i++)
      expect(await vote(house, 'ana', [1 + (i % 2)])).toMatchObject({ ok: true });
    const again = new Date(house.clock.now().getTime() + 3_600_000);
    expect(await vote(house, 'ana', [3])).toMatchObject({ reason: 'too-often', data: { again } });
    // The same choice is no change.
    expect(await vote(house, 'ana', [2])).toMatchObject({ ok: true });
    house.clock.pass(60);
    expect(await vote(house, 'ana', [3])).toMatchObject({ ok: true });
  });

  it('counts a person once who votes from two accounts that were joined', async () => {
    const house = await roadshowDay();
    await open(house);
    await vote(house, 'ana', [2]);
    await joined(house, 'ana', 'stranger');
    expect(await vote(house, 'stranger', [3])).toMatchObject({ ok: true });
    expect(await stand(house)).toEqual([1, '1 P3 1', '2= P1 0', '2= P2 0']);
  });

  it('is opened and closed by hosts and organizers, and known to organizers until it is published', async () => {
    const house = await roadshowDay();
    expect(await open(house, 'ana')).toMatchObject({ reason: 'not-allowed' });
    expect(await close(house)).toMatchObject({ reason: 'not-open' });
    await open(house);
    await vote(house, 'ana', [2]);
    expect(await close(house, 'lead')).toMatchObject({ reason: 'not-allowed' });
    const publish = (name: string) => house.verbs.publishVote({ person: idOf(name), event: FAIR });
    expect(await publish('org')).toMatchObject({ reason: 'still-open' });
    expect(await close(house, 'host')).toMatchObject({ ok: true, data: { stand: undefined } });
    expect(await close(house)).toMatchObject({ ok: true, data: { stand: { state: 'closed' } } });
    expect(await stand(house, 'host')).toBe('not-allowed');
    expect(await open(house)).toMatchObject({ ok: true });
    expect(await vote(house, 'ana', [3])).toMatchObject({ ok: true });
    await close(house);
    expect(await publish('host')).toMatchObject({ reason: 'not-allowed' });
    expect(await publish('org')).toMatchObject({ ok: true, data: { state: 'published' } });
    expect(await publish('org')).toMatchObject({ ok: true });
    expect(await stand(house, 'stranger')).toEqual([1, '1 P3 1', '2= P1 0', '2= P2 0']);
    expect(await open(house)).toMatchObject({ reason: 'published' });
  });

  it('counts nobody who takes part no longer once it is closed', async () => {
    const house = await roadshowDay();
    await open(house);
    await vote(house, 'ana', [2]);
    await vote(house, 'bo', [2]);
    await house.verbs.cancelRegistration({ person: idOf('ana'), event: FAIR });
    await close(house);
    expect(await stand(house)).toEqual([1, '1 P2 1', '2= P1 0', '2= P3 0']);
  });

  it('counts every vote that was taken while it was closed, and no other', async () => {
    const house = await roadshowDay();
    await open(house);
    const names = ['ana', 'bo', 'cy', 'lead'];
    const [taken] = await Promise.all([
      Promise.all(names.map((name) => vote(house, name, [3]))),
      close(house),
    ]);
    const counted = taken.filter(({ ok }) => ok).length;
    expect((await stand(house))[0]).toBe(counted);
  });
});
