import { EVENT_STATUSES, type Event } from '../../src/domain/event.ts';
import type { Occasion } from '../../src/domain/notice.ts';
import { type Account, conversationOf, type Person } from '../../src/domain/person.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { needsAttention, type Seats, taken } from '../../src/domain/seats.ts';
import type { Events, Occasions, People, Registrations, SeatsStore } from '../../src/usecases/ports.ts';
import { type MemoryDeliveries, memoryDeliveries } from './memory-deliveries.ts';
import { by, Table } from './memory-table.ts';

/** The ports that a store keeps. */
export interface MemoryStores {
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly people: People;
  readonly occasions: MemoryOccasions;
  readonly deliveries: MemoryDeliveries;
}

/** Every port of a store, in memory, with the same promises as a real one. */
export function memoryStores(): MemoryStores {
  return {
    events: memoryEvents(),
    registrations: memoryRegistrations(),
    seats: memorySeats(),
    people: memoryPeople(),
    occasions: memoryOccasions(),
    deliveries: memoryDeliveries(),
  };
}

const LIVE: readonly Event['status'][] = EVENT_STATUSES.filter((one) => one === 'open' || one === 'running');

export function memoryEvents(): Events {
  const table = new Table<{ id: string; event: Event; revision: number; unplanned: boolean }>();
  const all = (wanted: (event: Event) => boolean): Event[] =>
    table.where(({ event }) => wanted(event)).map(({ event }) => event);
  return {
    byId: async (ids) => table.some(ids).map(({ event }) => event),
    async byCode(office, code) {
      const [row] = table.where(({ event }) => event.office === office && event.code === code);
      return row && { event: row.event, revision: row.revision };
    },
    live: async () =>
      all(({ status }) => LIVE.includes(status)).sort(by(({ startsAt }) => startsAt.getTime())),
    list: async () => all(() => true).sort(by(({ office, code }) => `${office} ${code}`)),
    async save(event, revision) {
      const row = { id: event.id, event, revision: revision + 1, unplanned: true };
      if (revision > 0)
        return (
          table.update(
            [event.id],
            (one) => one.revision === revision,
            () => row,
          ) === 1
        );
      const twin = ({ office, code }: Event) => office === event.office && code === event.code;
      return all(twin).length === 0 && table.insert(row);
    },
    unplanned: async (limit) =>
      table
        .where(({ unplanned }) => unplanned)
        .slice(0, limit)
        .map(({ event, revision }) => ({ event, revision })),
    async markPlanned(id, revision) {
      table.update(
        [id],
        (row) => row.revision === revision,
        () => ({ unplanned: false }),
      );
    },
  };
}

export function memoryRegistrations(): Registrations {
  const table = new Table<Registration>();
  return {
    byId: async (ids) => table.some(ids),
    byPerson: async (people) => table.where(({ person }) => people.includes(person)),
    byTicket: async (ticket) => table.where((row) => row.ticket === ticket)[0],
    async save(next) {
      if (next.rev > 1)
        return (
          table.update(
            [next.id],
            ({ rev }) => rev === next.rev - 1,
            () => next,
          ) === 1
        );
      const twins = table.where(
        (row) => row.ticket === next.ticket || (row.event === next.event && row.person === next.person),
      );
      return twins.length === 0 && table.insert(next);
    },
    ofEvent: async (event, after, limit) =>
      table
        .where((row) => row.event === event && row.id > after)
        .sort(by(({ id }) => id))
        .slice(0, limit),
  };
}

const TRIES = 1_000;

/** What is stored is frozen instead of copied: a change that is not pure throws. */
function frozen(seats: Seats): Seats {
  const entries = seats.entries.map((entry) => Object.freeze({ ...entry }));
  return Object.freeze({ event: seats.event, entries: Object.freeze(entries) });
}

/** Like the store's, a change is stored by compare-and-set; after a conflict it is called again. */
export function memorySeats(): SeatsStore {
  const rows = new Map<string, Seats>();
  const some = (events: readonly string[]): Seats[] =>
    [...new Set(events)].flatMap((event) => rows.get(event) ?? []);
  return {
    load: async (events) => some(events),
    async taken(events) {
      return new Map(
        some(events).map((seats) => {
          const pools = [...new Set(seats.entries.map(({ pool }) => pool))];
          return [seats.event, Object.fromEntries(pools.map((pool) => [pool, taken(seats, pool)]))];
        }),
      );
    },
    async change(event, change) {
      for (let tries = 0; tries < TRIES; tries++) {
        const stored = rows.get(event);
        const before = stored ?? frozen({ event, entries: [] });
        const { seats, result } = change(before);
        // Somebody else may come in between reading and writing.
        await Promise.resolve();
        if (seats === before) return result;
        if (rows.get(event) !== stored) continue;
        rows.set(event, frozen(seats));
        return result;
      }
      throw new Error(`expected to change the seats of ${event}, received a conflict ${TRIES} times`);
    },
    needingAttention: async (limit) =>
      [...rows.values()]
        .filter(needsAttention)
        .slice(0, limit)
        .map(({ event }) => event),
  };
}

export function memoryPeople(): People {
  const table = new Table<Person>();
  const byAccount = async (accounts: readonly Account[]): Promise<Person[]> => {
    const wanted = accounts.map(conversationOf);
    return table.where((person) => person.accounts.some((one) => wanted.includes(conversationOf(one))));
  };
  return {
    byId: async (ids) => table.some(ids),
    byAccount,
    async ensure(account, lang, now) {
      const [known] = await byAccount([account]);
      if (known) return known;
      const person: Person = {
        id: `person-${conversationOf(account)}`,
        accounts: [account],
        lang,
        langChosen: false,
        notices: true,
        createdAt: now,
      };
      // The id comes from the account, so of two at once the second finds the first.
      table.insert(person);
      return table.get(person.id) ?? person;
    },
    async setLanguage(id, lang) {
      table.update(
        [id],
        () => true,
        () => ({ lang, langChosen: true }),
      );
    },
    async setNotices(id, notices) {
      table.update(
        [id],
        () => true,
        () => ({ notices }),
      );
    },
  };
}

/** With what a test looks at beside the port. */
export interface MemoryOccasions extends Occasions {
  all(): Occasion[];
}

export function memoryOccasions(): MemoryOccasions {
  const table = new Table<Occasion>();
  return {
    all: () => table.where(() => true).sort(by(({ dueAt }) => dueAt.getTime())),
    async add(occasions) {
      for (const one of occasions) table.insert(one);
    },
    byId: async (ids) => table.some(ids),
    planned: async (event) => table.where((one) => one.event === event && one.state === 'planned'),
    due: async (until, limit) =>
      table
        .where(({ state, dueAt }) => state === 'planned' && dueAt <= until)
        .sort(by(({ dueAt }) => dueAt.getTime()))
        .slice(0, limit),
    async end(ids, state) {
      table.update(
        ids,
        (one) => one.state === 'planned',
        () => ({ state }),
      );
    },
  };
}
