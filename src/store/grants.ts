import { type Connection, Schema } from 'mongoose';
import type { Grant } from '../domain/access.ts';
import type { Grants } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';

interface Row extends Omit<Grant, 'id'> {
  _id: string;
}

const AT_MOST = 1_000;

const schema = new Schema<Row>(
  {
    _id: String,
    person: String,
    role: String,
    office: String,
    event: String,
    part: String,
    note: String,
    by: String,
    at: Date,
    confirmedAt: Date,
    ended: Schema.Types.Mixed,
  },
  { versionKey: false },
)
  .index({ person: 1, ended: 1 })
  .index({ ended: 1, at: 1 })
  .index({ role: 1, ended: 1, _id: 1 });

export function grantStore(connection: Connection): Grants {
  const rows = modelOf<Row>(connection, 'grants', schema);
  return {
    async of(people) {
      const found = await findRaw(rows, { person: { $in: [...people] }, ended: null });
      return found.map(toGrant);
    },
    async standing() {
      const found = await findRaw(rows, { ended: null }, { sort: { at: 1 }, limit: AT_MOST });
      return found.map(toGrant);
    },
    async inOffice(office, roles, after, limit) {
      if (roles.length === 0) return [];
      const found = await findRaw(
        rows,
        {
          role: { $in: [...roles] },
          ended: null,
          _id: { $gt: after },
          // Without an office a role is one in every office.
          office: { $in: [office, null] },
        },
        { sort: { _id: 1 }, limit },
      );
      return found.map(toGrant);
    },
    async add({ id, ...rest }) {
      try {
        await rows.collection.insertOne({ _id: id as never, ...rest });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async end(id, by, at) {
      await rows.collection.updateOne({ _id: id as never, ended: null }, {
        $set: { ended: { by, at } },
      } as never);
    },
    async confirm(ids, at) {
      if (ids.length === 0) return;
      const open = { _id: { $in: [...ids] as never[] }, confirmedAt: { $exists: false } };
      await rows.collection.updateMany(open, { $set: { confirmedAt: at } });
    },
    async move(from, to) {
      await rows.collection.updateMany({ person: from, ended: null }, { $set: { person: to } });
    },
  };
}

function toGrant({ _id, ...rest }: Row): Grant {
  return { id: _id, ...rest };
}
