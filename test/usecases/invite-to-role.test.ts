import { beforeEach, describe, expect, it } from 'vitest';
import { emptySheet } from '../../src/domain/sheet.ts';
import { DAY } from '../../src/domain/time.ts';
import type { Inviting } from '../../src/usecases/invite-to-role.ts';
import type { Invitation } from '../../src/usecases/list-invitations.ts';
import { crashAfter } from '../support/memory-faults.ts';
import { FAIR } from './house.ts';
import { conversationOf, idOf } from './linking.ts';
import { Reviewing } from './reviewing.ts';

let made: Reviewing;
const ADA = idOf('ada');

beforeEach(async () => {
  made = await Reviewing.open(1);
});

const wanted = (given: Partial<Inviting> = {}): Inviting => ({
  person: ADA,
  role: 'judge',
  office: 'office',
  event: FAIR,
  part: 'main',
  notes: [null],
  effect: made.effect(),
  ...given,
});
async function invited(given: Partial<Inviting> = {}, verbs = made.verbs) {
  const done = await verbs.inviteToRole(wanted(given));
  if (!done.ok) throw new Error(`expected codes, received ${done.reason}`);
  return done.data;
}
const codeFor = async (given: Partial<Inviting> = {}) => (await invited(given)).codes[0]?.code ?? '';
const sent = (name: string, code: string) => ({
  person: idOf(name),
  conversation: conversationOf(name),
  code,
  effect: made.effect(),
});
const claim = (name: string, code: string) => made.verbs.claimRole(sent(name, code));
const check = (name: string, code: string) => made.verbs.checkClaim(sent(name, code));
async function listed(event: string | null = FAIR, person = ADA): Promise<readonly Invitation[]> {
  const done = await made.verbs.listInvitations({ person, event });
  return done.ok ? done.data : [];
}
const shown = async (event?: string | null) =>
  (await listed(event)).map(({ note, state, ended }) => `${note} ${state}${ended ? ' ended' : ''}`);
const markOf = async (note: string) => (await listed()).find((one) => one.note === note)?.mark ?? '';
const revoke = async (note: string, person = ADA) =>
  made.verbs.revokeInvitation({ person, mark: await markOf(note) });

describe('an invitation to a role of an event', () => {
  it('makes a code for each name, which gives the role and the name', async () => {
    const { codes } = await invited({ notes: ['one', 'two', 'one'] });
    expect(new Set(codes.map(({ code }) => code)).size).toBe(3);
    expect(codes[1]?.link).toBe(`http://127.0.0.1/?event=claim-${codes[1]?.code.replace('-', '')}`);
    const given = await claim('rob', codes[1]?.code ?? '');
    expect(given).toMatchObject({ ok: true, data: { role: 'judge', part: 'main', note: 'two', by: ADA } });
  });

  it('makes the same codes for the same effect, also after a crash at any step', async () => {
    const given = { notes: Array.from({ length: 30 }, (_, i) => `judge ${i}`), effect: 'web:main:ada.77' };
    for (let last = 0; last < 40; last += 3)
      await invited(given, made.house.verbsOn(crashAfter(made.house.stores, last).ports)).catch(() => {});
    const first = await invited(given);
    made.house.clock.pass(5);
    expect(await invited(given)).toEqual(first);
    expect(await listed()).toHaveLength(30);
    const other = await invited({ ...given, effect: 'web:main:ada.78' });
    expect(other.codes[0]?.code).not.toBe(first.codes[0]?.code);
  });

  it('can be used for seven days, and until its event ends if that is later', async () => {
    expect((await invited()).until).toEqual(new Date('2026-05-20T17:00+08:00'));
    const organizer = { role: 'organizer', office: 'office', event: null, part: null } as const;
    await made.grant('eve', { role: 'owner', office: null });
    const { until } = await invited({ person: idOf('eve'), ...organizer });
    expect(until).toEqual(new Date(made.house.clock.now().getTime() + 7 * DAY));
  });

  it.each<[string, Partial<Inviting>, string]>([
    ['an unknown event', { event: 'none' }, 'unknown-event'],
    ['no event', { event: null, part: null }, 'unknown-event'],
    ['a track that there is not', { part: 'blue' }, 'unknown-event'],
    ['a field, to a judge', { part: 'energy' }, 'unknown-event'],
    ['a track, to staff', { role: 'staff' }, 'unknown-event'],
    ['another office', { office: 'other' }, 'not-allowed'],
    ['a reviewer’s say', { person: idOf('rob') }, 'not-allowed'],
  ])('of %s is refused', async (_, given, reason) => {
    await made.grant('rob', { role: 'reviewer', event: FAIR });
    expect(await made.verbs.inviteToRole(wanted(given))).toEqual({ ok: false, reason });
    expect(await listed()).toEqual([]);
  });

  it('is told before it is claimed, as often as one looks', async () => {
    const code = await codeFor();
    for (let i = 0; i < 8; i++)
      expect(await check('rob', code)).toMatchObject({
        ok: true,
        data: { role: 'judge', part: 'main', about: { code: 'fair' } },
      });
    await claim('rob', code);
    expect(await check('eve', code)).toEqual({ ok: false, reason: 'bad-code' });
    expect(await check('rob', await codeFor())).toMatchObject({ ok: false, reason: 'has-role' });
  });
});

