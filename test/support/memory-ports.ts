import { EVENT_STATUSES, type Event } from '../../src/domain/event.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { type Account, accountOf, conversationOf, hostOf, type Person } from '../../src/domain/person.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { needsAttention, type Seats, taken } from '../../src/domain/seats.ts';
import type { Editions } from '../../src/usecases/manual-ports.ts';
import type {
  Events,
  Files,
  Grants,
  Invites,
  LinkCode,
  Links,
  Notices,
  Occasions,
  Own,
  People,
  Projects,
  Registrations,
  SeatsStore,
  Templates,
} from '../../src/usecases/ports.ts';
import type { Results, Runs, Sheets } from '../../src/usecases/roadshow-ports.ts';
import type { Ballots, Votings } from '../../src/usecases/vote-ports.ts';
import { memoryGrants, memoryInvites } from './memory-access.ts';
import { memoryBallots, memoryVotings } from './memory-ballots.ts';
import { type MemoryDeliveries, memoryDeliveries } from './memory-deliveries.ts';
import { memoryEditions } from './memory-editions.ts';
import { memoryFiles } from './memory-files.ts';
import { memoryNotices } from './memory-notices.ts';
import { memoryProjects } from './memory-projects.ts';
import { memoryResults, memoryRuns, memorySheets } from './memory-roadshow.ts';
import { by, Table } from './memory-table.ts';
import { memoryTemplates } from './memory-templates.ts';

/** The ports that a store keeps. */
export interface MemoryStores {
  readonly ballots: Ballots;
  readonly editions: Editions;
  readonly events: Events;
  readonly files: Files;
  readonly registrations: Registrations;
  readonly results: Results;
  readonly runs: Runs;
  readonly seats: SeatsStore;
  readonly sheets: Sheets;
  readonly people: MemoryPeople;
  readonly projects: Projects;
  readonly links: MemoryLinks;
  readonly grants: Grants;
  readonly invites: Invites;
  readonly notices: Notices;
  readonly templates: Templates;
  readonly occasions: MemoryOccasions;
  readonly deliveries: MemoryDeliveries;
  readonly votings: Votings;
}

