import type { mongo } from 'mongoose';
import { OPEN_STATES } from '../../domain/delivery.ts';
import type { Migration } from '../migrations.ts';

const BATCH = 500;

/**
 * Letters go by lanes, one for each bot account. Rows from before have yet to be given one; what has ended stays
 * as it is.
 */
export const deliveriesByLane: Migration = {
  number: 1,
  name: 'deliveries-by-lane',
  async up(db: mongo.Db, { dryRun, checkpoint }) {
    const rows = db.collection('deliveries');
    const left = { state: { $in: [...OPEN_STATES] }, lane: { $exists: false } };
    if (dryRun) {
      const [found] = await rows.aggregate<{ n: number }>([{ $match: left }, { $count: 'n' }]).toArray();
      return found?.n ?? 0;
    }
    for (let changed = 0; ; ) {
      const batch = await rows
        .find(left, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      if (batch.length === 0) return changed;
      const fresh = { to: null, notice: null, lane: null, endedAt: null, receiptAt: null };
      await rows.updateMany({ _id: { $in: batch.map(({ _id }) => _id) } }, { $set: fresh });
      changed += batch.length;
      await checkpoint();
    }
  },
};
