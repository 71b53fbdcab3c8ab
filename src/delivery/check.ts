import { type Delivery, type DeliveryState, laneOf, OPEN_STATES } from '../domain/delivery.ts';
import { fitting, type LaneKinds } from '../domain/lane.ts';
import type { Notice } from '../domain/notice.ts';
import { type Account, accountsReachable, conversationOf, type Person } from '../domain/person.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { stands } from '../usecases/fire-occasion.ts';
import type { Deliveries, Events, Occasions, People, Projects, Registrations } from '../usecases/ports.ts';
import type { Runs } from '../usecases/roadshow-ports.ts';
import { projectLetters } from './project-letters.ts';
import { outdatedOnDay } from './run-letters.ts';
import { type SheetPorts, untrueOfSheets } from './sheet-letters.ts';

export interface CheckPorts extends SheetPorts {
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly registrations: Registrations;
  readonly projects: Projects;
  readonly runs: Runs;
  readonly occasions: Occasions;
  readonly events: Events;
  /** Absent: every bot account is for everybody. */
  readonly laneKinds?: LaneKinds;
}

/** What is to become of a claimed row: it is sent to an account, goes to another lane, or is not sent at all. */
export type Checked =
  | { readonly row: Delivery; readonly account: Account }
  | { readonly row: Delivery; readonly lane: string }
  | { readonly row: Delivery; readonly cause: string };

/**
 * Looks at rows just before they are sent: whether they still are to be, and at which account. `lanes` are those
 * that this process serves, `lane` the one that the rows were claimed from.
 */
export async function checkRows(
  ports: CheckPorts,
  rows: readonly Delivery[],
  now: Date,
  lane: string | null,
  lanes: ReadonlySet<string>,
  notices: ReadonlyMap<string, Notice>,
): Promise<Checked[]> {
  const ids = rows.flatMap(({ registration }) => registration ?? []);
  const [people, registrations, superseded, aboutProjects, pastOnDay, untrue] = await Promise.all([
    ports.people.byId([...new Set(rows.map(({ person }) => person))]),
    ids.length > 0 ? ports.registrations.byId([...new Set(ids)]) : [],
    supersededOf(ports, rows),
    projectLetters(ports, rows, now),
    outdatedOnDay(ports, rows, now),
    untrueOfSheets(ports, rows),
  ]);
  const personOf = new Map(people.map((person) => [person.id, person]));
  const registrationOf = new Map(registrations.map((one) => [one.id, one]));
  const twins = await twinsOf(ports, rows, personOf);
  return rows.map((row): Checked => {
    const person = personOf.get(row.person);
    const registration = row.registration ? registrationOf.get(row.registration) : undefined;
    const past = [aboutProjects.outdated, pastOnDay, untrue];
    if (superseded.has(row.occasion ?? '') || past.some((ids) => ids.has(row.id)))
      return { row, cause: 'superseded' };
    if (aboutProjects.doubled.has(row.id)) return { row, cause: 'duplicate_person' };
    if (twins.has(row.id)) return { row, cause: 'duplicate_person' };
    const without = notices.get(row.notice ?? '')?.without ?? [];
    const open = person ? accountsFor(row, person, without) : [];
    const accounts = fitting(open, registration?.details.kind, ports.laneKinds);
    const cause = why(row, person, accounts, registration, now);
    if (cause) return { row, cause };
    const here = accounts.findLast((one) => laneOf(one) === lane);
    if (here) return { row, account: here };
    const other = accounts.findLast((one) => lanes.has(laneOf(one))) ?? accounts.at(-1);
    return other ? { row, lane: laneOf(other) } : { row, cause: 'no_account' };
  });
}

/** Where a row may go: to the conversation that it is for, or to wherever its person lets the bot write. */
function accountsFor({ to }: Delivery, person: Person, without: readonly string[]): readonly Account[] {
  const wanted = (account: Account) =>
    (to === null || conversationOf(account) === to) && !without.includes(account.channel);
  return accountsReachable(person).filter(wanted);
}

/** Why a row must not be sent any more. */
function why(
  row: Delivery,
  person: Person | undefined,
  accounts: readonly Account[],
  registration: Registration | undefined,
  now: Date,
): string | undefined {
  const known = person?.accounts.some((one) => row.to === null || conversationOf(one) === row.to);
  if (!person || !known) return 'no_account';
  if (now >= row.expiresAt) return 'missed';
  if (row.kind === 'notice' && !person.notices) return 'unsubscribed';
  if (row.registration !== null && !(registration && isActive(registration))) return 'cancelled';
  if (accounts.length > 0) return undefined;
  return row.to === null && accountsReachable(person).length > 0 ? 'channel_left_out' : 'blocked';
}

/**
 * Rows of a notice whose person has been joined with others since the snapshot, one of whom gets it, or has got it,
 * by a row of their own: that of whoever speaks for them goes before the others.
 */
async function twinsOf(
  { deliveries, people }: CheckPorts,
  rows: readonly Delivery[],
  personOf: ReadonlyMap<string, Person>,
): Promise<ReadonlySet<string>> {
  // Whoever was joined with somebody has an account of each of them.
  const several = rows.filter(
    ({ notice, person }) => notice !== null && (personOf.get(person)?.accounts.length ?? 0) > 1,
  );
  const circles = await Promise.all(
    several.map(async (row) => {
      const host = await people.host(row.person);
      const ids = [host, ...(await people.members(host)).map(({ id }) => id).sort()];
      return { row, ids: ids.map((id) => `${row.notice}/${id}`) };
    }),
  );
  const others = circles.flatMap(({ row, ids }) => ids.filter((id) => id !== row.id));
  if (others.length === 0) return new Set();
  const known = new Map((await deliveries.byId(others)).map((one) => [one.id, one.state]));
  const isTwin = ({ row, ids }: (typeof circles)[number]) =>
    ids.some((id, place) => {
      const state = id === row.id ? undefined : known.get(id);
      if (state === undefined) return false;
      return BEGUN.includes(state) || (OPEN_STATES.includes(state) && place < ids.indexOf(row.id));
    });
  return new Set(circles.filter(isTwin).map(({ row }) => row.id));
}

/** Of such a row something may have arrived. */
const BEGUN: readonly DeliveryState[] = ['sending', 'sent', 'unknown'];

/** Occasions that no longer speak of their event as it is: it was moved or cancelled since the rows were written. */
async function supersededOf(
  { occasions, events }: CheckPorts,
  rows: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.flatMap(({ occasion }) => occasion ?? []))];
  if (ids.length === 0) return new Set();
  const found = await occasions.byId(ids);
  const known = await events.byId([...new Set(found.map(({ event }) => event))]);
  const eventOf = new Map(known.map((event) => [event.id, event]));
  return new Set(
    found.flatMap((one) => {
      const event = eventOf.get(one.event);
      return event && stands(one, event) ? [] : [one.id];
    }),
  );
}
