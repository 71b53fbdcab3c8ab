import { describe, expect, it } from 'vitest';
import { Broadcast } from './broadcast.ts';
import { conversationOf, idOf, joined } from './linking.ts';

const AGAIN = { person: idOf('author'), number: 1 };

/** Everybody has a notice that asks for a receipt. */
async function announced(guests: readonly string[] = ['ana', 'bo', 'cy']): Promise<Broadcast> {
  const office = await Broadcast.open(guests);
  await office.announce({ buttons: ['receipt'] });
  await office.run();
  return office;
}

/** Somebody is reached by Telegram too. */
async function withTelegram(office: Broadcast, name: string, id: string): Promise<void> {
  const account = { channel: 'telegram', bot: '1', id };
  await office.stores.people.ensure(account, 'zh', office.house.clock.now());
  const host = idOf(name);
  await office.stores.people.join(`person-telegram:1:${id}`, host);
  await office.stores.people.adopt(host, [`telegram:1:${id}`], []);
}

describe('receipts', () => {
  it('are counted, each reader once', async () => {
    const office = await announced();
    for (const name of ['ana', 'ana', 'bo'])
      expect(await office.verbs.confirmReceipt({ person: idOf(name), number: 1 })).toMatchObject({
        ok: true,
      });
    expect(await office.stores.deliveries.receipts('form')).toBe(2);
    expect(await office.verbs.confirmReceipt({ person: idOf('ana'), number: 9 })).toEqual({
      ok: false,
      reason: 'unknown-notice',
    });
  });

  it('of who has been joined with somebody since count for the one who got it', async () => {
    const office = await announced(['bo']);
    await joined(office.house, 'bo', 'author');
    await office.verbs.confirmReceipt({ person: idOf('author'), number: 1 });
    expect(await office.stores.deliveries.receipts('form')).toBe(1);
  });
});

describe('escalating a notice', () => {
  it('sends it by another channel to those who did not confirm, and names those who have none', async () => {
    const office = await announced();
    await office.verbs.confirmReceipt({ person: idOf('cy'), number: 1 });
    await withTelegram(office, 'ana', '7');
    office.sent.length = 0;
    const ticket = (await office.house.registrationOf(idOf('bo'))).ticket;
    expect(await office.verbs.escalateNotice(AGAIN)).toMatchObject({
      ok: true,
      data: { count: 1, unreached: [{ person: idOf('bo'), ticket, name: 'bo' }] },
    });
    await office.run();
    expect(office.sent).toEqual([{ to: 'telegram:1:7', text: 'ana，请走东门。' }]);

    await office.verbs.escalateNotice(AGAIN);
    await office.run();
    expect(office.sent).toHaveLength(1);
    expect(office.ends()).toEqual(['ana: sent', 'bo: sent', 'cy: sent']);
    expect(await office.notice()).toMatchObject({ state: 'done' });
    const rows = await office.stores.deliveries.ofNotice('form', '', 9);
    expect(rows.map(({ id, state }) => [id, state])).toContainEqual([`form/${idOf('ana')}/again`, 'sent']);
  });

  it('goes to more than one page of readers', async () => {
    const names = Array.from({ length: 520 }, (_, i) => `g${i}`);
    const office = await Broadcast.open([]);
    for (const name of names)
      await office.stores.people.ensure(
        { channel: 'web', bot: 'main', id: name },
        'zh',
        office.house.clock.now(),
      );
    await office.house.register(idOf('g0'), { lang: 'zh' });
    await office.announce({ buttons: ['receipt'] });
    await office.run();
    const [row] = office.rows();
    if (!row) throw new Error('expected a row, received none');
    await office.stores.deliveries.add(
      names.map((name) => ({ ...row, id: `form/${idOf(name)}`, person: idOf(name) })),
    );
    await withTelegram(office, 'g519', '519');
    const done = await office.verbs.escalateNotice(AGAIN);
    expect(done).toMatchObject({ data: { count: 1 } });
    expect(done.ok && done.data.unreached).toHaveLength(519);
  });

  it.each([
    ['that left its channel out goes by no other', { without: ['telegram'] }],
    ['whose reader shut the other account out goes by no other', { shut: true }],
  ] as const)('%s', async (_, given) => {
    const office = await Broadcast.open(['ana']);
    await office.announce({ buttons: ['receipt'], without: 'without' in given ? given.without : [] });
    await office.run();
    await withTelegram(office, 'ana', '7');
    if ('shut' in given) await office.stores.people.setReachable('telegram:1:7', false);
    expect(await office.verbs.escalateNotice(AGAIN)).toMatchObject({
      data: { count: 0, unreached: [{ name: 'ana' }] },
    });
  });

  it('is refused where nobody could confirm, and before it was sent', async () => {
    const office = await Broadcast.open();
    await office.announce();
    expect(await office.verbs.escalateNotice(AGAIN)).toMatchObject({ ok: false, reason: 'no-receipt' });
    await office.announce({ id: 'other', buttons: ['receipt'] });
    expect(await office.verbs.escalateNotice({ ...AGAIN, number: 2 })).toMatchObject({
      ok: false,
      reason: 'wrong-state',
    });
    expect(await office.verbs.escalateNotice({ ...AGAIN, person: idOf('ana') })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(office.heard()).not.toContain(conversationOf('author'));
  });
});
