import { describe, expect, it } from 'vitest';
import { HALL, position, taken } from '../../src/domain/seats.ts';
import { registrationId } from '../../src/usecases/register-guest.ts';
import { dice, interleaving } from '../support/memory-faults.ts';
import { FAIR, filled, House } from './house.ts';

const GUESTS = Array.from({ length: 200 }, (_, i) => `guest ${i}`);
const SEEDS = [1, 2, 3];

/** Two processes whose calls interleave, each guest served by one of them. */
function processes(house: House, seed: number) {
  const [one, two] = [seed, seed + 1_000].map((each) => house.verbsOn(interleaving(house.stores, each)));
  return (i: number) => (i % 2 === 0 ? one : two) ?? house.verbs;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const roll = dice(seed);
  return items
    .map((item) => ({ item, key: roll(1_000_000) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

interface Full {
  readonly house: House;
  readonly confirmed: readonly string[];
  readonly waiting: readonly string[];
}

async function raced(seed: number): Promise<Full> {
  const house = await House.with({ capacity: 50 });
  const served = processes(house, seed);
  const done = await Promise.all(
    shuffled(GUESTS, seed).map((guest, i) => served(i).registerGuest(filled(guest, `run of ${guest}`))),
  );
  expect(done.every(({ ok }) => ok)).toBe(true);
  const registrations = await Promise.all(GUESTS.map((guest) => house.registrationOf(guest)));
  const of = (status: string) =>
    registrations.filter((one) => one.status === status).map(({ person }) => person);
  return { house, confirmed: of('confirmed'), waiting: of('waitlisted') };
}

/** 50 with a seat and 150 in line, who came one by one. */
async function full(): Promise<Full> {
  const house = await House.with({ capacity: 50 });
  for (const guest of GUESTS) await house.register(guest);
  return { house, confirmed: GUESTS.slice(0, 50), waiting: GUESTS.slice(50) };
}

describe.each(SEEDS)('200 guests racing for 50 seats (order %i)', (seed) => {
  it('end as 50 confirmed with a seat and 150 waiting, each at a place of their own', async () => {
    const { house, confirmed, waiting } = await raced(seed);
    expect([confirmed.length, waiting.length]).toEqual([50, 150]);
    const seats = await house.seats();
    expect(taken(seats, HALL)).toBe(50);
    expect(new Set(await house.seatsOf(confirmed))).toEqual(new Set(['held']));
    const places = waiting.map((guest) => position(seats, registrationId(FAIR, guest), HALL) ?? 0);
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
  });
});

describe.each(SEEDS)('50 seats with 150 in line, all at once (order %i)', (seed) => {
  it('pass the seats of 10 who cancel on to the first ten who wait, one letter each, and sell none twice', async () => {
    const { house, confirmed, waiting } = await full();
    const served = processes(house, seed);
    await Promise.all(
      shuffled(confirmed, seed)
        .slice(0, 10)
        .map((person, i) => served(i).cancelRegistration({ person, event: FAIR })),
    );
    const seats = await house.seats();
    const offered = seats.entries.filter(({ state }) => state === 'offered').map((e) => e.registration);
    expect(offered).toEqual(waiting.slice(0, 10).map((guest) => registrationId(FAIR, guest)));
    expect(taken(seats, HALL)).toBe(50);
    const written = house.stores.deliveries.all();
    expect(written.map(({ registration }) => registration).sort()).toEqual([...offered].sort());
    expect(written.every(({ letter }) => letter.choices?.[0]?.value.startsWith('accept '))).toBe(true);
  });

  it('cannot be overtaken by newcomers while seats are set free', async () => {
    const { house, confirmed } = await full();
    const served = processes(house, seed);
    const newcomers = Array.from({ length: 40 }, (_, i) => `newcomer ${i}`);
    await Promise.all([
      ...confirmed.slice(0, 10).map((person, i) => served(i).cancelRegistration({ person, event: FAIR })),
      // They come one after the other, so that some meet every step of those who leave.
      ...newcomers.map(async (person, i) => {
        for (let turns = 0; turns < i * 2; turns++) await Promise.resolve();
        await served(i).registerGuest(filled(person, `run of ${person}`));
      }),
    ]);
    const states = await house.seatsOf(newcomers);
    expect(states.filter((state) => !state.startsWith('waiting'))).toEqual([]);
    expect((await house.seats()).entries.filter(({ state }) => state === 'offered')).toHaveLength(10);
  });

  it('keep every seat sold once through accepting, declining and sweeping at the same time', async () => {
    const { house, confirmed } = await full();
    const served = processes(house, seed);
    await Promise.all(
      confirmed.slice(0, 10).map((person, i) => served(i).cancelRegistration({ person, event: FAIR })),
    );
    const offered = (await house.seats()).entries.filter(({ state }) => state === 'offered');
    const tickets = await Promise.all(
      offered.map(async ({ registration }) => {
        const [found] = await house.stores.registrations.byId([registration]);
        return { person: found?.person ?? '', ticket: found?.ticket ?? '' };
      }),
    );
    await Promise.all([
      ...tickets.map((guest, i) => served(i).answerOffer({ ...guest, session: null, accepted: i % 2 === 0 })),
      served(0).settleSeats(FAIR),
      served(1).settleSeats(FAIR),
    ]);
    const seats = await house.seats();
    expect(taken(seats, HALL)).toBe(50);
    const count = (wanted: string) => seats.entries.filter(({ state }) => state === wanted).length;
    expect([count('held'), count('offered'), count('waiting')]).toEqual([45, 5, 135]);
    const rows = house.stores.deliveries.all();
    expect(rows).toHaveLength(15);
    expect(new Set(rows.map(({ person }) => person)).size).toBe(15);
  });
});
