import { type Connection, Schema } from 'mongoose';
import { CAUSED_STATES, type Delivery, type DeliveryState, OPEN_STATES } from '../domain/delivery.ts';
import type { Deliveries } from '../usecases/ports.ts';
import { findRaw, modelOf, onlyDuplicates } from './connect.ts';
import { inTurn } from './gather.ts';

interface Row extends Omit<Delivery, 'id'> {
  _id: string;
  /** The sender that holds a claim. */
  sender: string | null;
}

const AT_ONCE = 1_000;

const schema = new Schema<Row>(
  {
    _id: String,
    person: String,
    to: String,
    kind: String,
    event: String,
    registration: String,
    occasion: String,
    hold: Schema.Types.Mixed,
    notice: String,
    lane: String,
    letter: Schema.Types.Mixed,
    state: String,
    cause: String,
    notBefore: Date,
    expiresAt: Date,
    leaseUntil: Date,
    attempt: String,
    attempts: Number,
    messageId: String,
    endedAt: Date,
    receiptAt: Date,
    sender: String,
  },
  { versionKey: false },
)
  .index({ lane: 1, notice: 1, state: 1, notBefore: 1 })
  .index({ notice: 1, state: 1 })
  .index({ state: 1, notBefore: 1 })
  .index({ state: 1, leaseUntil: 1 })
  .index({ state: 1, expiresAt: 1 });

const DUE: DeliveryState[] = ['pending', 'retry_wait'];

const ARRIVED: DeliveryState[] = ['sent', 'unknown', 'sending'];
const FREED = { leaseUntil: null, sender: null };

type Begun = { id: string; attempt: string; leaseUntil: Date; sender: string };
type Finished = Parameters<Deliveries['finish']>[0];

