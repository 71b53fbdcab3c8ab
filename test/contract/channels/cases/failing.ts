import { expect, vi } from 'vitest';
import { eventId } from '../../../../src/usecases/import-event.ts';
import type { ChannelHouse } from '../../../support/channel-house.ts';
import { anEvent } from '../../../support/events.ts';
import { type Row, rowsOf } from '../../../support/rows.ts';
import { cases } from '../case.ts';
import type { ChannelGuest, Setting } from '../chat.ts';
import { conversationOf, hears, wordsOf } from '../talking.ts';

const SEAT = 'A seat is free';
/** Longer than a letter that was refused waits. */
const PATIENCE_MS = 60_000;

/** Somebody waits for the only seat of an event, and it is offered to them: a letter that they did not ask for. */
async function offerSeat({ app, clock, addEvent }: ChannelHouse, guest: ChannelGuest): Promise<string> {
  const code = `salon-${crypto.randomUUID().slice(0, 8)}`;
  await addEvent(anEvent({ code, capacity: 1, languages: ['en'], kinds: ['guest'] }));
  const event = eventId('office', code);
  const { id } = await app.stores.people.ensure(guest.account, 'en', clock.now());
  for (const person of [`holder of ${code}`, id])
    await app.verbs.registerGuest({
      event,
      person,
      run: `run of ${person}`,
      details: DETAILS,
      waitlist: { hall: true, sessions: false },
    });
  await app.verbs.cancelRegistration({ person: `holder of ${code}`, event });
  return id;
}

const DETAILS = {
  lang: 'en',
  name: 'Ann',
  organization: 'Office',
  kind: 'guest',
  attendance: 'onsite',
  sessions: [],
  party: 1,
  phone: null,
  email: null,
  extra: {},
};

/** The delivery of a letter to somebody, once it is in such a state. */
async function delivery(house: ChannelHouse, person: string, state: string): Promise<Row> {
  let rows: Row[] = [];
  const isThere = async () => {
    rows = await rowsOf(house, 'deliveries', { person });
    return rows.some((row) => row.state === state);
  };
  await vi.waitUntil(isThere, { timeout: 30_000, interval: 30 }).catch((cause: unknown) => {
    const seen = rows.map((row) => `${row.state} (${row.cause})`).join();
    throw new Error(`expected a delivery to be ${state}, received ${seen}`, { cause });
  });
  return rows.find((row) => row.state === state) as Row;
}

const seatsOffered = async (guest: ChannelGuest): Promise<number> =>
  wordsOf(await guest.heard()).split(SEAT).length - 1;

/** Another letter goes its way, and with it whatever is due. */
async function anotherLetter({ house, driver }: Setting): Promise<void> {
  house.clock.pass(PATIENCE_MS);
  const other = await driver.guest();
  await delivery(house, await offerSeat(house, other), 'sent');
  await hears(other, SEAT);
}

export const failing = cases(
  {
    async 'ends a letter that never arrives as failed, and says why'(setting) {
      const { house, driver } = setting;
      for (const { cause, strike } of driver.failures?.lost ?? []) {
        const guest = await driver.guest();
        strike(guest);
        const person = await offerSeat(house, guest);
        expect(await delivery(house, person, 'failed')).toMatchObject({ cause, attempts: 1 });
        await anotherLetter(setting);
        expect(await seatsOffered(guest)).toBe(0);
        const [known] = await house.app.stores.people.byId([person]);
        expect(known?.shut).toEqual(cause === 'blocked' ? [conversationOf(guest)] : []);
      }
    },

    async 'leaves a letter that may have arrived unknown, and does not send it again'(setting) {
      const { house, driver } = setting;
      const guest = await driver.guest();
      driver.failures?.unsure.strike(guest);
      const person = await offerSeat(house, guest);
      expect(await delivery(house, person, 'unknown')).toMatchObject({ attempts: 1 });
      await anotherLetter(setting);
      expect(await delivery(house, person, 'unknown')).toMatchObject({ attempts: 1 });
      expect(await seatsOffered(guest)).toBe(driver.failures?.unsure.seen);
    },

    async 'sends a letter that was refused again, and it arrives once'(setting) {
      const { house, driver } = setting;
      const guest = await driver.guest();
      const letThrough = driver.failures?.refuse(guest);
      const person = await offerSeat(house, guest);
      const refused = await delivery(house, person, 'retry_wait');
      expect(refused.attempts).toBe(1);
      letThrough?.();
      expect(await seatsOffered(guest)).toBe(0);
      await anotherLetter(setting);
      expect(await delivery(house, person, 'sent')).toMatchObject({ attempts: 2, cause: null });
      await hears(guest, SEAT);
      expect(await seatsOffered(guest)).toBe(1);
    },
  },
  ({ canFail }) => canFail,
);
