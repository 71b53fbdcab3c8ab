import { afterAttempt, type Delivery, type Letter, type Sending } from '../domain/notice.ts';
import { type Account, type Person, reachableAt } from '../domain/person.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { MINUTE } from '../domain/time.ts';
import { stands } from '../usecases/fire-occasion.ts';
import type { Clock, Deliveries, Events, Occasions, People, Registrations } from '../usecases/ports.ts';

// So few that also the slowest channel, at a person's pace of some 40 a minute, sends them within the lease.
const BATCH = 20;
const LEASE_MS = MINUTE;

/** Sends one letter to one account. Resolves with how it ended; what it throws counts as unsure. */
export type Send = (account: Account, letter: Letter) => Promise<Sending>;

interface Parts {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly registrations: Registrations;
  readonly occasions: Occasions;
  readonly events: Events;
  readonly send: Send;
  /** Names this sender in its claims; unique per process. */
  readonly name: string;
}

interface Ready {
  readonly row: Delivery;
  readonly account: Account;
  readonly attempt: string;
}

/**
 * Sends what is due. A row goes `claimed` → `sending` → an end, each step stored before the next: whatever may
 * have left is never sent again by itself. Consent and status are read just before sending. Returns how many
 * rows came to an end.
 */
export function sendDue(parts: Parts) {
  return async (): Promise<number> => {
    const now = parts.clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    const claimed = await parts.deliveries.claim(parts.name, now, lease, BATCH);
    if (claimed.length === 0) return 0;
    const checked = await check(parts, claimed, now);
    const skipped = checked.flatMap((one) => ('cause' in one ? [{ id: one.row.id, cause: one.cause }] : []));
    const ready = checked.filter((one): one is Ready => 'account' in one);
    await parts.deliveries.skip(parts.name, skipped);
    const begun =
      ready.length > 0
        ? new Set(await parts.deliveries.begin(parts.name, attemptsOf(ready), lease))
        : new Set();
    const sent = ready.filter(({ row }) => begun.has(row.id));
    const ended = await Promise.all(sent.map((one) => attempt(parts, one)));
    await parts.deliveries.finish(ended);
    return skipped.length + ended.length;
  };
}

const attemptsOf = (ready: readonly Ready[]) =>
  ready.map(({ row, attempt: id }) => ({ id: row.id, attempt: id }));

async function attempt({ clock, send }: Parts, { row, account, attempt: id }: Ready) {
  const sending = async () => send(account, row.letter);
  const ended = await sending().catch(
    (error: unknown): Sending => ({ result: 'unsure', cause: error instanceof Error ? error.name : 'error' }),
  );
  return {
    id: row.id,
    attempt: id,
    ...afterAttempt({ ...row, attempts: row.attempts + 1 }, ended, clock.now()),
  };
}

async function check(parts: Parts, rows: readonly Delivery[], now: Date) {
  const registrationIds = rows.flatMap(({ registration }) => registration ?? []);
  const [people, registrations] = await Promise.all([
    parts.people.byId([...new Set(rows.map(({ person }) => person))]),
    registrationIds.length > 0 ? parts.registrations.byId([...new Set(registrationIds)]) : [],
  ]);
  const superseded = await supersededOf(parts, rows);
  const personOf = new Map(people.map((person) => [person.id, person]));
  const registrationOf = new Map(registrations.map((one) => [one.id, one]));
  return rows.map((row): Ready | { row: Delivery; cause: string } => {
    const person = personOf.get(row.person);
    const account = person && reachableAt(person);
    const registration = row.registration ? registrationOf.get(row.registration) : undefined;
    const cause = superseded.has(row.occasion ?? '')
      ? 'superseded'
      : why(row, person, account, registration, now);
    return cause || !account
      ? { row, cause: cause ?? 'no_account' }
      : { row, account, attempt: crypto.randomUUID() };
  });
}

/** Occasions that no longer speak of their event as it is: it was moved or cancelled since the rows were written. */
async function supersededOf(
  { occasions, events }: Parts,
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

/** Why a row must not be sent any more. */
function why(
  row: Delivery,
  person: Person | undefined,
  account: Account | undefined,
  registration: Registration | undefined,
  now: Date,
): string | undefined {
  if (!person || !account) return person && person.accounts.length > 0 ? 'blocked' : 'no_account';
  if (now >= row.expiresAt) return 'missed';
  if (row.kind === 'notice' && !person.notices) return 'unsubscribed';
  if (row.registration !== null && !(registration && isActive(registration))) return 'cancelled';
  return undefined;
}
