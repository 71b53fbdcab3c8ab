import type { mongo } from 'mongoose';
import type { Migration } from '../migrations.ts';

const CHANGES = [
  ['events', { call: { $exists: false } }, { call: null, takesGuests: true }],
  ['grants', { part: { $exists: false } }, { event: null, part: null }],
  ['invites', { part: { $exists: false } }, { event: null, part: null }],
] as const;

/** Events can have a call for projects, and roles be about a part of an event: those from before have none of it. */
export const eventsWithCalls: Migration = {
  number: 2,
  name: 'events-with-calls',
  async up(db: mongo.Db, { dryRun, checkpoint }) {
    let changed = 0;
    for (const [name, left, fresh] of CHANGES) {
      const rows = db.collection(name);
      if (dryRun) {
        const [found] = await rows.aggregate<{ n: number }>([{ $match: left }, { $count: 'n' }]).toArray();
        changed += found?.n ?? 0;
        continue;
      }
      const result = await rows.updateMany(left, { $set: fresh });
      changed += result.modifiedCount;
      await checkpoint();
    }
    return changed;
  },
};
