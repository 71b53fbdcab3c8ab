import { describe, expect, it } from 'vitest';
import { type Send, sendDue } from '../../src/delivery/sender.ts';
import { type Delivery, MAX_ATTEMPTS, type Sending } from '../../src/domain/notice.ts';
import type { Account } from '../../src/domain/person.ts';
import { later } from '../domain/examples.ts';
import { Crash, crashAfter } from '../support/memory-faults.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import { FAIR, fair, House, START } from '../usecases/house.ts';

const SENT: Sending = { result: 'sent', messageId: '42' };

/** A house with one guest, a post that answers as it is told, and senders by name. */
class Office {
  readonly sent: { readonly account: Account; readonly text: string }[] = [];
  answer: Sending | Error = SENT;

  readonly house: House;
  readonly ana: string;

  private constructor(house: House, ana: string) {
    this.house = house;
    this.ana = ana;
  }

  static async open(): Promise<Office> {
    const house = await House.with();
    const account = { channel: 'web', bot: 'main', id: 'ana' };
    const { id } = await house.stores.people.ensure(account, 'en', house.clock.now());
    await house.register(id);
    return new Office(house, id);
  }

  readonly send: Send = async (account, { text }) => {
    this.sent.push({ account, text });
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  };

  sender(name = 'one', stores: MemoryStores = this.house.stores): () => Promise<number> {
    return sendDue({ ...stores, clock: this.house.clock, name, send: this.send });
  }

  async post(given: Partial<Delivery> = {}): Promise<void> {
    const now = this.house.clock.now();
    const row: Delivery = {
      id: 'row',
      person: this.ana,
      kind: 'notice',
      event: FAIR,
      registration: (await this.house.registrationOf(this.ana)).id,
      occasion: null,
      letter: { text: 'It starts soon.' },
      state: 'pending',
      cause: null,
      notBefore: now,
      expiresAt: later(now, 60 * 24),
      leaseUntil: null,
      attempt: null,
      attempts: 0,
      messageId: null,
      ...given,
    };
    await this.house.stores.deliveries.add([row]);
  }

  async row(id = 'row'): Promise<Delivery> {
    const [found] = await this.house.stores.deliveries.byId([id]);
    if (!found) throw new Error(`expected a row ${id}, received none`);
    return found;
  }
}

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
    await sendDue({ ...office.house.stores, clock: office.house.clock, name: 'one', send })();
    expect(states).toEqual(['sending 1 true']);
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

