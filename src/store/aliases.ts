import { type Connection, Schema } from 'mongoose';
import type { Aliases } from '../channels/wechat/ports.ts';
import { isDuplicate, modelOf } from './connect.ts';

interface Row {
  /** The alias. */
  _id: string;
  conversation: string;
}

const schema = new Schema<Row>({ _id: String, conversation: String }, { versionKey: false }).index(
  { conversation: 1 },
  { unique: true },
);

/** The aliases that bots gave to their contacts, one to each. */
export function aliasStore(connection: Connection): Aliases {
  const rows = modelOf<Row>(connection, 'aliases', schema);
  return {
    async give(conversation, fresh) {
      try {
        await rows.collection.insertOne({ _id: fresh as never, conversation });
        return fresh;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const known = await rows.findOne({ conversation }).lean<Row>();
      if (!known) throw new Error(`expected a fresh alias for ${conversation}, received one that is taken`);
      return known._id;
    },
    async holder(alias) {
      return (await rows.findById(alias).lean<Row>())?.conversation;
    },
    async move(alias, from, to) {
      try {
        await rows.collection.updateOne(
          { _id: alias as never, conversation: from },
          { $set: { conversation: to } },
        );
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
  };
}
