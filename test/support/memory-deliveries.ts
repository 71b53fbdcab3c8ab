import { CAUSED_STATES, type Delivery, OPEN_STATES } from '../../src/domain/delivery.ts';
import type { Deliveries, Tally } from '../../src/usecases/ports.ts';
import { by, Table } from './memory-table.ts';

/** A row with the sender that holds its claim, which no port shows. */
interface Row extends Delivery {
  readonly sender: string | null;
}

const FREED = { leaseUntil: null, sender: null } as const;

function shown({ sender: _sender, ...row }: Row): Delivery {
  return row;
}

/** With what a test looks at beside the port. */
export interface MemoryDeliveries extends Deliveries {
  all(): Delivery[];
}

const isDue = ({ state }: Row): boolean => state === 'pending' || state === 'retry_wait';

export function memoryDeliveries(): MemoryDeliveries {
  const table = new Table<Row>();
  const dueAt =
    (now: Date) =>
    (row: Row): boolean =>
      isDue(row) && row.notBefore <= now;
  const change = (matches: (row: Row) => boolean, limit: number, set: Partial<Row>): number => {
    const ids = table.where(matches).map(({ id }) => id);
    return table.update(ids.slice(0, limit), matches, () => ({ ...set, ...FREED }));
  };
  const expired = (now: Date, state: Delivery['state'], set: Partial<Row>): number =>
    change((row) => row.state === state && row.leaseUntil !== null && row.leaseUntil <= now, 1_000, set);
  const claimedBy = (sender: string) => (row: Row) => row.state === 'claimed' && row.sender === sender;
  return {
    all: () => table.where(() => true).map(shown),
    async add(rows) {
      for (const row of rows) table.insert({ ...row, sender: null });
    },
    byId: async (ids) => table.some(ids).map(shown),
    async claim({ sender, lane, notice, now, leaseUntil, limit }) {
      const due = table
        .where((row) => dueAt(now)(row) && row.lane === lane && row.notice === notice)
        .sort(by(({ notBefore }) => notBefore.getTime()))
        .slice(0, limit);
      table.update(
        due.map(({ id }) => id),
        dueAt(now),
        () => ({ state: 'claimed', sender, leaseUntil }),
      );
      return due.map(({ id }) => table.get(id)).flatMap((row) => (row ? [shown(row)] : []));
    },
    async release(sender, rows) {
      for (const { id, lane, notBefore } of rows)
        table.update([id], claimedBy(sender), () => ({ state: 'pending', lane, notBefore, ...FREED }));
    },
    begin: async (sender, { id, attempt, leaseUntil }) =>
      table.update([id], claimedBy(sender), ({ attempts }) => ({
        state: 'sending',
        attempt,
        leaseUntil,
        attempts: attempts + 1,
      })) > 0,
    async finish({ id, attempt, ...rest }) {
      table.update(
        [id],
        (row) => row.state === 'sending' && row.attempt === attempt,
        () => ({ ...rest, ...FREED }),
      );
    },
    async skip(sender, rows, at) {
      for (const { id, cause } of rows)
        table.update([id], claimedBy(sender), () => ({ state: 'skipped', cause, endedAt: at, ...FREED }));
    },
    async recover(now) {
      const unknown = expired(now, 'sending', { state: 'unknown', cause: 'interrupted', endedAt: now });
      const pending = expired(now, 'claimed', { state: 'pending' });
      const late = (row: Row) => isDue(row) && row.expiresAt <= now;
      return {
        unknown,
        pending,
        missed: change(late, 1_000, { state: 'skipped', cause: 'missed', endedAt: now }),
      };
    },
    anyDue: async (now) => table.where(dueAt(now)).length > 0,
    anyOpen: async (notice) =>
      table.where((row) => row.notice === notice && OPEN_STATES.includes(row.state)).length > 0,
    async tally(notice) {
      const counts = new Map<string, Tally>();
      for (const { state, ...row } of table.where((one) => one.notice === notice)) {
        const cause = CAUSED_STATES.includes(state) ? row.cause : null;
        const key = `${state} ${cause}`;
        counts.set(key, { state, cause, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      return [...counts.values()];
    },
    receipts: async (notice) =>
      table.where((row) => row.notice === notice && row.state === 'sent' && row.receiptAt !== null).length,
    ofNotice: async (notice, after, limit) =>
      table
        .where(({ id }) => id.startsWith(`${notice}/`) && id > after)
        .sort(by(({ id }) => id))
        .slice(0, limit)
        .map(shown),
    cancel: async (notice, limit, at) =>
      change(
        (row) => row.notice === notice && row.state !== 'sending' && OPEN_STATES.includes(row.state),
        limit,
        { state: 'skipped', cause: 'cancelled', endedAt: at },
      ),
    again: async (notice, state, until, limit) =>
      change((row) => row.notice === notice && row.state === state, limit, {
        state: 'pending',
        cause: null,
        attempt: null,
        attempts: 0,
        endedAt: null,
        expiresAt: until,
        lane: null,
      }),
    confirm: async (notice, person, at) =>
      table.update(
        [`${notice}/${person}`],
        ({ receiptAt, state }) => receiptAt === null && ['sent', 'unknown', 'sending'].includes(state),
        () => ({ receiptAt: at }),
      ) > 0,
  };
}
