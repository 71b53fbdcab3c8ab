import type { Delivery } from '../../src/domain/notice.ts';
import type { Deliveries } from '../../src/usecases/ports.ts';
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

export function memoryDeliveries(): MemoryDeliveries {
  const table = new Table<Row>();
  const dueAt =
    (now: Date) =>
    ({ state, notBefore }: Row): boolean =>
      (state === 'pending' || state === 'retry_wait') && notBefore <= now;
  const expired = (now: Date, state: Delivery['state'], set: Partial<Row>): number => {
    const matches = (row: Row) => row.state === state && row.leaseUntil !== null && row.leaseUntil <= now;
    const ids = table.where(matches).map(({ id }) => id);
    return table.update(ids, matches, () => ({ ...set, ...FREED }));
  };
  return {
    all: () => table.where(() => true).map(shown),
    async add(rows) {
      for (const row of rows) table.insert({ ...row, sender: null });
    },
    byId: async (ids) => table.some(ids).map(shown),
    async claim(sender, now, leaseUntil, limit) {
      const due = table
        .where(dueAt(now))
        .sort(by(({ notBefore }) => notBefore.getTime()))
        .slice(0, limit);
      table.update(
        due.map(({ id }) => id),
        dueAt(now),
        () => ({ state: 'claimed', sender, leaseUntil }),
      );
      return due.map(({ id }) => table.get(id)).flatMap((row) => (row ? [shown(row)] : []));
    },
    begin: async (sender, rows, leaseUntil) =>
      rows.flatMap(({ id, attempt }) => {
        const begun = table.update(
          [id],
          (row) => row.state === 'claimed' && row.sender === sender,
          ({ attempts }) => ({ state: 'sending', attempt, leaseUntil, attempts: attempts + 1 }),
        );
        return begun > 0 ? [id] : [];
      }),
    async finish(rows) {
      for (const { id, attempt, state, cause, messageId, notBefore } of rows) {
        table.update(
          [id],
          (row) => row.state === 'sending' && row.attempt === attempt,
          () => ({ state, cause, messageId, notBefore, ...FREED }),
        );
      }
    },
    async skip(sender, rows) {
      for (const { id, cause } of rows) {
        table.update(
          [id],
          (row) => row.state === 'claimed' && row.sender === sender,
          () => ({ state: 'skipped', cause, ...FREED }),
        );
      }
    },
    async recover(now) {
      const unknown = expired(now, 'sending', { state: 'unknown', cause: 'interrupted' });
      return { unknown, pending: expired(now, 'claimed', { state: 'pending' }) };
    },
    anyDue: async (now) => table.where(dueAt(now)).length > 0,
  };
}
