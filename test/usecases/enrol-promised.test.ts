import { describe, expect, it } from 'vitest';
import { enrolPromised } from '../../src/usecases/enrol-promised.ts';
import { session } from '../domain/examples.ts';
import { FAIR, fair, House } from './house.ts';

const open = { sessions: [session('talk')] };
const limited = { capacity: 2, sessions: [session('talk', { capacity: 1 })] };

/** An event without limits: ana and bo registered, bo for the talk too; cy is online, di has cancelled. */
async function unlimited(): Promise<House> {
  const house = await House.with(open);
  await house.register('ana');
  await house.register('bo', { sessions: ['talk'] });
  await house.register('cy', { attendance: 'online', sessions: ['talk'] });
  await house.register('di');
  await house.verbs.cancelRegistration({ person: 'di', event: FAIR });
  return house;
}

describe('an event that gets a limit after people have registered', () => {
  it('counted nobody before, and counts those in who come and have not cancelled', async () => {
    const house = await unlimited();
    expect((await house.seats()).entries).toEqual([]);
    await house.verbs.importEvent(fair(limited));
    expect(await house.seatsOf(['ana', 'bo', 'cy', 'di'])).toEqual(['held', 'held', '-', '-']);
    expect(await house.seatsOf(['ana', 'bo', 'cy'], 'talk')).toEqual(['-', 'held', '-']);
    await house.register('ed');
    expect(await house.registrationOf('ed')).toMatchObject({ status: 'waitlisted' });
    const before = await house.seats();
    await house.verbs.importEvent(fair({ ...limited, maxParty: 3 }));
    expect(await house.seats()).toEqual(before);
  });

  it('offers what is freed only once there is room below the limit', async () => {
    const house = await unlimited();
    await house.verbs.importEvent(fair({ ...limited, capacity: 1 }));
    await house.register('ed');
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    expect(await house.seatOf('ed')).toBe('waiting 1');
    await house.verbs.cancelRegistration({ person: 'bo', event: FAIR });
    expect(await house.seatOf('ed')).toBe('offered');
  });

  it('keeps no seat for who cancels while they are counted in', async () => {
    const house = await unlimited();
    const { registrations, seats } = house.stores;
    let cancelled = false;
    const late: typeof seats = {
      ...seats,
      async change(event, change) {
        if (!cancelled) {
          cancelled = true;
          await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
        }
        return seats.change(event, change);
      },
    };
    await enrolPromised({ registrations, seats: late })({ id: FAIR, ...fair(limited) });
    expect(await house.seatsOf(['ana', 'bo'])).toEqual(['-', 'held']);
  });
});
