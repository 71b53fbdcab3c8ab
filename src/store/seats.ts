import { type Connection, Schema } from 'mongoose';
import { type Entry, needsAttention, type Seats, taken } from '../domain/seats.ts';
import type { SeatsStore } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';

interface Row {
  _id: string;
  rev: number;
  entries: Entry[];
  /** Seats taken by pool, for reading without the entries. */
  taken: Record<string, number>;
  /** Present while somebody waits, has an offer or has yet to hear of its end. */
  attention?: true;
}

const Mixed = Schema.Types.Mixed;
const schema = new Schema<Row>(
  { _id: String, rev: Number, entries: [Mixed], taken: Mixed, attention: Boolean },
  { versionKey: false, minimize: false },
).index({ attention: 1 }, { partialFilterExpression: { attention: true } });

type Change = (seats: Seats) => { readonly seats: Seats; readonly result: unknown };

interface Waiting {
  readonly change: Change;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const TRIES = 50;

/** Seats of an event are one document. Changes that meet in this process share one read and one compare-and-set. */
export function seatsStore(connection: Connection): SeatsStore {
  const rows = modelOf<Row>(connection, 'seats', schema);
  const queues = new Map<string, Waiting[]>();

  const read = async (event: string): Promise<Row> => {
    const found = await rows.findById(event).lean<Row>();
    return found ?? { _id: event, rev: 0, entries: [], taken: {} };
  };

  const write = async (before: Row, seats: Seats): Promise<boolean> => {
    const next = toRow(seats, before.rev + 1);
    if (before.rev > 0) {
      const result = await rows.collection.replaceOne({ _id: before._id as never, rev: before.rev }, next);
      return result.matchedCount === 1;
    }
    try {
      await rows.collection.insertOne({ _id: before._id as never, ...next });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };

  const apply = async (event: string, waiting: readonly Waiting[]): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await read(event);
      const start: Seats = { event, entries: before.entries };
      let seats = start;
      const answers = waiting.map(({ change, resolve, reject }) => {
        try {
          const made = change(seats);
          seats = made.seats;
          return () => resolve(made.result);
        } catch (error) {
          // It changes nothing, and holds up none of the others.
          return () => reject(error);
        }
      });
      if (seats !== start && !(await write(before, seats))) continue;
      for (const answer of answers) answer();
      return;
    }
    throw new Error(
      `expected to change the seats of event ${event} within ${TRIES} tries, received a conflict each time`,
    );
  };

  const drain = async (event: string): Promise<void> => {
    for (let queue = queues.get(event); queue && queue.length > 0; queue = queues.get(event)) {
      const waiting = queue.splice(0);
      try {
        await apply(event, waiting);
      } catch (error) {
        for (const { reject } of waiting) reject(error);
      }
    }
    queues.delete(event);
  };

  return {
    async load(events) {
      const found = await findRaw(rows, { _id: { $in: [...events] } });
      return found.map(({ _id, entries }) => ({ event: _id, entries }));
    },
    async taken(events) {
      const found = await findRaw(rows, { _id: { $in: [...events] } }, { projection: { taken: 1 } });
      return new Map(found.map((row) => [row._id, row.taken]));
    },
    change<R>(
      event: string,
      change: (seats: Seats) => { readonly seats: Seats; readonly result: R },
    ): Promise<R> {
      return new Promise<R>((resolve, reject) => {
        const waiting: Waiting = { change, resolve: (result) => resolve(result as R), reject };
        const queue = queues.get(event);
        if (queue) queue.push(waiting);
        else {
          queues.set(event, [waiting]);
          void drain(event);
        }
      });
    },
    async needingAttention(limit) {
      const found = await rows.find({ attention: true }, { _id: 1 }).limit(limit).lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },
  };
}

function toRow(seats: Seats, rev: number): Omit<Row, '_id'> {
  const pools = [...new Set(seats.entries.map(({ pool }) => pool))];
  return {
    rev,
    entries: [...seats.entries],
    taken: Object.fromEntries(pools.map((pool) => [pool, taken(seats, pool)])),
    ...(needsAttention(seats) && { attention: true as const }),
  };
}