describe('the list of invitations', () => {
  it('tells the open, the used, the expired and the revoked by their notes', async () => {
    await codeFor({ notes: ['late'] });
    await claim('rob', await codeFor({ notes: ['used'] }));
    await codeFor({ notes: ['revoked'] });
    await revoke('revoked');
    made.house.clock.set(new Date('2026-05-20T18:00+08:00'));
    await codeFor({ notes: ['fresh'], role: 'host' });
    expect(await shown()).toEqual(['fresh open', 'used used', 'late expired', 'revoked revoked']);
    expect(await shown(null)).toHaveLength(4);
    expect(await shown('other')).toEqual([]);
    const marks = (await listed()).map(({ mark }) => mark);
    expect(new Set(marks).size).toBe(4);
    for (const mark of marks) expect(mark).toMatch(/^[0-9A-F]{6}$/);
  });

  it('is for those who may give the roles', async () => {
    await codeFor({ notes: ['judge'] });
    await made.grant('eve', { role: 'owner', office: null });
    const owner = { person: idOf('eve'), role: 'owner', office: null, event: null, part: null } as const;
    await codeFor({ ...owner, notes: ['second owner'] });
    expect((await listed(null)).map(({ note }) => note)).toEqual(['judge']);
    expect((await listed(null, idOf('eve'))).map(({ note }) => note)).toEqual(['second owner', 'judge']);
    expect(await made.verbs.listInvitations({ person: idOf('rob'), event: FAIR })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
  });

  it('marks a role that was taken back', async () => {
    const given = await claim('rob', await codeFor({ notes: ['one'] }));
    await made.verbs.endRole({ person: ADA, grant: given.ok ? given.data.id : '' });
    expect(await shown()).toEqual(['one used ended']);
  });
});

describe('a revoked invitation', () => {
  it('is refused as a wrong code is, and revoked once', async () => {
    const code = await codeFor({ notes: ['one'] });
    expect(await revoke('one')).toMatchObject({ ok: true, data: { note: 'one', state: 'revoked' } });
    expect(await claim('rob', code)).toEqual({ ok: false, reason: 'bad-code' });
    expect(await check('rob', code)).toEqual({ ok: false, reason: 'bad-code' });
    expect(await claim('rob', 'AAAA-AAAA')).toEqual({ ok: false, reason: 'bad-code' });
    expect(await revoke('one')).toMatchObject({ ok: true });
  });

  it('was none that is used, unknown or of others', async () => {
    await claim('rob', await codeFor({ notes: ['one'] }));
    expect(await revoke('one')).toEqual({ ok: false, reason: 'used' });
    expect(await made.verbs.revokeInvitation({ person: ADA, mark: '00FF00' })).toEqual({
      ok: false,
      reason: 'unknown-invitation',
    });
    expect(await revoke('one', idOf('rob'))).toEqual({ ok: false, reason: 'not-allowed' });
    await made.grant('eve', { role: 'organizer', office: 'other' });
    expect(await revoke('one', idOf('eve'))).toEqual({ ok: false, reason: 'unknown-invitation' });
  });

  it('or a used one: of both at once one wins', async () => {
    for (let i = 0; i < 5; i++) {
      const note = `race ${i}`;
      const code = await codeFor({ notes: [note], part: i % 2 ? 'green' : null });
      const mark = await markOf(note);
      const [taken, revoked] = await Promise.all([
        claim('rob', code),
        made.verbs.revokeInvitation({ person: ADA, mark }),
      ]);
      expect([taken.ok, revoked.ok].filter(Boolean)).toHaveLength(1);
      if (taken.ok) await made.verbs.endRole({ person: ADA, grant: taken.data.id });
    }
  });
});

describe('the role of a judge', () => {
  it('ends at once, and leaves the sheets of its track as they are', async () => {
    const given = await claim('rob', await codeFor());
    const grant = given.ok ? given.data.id : '';
    const of = { event: FAIR, judge: idOf('rob') };
    const { sheets } = made.house.stores;
    const written = {
      ...emptySheet({ ...of, track: 'main', project: 'a' }),
      state: 'draft' as const,
      rev: 1,
    };
    await sheets.save(written);
    await sheets.save({ ...emptySheet({ ...of, track: 'green', project: 'b' }), state: 'draft', rev: 1 });
    const one = { person: ADA, grant };
    expect(await made.verbs.weighRole(one)).toMatchObject({
      ok: true,
      data: { sheets: 1, about: { code: 'fair' } },
    });
    expect(await made.house.stores.grants.of([idOf('rob')])).toHaveLength(1);
    expect(await made.verbs.endRole(one)).toMatchObject({ ok: true, data: { sheets: 1 } });
    expect(await made.house.stores.grants.of([idOf('rob')])).toEqual([]);
    expect(await sheets.byId([written.id])).toEqual([written]);
    expect(await made.verbs.weighRole(one)).toEqual({ ok: false, reason: 'unknown-role' });
  });
});
