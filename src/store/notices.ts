import { type Connection, Schema } from 'mongoose';
import type { Notice } from '../domain/notice.ts';
import type { Notices } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';

interface Row extends Omit<Notice, 'id'> {
  _id: string;
}

const Mixed = Schema.Types.Mixed;

const schema = new Schema<Row>(
  {
    _id: String,
    number: Number,
    office: String,
    event: String,
    zone: String,
    author: String,
    conversation: String,
    content: Mixed,
    audience: Mixed,
    critical: Boolean,
    without: [String],
    startsAt: Date,
    counted: Number,
    state: String,
    pausedFor: String,
    cursor: String,
    total: Number,
    createdAt: Date,
    beganAt: Date,
    endedAt: Date,
    told: Mixed,
    history: [Mixed],
    rev: Number,
  },
  { versionKey: false, minimize: false },
)
  .index({ number: 1 }, { unique: true })
  .index({ office: 1, number: 1 })
  .index({ state: 1, startsAt: 1 });

export function noticeStore(connection: Connection): Notices {
  const rows = modelOf<Row>(connection, 'notices', schema);
  const NEWEST = { number: -1 } as const;
  return {
    async add({ id, ...rest }) {
      try {
        await rows.collection.insertOne({ _id: id as never, ...rest });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async byId(ids) {
      const found = await findRaw(rows, { _id: { $in: [...ids] } });
      return found.map(toNotice);
    },
    async byNumber(number) {
      const [found] = await findRaw(rows, { number }, { limit: 1 });
      return found && toNotice(found);
    },
    async lastNumber() {
      const [newest] = await findRaw(rows, { number: { $gt: 0 } }, { sort: NEWEST, limit: 1 });
      return newest?.number ?? 0;
    },
    async save({ id, ...next }) {
      const result = await rows.collection.replaceOne({ _id: id as never, rev: next.rev - 1 }, next);
      return result.matchedCount === 1;
    },
    async inState(states, limit) {
      const found = await findRaw(rows, { state: { $in: [...states] } }, { sort: { startsAt: 1 }, limit });
      return found.map(toNotice);
    },
    async due(now, limit) {
      const found = await findRaw(
        rows,
        { state: 'scheduled', startsAt: { $lte: now } },
        { sort: { startsAt: 1 }, limit },
      );
      return found.map(toNotice);
    },
    async recent(offices, limit) {
      if (offices?.length === 0) return [];
      const filter = offices === null ? { number: { $gt: 0 } } : { office: { $in: [...offices] } };
      const found = await findRaw(rows, filter, { sort: NEWEST, limit });
      return found.map(toNotice);
    },
  };
}

function toNotice({ _id, ...rest }: Row): Notice {
  return { id: _id, ...rest };
}
