import { type Connection, Schema } from 'mongoose';
import type { PublishedResult, Results } from '../usecases/roadshow-ports.ts';
import { findRaw, modelOf, saveRevision } from './connect.ts';

interface Row extends Omit<PublishedResult, 'id'> {
  _id: string;
}

const schema = new Schema<Row>(
  { _id: String, code: String, track: String, rev: Number },
  // The content was computed by the use cases.
  { versionKey: false, minimize: false, strict: false },
).index({ code: 1, track: 1 });

export function resultStore(connection: Connection): Results {
  const rows = modelOf<Row>(connection, 'results', schema);
  const find = async (filter: Parameters<typeof findRaw<Row>>[1]): Promise<PublishedResult[]> =>
    (await findRaw<Row>(rows, filter)).map(toResult);
  return {
    byId: async (ids) => (ids.length === 0 ? [] : find({ _id: { $in: [...ids] } })),
    byCode: async (code, track) => find(track === null ? { code } : { code, track }),
    async save({ id, ...next }) {
      return saveRevision(rows, id, next);
    },
  };
}

function toResult({ _id, ...rest }: Row): PublishedResult {
  return { id: _id, ...rest };
}
