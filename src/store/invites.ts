import { type Connection, Schema } from 'mongoose';
import type { Invite, Invites } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';

interface Row extends Omit<Invite, 'id' | 'use' | 'slot' | 'project'> {
  _id: string;
  slot?: string;
  /** Absent: it was stored before there were teams. */
  project?: string | null;
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
    revoked: Schema.Types.Mixed,
  },
  { versionKey: false },
)
  .index({ slot: 1 }, { unique: true, partialFilterExpression: { slot: { $exists: true } } })
  .index({ office: 1, _id: 1 })
  .index({ event: 1, _id: 1 });

const UNTOUCHED = { use: { $exists: false }, revoked: { $exists: false } };

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
      return found ? toInvite(found) : undefined;
    },
    async toRoles({ office, event }, after, limit) {
      const found = await findRaw(
        rows,
        {
          ...(office !== null && { office }),
          ...(event !== null && { event }),
          role: { $ne: 'member' },
          _id: { $gt: after },
        },
        { sort: { _id: 1 }, limit },
      );
      return found.map(toInvite);
    },
    async take(id, use, now) {
      const fresh = { $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
      const result = await rows.collection.updateOne({ _id: id as never, ...UNTOUCHED, ...fresh }, {
        $set: { use },
      } as never);
      return result.matchedCount === 1;
    },
    async revoke(id, by, at) {
      const result = await rows.collection.updateOne({ _id: id as never, ...UNTOUCHED }, {
        $set: { revoked: { by, at } },
      } as never);
      return result.matchedCount === 1;
    },
  };
}

function toInvite(row: Row): Invite {
  const { _id, slot = null, use, project = null, ...rest } = row;
  return { id: _id, slot, use, project, ...rest };
}
