import { type Connection, Schema } from 'mongoose';
import type { Invite, Invites } from '../usecases/ports.ts';
import { isDuplicate, modelOf } from './connect.ts';

interface Row extends Omit<Invite, 'id' | 'use' | 'slot'> {
  _id: string;
  slot?: string;
  use?: Invite['use'];
}

const schema = new Schema<Row>(
  {
    _id: String,
    role: String,
    office: String,
    event: String,
    part: String,
    project: String,
    note: String,
    by: String,
    expiresAt: Date,
    slot: String,
    use: Schema.Types.Mixed,
  },
  { versionKey: false },
).index({ slot: 1 }, { unique: true, partialFilterExpression: { slot: { $exists: true } } });

/** Invitations to roles. They are few, and kept: who was invited by whom stays known. */
export function inviteStore(connection: Connection): Invites {
  const rows = modelOf<Row>(connection, 'invites', schema);
  return {
    async add({ id, slot, use: _use, ...rest }) {
      try {
        await rows.collection.insertOne({ _id: id as never, ...rest, ...(slot !== null && { slot }) });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async byId(id) {
      const found = await rows.findById(id).lean<Row>();
      if (!found) return undefined;
      const { _id, slot = null, use, project = null, ...rest } = found;
      return { id: _id, slot, use, project, ...rest };
    },
    async take(id, use, now) {
      const fresh = { $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
      const result = await rows.collection.updateOne(
        { _id: id as never, use: { $exists: false }, ...fresh },
        { $set: { use } } as never,
      );
      return result.matchedCount === 1;
    },
  };
}
