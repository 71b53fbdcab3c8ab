import { letters } from '../../flows/letters.ts';
import { readTicketCode } from '../../src/documents/ticket.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { HALL, poolOfSession, position, type Seats } from '../../src/domain/seats.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import type { Clock, Lanes } from '../../src/usecases/ports.ts';
import { type Registering, registrationId } from '../../src/usecases/register-guest.ts';
import { makeVerbs } from '../../src/usecases/verbs.ts';
import { at, later } from '../domain/examples.ts';
import { anEvent } from '../support/events.ts';
import { type MemoryStores, memoryStores } from '../support/memory-ports.ts';
import { PLAIN_LANES } from '../support/notice-ports.ts';

/** What tickets are signed with here. */
export const SECRET = 'a secret of 32 characters or more';
const ticketCodes = { read: (code: string) => readTicketCode(SECRET, code) };

export type Verbs = ReturnType<typeof makeVerbs>;

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  private time = at('2026-05-10T10:00+08:00');

  now(): Date {
    return new Date(this.time);
  }

  set(time: Date): void {
    this.time = time;
  }

  pass(minutes: number): void {
    this.time = later(this.time, minutes);
  }
}

export const FAIR = eventId('office', 'fair');
/** 20 May 2026, 9 o'clock in Chengdu: ten days after the clock begins. */
export const START = at('2026-05-20T09:00+08:00');

export type Content = Omit<Event, 'id'>;

export function fair(given: Partial<Content> = {}): Content {
  return anEvent({
    startsAt: START,
    endsAt: later(START, 480),
    attendance: ['onsite', 'online'],
    maxParty: 5,
    ...given,
  });
}

/** What a guest fills in, ready to be registered. */
export function filled(
  person: string,
  run: string,
  details: Record<string, unknown> = {},
  waitlist: Registering['waitlist'] = { hall: true, sessions: true },
): Registering {
  return {
    event: FAIR,
    person,
    run,
    waitlist,
    details: {
      lang: 'en',
      name: person,
      organization: 'Some University',
      kind: 'guest',
      attendance: 'onsite',
      sessions: [],
      party: 1,
      phone: null,
      email: null,
      extra: {},
      ...details,
    },
  };
}

/** The use cases on a store in memory, with one event in it, and what a test looks at. */
export class House {
  readonly clock = new TestClock();
  readonly stores: MemoryStores = memoryStores();
  readonly verbs: Verbs = this.verbsOn(this.stores);

  static async with(content: Partial<Content> = {}): Promise<House> {
    const house = new House();
    await house.verbs.importEvent(fair(content));
    await house.verbs.planChangedEvents();
    return house;
  }

  /** The same house, seen through other ports. */
  verbsOn(stores: MemoryStores, lanes: Lanes = PLAIN_LANES.lanes, exporting = PLAIN_LANES.exporting): Verbs {
    return makeVerbs({
      ...stores,
      clock: this.clock,
      letters,
      ...PLAIN_LANES,
      lanes,
      exporting,
      ticketCodes,
    });
  }

  async register(person: string, details: Record<string, unknown> = {}): Promise<void> {
    const done = await this.verbs.registerGuest(filled(person, `run of ${person}`, details));
    if (!done.ok) throw new Error(`expected to register ${person}, received ${done.reason}`);
  }

  async registrationOf(person: string): Promise<Registration> {
    const [found] = await this.stores.registrations.byId([registrationId(FAIR, person)]);
    if (!found) throw new Error(`expected a registration of ${person}, received none`);
    return found;
  }

  async seats(): Promise<Seats> {
    const [seats] = await this.stores.seats.load([FAIR]);
    return seats ?? { event: FAIR, entries: [] };
  }

  /** `held`, `waiting 3`, `offered`, `lapsed`, or `-` where there is no entry. */
  async seatOf(person: string, session?: string): Promise<string> {
    const seats = await this.seats();
    const [id, pool] = [registrationId(FAIR, person), session ? poolOfSession(session) : HALL];
    const place = position(seats, id, pool);
    const entry = seats.entries.find((one) => one.registration === id && one.pool === pool);
    return [entry?.state ?? '-', ...(place === undefined ? [] : [place])].join(' ');
  }

  async seatsOf(people: readonly string[], session?: string): Promise<string[]> {
    return Promise.all(people.map((person) => this.seatOf(person, session)));
  }

  /** What was written to a person, oldest first. */
  lettersTo(person: string): Delivery[] {
    return this.stores.deliveries.all().filter((row) => row.person === person);
  }

  /** What the sweep does for the events: whatever is due now is brought about. */
  async sweep(): Promise<void> {
    await this.verbs.planChangedEvents();
    for (const event of await this.stores.seats.needingAttention(100)) await this.verbs.settleSeats(event);
    for (const { id } of await this.stores.occasions.due(this.clock.now(), 100))
      await this.verbs.fireOccasion(id);
  }

  /** Everything that is stored, to compare. */
  async everything(): Promise<unknown> {
    return {
      seats: await this.seats(),
      registrations: await this.stores.registrations.ofEvent(FAIR, '', 1_000),
      deliveries: this.stores.deliveries.all(),
      occasions: this.stores.occasions.all(),
      event: await this.stores.events.byCode('office', 'fair'),
      people: this.stores.people.all(),
      links: this.stores.links.all().map(({ id: _random, ...code }) => code),
    };
  }
}
