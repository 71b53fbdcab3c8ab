import { type Connection, Schema } from 'mongoose';
import type { Delivery, DeliveryState } from '../domain/notice.ts';
import type { Deliveries } from '../usecases/ports.ts';
import { modelOf, onlyDuplicates } from './connect.ts';

interface Row extends Omit<Delivery, 'id'> {
  _id: string;
  /** The sender that holds a claim. */
  sender: string | null;
}

const RECOVERED_AT_ONCE = 1_000;

const schema = new Schema<Row>(
  {
    _id: String,
    person: String,
    kind: String,
    event: String,
    registration: String,
    occasion: String,
    letter: Schema.Types.Mixed,
    state: String,
    cause: String,
    notBefore: Date,
    expiresAt: Date,
    leaseUntil: Date,
    attempt: String,
    attempts: Number,
    messageId: String,
    sender: String,
  },
  { versionKey: false },
)
  .index({ state: 1, notBefore: 1 })
  .index({ state: 1, leaseUntil: 1 });

const DUE: DeliveryState[] = ['pending', 'retry_wait'];

export function deliveryStore(connection: Connection): Deliveries {
  const rows = modelOf<Row>(connection, 'deliveries', schema);
  return {
    async add(deliveries) {
      if (deliveries.length === 0) return;
      try {
        await rows.insertMany(
          deliveries.map(({ id, ...rest }) => ({ _id: id, ...rest, sender: null })),
          { ordered: false },
        );
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
    },
    async byId(ids) {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toDelivery);
    },
    async claim(sender, now, leaseUntil, limit) {
      const found = await rows
        .find({ state: { $in: DUE }, notBefore: { $lte: now } }, { _id: 1 })
        .sort({ notBefore: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      const ids = found.map(({ _id }) => _id);
      if (ids.length === 0) return [];
      await rows.updateMany(
        { _id: { $in: ids }, state: { $in: DUE }, notBefore: { $lte: now } },
        { $set: { state: 'claimed', sender, leaseUntil } },
      );
      const mine = await rows
        .find({ _id: { $in: ids }, state: 'claimed', sender })
        .sort({ notBefore: 1 })
        .lean<Row[]>();
      return mine.map(toDelivery);
    },
    async begin(sender, begun, leaseUntil) {
      const operations = begun.map(({ id, attempt }) => ({
        updateOne: {
          filter: { _id: id, state: 'claimed', sender },
          update: { $set: { state: 'sending', attempt, leaseUntil }, $inc: { attempts: 1 } },
        },
      }));
      const result = await rows.bulkWrite(operations as never[], { ordered: false });
      if (result.matchedCount === begun.length) return begun.map(({ id }) => id);
      const mine = await rows
        .find({ _id: { $in: begun.map(({ id }) => id) }, state: 'sending', sender }, { attempt: 1 })
        .lean<Row[]>();
      const attempts = new Map(begun.map(({ id, attempt }) => [id, attempt]));
      return mine.filter(({ _id, attempt }) => attempts.get(_id) === attempt).map(({ _id }) => _id);
    },
    async finish(ended) {
      const operations = ended.map(({ id, attempt, ...rest }) => ({
        updateOne: {
          filter: { _id: id, state: 'sending', attempt },
          update: { $set: { ...rest, leaseUntil: null, sender: null } },
        },
      }));
      if (operations.length > 0) await rows.bulkWrite(operations as never[], { ordered: false });
    },
    async skip(sender, skipped) {
      const operations = skipped.map(({ id, cause }) => ({
        updateOne: {
          filter: { _id: id, state: 'claimed', sender },
          update: { $set: { state: 'skipped', cause, leaseUntil: null, sender: null } },
        },
      }));
      if (operations.length > 0) await rows.bulkWrite(operations as never[], { ordered: false });
    },
    async recover(now) {
      const expired = async (state: DeliveryState, set: object): Promise<number> => {
        const found = await rows
          .find({ state, leaseUntil: { $lte: now } }, { _id: 1 })
          .limit(RECOVERED_AT_ONCE)
          .lean<{ _id: string }[]>();
        if (found.length === 0) return 0;
        const ids = found.map(({ _id }) => _id);
        const filter = { _id: { $in: ids }, state, leaseUntil: { $lte: now } };
        const result = await rows.updateMany(filter, { $set: { ...set, leaseUntil: null, sender: null } });
        return result.modifiedCount;
      };
      // What was being sent when its sender vanished may have arrived: it is never sent again by itself.
      const unknown = await expired('sending', { state: 'unknown', cause: 'interrupted' });
      const pending = await expired('claimed', { state: 'pending' });
      return { pending, unknown };
    },
    async anyDue(now) {
      const found = await rows.findOne({ state: { $in: DUE }, notBefore: { $lte: now } }, { _id: 1 }).lean();
      return found !== null;
    },
  };
}

function toDelivery({ _id, sender: _sender, ...rest }: Row): Delivery {
  return { id: _id, ...rest };
}
