import { type Connection, Schema } from 'mongoose';
import type { TrackRun } from '../domain/track-run.ts';
import type { Runs } from '../usecases/roadshow-ports.ts';
import { findRaw, modelOf, saveRevision } from './connect.ts';

interface Row extends Omit<TrackRun, 'id' | 'active'> {
  _id: string;
  /** Absent once nothing is left to be done. */
  active?: true;
}

const schema = new Schema<Row>(
  { _id: String, event: String, track: String, active: Boolean, rev: Number },
  // The content was validated by the use cases.
  { versionKey: false, minimize: false, strict: false },
)
  .index({ event: 1, track: 1 }, { unique: true })
  .index({ active: 1 }, { partialFilterExpression: { active: true } });

export function runStore(connection: Connection): Runs {
  const rows = modelOf<Row>(connection, 'runs', schema);
  return {
    async byId(ids) {
      if (ids.length === 0) return [];
      const found = await findRaw<Row>(rows, { _id: { $in: [...ids] } });
      return found.map(toRun);
    },
    async ofEvents(events) {
      if (events.length === 0) return [];
      const found = await findRaw<Row>(
        rows,
        { event: { $in: [...events] } },
        { sort: { event: 1, track: 1 } },
      );
      return found.map(toRun);
    },
    async active(limit) {
      const found = await findRaw<Row>(rows, { active: true }, { limit });
      return found.map(toRun);
    },
    async save({ id, active, ...next }) {
      const row = { ...next, ...(active && { active }) };
      return saveRevision(rows, id, row);
    },
  };
}

function toRun({ _id, active, ...rest }: Row): TrackRun {
  return { id: _id, active: active ?? false, ...rest };
}
