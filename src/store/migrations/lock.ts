import type { mongo } from 'mongoose';
import { isDuplicate } from '../connect.ts';

interface Row {
  _id: 'lock';
  holder: string;
  until: Date;
}

/** Makes one process at a time the one that migrates. */
export interface Lock {
  /** Whether this process has it now. */
  take(): Promise<boolean>;
  /** Begins the lease anew; throws when another process has the lock by now. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

const LEASE_MS = 60_000;
const FREE = new Date(0);

/** The lock of a database's migrations, in their collection. A process that died holds it until its lease is over. */
export function lockOf(collection: mongo.Collection<Row>, now: () => Date): Lock {
  const holder = crypto.randomUUID();
  const lease = (): Date => new Date(now().getTime() + LEASE_MS);
  return {
    async take() {
      const taken = { holder, until: lease() };
      const free = await collection.updateOne({ _id: 'lock', until: { $lte: now() } }, { $set: taken });
      if (free.matchedCount === 1) return true;
      try {
        await collection.insertOne({ _id: 'lock', ...taken });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async renew() {
      const mine = await collection.updateOne({ _id: 'lock', holder }, { $set: { until: lease() } });
      if (mine.matchedCount === 1) return;
      throw new Error(
        `expected to hold the lock of the migrations, but another process took it after ${LEASE_MS / 1_000} s of silence and goes on with them; start again`,
      );
    },
    async release() {
      await collection.updateOne({ _id: 'lock', holder }, { $set: { until: FREE } });
    },
  };
}
