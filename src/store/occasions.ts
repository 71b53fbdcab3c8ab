import { type Connection, Schema } from 'mongoose';
import type { Occasion } from '../domain/occasion.ts';
import type { Occasions } from '../usecases/ports.ts';
import { modelOf, onlyDuplicates } from './connect.ts';

interface Row extends Omit<Occasion, 'id'> {
  _id: string;
}

const PER_EVENT = 2_000;

const schema = new Schema<Row>(
  {
    _id: String,
    event: String,
    kind: String,
    rule: String,
    session: String,
    startsAt: Date,
    dueAt: Date,
    expiresAt: Date,
    state: String,
  },
  { versionKey: false },
)
  .index({ event: 1, state: 1 })
  .index({ state: 1, dueAt: 1 });

export function occasionStore(connection: Connection): Occasions {
  const rows = modelOf<Row>(connection, 'occasions', schema);
  return {
    async add(occasions) {
      if (occasions.length === 0) return;
      try {
        await rows.insertMany(
          occasions.map(({ id, ...rest }) => ({ _id: id, ...rest })),
          { ordered: false },
        );
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
    },
    async byId(ids) {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toOccasion);
    },
    async planned(event) {
      const found = await rows.find({ event, state: 'planned' }).limit(PER_EVENT).lean<Row[]>();
      return found.map(toOccasion);
    },
    async due(until, limit) {
      const found = await rows
        .find({ state: 'planned', dueAt: { $lte: until } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<Row[]>();
      return found.map(toOccasion);
    },
    async end(ids, state) {
      if (ids.length === 0) return;
      await rows.updateMany({ _id: { $in: [...ids] }, state: 'planned' }, { $set: { state } });
    },
  };
}

function toOccasion({ _id, ...rest }: Row): Occasion {
  return { id: _id, ...rest };
}
