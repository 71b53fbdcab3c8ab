import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HALL } from '../../src/domain/seats.ts';
import { anEvent } from '../support/events.ts';
import { type Guest, register } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';

const GUESTS = 200;
const SEATS = 50;

describe.each(ENGINES)('a rush for seats, on $name', (engine) => {
  let house: OpenHouse;
  let guests: Guest[];
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(anEvent({ code: 'rush', capacity: SEATS }));
    guests = await Promise.all(Array.from({ length: GUESTS }, () => house.arrive('en')));
    await Promise.all(guests.map(registerOrWait));
  });
  afterAll(() => house.close());

  const seats = async () => {
    const [event] = await house.app.stores.events.live();
    const [known] = await house.app.stores.seats.load([event?.id ?? '']);
    return known?.entries ?? [];
  };
  const state = (wanted: string) => async () => (await seats()).filter((entry) => entry.state === wanted);

  it('gives every seat once and everybody else a place of their own in line', async () => {
    expect(await state('held')()).toHaveLength(SEATS);
    expect(await state('waiting')()).toHaveLength(GUESTS - SEATS);
    expect(new Set((await seats()).map(({ registration }) => registration)).size).toBe(GUESTS);
    const places = await Promise.all(
      guests.map(async (guest) => {
        await guest.say('mine');
        return /number (\d+) in line/u.exec(guest.heard.map(({ text }) => text).at(-1) ?? '')?.[1];
      }),
    );
    const told = places
      .flatMap((place) => (place === undefined ? [] : [Number(place)]))
      .sort((a, b) => a - b);
    expect(told).toEqual(Array.from({ length: GUESTS - SEATS }, (_, i) => i + 1));
  });

  it('offers ten freed seats to the first ten who wait, each once', async () => {
    const before = await state('waiting')();
    const holders = new Set((await state('held')()).map(({ registration }) => registration.split('.')[1]));
    const leaving = guests.filter(({ person }) => holders.has(person)).slice(0, 10);
    await Promise.all(leaving.map((guest) => guest.say('cancel rush yes')));
    const offered = await state('offered')();
    expect(offered.map(({ registration }) => registration)).toEqual(
      before.slice(0, 10).map(({ registration }) => registration),
    );
    expect((await state('held')()).length + offered.length).toBe(SEATS);
    const lucky = guests.find(({ person }) => offered[0]?.registration.endsWith(person));
    await lucky?.listen();
    expect(lucky?.last.text).toContain('A seat is free');
    await lucky?.press(lucky.last.choices?.[0]?.value ?? '');
    expect(lucky?.heard.map(({ text }) => text).join('\n')).toContain('You are registered');
    const [row] = await house.app.stores.registrations.byPerson([lucky?.person ?? '']);
    expect(row?.status).toBe('confirmed');
    expect((await seats()).filter(({ pool, state: of }) => pool === HALL && of !== 'waiting')).toHaveLength(
      SEATS,
    );
  });
});

async function registerOrWait(guest: Guest): Promise<void> {
  const told = await register(guest, 'rush');
  // Who lost the race at the last step is asked whether to wait, and confirms again.
  if (told.at(-1)?.question === undefined) return;
  await guest.press('wait');
  await guest.press('confirm');
}