export function deliveryStore(connection: Connection): Deliveries {
  const rows = modelOf<Row>(connection, 'deliveries', schema);

  const bulk = async (updates: readonly { filter: object; update: object }[]): Promise<number> => {
    if (updates.length === 0) return 0;
    const operations = updates.map((updateOne) => ({ updateOne }));
    const result = await rows.collection.bulkWrite(operations as never[], { ordered: false });
    return result.matchedCount;
  };

  /** Changes some of the rows that match, as one after the other a large number would hold up everybody. */
  const some = async (matching: object, limit: number, update: object): Promise<number> => {
    const found = await findRaw(rows, matching, { projection: { _id: 1 }, limit });
    if (found.length === 0) return 0;
    const ids = found.map(({ _id }) => _id as never);
    const result = await rows.collection.updateMany({ _id: { $in: ids }, ...matching } as never, update);
    return result.modifiedCount;
  };

  const countBy = <V>(match: object, field: keyof Delivery): Promise<{ _id: V; count: number }[]> =>
    rows.collection
      .aggregate<{ _id: V; count: number }>([
        { $match: match },
        { $group: { _id: `$${field}`, count: { $sum: 1 } } },
      ])
      .toArray();

  const begin = inTurn<Begun, boolean>(async (begun) => {
    const matched = await bulk(
      begun.map(({ id, attempt, leaseUntil, sender }) => ({
        filter: { _id: id, state: 'claimed', sender },
        update: { $set: { state: 'sending', attempt, leaseUntil }, $inc: { attempts: 1 } },
      })),
    );
    if (matched === begun.length) return begun.map(() => true);
    const ids = begun.map(({ id }) => id);
    const sending = await findRaw(
      rows,
      { _id: { $in: ids }, state: 'sending' },
      { projection: { attempt: 1 } },
    );
    const attempts = new Map(sending.map(({ _id, attempt }) => [_id, attempt]));
    return begun.map(({ id, attempt }) => attempts.get(id) === attempt);
  });

  const finish = inTurn<Finished, void>(async (ended) => {
    await bulk(
      ended.map(({ id, attempt, ...rest }) => ({
        filter: { _id: id, state: 'sending', attempt },
        update: { $set: { ...rest, ...FREED } },
      })),
    );
    return ended.map(() => undefined);
  });

  return {
    async add(deliveries) {
      if (deliveries.length === 0) return;
      try {
        const docs = deliveries.map(({ id, ...rest }) => ({ _id: id as never, ...rest, sender: null }));
        await rows.collection.insertMany(docs, { ordered: false });
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
    },
    async byId(ids) {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toDelivery);
    },
    async claim({ sender, lane, notice, now, leaseUntil, limit }) {
      const due = { lane, notice, state: { $in: DUE }, notBefore: { $lte: now } };
      const found = await findRaw(rows, due, { projection: { _id: 1 }, sort: { notBefore: 1 }, limit });
      const ids = found.map(({ _id }) => _id);
      if (ids.length === 0) return [];
      await rows.collection.updateMany({ _id: { $in: ids as never[] }, ...due } as never, {
        $set: { state: 'claimed', sender, leaseUntil },
      });
      const mine = await findRaw(rows, { _id: { $in: ids }, state: 'claimed', sender });
      return mine.map(toDelivery).sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime());
    },
    async release(sender, released) {
      await bulk(
        released.map(({ id, lane, notBefore }) => ({
          filter: { _id: id, state: 'claimed', sender },
          update: { $set: { state: 'pending', lane, notBefore, ...FREED } },
        })),
      );
    },
    begin: (sender, row) => begin({ ...row, sender }),
    finish: (row) => finish(row),
    async skip(sender, skipped, at) {
      await bulk(
        skipped.map(({ id, cause }) => ({
          filter: { _id: id, state: 'claimed', sender },
          update: { $set: { state: 'skipped', cause, endedAt: at, ...FREED } },
        })),
      );
    },
    async recover(now) {
      const expired = async (by: 'leaseUntil' | 'expiresAt', states: DeliveryState[], set: object) => {
        const over = { state: { $in: states }, [by]: { $lte: now } };
        const found = await findRaw(rows, over, { projection: { _id: 1 }, limit: AT_ONCE });
        if (found.length === 0) return 0;
        const ids = found.map(({ _id }) => _id as never);
        const update = { $set: { ...set, ...FREED } };
        const result = await rows.collection.updateMany({ _id: { $in: ids }, ...over } as never, update);
        return result.modifiedCount;
      };
      // What was being sent when its sender vanished may have arrived: it is never sent again by itself.
      const interrupted = { state: 'unknown', cause: 'interrupted', endedAt: now };
      const unknown = await expired('leaseUntil', ['sending'], interrupted);
      const pending = await expired('leaseUntil', ['claimed'], { state: 'pending' });
      const missed = await expired('expiresAt', DUE, { state: 'skipped', cause: 'missed', endedAt: now });
      return { pending, unknown, missed };
    },
    async anyDue(now) {
      const found = await rows.findOne({ state: { $in: DUE }, notBefore: { $lte: now } }, { _id: 1 }).lean();
      return found !== null;
    },
    async anyOpen(notice) {
      const open = { notice, state: { $in: [...OPEN_STATES] } };
      return (await findRaw(rows, open, { projection: { _id: 1 }, limit: 1 })).length > 0;
    },
    async tally(notice) {
      const states = await countBy<DeliveryState>({ notice }, 'state');
      const tallies = states.map(async ({ _id: state, count }) => {
        // Every row is looked at once more for its cause: most are open or sent and have none that matters.
        if (!CAUSED_STATES.includes(state)) return [{ state, cause: null, count }];
        const causes = await countBy<string | null>({ notice, state }, 'cause');
        return causes.map(({ _id: cause, count }) => ({ state, cause, count }));
      });
      return (await Promise.all(tallies)).flat();
    },
    async receipts(notice) {
      const match = { $match: { notice, state: 'sent', receiptAt: { $gt: new Date(0) } } };
      const [found] = await rows.collection.aggregate<{ n: number }>([match, { $count: 'n' }]).toArray();
      return found?.n ?? 0;
    },
    async ofNotice(notice, after, limit) {
      // Their ids begin with the notice's: 0 comes right after the slash.
      const range = { $gt: after === '' ? `${notice}/` : after, $lt: `${notice}0` };
      const found = await findRaw(rows, { _id: range }, { sort: { _id: 1 }, limit });
      return found.map(toDelivery);
    },
    async cancel(notice, limit, at) {
      const waiting = { notice, state: { $in: [...DUE, 'claimed'] } };
      const update = { $set: { state: 'skipped', cause: 'cancelled', endedAt: at, ...FREED } };
      return some(waiting, limit, update);
    },
    async again(notice, state, until, limit) {
      const set = { state: 'pending', cause: null, attempt: null, attempts: 0, endedAt: null };
      const update = { $set: { ...set, expiresAt: until, lane: null } };
      return some({ notice, state }, limit, update);
    },
    async confirm(notice, person, at) {
      const sent = { _id: `${notice}/${person}` as never, receiptAt: null, state: { $in: ARRIVED } };
      const result = await rows.collection.updateOne(sent as never, { $set: { receiptAt: at } });
      return result.modifiedCount === 1;
    },
  };
}

function toDelivery({ _id, sender: _sender, ...rest }: Row): Delivery {
  return { id: _id, ...rest };
}