describe('an attempt', () => {
  it('that surely did not arrive is made again after a growing wait, and fails in the end', async () => {
    const office = await Office.open();
    await office.post();
    office.answer = { result: 'refused', retryAfterMs: 0, cause: 'ECONNREFUSED' };
    const waits: number[] = [];
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) {
      await office.sender()();
      const row = await office.row();
      expect(row).toMatchObject({ state: 'retry_wait', cause: 'ECONNREFUSED', attempts: tries });
      waits.push(row.notBefore.getTime() - office.house.clock.now().getTime());
      expect(await office.sender()()).toBe(0);
      office.house.clock.set(row.notBefore);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeGreaterThan(0);
    await office.sender()();
    expect(await office.row()).toMatchObject({
      state: 'failed',
      cause: 'ECONNREFUSED',
      attempts: MAX_ATTEMPTS,
    });
    office.house.clock.pass(600);
    expect(await office.sender()()).toBe(0);
    expect(office.sent).toHaveLength(MAX_ATTEMPTS);
  });

  it('that was asked to wait waits that long, then arrives', async () => {
    const office = await Office.open();
    await office.post();
    office.answer = { result: 'refused', retryAfterMs: 37_000, cause: '429' };
    await office.sender()();
    const { notBefore } = await office.row();
    expect(notBefore.getTime() - office.house.clock.now().getTime()).toBe(37_000);
    office.answer = SENT;
    office.house.clock.set(notBefore);
    await office.sender()();
    expect(await office.row()).toMatchObject({ state: 'sent', cause: null, attempts: 2 });
  });

  it.each<[string, Sending | Error, string]>([
    ['that may have arrived', { result: 'unsure', cause: 'timeout' }, 'timeout'],
    ['that throws', new TypeError('socket hang up'), 'TypeError'],
  ])('%s is unknown and never made again by itself', async (_, answer, cause) => {
    const office = await Office.open();
    await office.post();
    office.answer = answer;
    await office.sender()();
    expect(await office.row()).toMatchObject({ state: 'unknown', cause });
    office.answer = SENT;
    for (let i = 0; i < 3; i++) {
      office.house.clock.pass(60);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      expect(await office.sender()()).toBe(0);
    }
    expect(office.sent).toHaveLength(1);
  });

  it.each(['blocked', 'deactivated', 'not_found', 'invalid', 'window_closed'] as const)(
    'that can never arrive (%s) has failed',
    async (cause) => {
      const office = await Office.open();
      await office.post();
      office.answer = { result: 'failed', cause };
      await office.sender()();
      office.house.clock.pass(60);
      expect(await office.sender()()).toBe(0);
      expect(await office.row()).toMatchObject({ state: 'failed', cause });
    },
  );

  it('that goes wrong does not hold up the others', async () => {
    const office = await Office.open();
    for (const id of ['a', 'b', 'c']) await office.post({ id, letter: { text: id } });
    const send: Send = async (_, { text }) => {
      if (text === 'b') throw new Error('boom');
      return SENT;
    };
    expect(await sendDue({ ...office.house.stores, clock: office.house.clock, name: 'one', send })()).toBe(3);
    const states = await Promise.all(['a', 'b', 'c'].map(async (id) => (await office.row(id)).state));
    expect(states).toEqual(['sent', 'unknown', 'sent']);
  });
});

describe('a sender that died', () => {
  /** The state in which the row is left, and what becomes of it once its lease has run out. */
  async function left(last: number): Promise<{ office: Office; was: string }> {
    const office = await Office.open();
    await office.post();
    const dying = office.sender('dying', crashAfter(office.house.stores, last).ports);
    await expect(dying()).rejects.toThrow(Crash);
    return { office, was: (await office.row()).state };
  }

  it('before sending leaves a claim that is taken up again when its lease has run out', async () => {
    const { office, was } = await left(1);
    expect(was).toBe('claimed');
    expect(await office.sender('other')()).toBe(0);
    office.house.clock.pass(1);
    expect(await office.house.stores.deliveries.recover(office.house.clock.now())).toEqual({
      pending: 1,
      unknown: 0,
    });
    await office.sender('other')();
    expect(office.sent).toHaveLength(1);
    expect(await office.row()).toMatchObject({ state: 'sent' });
  });

  it('at any step sends nothing twice, and leaves no row without an end', async () => {
    const ends = new Set<string>();
    for (let last = 0; last <= 6; last++) {
      const { office, was } = await left(last);
      office.house.clock.pass(1);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      await office.sender('other')();
      const { state } = await office.row();
      expect(office.sent.length, `after ${last}, left ${was}`).toBeLessThanOrEqual(1);
      expect(['sent', 'unknown'], `after ${last}, left ${was}`).toContain(state);
      ends.add(`${was} → ${state}`);
    }
    expect([...ends].sort()).toEqual([
      'claimed → sent',
      'pending → sent',
      'sending → unknown',
      'sent → sent',
    ]);
  });

  it('while sending leaves a row that nobody sends again', async () => {
    const office = await Office.open();
    await office.post();
    const send: Send = async () => {
      office.house.clock.pass(2);
      await office.house.stores.deliveries.recover(office.house.clock.now());
      return SENT;
    };
    await sendDue({ ...office.house.stores, clock: office.house.clock, name: 'slow', send })();
    expect(await office.row()).toMatchObject({ state: 'unknown', cause: 'interrupted' });
    office.house.clock.pass(60);
    expect(await office.sender('other')()).toBe(0);
  });
});
