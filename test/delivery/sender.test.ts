import { describe, expect, it } from 'vitest';
import { later } from '../domain/examples.ts';
import type { Send } from '../support/sender.ts';
import { FAIR, fair, START } from '../usecases/house.ts';
import { Office, SENT } from './office.ts';

describe('sending what is due', () => {
  it('sends it once to the account of the person and keeps the number of the message', async () => {
    const office = await Office.open();
    await office.post();
    expect(await office.sender()()).toBe(1);
    expect(await office.sender()()).toBe(0);
    expect(office.sent).toEqual([
      { account: { channel: 'web', bot: 'main', id: 'ana' }, text: 'It starts soon.' },
    ]);
    expect(await office.row()).toMatchObject({
      state: 'sent',
      cause: null,
      messageId: '42',
      attempts: 1,
      leaseUntil: null,
    });
  });

  it('waits until its time has come', async () => {
    const office = await Office.open();
    await office.post({ notBefore: later(office.house.clock.now(), 5) });
    expect(await office.sender()()).toBe(0);
    expect(await office.house.stores.deliveries.anyDue(office.house.clock.now())).toBe(false);
    office.house.clock.pass(5);
    expect(await office.house.stores.deliveries.anyDue(office.house.clock.now())).toBe(true);
    expect(await office.sender()()).toBe(1);
  });

  it('by two senders at once sends every row once', async () => {
    const office = await Office.open();
    for (let i = 0; i < 250; i++) await office.post({ id: `row ${i}`, letter: { text: `${i}` } });
    const drain = async (name: string) => {
      const send = office.sender(name);
      while ((await send()) > 0);
    };
    await Promise.all([drain('one'), drain('two'), drain('two')]);
    expect(office.sent).toHaveLength(250);
    expect(new Set(office.sent.map(({ text }) => text)).size).toBe(250);
  });

  it('has stored that it is sending before anything leaves', async () => {
    const office = await Office.open();
    await office.post();
    const states: string[] = [];
    const send: Send = async () => {
      const { state, attempt, attempts } = await office.row();
      states.push(`${state} ${attempts} ${attempt !== null}`);
      return SENT;
    };
    await office.sender('one', office.house.stores, send)();
    expect(states).toEqual(['sending 1 true']);
  });
});

describe('the news that an offer has ended', () => {
  it('reaches somebody whose registration ended with it', async () => {
    const office = await Office.open({ capacity: 1 }, ['bo']);
    const { house } = office;
    await house.verbs.cancelRegistration({ person: 'bo', event: FAIR });
    house.clock.pass(120);
    await house.sweep();
    await office.sender()();
    expect(house.lettersTo(office.ana).map(({ state, cause }) => [state, cause])).toEqual([
      ['skipped', 'missed'],
      ['sent', null],
    ]);
    expect(office.sent).toHaveLength(1);
  });
});

describe('just before sending it is skipped', () => {
  const skipped = async (office: Office) => {
    expect(await office.sender()()).toBe(1);
    expect(office.sent).toEqual([]);
    const { state, cause, leaseUntil } = await office.row();
    expect([state, leaseUntil]).toEqual(['skipped', null]);
    return cause;
  };

  it('when the person wants no notices, unless it is about their own registration', async () => {
    const office = await Office.open();
    await office.post();
    await office.house.verbs.setNotices({ person: office.ana, wanted: false });
    expect(await skipped(office)).toBe('unsubscribed');
    await office.post({ id: 'own', kind: 'own' });
    await office.sender()();
    expect(await office.row('own')).toMatchObject({ state: 'sent' });
  });

  it('when the registration was cancelled', async () => {
    const office = await Office.open();
    await office.post();
    await office.house.verbs.cancelRegistration({ person: office.ana, event: FAIR });
    expect(await skipped(office)).toBe('cancelled');
  });

  it('when it is too late', async () => {
    const office = await Office.open();
    await office.post();
    office.house.clock.pass(60 * 24);
    expect(await skipped(office)).toBe('missed');
  });

  it('when the person cannot be reached', async () => {
    const office = await Office.open();
    await office.post({ person: 'nobody', registration: null });
    expect(await skipped(office)).toBe('no_account');
  });

  it.each([
    ['was moved', { startsAt: later(START, 60) }],
    ['was cancelled', { status: 'cancelled' as const }],
  ])('when the event %s after the reminder was written', async (_, change) => {
    const office = await Office.open();
    const { house } = office;
    const reminders = [{ id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const];
    await house.verbs.importEvent(fair({ reminders }));
    await house.verbs.planChangedEvents();
    house.clock.set(later(START, -60));
    await house.sweep();
    const [row] = house.lettersTo(office.ana);
    await house.verbs.importEvent(fair({ reminders, ...change }));
    await office.sender()();
    expect(office.sent).toEqual([]);
    expect(await office.row(row?.id)).toMatchObject({ state: 'skipped', cause: 'superseded' });
  });

  it('but not for another reason: a reminder that still stands is sent', async () => {
    const office = await Office.open();
    const { house } = office;
    const reminders = [{ id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const];
    await house.verbs.importEvent(fair({ reminders }));
    await house.verbs.planChangedEvents();
    house.clock.set(later(START, -60));
    await house.sweep();
    const title = { zh: '新名称', en: 'New name' };
    await house.verbs.importEvent(fair({ reminders, title }));
    await office.sender()();
    expect(office.sent).toHaveLength(1);
  });
});
