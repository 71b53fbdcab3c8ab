import { expect } from 'vitest';
import type { Account } from '../../../../src/domain/person.ts';
import type { People } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const account = (id: string, channel = 'web', bot = 'main'): Account => ({ channel, bot, id });

export const people = cases<People>({
  'knows nobody while it is empty': async ({ port }) => {
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.byId([])).toEqual([]);
    expect(await port.byAccount([])).toEqual([]);
    expect(await port.byAccount([account('a')])).toEqual([]);
  },
  'makes a person of a new account, and finds them by id and by account': async ({ port, documents }) => {
    const made = await port.ensure(account('a'), 'zh', at(0));
    expect(made).toEqual({
      id: expect.any(String),
      accounts: [account('a')],
      shut: [],
      lang: 'zh',
      langChosen: false,
      notices: true,
      createdAt: at(0),
    });
    expect(await port.byId([made.id])).toEqual([made]);
    expect(await port.byAccount([account('a')])).toEqual([made]);
    if (documents) expect(await documents()).toHaveLength(1);
  },
  'leaves a person that is known as they are': async ({ port, twin }) => {
    const made = await port.ensure(account('a'), 'zh', at(0));
    await port.setLanguage(made.id, 'en');
    const again = await twin.ensure(account('a'), 'zh', at(60));
    expect(again).toEqual({ ...made, lang: 'en', langChosen: true });
  },
  'tells accounts of other channels, bots and ids apart, separators in ids included': async ({ port }) => {
    const accounts = [
      account('a'),
      account('a', 'telegram'),
      account('a', 'web', 'other'),
      account('a:b'),
      account('A'),
      account(HARD_TEXT),
    ];
    for (const one of accounts) await port.ensure(one, 'en', at(0));
    const found = await port.byAccount(accounts);
    expect(new Set(idsOf(found)).size).toBe(accounts.length);
    for (const one of accounts)
      expect((await port.byAccount([one])).map((person) => person.accounts)).toEqual([[one]]);
  },
  'finds several, leaves out unknown ones, and gives each once': async ({ port }) => {
    const a = await port.ensure(account('a'), 'zh', at(0));
    const b = await port.ensure(account('b'), 'en', at(1));
    expect(idsOf(await port.byId([b.id, 'nobody', a.id])).sort()).toEqual([a.id, b.id].sort());
    expect(idsOf(await port.byId([a.id, a.id]))).toEqual([a.id]);
    expect(idsOf(await port.byAccount([account('b'), account('x'), account('b')]))).toEqual([b.id]);
  },
  'answers many questions at once, each with its own': async ({ port }) => {
    const a = await port.ensure(account('a'), 'zh', at(0));
    const b = await port.ensure(account('b'), 'zh', at(0));
    const found = await Promise.all([
      port.byId([a.id]),
      port.byId([b.id]),
      port.byId(['x']),
      port.byAccount([account('a'), account('b')]),
      port.byAccount([account('b')]),
      port.byAccount([account('x')]),
    ]);
    expect(found.map((one) => idsOf(one).sort())).toEqual([
      [a.id],
      [b.id],
      [],
      [a.id, b.id].sort(),
      [b.id],
      [],
    ]);
  },
  'makes one person when twenty ask at once': async (ground) => {
    const made = await atOnce(ground, 20, (port) => port.ensure(account('a'), 'zh', at(0)));
    expect(new Set(idsOf(made)).size).toBe(1);
    expect(await ground.port.byAccount([account('a')])).toEqual([made[0]]);
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
  'makes each of twenty different people at once, beside those that are known': async (ground) => {
    const known = await ground.port.ensure(account('p0'), 'en', at(0));
    const made = await atOnce(ground, 20, (port, i) =>
      port.ensure(account(`p${i % 10}`), i % 3 === 0 ? 'zh' : 'en', at(i)),
    );
    expect(made.map(({ accounts }) => accounts[0]?.id)).toEqual(made.map((_, i) => `p${i % 10}`));
    expect(new Set(idsOf(made)).size).toBe(10);
    expect(made[0]).toEqual(known);
    if (ground.documents) expect(await ground.documents()).toHaveLength(10);
  },
  'remembers a chosen language, also when it is the one that was guessed': async ({ port }) => {
    const { id } = await port.ensure(account('a'), 'zh', at(0));
    await port.setLanguage(id, 'zh');
    expect(await port.byId([id])).toMatchObject([{ lang: 'zh', langChosen: true }]);
    await port.setLanguage(id, 'en');
    await port.setLanguage(id, 'en');
    expect(await port.byId([id])).toMatchObject([{ lang: 'en', langChosen: true, notices: true }]);
  },
  'remembers whether notices are wanted': async ({ port }) => {
    const made = await port.ensure(account('a'), 'zh', at(0));
    await port.setNotices(made.id, false);
    await port.setNotices(made.id, false);
    expect(await port.byId([made.id])).toEqual([{ ...made, notices: false }]);
    await port.setNotices(made.id, true);
    expect(await port.byId([made.id])).toEqual([made]);
  },
  'makes nobody by a setting of an unknown person': async ({ port, documents }) => {
    await port.setLanguage('nobody', 'en');
    await port.setNotices('nobody', false);
    expect(await port.byId(['nobody'])).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
  },
  'remembers who has shut the bot out, until they let it write again': async ({ port, twin }) => {
    await port.ensure(account('a'), 'zh', at(0));
    await port.setReachable('web:main:a', false);
    await twin.setReachable('web:main:a', false);
    expect((await port.byAccount([account('a')]))[0]?.shut).toEqual(['web:main:a']);
    await twin.setReachable('web:main:a', true);
    await port.setReachable('web:main:nobody', false);
    expect((await port.byAccount([account('a')]))[0]?.shut).toEqual([]);
  },
  'moves a chat to another address, unless that is somebody’s': async ({ port }) => {
    const made = await port.ensure(account('a'), 'zh', at(0));
    await port.ensure(account('b'), 'zh', at(0));
    expect(await port.moveAccount('web:main:a', 'web:main:b')).toBe(false);
    expect(await port.moveAccount('web:main:nobody', 'web:main:c')).toBe(true);
    expect(await port.moveAccount('web:main:a', 'web:main:c')).toBe(true);
    expect(await port.byAccount([account('a')])).toEqual([]);
    expect((await port.byAccount([account('c')]))[0]?.id).toBe(made.id);
  },
  'meets who has joined somebody as that one, until they part': async ({ port, twin }) => {
    const host = await port.ensure(account('a'), 'zh', at(0));
    const guest = await port.ensure(account('b'), 'en', at(0));
    expect(await port.join(guest.id, host.id)).toBe(true);
    expect(await twin.join(guest.id, host.id)).toBe(false);
    await port.adopt(host.id, ['web:main:b'], []);
    await twin.adopt(host.id, ['web:main:b'], []);
    const met = await port.byAccount([account('a'), account('b')]);
    expect(met.map(({ id, accounts }) => [id, accounts])).toEqual([[host.id, [account('a'), account('b')]]]);
    expect(await port.host(guest.id)).toBe(host.id);
    expect((await port.members(host.id)).map(({ id }) => id)).toEqual([guest.id]);
    await port.disown(host.id, ['web:main:b']);
    await port.part(guest.id, host.id);
    expect((await twin.byAccount([account('b')]))[0]?.id).toBe(guest.id);
    expect((await twin.byAccount([account('a')]))[0]?.accounts).toEqual([account('a')]);
    expect(await port.members(host.id)).toEqual([]);
  },
});
