import { type Connection, Schema } from 'mongoose';
import type { Event } from '../domain/event.ts';
import type { Events, Revised } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';
import { gather } from './gather.ts';

interface Row extends Omit<Event, 'id'> {
  _id: string;
  revision: number;
  /** Present until the reminders of this revision are planned. */
  unplanned?: true;
}

const schema = new Schema<Row>(
  {
    _id: String,
    office: String,
    code: String,
    status: String,
    startsAt: Date,
    revision: Number,
    unplanned: Boolean,
  },
  // The content was validated by the domain's schema where it came in.
  { versionKey: false, minimize: false, strict: false },
)
  .index({ office: 1, code: 1 }, { unique: true })
  .index({ status: 1, startsAt: 1 })
  .index({ unplanned: 1 }, { partialFilterExpression: { unplanned: true } });

const LIST_LIMIT = 1_000;

export function eventStore(connection: Connection): Events {
  const rows = modelOf<Row>(connection, 'events', schema);
  return {
    byId: gather(async (ids) => {
      const found = await findRaw(rows, { _id: { $in: [...ids] } });
      return found.map(toEvent);
    }),
    async byCode(office, code) {
      const found = await rows.findOne({ office, code }).lean<Row>();
      return found ? { event: toEvent(found), revision: found.revision } : undefined;
    },
    async live() {
      const filter = { status: { $in: ['open', 'running'] } };
      const found = await findRaw(rows, filter, { sort: { startsAt: 1 }, limit: LIST_LIMIT });
      return found.map(toEvent);
    },
    async list() {
      const found = await rows.find({}).sort({ office: 1, code: 1 }).limit(LIST_LIMIT).lean<Row[]>();
      return found.map(toEvent);
    },
    async ofOffice(office, after, limit) {
      const filter = { office, code: { $gt: after } };
      const found = await findRaw(rows, filter, { sort: { office: 1, code: 1 }, limit });
      return found.map(toEvent);
    },
    async save({ id, ...content }, revision) {
      const row = { ...content, revision: revision + 1, unplanned: true };
      if (revision > 0) {
        const result = await rows.collection.replaceOne({ _id: id as never, revision }, row);
        return result.matchedCount === 1;
      }
      try {
        await rows.collection.insertOne({ _id: id as never, ...row });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async unplanned(limit) {
      const found = await rows.find({ unplanned: true }).limit(limit).lean<Row[]>();
      return found.map((row): Revised => ({ event: toEvent(row), revision: row.revision }));
    },
    async markPlanned(id, revision) {
      await rows.updateOne({ _id: id, revision }, { $unset: { unplanned: 1 } });
    },
  };
}

function toEvent({ _id, revision: _revision, unplanned: _unplanned, ...content }: Row): Event {
  return { id: _id, ...content };
}
