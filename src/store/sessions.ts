import { type Connection, Schema } from 'mongoose';
import type { Session } from '../conversation/types.ts';
import type { Sessions, Stored } from '../runner/ports.ts';
import { findRaw, modelOf, onlyDuplicates } from './connect.ts';

interface Row extends Omit<Stored, 'session' | 'nudgeAt' | 'expireAt'>, Omit<Session, 'id'> {
  _id: string;
  /** Present while an effect or a reply is to be done: the time of the turn. */
  workAt?: Date;
  nudgeAt?: Date;
  expireAt?: Date;
  /** Names the commit: tells a writer which of a bulk's compare-and-sets were its own. */
  commit: string;
}

const Mixed = Schema.Types.Mixed;
const schema = new Schema<Row>(
  {
    _id: String,
    rev: Number,
    person: String,
    lang: String,
    seq: Number,
    runs: Number,
    active: Mixed,
    parked: [Mixed],
    prompts: [Mixed],
    handled: [String],
    effects: [Mixed],
    outbox: [Mixed],
    touchedAt: Date,
    nudgeAt: Date,
    expireAt: Date,
    workAt: Date,
    commit: String,
  },
  { versionKey: false, minimize: false },
)
  .index({ workAt: 1 }, { partialFilterExpression: { workAt: { $exists: true } } })
  .index({ nudgeAt: 1 }, { partialFilterExpression: { nudgeAt: { $exists: true } } })
  .index({ expireAt: 1 }, { partialFilterExpression: { expireAt: { $exists: true } } });

export function sessionStore(connection: Connection): Sessions {
  const rows = modelOf<Row>(connection, 'sessions', schema);
  // The native collection: documents are made by this file alone, so mongoose has nothing to cast on this hot path.
  const raw = rows.collection;
  const tag = crypto.randomUUID();
  let commits = 0;

  const idsBy = async (
    field: 'workAt' | 'nudgeAt' | 'expireAt',
    until: Date,
    limit: number,
  ): Promise<string[]> => {
    const found = await rows
      .find({ [field]: { $exists: true, $lte: until } }, { _id: 1 })
      .sort({ [field]: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return found.map(({ _id }) => _id);
  };

  return {
    async load(ids) {
      const found = await findRaw(rows, { _id: { $in: [...ids] } });
      return found.map(toStored);
    },
    async lastReplies(ids) {
      const found = await findRaw(rows, { _id: { $in: [...ids] } }, { projection: { seq: 1 } });
      return new Map(found.map(({ _id, seq }) => [_id, seq]));
    },
    async commit(changes) {
      if (changes.length === 0) return new Set();
      const commit = `${tag}.${++commits}`;
      const operations = changes.map((change) => {
        const { _id, ...fields } = toRow(change, commit);
        if (change.rev === 1) return { insertOne: { document: { _id, ...fields } } };
        return { replaceOne: { filter: { _id, rev: change.rev - 1 }, replacement: fields } };
      });
      let stored = 0;
      try {
        const result = await raw.bulkWrite(operations as never[], { ordered: false });
        stored = result.insertedCount + result.matchedCount;
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
      const ids = changes.map(({ session }) => session.id);
      if (stored === changes.length) return new Set(ids);
      const mine = await rows.find({ _id: { $in: ids }, commit }, { _id: 1 }).lean<{ _id: string }[]>();
      return new Set(mine.map(({ _id }) => _id));
    },
    async sent(marks) {
      if (marks.length === 0) return;
      const operations = marks.map((mark) => (mark.idle ? empty(mark) : pull(mark)));
      const result = await raw.bulkWrite(operations as never[], { ordered: false });
      if (result.matchedCount === marks.length) return;
      // Some went on meanwhile: what was delivered leaves their outbox, what came since stays.
      await raw.bulkWrite(marks.map(pull) as never[], { ordered: false });
    },
    unfinished: (since, limit) => idsBy('workAt', since, limit),
    toNudge: (now, limit) => idsBy('nudgeAt', now, limit),
    toExpire: (now, limit) => idsBy('expireAt', now, limit),
  };
}

interface Mark {
  readonly id: string;
  readonly rev: number;
  readonly seqs: readonly number[];
}

// Both raise the revision: a turn that is under way elsewhere and still holds these replies loses its
// compare-and-set, so that none comes back.
const empty = ({ id, rev }: Mark) => ({
  updateOne: {
    filter: { _id: id, rev },
    update: { $set: { outbox: [] }, $unset: { workAt: 1 }, $inc: { rev: 1 } },
  },
});

const pull = ({ id, seqs }: Mark) => ({
  updateOne: {
    filter: { _id: id, 'outbox.seq': { $in: [...seqs] } },
    update: { $pull: { outbox: { seq: { $in: [...seqs] } } }, $inc: { rev: 1 } },
  },
});

function toRow({ session, nudgeAt, expireAt, ...rest }: Stored, commit: string): Row {
  const { id, ...talk } = session;
  const work = rest.effects.length > 0 || rest.outbox.length > 0;
  return {
    _id: id,
    ...talk,
    ...rest,
    ...(nudgeAt && { nudgeAt }),
    ...(expireAt && { expireAt }),
    ...(work && { workAt: rest.touchedAt }),
    commit,
  };
}

function toStored(row: Row): Stored {
  const { _id, lang, seq, runs, active, parked, prompts } = row;
  const session: Session = { id: _id, lang, seq, runs, parked, prompts, ...(active && { active }) };
  const { rev, person, handled, effects, outbox, touchedAt, nudgeAt, expireAt } = row;
  const dates = { touchedAt, nudgeAt: nudgeAt ?? null, expireAt: expireAt ?? null };
  return { session, rev, person, handled, effects, outbox, ...dates };
}
