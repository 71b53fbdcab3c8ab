import { type Connection, Schema } from 'mongoose';
import type { Edition } from '../domain/edition.ts';
import type { Editions } from '../usecases/manual-ports.ts';
import { findRaw, modelOf, saveRevision } from './connect.ts';

interface Row extends Omit<Edition, 'id'> {
  _id: string;
}

const schema = new Schema<Row>(
  { _id: String, event: String, number: Number, state: String, takenAt: Date, rev: Number },
  // The content was validated by the use cases.
  { versionKey: false, minimize: false, strict: false },
)
  .index({ event: 1, number: 1 }, { unique: true })
  .index({ state: 1, takenAt: 1 });

const MOST = 500;

export function editionStore(connection: Connection): Editions {
  const rows = modelOf<Row>(connection, 'editions', schema);
  return {
    async of(event) {
      const found = await findRaw<Row>(rows, { event }, { sort: { event: 1, number: 1 }, limit: MOST });
      return found.map(toEdition);
    },
    async building(limit) {
      const found = await findRaw<Row>(
        rows,
        { state: 'building' },
        { sort: { state: 1, takenAt: 1 }, limit },
      );
      return found.map(toEdition);
    },
    async save({ id, ...next }) {
      return saveRevision(rows, id, next);
    },
  };
}

function toEdition({ _id, ...rest }: Row): Edition {
  return { id: _id, ...rest };
}
