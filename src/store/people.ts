import { type Connection, Schema } from 'mongoose';
import { type Account, accountOf, conversationOf, type Person } from '../domain/person.ts';
import type { People } from '../usecases/ports.ts';
import { isDuplicate, modelOf } from './connect.ts';
import { gather } from './gather.ts';

interface Row extends Omit<Person, 'id' | 'accounts'> {
  _id: string;
  /** The accounts by their conversations: an account belongs to one person. */
  addresses: string[];
}

const schema = new Schema<Row>(
  {
    _id: String,
    addresses: [String],
    lang: String,
    langChosen: Boolean,
    notices: Boolean,
    createdAt: Date,
  },
  { versionKey: false },
).index({ addresses: 1 }, { unique: true });

export function peopleStore(connection: Connection): People {
  const rows = modelOf<Row>(connection, 'people', schema);

  const byAccounts = async (accounts: readonly Account[]): Promise<Person[]> => {
    if (accounts.length === 0) return [];
    const found = await rows.find({ addresses: { $in: accounts.map(conversationOf) } }).lean<Row[]>();
    return found.map(toPerson);
  };

  return {
    byAccount: byAccounts,
    byId: gather(async (ids) => {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toPerson);
    }),
    async ensure(account, lang, now) {
      const addresses = [conversationOf(account)];
      const row: Row = {
        _id: crypto.randomUUID(),
        addresses,
        lang,
        langChosen: false,
        notices: true,
        createdAt: now,
      };
      try {
        await rows.create(row);
        return toPerson(row);
      } catch (error) {
        const [faster] = isDuplicate(error) ? await byAccounts([account]) : [];
        if (faster) return faster;
        throw error;
      }
    },
    async setLanguage(id, lang) {
      // Most often it is chosen already: then nothing is written.
      await rows.updateOne(
        { _id: id, $or: [{ lang: { $ne: lang } }, { langChosen: false }] },
        { $set: { lang, langChosen: true } },
      );
    },
    async setNotices(id, notices) {
      await rows.updateOne({ _id: id }, { $set: { notices } });
    },
  };
}

function toPerson({ _id, addresses, lang, langChosen, notices, createdAt }: Row): Person {
  return { id: _id, accounts: addresses.map(accountOf), lang, langChosen, notices, createdAt };
}
