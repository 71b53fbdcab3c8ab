import { type Connection, Schema } from 'mongoose';
import type { TokenStore } from '../channels/official-account/official-account.ts';
import { modelOf } from './connect.ts';

interface Row {
  _id: string;
  token: string;
  expiresAt: Date;
}

const schema = new Schema<Row>({ _id: String, token: String, expiresAt: Date }, { versionKey: false }).index(
  { expiresAt: 1 },
  { expireAfterSeconds: 0 },
);

/** Access tokens that processes share, until they end. */
export function tokenStore(connection: Connection): TokenStore {
  const rows = modelOf<Row>(connection, 'tokens', schema);
  return {
    async load(appId) {
      const found = await rows.findById(appId).lean<Row>();
      return found ? { token: found.token, expiresAt: found.expiresAt } : undefined;
    },
    async save(appId, { token, expiresAt }) {
      await rows.collection.updateOne(
        { _id: appId as never },
        { $set: { token, expiresAt } },
        { upsert: true },
      );
    },
  };
}
