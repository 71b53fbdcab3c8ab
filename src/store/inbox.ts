import { type Connection, Schema } from 'mongoose';
import type { Inbound, Inbox } from '../runner/ports.ts';
import { findRaw, modelOf, onlyDuplicates } from './connect.ts';

interface Row extends Omit<Inbound, 'id'> {
  _id: string;
  /** Order among messages of one process in the same millisecond. */
  order: number;
  /** Present until handled. */
  open?: true;
  doneAt?: Date;
}

const KEPT_SECONDS = 7 * 24 * 3600;

const schema = new Schema<Row>(
  {
    _id: String,
    conversation: String,
    lang: String,
    input: Schema.Types.Mixed,
    arrivedAt: Date,
    order: Number,
    open: Boolean,
    doneAt: Date,
  },
  { versionKey: false, minimize: false },
)
  .index({ conversation: 1, arrivedAt: 1, order: 1 }, { partialFilterExpression: { open: true } })
  .index({ arrivedAt: 1 }, { partialFilterExpression: { open: true } })
  .index({ doneAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export function inboxStore(connection: Connection): Inbox {
  const rows = modelOf<Row>(connection, 'inbox', schema);
  let order = 0;
  return {
    async add(messages) {
      if (messages.length === 0) return;
      const docs: Row[] = messages.map(({ id, ...message }) => ({
        _id: id,
        ...message,
        order: ++order,
        open: true,
      }));
      try {
        await rows.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
    },
    async open(conversations, limit) {
      const filter = { open: true, conversation: { $in: [...conversations] } };
      const found = await findRaw(rows, filter, { sort: { arrivedAt: 1, order: 1 }, limit });
      return found.map(({ _id, conversation, lang, input, arrivedAt }) => ({
        id: _id,
        conversation,
        lang,
        input,
        arrivedAt,
      }));
    },
    async done(ids, at) {
      await rows.updateMany({ _id: { $in: [...ids] } }, { $unset: { open: 1 }, $set: { doneAt: at } });
    },
    async waiting(since, limit) {
      const found = await rows
        .find({ open: true, arrivedAt: { $lte: since } }, { conversation: 1 })
        .sort({ arrivedAt: 1 })
        .limit(limit)
        .lean<Row[]>();
      return [...new Set(found.map(({ conversation }) => conversation))];
    },
  };
}
