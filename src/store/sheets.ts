import { type Connection, Schema } from 'mongoose';
import type { Sheet } from '../domain/sheet.ts';
import type { Sheets } from '../usecases/roadshow-ports.ts';
import { findRaw, modelOf, onlyDuplicates, saveRevision } from './connect.ts';

interface Row extends Omit<Sheet, 'id'> {
  _id: string;
}

const AT_ONCE = 1_000;

const schema = new Schema<Row>(
  { _id: String, event: String, track: String, project: String, judge: String, locked: Boolean, rev: Number },
  // The content was validated by the use cases.
  { versionKey: false, minimize: false, strict: false },
)
  .index({ event: 1, track: 1, locked: 1 })
  .index({ event: 1, judge: 1 });

export function sheetStore(connection: Connection): Sheets {
  const rows = modelOf<Row>(connection, 'sheets', schema);
  const find = async (filter: Parameters<typeof findRaw<Row>>[1]): Promise<Sheet[]> =>
    (await findRaw<Row>(rows, filter)).map(toSheet);
  return {
    byId: async (ids) => (ids.length === 0 ? [] : find({ _id: { $in: [...ids] } })),
    ofTrack: async (event, track) => find({ event, track }),
    ofJudge: async (event, judge) => find({ event, judge }),
    async changes(event, track) {
      const [found] = await rows.collection
        .aggregate<{ n: number }>([
          { $match: { event, track } },
          { $group: { _id: null, n: { $sum: '$rev' } } },
        ])
        .toArray();
      return found?.n ?? 0;
    },
    async save({ id, ...next }) {
      return saveRevision(rows, id, next);
    },
    async lock(event, track, empty) {
      // Who writes on one of these for the first time meanwhile meets it, or is met by what follows.
      for (let from = 0; from < empty.length; from += AT_ONCE) {
        const docs = empty
          .slice(from, from + AT_ONCE)
          .map(({ id, ...sheet }) => ({ _id: id as never, ...sheet, locked: true, rev: sheet.rev + 1 }));
        try {
          await rows.collection.insertMany(docs, { ordered: false });
        } catch (error) {
          if (!onlyDuplicates(error)) throw error;
        }
      }
      const change = { $set: { locked: true }, $inc: { rev: 1 } };
      await rows.collection.updateMany({ event, track, locked: false }, change as never);
    },
  };
}

function toSheet({ _id, ...rest }: Row): Sheet {
  return { id: _id, ...rest };
}
