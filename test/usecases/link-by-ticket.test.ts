import { describe, expect, it } from 'vitest';
import { ticketCode } from '../../src/documents/ticket.ts';
import { later } from '../domain/examples.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { FAIR, fair, House, SECRET, START, type Verbs } from './house.ts';
import { accountsOf, arrive, codeFrom, conversationOf, idOf, joined, met, send, unlink } from './linking.ts';

const [ANA, BO] = [idOf('ana'), idOf('bo')];

/** ana is registered; bo is a stranger. */
async function two(): Promise<{ house: House; code: string; ticket: string }> {
  const house = await House.with();
  await arrive(house, 'ana', 'bo');
  await house.register(ANA);
  const { ticket } = await house.registrationOf(ANA);
  return { house, code: ticketCode(SECRET, ticket), ticket };
}

type Verb = 'checkTicket' | 'joinByTicket';

async function sends(
  house: House,
  name: string,
  code: string,
  { verb = 'joinByTicket', effect = crypto.randomUUID() }: { verb?: Verb; effect?: string } = {},
): Promise<Awaited<ReturnType<Verbs[Verb]>>> {
  const person = (await met(house, name)).id;
  return house.verbs[verb]({ person, conversation: conversationOf(name), code, effect });
}

describe('the code of a ticket', () => {
  it('tells the event and the ticket, nothing of its holder, and joins nobody yet', async () => {
    const { house, code, ticket } = await two();
    const told = await sends(house, 'bo', code, { verb: 'checkTicket' });
    expect(told).toEqual({
      ok: true,
      data: { event: expect.objectContaining({ id: FAIR }), ticket, registrations: 0 },
    });
    expect(JSON.stringify(told)).not.toContain(ANA);
    expect(await accountsOf(house, 'bo')).toEqual(['bo']);
    expect(house.stores.links.all()).toEqual([]);
  });

  it('joins who sends it to its holder, whose other accounts are told how to undo it', async () => {
    const { house, code, ticket } = await two();
    expect(await sends(house, 'bo', code)).toEqual({ ok: true, data: { registrations: 0 } });
    expect(await met(house, 'bo')).toMatchObject({ id: ANA });
    const [facts] = await house.verbs.loadFacts([await met(house, 'bo')]);
    expect(facts?.registrations.map(({ registration }) => registration.ticket)).toEqual([ticket]);
    const told: string[] = [];
    const send: Send = async ({ id }, { text }) => {
      told.push(`${id}: ${text}`);
      return { result: 'sent', messageId: '1' };
    };
    await senderOn(house.stores, { clock: house.clock, send }).sendDue();
    expect(told).toEqual([expect.stringMatching(/^ana: .*发送“解绑其他”/u)]);
    await house.verbs.unlinkOthers({ conversation: conversationOf('ana') });
    expect([await accountsOf(house, 'ana'), await accountsOf(house, 'bo')]).toEqual([['ana'], ['bo']]);
  });

  it('is not told to an account that has left meanwhile, or has shut the bot out', async () => {
    const { house, code } = await two();
    await arrive(house, 'cy', 'di');
    for (const name of ['cy', 'di']) await joined(house, name, 'ana');
    const before = house.stores.deliveries.all().map(({ id }) => id);
    await sends(house, 'bo', code);
    await unlink(house, 'cy');
    await house.stores.people.setReachable(conversationOf('di'), false);
    const send = async () => ({ result: 'sent', messageId: '1' }) as const;
    await senderOn(house.stores, { clock: house.clock, send }).sendDue();
    const rows = house.stores.deliveries.all().filter(({ id }) => !before.includes(id));
    expect(rows.map(({ to, state, cause }) => [to, state, cause])).toEqual([
      [conversationOf('ana'), 'sent', null],
      [conversationOf('cy'), 'skipped', 'no_account'],
      [conversationOf('di'), 'skipped', 'blocked'],
    ]);
  });

  it('brings along what the sender is registered for elsewhere', async () => {
    const { house, code } = await two();
    await house.verbs.importEvent(fair({ code: 'salon' }));
    const { event } = (await house.stores.events.byCode('office', 'salon')) ?? {};
    const { consent: _, ...mine } = await house.registrationOf(ANA);
    await house.verbs.registerGuest({
      event: event?.id ?? '',
      person: BO,
      run: 'salon',
      details: mine.details,
      waitlist: mine.waitlist,
    });
    expect(await sends(house, 'bo', code, { verb: 'checkTicket' })).toMatchObject({
      data: { registrations: 1 },
    });
    expect(await sends(house, 'bo', code)).toEqual({ ok: true, data: { registrations: 1 } });
    expect(await house.stores.registrations.byPerson([ANA])).toHaveLength(2);
  });

  it('is refused where both are registered for its event, until the sender has cancelled', async () => {
    const { house, code } = await two();
    await house.register(BO);
    for (const verb of ['checkTicket', 'joinByTicket'] as const)
      expect(await sends(house, 'bo', code, { verb })).toMatchObject({
        reason: 'both-registered',
        data: { event: { id: FAIR } },
      });
    await house.verbs.cancelRegistration({ person: BO, event: FAIR });
    expect(await sends(house, 'bo', code)).toMatchObject({ ok: true });
  });

  it('of one’s own says so, from every account', async () => {
    const { house, code, ticket } = await two();
    expect(await sends(house, 'ana', code)).toMatchObject({ reason: 'own-ticket', data: { ticket } });
    await joined(house, 'bo', 'ana');
    expect(await sends(house, 'bo', code)).toMatchObject({ reason: 'own-ticket', data: { ticket } });
  });

  it('that was cancelled, by the holder or with the event, is refused', async () => {
    const { house, code } = await two();
    await house.verbs.importEvent(fair({ status: 'cancelled' }));
    expect(await sends(house, 'bo', code)).toMatchObject({ reason: 'ticket-cancelled' });
    const other = await two();
    await other.house.verbs.cancelRegistration({ person: ANA, event: FAIR });
    expect(await sends(other.house, 'bo', other.code)).toMatchObject({
      reason: 'ticket-cancelled',
      data: { event: { id: FAIR } },
    });
    expect(await accountsOf(other.house, 'bo')).toEqual(['bo']);
  });

  it('of an event that is over is refused', async () => {
    const { house, code } = await two();
    house.clock.set(later(START, 60 * 24));
    expect(await sends(house, 'bo', code)).toMatchObject({ reason: 'ticket-over' });
  });

  it('that is forged or unknown counts as a wrong try, together with link codes', async () => {
    const { house, code, ticket } = await two();
    const forged = ticketCode('another secret of 32 characters!', ticket);
    const unknown = ticketCode(SECRET, 'ZZZZZZZZ');
    for (const wrong of [forged, unknown, ticket])
      expect(await sends(house, 'bo', wrong, { verb: 'checkTicket' })).toEqual({
        ok: false,
        reason: 'bad-ticket',
      });
    for (let i = 0; i < 2; i++)
      expect(await send(house, 'bo', `AAAA-AAA${i}`)).toMatchObject({ reason: 'bad-code' });
    const limited = { ok: false, reason: 'too-many-tries', data: { minutes: 10 } };
    expect(await sends(house, 'bo', code)).toEqual(limited);
    expect(await send(house, 'bo', await codeFrom(house, 'ana'))).toEqual(limited);
    house.clock.pass(10);
    expect(await sends(house, 'bo', code)).toMatchObject({ ok: true });
  });

  it('may be sent again and again: a right one is no try', async () => {
    const { house, code } = await two();
    for (let i = 0; i < 9; i++)
      expect(await sends(house, 'bo', code, { verb: 'checkTicket' })).toMatchObject({ ok: true });
  });

  it('joins once, however often its effect is repeated', async () => {
    const { house, code } = await two();
    for (let i = 0; i < 3; i++)
      expect(await sends(house, 'bo', code, { effect: 'web:main:bo.1' })).toEqual({
        ok: true,
        data: { registrations: 0 },
      });
    expect(house.stores.deliveries.all()).toHaveLength(1);
  });
});