/** Every port of a store, in memory, with the same promises as a real one. */
export function memoryStores(): MemoryStores {
  return {
    ballots: memoryBallots(),
    editions: memoryEditions(),
    events: memoryEvents(),
    files: memoryFiles(),
    registrations: memoryRegistrations(),
    results: memoryResults(),
    runs: memoryRuns(),
    seats: memorySeats(),
    sheets: memorySheets(),
    people: memoryPeople(),
    projects: memoryProjects(),
    links: memoryLinks(),
    grants: memoryGrants(),
    invites: memoryInvites(),
    notices: memoryNotices(),
    templates: memoryTemplates(),
    occasions: memoryOccasions(),
    deliveries: memoryDeliveries(),
    votings: memoryVotings(),
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
    ofOffice: async (office, after, limit) =>
      all((event) => event.office === office && event.code > after)
        .sort(by(({ code }) => code))
        .slice(0, limit),
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
    of: async (event, person) => table.where((row) => row.event === event && row.person === person)[0],
    byTickets: async (tickets) => table.where((row) => tickets.includes(row.ticket)),
    byTicket: async (ticket) => table.where((row) => row.ticket === ticket)[0],
    async save(next) {
      const twins = table.where(
        (row) =>
          row.id !== next.id &&
          (row.ticket === next.ticket || (row.event === next.event && row.person === next.person)),
      );
      if (twins.length > 0) return false;
      if (next.rev === 1) return table.insert(next);
      return (
        table.update(
          [next.id],
          ({ rev }) => rev === next.rev - 1,
          () => next,
        ) === 1
      );
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

interface PersonRow extends Omit<Person, 'accounts'>, Own {
  readonly linked: readonly string[];
}

/** With what a test looks at beside the port. */
export interface MemoryPeople extends People {
  all(): PersonRow[];
}

export function memoryPeople(): MemoryPeople {
  const table = new Table<PersonRow>();
  const always = () => true;
  const set = (id: string, change: (row: PersonRow) => Partial<PersonRow>, matches = always as Matches) =>
    table.update([id], matches, change);
  const at = (conversation: string): PersonRow | undefined =>
    table.where(({ addresses }) => addresses.includes(conversation))[0];
  const hostIdOf = (id: string): string => {
    const joined = table
      .where((row) => row.joined !== undefined)
      .flatMap((row) => (row.joined ? [[row.id, row.joined] as const] : []));
    return hostOf(id, new Map(joined));
  };
  const personOf = (id: string): Person | undefined => {
    const row = table.get(hostIdOf(id));
    if (!row) return undefined;
    const { addresses, linked, joined: _joined, ...rest } = row;
    return { ...rest, accounts: [...addresses, ...linked].map(accountOf) };
  };
  const byAccount = async (accounts: readonly Account[]): Promise<Person[]> => {
    const found = accounts.flatMap((account) => at(conversationOf(account)) ?? []);
    const people = found.flatMap(({ id }) => personOf(id) ?? []);
    return [...new Map(people.map((person) => [person.id, person])).values()];
  };
  return {
    all: () => table.where(always).sort(by(({ id }) => id)),
    byId: async (ids) =>
      table.some(ids).flatMap(({ id }) => {
        const person = personOf(id);
        return person ? [{ ...person, id }] : [];
      }),
    byAccount,
    async ensure(account, lang, now) {
      const [known] = await byAccount([account]);
      if (known) return known;
      const conversation = conversationOf(account);
      const row: PersonRow = {
        id: `person-${conversation}`,
        addresses: [conversation],
        linked: [],
        joined: undefined,
        shut: [],
        lang,
        langChosen: false,
        notices: true,
        createdAt: now,
      };
      // The id comes from the account, so of two at once the second finds the first.
      table.insert(row);
      const [made] = await byAccount([account]);
      if (!made) throw new Error(`expected the person of ${conversation}, received none`);
      return made;
    },
    async setLanguage(id, lang) {
      set(id, () => ({ lang, langChosen: true }));
    },
    async setNotices(id, notices) {
      set(id, () => ({ notices }));
    },
    async setReachable(conversation, yes) {
      const row = at(conversation);
      for (const id of row ? new Set([row.id, hostIdOf(row.id)]) : [])
        set(id, ({ shut }) => {
          const others = shut.filter((one) => one !== conversation);
          return { shut: yes ? others : [...others, conversation] };
        });
    },
    async moveAccount(from, to) {
      const row = at(from);
      if (!row) return true;
      if (at(to)) return false;
      const moved = (all: readonly string[]) => all.map((one) => (one === from ? to : one));
      set(row.id, ({ addresses }) => ({ addresses: moved(addresses) }));
      set(hostIdOf(row.id), ({ linked }) => ({ linked: moved(linked) }));
      return true;
    },
    host: async (id) => hostIdOf(id),
    async own(by) {
      const row = 'id' in by ? table.get(by.id) : at(by.conversation);
      return row && ownOf(row);
    },
    members: async (id) => table.where(({ joined }) => joined === id).map(ownOf),
    join: async (id, into) =>
      set(
        id,
        () => ({ joined: into, linked: [] }),
        ({ joined }) => joined === undefined,
      ) === 1,
    async rejoin(from, into) {
      const ids = table.where(({ joined, id }) => joined === from && id !== into).map(({ id }) => id);
      for (const id of ids) set(id, () => ({ joined: into }));
    },
    async part(id, from) {
      set(
        id,
        () => ({ joined: undefined }),
        ({ joined }) => joined === from,
      );
    },
    async adopt(id, addresses, shut) {
      set(id, (row) => ({
        linked: [...new Set([...row.linked, ...addresses])],
        shut: [...new Set([...row.shut, ...shut])],
      }));
    },
    async disown(id, addresses) {
      const others = (all: readonly string[]) => all.filter((one) => !addresses.includes(one));
      set(id, ({ linked, shut }) => ({ linked: others(linked), shut: others(shut) }));
    },
  };
}

type Matches = (row: PersonRow) => boolean;

function ownOf({ id, addresses, shut, joined }: PersonRow): Own {
  return { id, addresses, shut: shut.filter((one) => addresses.includes(one)), joined };
}

/** With what a test looks at beside the port. */
export interface MemoryLinks extends Links {
  all(): LinkCode[];
}

export function memoryLinks(): MemoryLinks {
  const codes = new Table<LinkCode>();
  const windows = new Map<string, { readonly tries: readonly string[]; readonly until: Date }>();
  return {
    all: () => codes.where(() => true),
    add: async (code) => codes.insert(code),
    byId: async (id) => codes.get(id),
    take: async (id, use, now) =>
      codes.update(
        [id],
        (code) => code.use === undefined && code.expiresAt > now,
        () => ({ use }),
      ) === 1,
    async countTry(conversation, effect, { now, until, limit }) {
      const known = windows.get(conversation);
      const window = known && known.until > now ? known : { tries: [], until };
      const isOver = window.tries.length >= limit && !window.tries.includes(effect);
      if (isOver) return { place: limit + 1, until: window.until };
      const tries = [...new Set([...window.tries, effect])];
      windows.set(conversation, { tries, until: window.until });
      return { place: tries.indexOf(effect) + 1, until: window.until };
    },
    async forgiveTry(conversation, effect) {
      const window = windows.get(conversation);
      if (window)
        windows.set(conversation, { ...window, tries: window.tries.filter((one) => one !== effect) });
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
