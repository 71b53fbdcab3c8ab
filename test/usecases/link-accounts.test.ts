import { describe, expect, it } from 'vitest';
import { accountsReachable } from '../../src/domain/person.ts';
import { later } from '../domain/examples.ts';
import { interleaving } from '../support/memory-faults.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { FAIR, fair, filled, House, START } from './house.ts';
import { accountsOf, arrive, codeFrom, conversationOf, idOf, joined, met, send, unlink } from './linking.ts';

const [ANA, BO] = [idOf('ana'), idOf('bo')];

/** ana and bo, each with an account. */
async function two(content: Parameters<typeof House.with>[0] = {}): Promise<House> {
  const house = await House.with(content);
  await arrive(house, 'ana', 'bo');
  return house;
}

const registered = (house: House, person: string) => house.stores.registrations.of(FAIR, person);

describe('a link code', () => {
  it('has 40 random bits, lives ten minutes and is stored as a digest alone', async () => {
    const house = await two();
    const { code, until } = await house.verbs.offerLink({ person: ANA });
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u);
    expect(until).toEqual(later(house.clock.now(), 10));
    expect(JSON.stringify(house.stores.links.all())).not.toContain(code.replace('-', ''));
    const codes = await Promise.all(Array.from({ length: 500 }, () => codeFrom(house, 'ana')));
    expect(new Set(codes).size).toBe(500);
  });

  it.each([
    ['as it stands', (code: string) => code],
    ['in small letters', (code: string) => code.toLowerCase()],
    ['with spaces', (code: string) => ` ${[...code.replace('-', '')].join(' ')} `],
    [
      'in full width',
      (code: string) => code.replace(/[0-9A-Z]/gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ['with look-alikes', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('is understood %s', async (_, typed) => {
    const house = await two();
    expect(await send(house, 'bo', typed(await codeFrom(house, 'ana')))).toMatchObject({ ok: true });
  });

  it('works once', async () => {
    const house = await two();
    await arrive(house, 'cy');
    const code = await codeFrom(house, 'ana');
    expect(await send(house, 'bo', code)).toMatchObject({ ok: true });
    expect(await send(house, 'cy', code)).toEqual({ ok: false, reason: 'bad-code' });
    expect(await accountsOf(house, 'cy')).toEqual(['cy']);
  });

  it('works until it expires', async () => {
    const house = await two();
    const codes = [await codeFrom(house, 'ana'), await codeFrom(house, 'ana')] as const;
    house.clock.pass(9.9);
    expect(await send(house, 'bo', codes[0])).toMatchObject({ ok: true });
    await arrive(house, 'cy');
    house.clock.pass(0.1);
    expect(await send(house, 'cy', codes[1])).toEqual({ ok: false, reason: 'bad-code' });
  });

  it('is not for the account that it was made in, which leaves it good', async () => {
    const house = await two();
    const code = await codeFrom(house, 'ana');
    expect(await send(house, 'ana', code)).toEqual({ ok: false, reason: 'own-code' });
    expect(await send(house, 'bo', code)).toMatchObject({ ok: true });
    const another = await codeFrom(house, 'bo');
    for (const name of ['ana', 'bo'])
      expect(await send(house, name, another)).toEqual({ ok: false, reason: 'already-linked' });
  });

  it('cannot be guessed: after five wrong ones even a right one waits', async () => {
    const house = await two();
    const code = await codeFrom(house, 'ana');
    for (let i = 0; i < 5; i++)
      expect(await send(house, 'bo', `AAAA-AAA${i}`)).toEqual({ ok: false, reason: 'bad-code' });
    house.clock.pass(2);
    const limited = { ok: false, reason: 'too-many-tries', data: { minutes: 8 } };
    for (const tried of ['AAAA-AAA9', code]) expect(await send(house, 'bo', tried)).toEqual(limited);
    await arrive(house, 'cy');
    expect(await send(house, 'cy', 'AAAA-AAAA')).toMatchObject({ reason: 'bad-code' });
    house.clock.pass(8);
    expect(await send(house, 'bo', await codeFrom(house, 'ana'))).toMatchObject({ ok: true });
  });

  it('cannot be guessed by many at once', async () => {
    const house = await two();
    const tries = Array.from({ length: 40 }, (_, i) => send(house, 'bo', `AAAA-AA${10 + i}`));
    const refused = (await Promise.all(tries)).map((one) => (one.ok ? 'ok' : one.reason));
    expect(refused.filter((reason) => reason === 'bad-code')).toHaveLength(5);
    expect(refused.filter((reason) => reason === 'too-many-tries')).toHaveLength(35);
  });

  it('counts a try once, however often its effect is repeated', async () => {
    const house = await two();
    for (let i = 0; i < 9; i++)
      expect(await send(house, 'bo', 'AAAA-AAAA', { effect: 'one' })).toMatchObject({ reason: 'bad-code' });
    expect(await send(house, 'bo', await codeFrom(house, 'ana'))).toMatchObject({ ok: true });
  });
});

describe('a code that is only looked at', () => {
  const check = async (house: House, name: string, code: string) =>
    house.verbs.checkLink({
      person: (await met(house, name)).id,
      conversation: conversationOf(name),
      code,
      effect: crypto.randomUUID(),
    });

  it('tells what it would share, and stays good', async () => {
    const house = await two();
    await house.register(BO);
    const code = await codeFrom(house, 'ana');
    for (let i = 0; i < 9; i++)
      expect(await check(house, 'bo', code)).toEqual({ ok: true, data: { registrations: 1 } });
    expect(await accountsOf(house, 'bo')).toEqual(['bo']);
    expect(await registered(house, BO)).toMatchObject({ person: BO, rev: 1 });
    expect(house.stores.deliveries.all()).toEqual([]);
    expect(await send(house, 'bo', code)).toMatchObject({ ok: true });
    expect(await check(house, 'bo', code)).toEqual({ ok: false, reason: 'bad-code' });
  });

  it('is refused as it would be in earnest, and wrong ones count', async () => {
    const house = await two();
    for (const person of [ANA, BO]) await house.register(person);
    const code = await codeFrom(house, 'ana');
    expect(await check(house, 'bo', code)).toMatchObject({ reason: 'both-registered' });
    expect(await check(house, 'ana', code)).toEqual({ ok: false, reason: 'own-code' });
    for (let i = 0; i < 5; i++)
      expect(await check(house, 'bo', `AAAA-AAA${i}`)).toEqual({ ok: false, reason: 'bad-code' });
    const limited = { ok: false, reason: 'too-many-tries', data: { minutes: 10 } };
    expect([await check(house, 'bo', code), await send(house, 'bo', code)]).toEqual([limited, limited]);
  });
});

describe('whoever made a code', () => {
  it('is told once, where they were before, that an account has joined, and how to take it off', async () => {
    const house = await two();
    await arrive(house, 'cy', 'di');
    await joined(house, 'cy', 'ana');
    await house.stores.people.setReachable(conversationOf('cy'), false);
    const code = await codeFrom(house, 'ana');
    const earlier = house.stores.deliveries.all().length;
    for (let i = 0; i < 2; i++) await send(house, 'bo', code, { effect: 'web:main:bo.1' });
    expect(house.stores.deliveries.all().slice(earlier)).toMatchObject([
      { person: ANA, to: conversationOf('ana'), kind: 'own', event: null, state: 'pending' },
    ]);
    const [letter] = house.lettersTo(ANA).slice(-1);
    expect(letter?.letter).toEqual({
      text: '您的另一个账号（网页）刚刚与这个账号绑定，可以查看和修改您的报名。如果不是您本人操作，请点选下面的选项，或发送“解绑其他”。',
      choices: [{ value: 'unlink other', label: '解绑其他账号' }],
    });
  });

  it('takes all the others off at once, and keeps the registrations', async () => {
    const house = await two();
    await arrive(house, 'cy');
    await house.register(BO);
    for (const name of ['bo', 'cy']) await joined(house, name, 'ana');
    const others = (name: string) => house.verbs.unlinkOthers({ conversation: conversationOf(name) });
    expect(await others('bo')).toEqual({ ok: true, data: { first: false } });
    expect([await accountsOf(house, 'bo'), await accountsOf(house, 'cy')]).toEqual([['ana', 'bo'], ['cy']]);
    for (let i = 0; i < 2; i++) expect(await others('ana')).toEqual({ ok: true, data: { first: true } });
    expect([await accountsOf(house, 'ana'), await accountsOf(house, 'bo')]).toEqual([['ana'], ['bo']]);
    expect(await registered(house, ANA)).toMatchObject({ id: `${FAIR}.${BO}` });
    expect(await others('nobody')).toEqual({ ok: false, reason: 'nothing-linked' });
  });
});

describe('accounts that are linked', () => {
  it('are one person, reached at the one that came last', async () => {
    const house = await two();
    await joined(house, 'bo', 'ana');
    expect(await met(house, 'bo')).toEqual(await met(house, 'ana'));
    expect(await met(house, 'bo')).toMatchObject({ id: ANA });
    expect(await accountsOf(house, 'ana')).toEqual(['ana', 'bo']);
    expect(accountsReachable(await met(house, 'ana')).at(-1)?.id).toBe('bo');
    const all = await house.stores.people.byAccount((await met(house, 'ana')).accounts);
    expect(all.map(({ id }) => id)).toEqual([ANA]);
  });

  it('are written to elsewhere where one shut the bot out, before or after', async () => {
    const house = await two();
    await house.stores.people.setReachable(conversationOf('bo'), false);
    await joined(house, 'bo', 'ana');
    expect(accountsReachable(await met(house, 'ana')).at(-1)?.id).toBe('ana');
    await house.stores.people.setReachable(conversationOf('bo'), true);
    expect(accountsReachable(await met(house, 'ana')).at(-1)?.id).toBe('bo');
    await house.stores.people.setReachable(conversationOf('bo'), false);
    await unlink(house, 'bo');
    expect((await met(house, 'bo')).shut).toEqual([conversationOf('bo')]);
    expect((await met(house, 'ana')).shut).toEqual([]);
  });

  it('go on when a chat gets another address', async () => {
    const house = await two();
    await joined(house, 'bo', 'ana');
    expect(await house.stores.people.moveAccount(conversationOf('bo'), conversationOf('bo2'))).toBe(true);
    expect(await accountsOf(house, 'bo2')).toEqual(['ana', 'bo2']);
  });

  it('bring registrations with their ticket and seat, which either can change and cancel', async () => {
    const house = await two({ capacity: 1 });
    await house.register(BO);
    const before = await registered(house, BO);
    expect(await send(house, 'bo', await codeFrom(house, 'ana'))).toEqual({
      ok: true,
      data: { registrations: 1 },
    });
    const after = await registered(house, ANA);
    expect(after).toMatchObject({ id: before?.id, ticket: before?.ticket, person: ANA });
    expect(await registered(house, BO)).toBeUndefined();
    const changed = await house.verbs.registerGuest(filled(ANA, 'change', { name: 'Ana A.' }));
    expect(changed).toMatchObject({ ok: true, data: { registration: { id: before?.id } } });
    expect((await house.seats()).entries).toMatchObject([{ registration: before?.id, state: 'held' }]);
    const [facts] = await house.verbs.loadFacts([await met(house, 'bo')]);
    expect(facts?.registrations.map(({ registration }) => registration.ticket)).toEqual([before?.ticket]);
    expect(await house.verbs.cancelRegistration({ person: ANA, event: FAIR })).toMatchObject({ ok: true });
    expect((await house.seats()).entries).toEqual([]);
  });

  it('do the same confirmation once, though the registration has moved in between', async () => {
    const house = await two();
    await house.verbs.registerGuest(filled(BO, 'run'));
    await joined(house, 'bo', 'ana');
    const again = await house.verbs.registerGuest(filled(ANA, 'run'));
    expect(again).toMatchObject({ ok: true, data: { registration: { person: ANA, rev: 2 } } });
    expect(await house.stores.registrations.ofEvent(FAIR, '', 10)).toHaveLength(1);
  });

  it('bring what is active in the place of what was cancelled, and leave behind what was', async () => {
    const house = await two();
    await house.register(ANA);
    await house.verbs.cancelRegistration({ person: ANA, event: FAIR });
    await house.register(BO);
    await joined(house, 'bo', 'ana');
    expect(await registered(house, ANA)).toMatchObject({ id: `${FAIR}.${BO}`, status: 'confirmed' });
    const other = await two();
    await other.register(ANA);
    await other.register(BO);
    await other.verbs.cancelRegistration({ person: BO, event: FAIR });
    await joined(other, 'bo', 'ana');
    expect(await registered(other, ANA)).toMatchObject({ id: `${FAIR}.${ANA}`, status: 'confirmed' });
  });

  it('are refused where both are registered for an event, until one has cancelled', async () => {
    const house = await two();
    for (const person of [ANA, BO]) await house.register(person);
    const code = await codeFrom(house, 'ana');
    expect(await send(house, 'bo', code)).toMatchObject({
      reason: 'both-registered',
      data: { event: { id: FAIR } },
    });
    expect(await accountsOf(house, 'bo')).toEqual(['bo']);
    await house.verbs.cancelRegistration({ person: ANA, event: FAIR });
    expect(await send(house, 'bo', code)).toMatchObject({ ok: true });
  });

  it('are not held up by an event that is over', async () => {
    const house = await two();
    for (const person of [ANA, BO]) await house.register(person);
    house.clock.set(later(START, 60 * 24));
    expect(await send(house, 'bo', await codeFrom(house, 'ana'))).toEqual({
      ok: true,
      data: { registrations: 0 },
    });
    expect(await registered(house, BO)).toMatchObject({ person: BO });
  });

  it('may be more than two, whoever joins whom', async () => {
    const house = await two();
    await arrive(house, 'cy', 'di');
    await joined(house, 'di', 'cy');
    await joined(house, 'bo', 'ana');
    await joined(house, 'di', 'bo');
    for (const name of ['ana', 'bo', 'cy', 'di']) expect(await met(house, name)).toMatchObject({ id: ANA });
    expect((await accountsOf(house, 'ana')).sort()).toEqual(['ana', 'bo', 'cy', 'di']);
    expect(house.stores.people.all().filter(({ linked }) => linked.length > 0)).toHaveLength(1);
  });

  it('get one reminder, at one account, also where it was being written when they were linked', async () => {
    const hour = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const;
    const house = await two({ reminders: [hour] });
    await house.register(BO);
    house.clock.set(later(START, -60));
    const [due] = await house.stores.occasions.due(house.clock.now(), 1);
    const { end: _end, ...rest } = house.stores.occasions;
    const interrupted = { ...rest, end: async () => {} };
    await house.verbsOn({ ...house.stores, occasions: interrupted }).fireOccasion(due?.id ?? '');
    await joined(house, 'bo', 'ana');
    await house.sweep();
    const sent: string[] = [];
    const send: Send = async ({ id }) => {
      sent.push(id);
      return { result: 'sent', messageId: '1' };
    };
    await senderOn(house.stores, { clock: house.clock, send }).sendDue();
    const reminders = house.stores.deliveries.all().filter(({ occasion }) => occasion !== null);
    expect(reminders).toMatchObject([{ state: 'sent' }]);
    // The other one is told of the new account.
    expect(sent.sort()).toEqual(['ana', 'bo']);
  });
});

describe('an account that is unlinked', () => {
  it('is somebody of their own again, without the registrations, who can register anew', async () => {
    const house = await two({ capacity: 5 });
    await house.register(BO);
    await joined(house, 'bo', 'ana');
    expect(await unlink(house, 'bo')).toEqual({ ok: true, data: null });
    expect([await accountsOf(house, 'ana'), await accountsOf(house, 'bo')]).toEqual([['ana'], ['bo']]);
    expect(await registered(house, ANA)).toMatchObject({ id: `${FAIR}.${BO}` });
    expect(await registered(house, BO)).toBeUndefined();
    await house.verbs.registerGuest(filled(BO, 'anew'));
    const [old, anew] = [await registered(house, ANA), await registered(house, BO)];
    expect(anew?.ticket).not.toBe(old?.ticket);
    expect((await house.seats()).entries.map(({ registration }) => registration)).toEqual([
      old?.id,
      anew?.id,
    ]);
    await house.verbs.cancelRegistration({ person: BO, event: FAIR });
    expect(await registered(house, ANA)).toMatchObject({ status: 'confirmed' });
    await joined(house, 'bo', 'ana');
    expect(await accountsOf(house, 'bo')).toEqual(['ana', 'bo']);
  });

  it('cannot be the first, and needs another', async () => {
    const house = await two();
    expect(await unlink(house, 'ana')).toEqual({ ok: false, reason: 'nothing-linked' });
    await joined(house, 'bo', 'ana');
    expect(await unlink(house, 'ana')).toEqual({ ok: false, reason: 'first-account' });
    expect(await accountsOf(house, 'ana')).toEqual(['ana', 'bo']);
    const nobody = { conversation: 'web:main:nobody', from: ANA };
    expect(await house.verbs.unlinkAccount(nobody)).toEqual({ ok: false, reason: 'nothing-linked' });
  });

  it('leaves the others where they are', async () => {
    const house = await two();
    await arrive(house, 'cy');
    await joined(house, 'cy', 'bo');
    await joined(house, 'bo', 'ana');
    await unlink(house, 'bo');
    expect([await accountsOf(house, 'cy'), await accountsOf(house, 'bo')]).toEqual([['ana', 'cy'], ['bo']]);
  });
});

const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1);

describe.each(SEEDS)('at the same time (order %i)', (seed) => {
  const processes = (house: House) =>
    [seed, seed + 1_000, seed + 2_000].map((each) => house.verbsOn(interleaving(house.stores, each)));

  /** Everybody of these is one person, and nothing is left with anybody else. */
  async function expectOne(house: House, names: readonly string[]): Promise<void> {
    const people = await Promise.all(names.map((name) => met(house, name)));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    const [host] = people;
    expect(host?.accounts.map(({ id }) => id).sort()).toEqual([...names].sort());
    const all = await house.stores.registrations.ofEvent(FAIR, '', 100);
    expect(all.map(({ person }) => person)).toEqual(all.map(() => host?.id));
  }

  it('one code joins one of two who send it', async () => {
    const house = await two();
    await arrive(house, 'cy');
    const code = await codeFrom(house, 'ana');
    const [one, other] = processes(house);
    const done = await Promise.all([
      send(house, 'bo', code, { ...(one && { verbs: one }) }),
      send(house, 'cy', code, { ...(other && { verbs: other }) }),
    ]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(done).toContainEqual({ ok: false, reason: 'bad-code' });
    expect(await accountsOf(house, 'ana')).toHaveLength(2);
  });

  it('two who send each other’s code end as one', async () => {
    const house = await two();
    await house.register(seed % 2 === 0 ? ANA : BO);
    const codes = [await codeFrom(house, 'ana'), await codeFrom(house, 'bo')] as const;
    const [one, other] = processes(house);
    await Promise.all([
      send(house, 'bo', codes[0], { ...(one && { verbs: one }) }),
      send(house, 'ana', codes[1], { ...(other && { verbs: other }) }),
    ]);
    await expectOne(house, ['ana', 'bo']);
  });

  it('three in a row end as one, with what one of them brought', async () => {
    const house = await two();
    await arrive(house, 'cy');
    await house.register(idOf('cy'));
    const codes = [await codeFrom(house, 'ana'), await codeFrom(house, 'bo')] as const;
    const [one, other] = processes(house);
    await Promise.all([
      send(house, 'cy', codes[1], { ...(one && { verbs: one }) }),
      send(house, 'bo', codes[0], { ...(other && { verbs: other }) }),
    ]);
    await expectOne(house, ['ana', 'bo', 'cy']);
  });

  it('a registration that is made or changed on the way comes along', async () => {
    const house = await two({ capacity: 5 });
    if (seed % 2 === 0) await house.register(BO);
    const code = await codeFrom(house, 'ana');
    const [one, other] = processes(house);
    const { person: _person, run, ...input } = filled(BO, 'web:main:bo.7', { name: 'Bo B.' });
    await Promise.all([
      send(house, 'bo', code, { ...(one && { verbs: one }) }),
      other?.performEffect({ id: run, kind: 'register', input }, BO),
    ]);
    await expectOne(house, ['ana', 'bo']);
    const all = await house.stores.registrations.ofEvent(FAIR, '', 100);
    expect(all).toMatchObject([{ status: 'confirmed', details: { name: 'Bo B.' } }]);
    expect((await house.seats()).entries).toMatchObject([{ registration: all[0]?.id, state: 'held' }]);
  });
});

describe('the effects of a chat', () => {
  it('give a code, join by it and take the account off again', async () => {
    const house = await two();
    await house.verbs.importEvent(fair());
    const perform = async (name: string, kind: string, input: object) =>
      house.verbs.performEffect(
        { id: `${conversationOf(name)}.1`, kind, input },
        (await met(house, name)).id,
      );
    const given = await perform('ana', 'link-code', {});
    const { code } = (given as { data: { code: string } }).data;
    expect(await perform('bo', 'check-link', { code })).toEqual({ ok: true, data: { registrations: 0 } });
    expect(await perform('bo', 'link', { code })).toMatchObject({ ok: true });
    expect(await perform('bo', 'unlink', { from: ANA })).toMatchObject({ ok: true });
    expect(await accountsOf(house, 'bo')).toEqual(['bo']);
    expect(await perform('ana', 'unlink-others', {})).toEqual({ ok: true, data: { first: true } });
    expect(await perform('bo', 'check-ticket', { code })).toEqual({ ok: false, reason: 'bad-ticket' });
    expect(await perform('bo', 'link-ticket', { code })).toEqual({ ok: false, reason: 'bad-ticket' });
    for (const kind of ['link', 'check-link', 'check-ticket', 'link-ticket'])
      await expect(perform('bo', kind, { code: { $ne: 1 } })).rejects.toThrow();
  });
});
