import { expect } from 'vitest';
import type { Invite, Invites } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const invite = (id: string, given: Partial<Invite> = {}): Invite => ({
  id,
  role: 'organizer',
  office: 'local',
  event: 'fair',
  part: 'energy',
  project: null,
  note: HARD_TEXT,
  by: 'owner',
  expiresAt: at(600),
  slot: null,
  use: undefined,
  ...given,
});
const use = (by: string) => ({ by, person: 'ana', at: at(1) });

export const invites = cases<Invites>({
  'gives back what was added, and leaves a known one as it is': async ({ port, twin }) => {
    expect(await port.add(invite('a'))).toBe(true);
    expect(await twin.add(invite('a', { role: 'owner' }))).toBe(false);
    expect(await twin.byId('a')).toEqual(invite('a'));
    expect(await port.byId('b')).toBeUndefined();
  },
  'leads to the team of a project too': async ({ port, twin }) => {
    const team = invite('a', { role: 'member', office: null, part: null, project: 'project-1' });
    expect(await port.add(team)).toBe(true);
    expect(await twin.byId('a')).toEqual(team);
  },
  'holds one in each slot, also of twenty at once': async (ground) => {
    const added = await atOnce(ground, 20, (port, i) => port.add(invite(`a${i}`, { slot: 'first' })));
    expect(added.filter(Boolean)).toHaveLength(1);
    const id = `a${added.indexOf(true)}`;
    expect(await ground.twin.byId(id)).toEqual(invite(id, { slot: 'first' }));
    expect(await ground.port.add(invite('b', { slot: 'second' }))).toBe(true);
    expect(await ground.port.add(invite('c'))).toBe(true);
  },
  'lets one of twenty take it': async (ground) => {
    await ground.port.add(invite('a'));
    const taken = await atOnce(ground, 20, (port, i) => port.take('a', use(`e${i}`), at(0)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await ground.twin.byId('a'))?.use).toEqual(use(`e${taken.indexOf(true)}`));
  },
  'lets nobody take what has expired, and at any time what does not': async ({ port }) => {
    await port.add(invite('a'));
    await port.add(invite('b', { expiresAt: null }));
    expect(await port.take('a', use('e'), at(600))).toBe(false);
    expect(await port.take('c', use('e'), at(0))).toBe(false);
    expect(await port.take('a', use('e'), at(599))).toBe(true);
    expect(await port.take('b', use('e'), at(1e9))).toBe(true);
  },
  'lets nobody take what is revoked, nor revoke what is taken, and says which came first': async (ground) => {
    const { port, twin } = ground;
    for (const id of ['a', 'b', 'c']) await port.add(invite(id));
    expect(await port.revoke('a', 'owner', at(2))).toBe(true);
    expect(await twin.take('a', use('e'), at(3))).toBe(false);
    expect(await twin.revoke('a', 'other', at(3))).toBe(false);
    expect((await twin.byId('a'))?.revoked).toEqual({ by: 'owner', at: at(2) });
    expect(await port.take('b', use('e'), at(3))).toBe(true);
    expect(await twin.revoke('b', 'owner', at(4))).toBe(false);
    expect(await port.revoke('d', 'owner', at(4))).toBe(false);
    const both = await atOnce(ground, 20, (one, i) =>
      i % 4 < 2 ? one.take('c', use(`e${i}`), at(5)) : one.revoke('c', `r${i}`, at(5)),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
  },
  'lists those to roles, of an office and an event or of every one, in pages': async ({ port, twin }) => {
    await port.add(invite('a', { role: 'judge' }));
    await port.add(invite('b', { event: 'expo' }));
    await port.add(invite('c', { office: 'other', event: null }));
    await port.add(invite('d', { role: 'member', project: 'project-1' }));
    await port.add(invite('e', { role: 'owner', office: null, event: null, part: null }));
    await port.take('b', use('e'), at(1));
    const ids = async (...of: Parameters<Invites['toRoles']>) => idsOf(await twin.toRoles(...of));
    expect(await ids({ office: null, event: null }, '', 9)).toEqual(['a', 'b', 'c', 'e']);
    expect(await ids({ office: null, event: null }, 'a', 2)).toEqual(['b', 'c']);
    expect(await ids({ office: 'local', event: null }, '', 9)).toEqual(['a', 'b']);
    expect(await ids({ office: 'local', event: 'fair' }, '', 9)).toEqual(['a']);
    expect(await ids({ office: null, event: 'fair' }, '', 9)).toEqual(['a']);
    expect(await twin.toRoles({ office: 'local', event: 'expo' }, '', 9)).toEqual([
      invite('b', { event: 'expo', use: use('e') }),
    ]);
  },
});
