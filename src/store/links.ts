import { type Connection, Schema } from 'mongoose';
import type { LinkCode, Links, Tries } from '../usecases/ports.ts';
import { isDuplicate, modelOf } from './connect.ts';

interface CodeRow extends Omit<LinkCode, 'id' | 'use'> {
  _id: string;
  use?: LinkCode['use'];
  /** When it is thrown away. One that was taken is kept for longer than any crash lasts: its effect goes on from it. */
  purgeAt: Date;
}

interface TryRow {
  /** The conversation. */
  _id: string;
  /** Effects that tried a code in this window. */
  tries: string[];
  until: Date;
}

const TAKEN_KEPT_MS = 7 * 24 * 3600 * 1000;

const codeSchema = new Schema<CodeRow>(
  { _id: String, person: String, expiresAt: Date, use: Schema.Types.Mixed, purgeAt: Date },
  { versionKey: false },
).index({ purgeAt: 1 }, { expireAfterSeconds: 0 });

const trySchema = new Schema<TryRow>(
  { _id: String, tries: [String], until: Date },
  { versionKey: false },
).index({ until: 1 }, { expireAfterSeconds: 0 });

export function linkStore(connection: Connection): Links {
  const codes = modelOf<CodeRow>(connection, 'links', codeSchema);
  const tries = modelOf<TryRow>(connection, 'linktries', trySchema);

  /** Begins a window where none is open. */
  const begin = async (conversation: string, now: Date, until: Date): Promise<void> => {
    const over = { _id: conversation as never, until: { $lte: now } };
    const fresh = { tries: [] as string[], until };
    const result = await tries.collection.updateOne(over, { $set: fresh });
    if (result.matchedCount === 1) return;
    try {
      await tries.collection.insertOne({ _id: conversation as never, ...fresh });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };

  return {
    async add({ id, person, expiresAt }) {
      try {
        await codes.collection.insertOne({ _id: id as never, person, expiresAt, purgeAt: expiresAt });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async byId(id) {
      const found = await codes.findById(id).lean<CodeRow>();
      if (!found) return undefined;
      const { person, expiresAt, use } = found;
      return { id, person, expiresAt, use };
    },
    async take(id, use, now) {
      const purgeAt = new Date(now.getTime() + TAKEN_KEPT_MS);
      const result = await codes.collection.updateOne(
        { _id: id as never, use: { $exists: false }, expiresAt: { $gt: now } },
        { $set: { use, purgeAt } } as never,
      );
      return result.matchedCount === 1;
    },
    async countTry(conversation, effect, { now, until, limit }): Promise<Tries> {
      const found = await tries.findById(conversation).lean<TryRow>();
      const open = found && found.until > now ? found : undefined;
      // What is over the limit is not even counted: nobody fills a document by trying on.
      const isOver = open && open.tries.length >= limit && !open.tries.includes(effect);
      if (isOver) return { place: limit + 1, until: open.until };
      if (!open) await begin(conversation, now, until);
      await tries.collection.updateOne({ _id: conversation as never }, {
        $addToSet: { tries: effect },
      } as never);
      const counted = await tries.findById(conversation).lean<TryRow>();
      if (!counted) throw new Error(`expected the tries of conversation ${conversation}, received none`);
      return { place: counted.tries.indexOf(effect) + 1, until: counted.until };
    },
    async forgiveTry(conversation, effect) {
      await tries.collection.updateOne({ _id: conversation as never }, { $pull: { tries: effect } } as never);
    },
  };
}
