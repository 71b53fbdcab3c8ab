import { type Connection, Schema } from 'mongoose';
import { type Account, accountOf, conversationOf, type Person } from '../domain/person.ts';
import type { Lang } from '../text/text.ts';
import type { People } from '../usecases/ports.ts';
import { duplicatesOf, modelOf } from './connect.ts';
import { gather, together } from './gather.ts';

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

  const insert = together<Row, boolean>(async (people) => {
    try {
      await rows.collection.insertMany(people as never[], { ordered: false });
      return people.map(() => true);
    } catch (error) {
      const known = duplicatesOf(error);
      if (!known) throw error;
      return people.map((_, i) => !known.has(i));
    }
  });

  const chooseLanguage = together<{ id: string; lang: Lang }, void>(async (choices) => {
    // Most often it is chosen already: then nothing is written.
    const operations = choices.map(({ id, lang }) => ({
      updateOne: {
        filter: { _id: id, $or: [{ lang: { $ne: lang } }, { langChosen: false }] },
        update: { $set: { lang, langChosen: true } },
      },
    }));
    await rows.collection.bulkWrite(operations as never[]);
    return choices.map(() => undefined);
  });

  return {
    byAccount: byAccounts,
    byId: gather(async (ids) => {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toPerson);
    }),
    async ensure(account, lang, now) {
      const row: Row = {
        _id: crypto.randomUUID(),
        addresses: [conversationOf(account)],
        lang,
        langChosen: false,
        notices: true,
        createdAt: now,
      };
      if (await insert(row)) return toPerson(row);
      const [faster] = await byAccounts([account]);
      if (faster) return faster;
      throw new Error('expected the person of an account that is taken, received none');
    },
    setLanguage: (id, lang) => chooseLanguage({ id, lang }),
    async setNotices(id, notices) {
      await rows.updateOne({ _id: id }, { $set: { notices } });
    },
  };
}

function toPerson({ _id, addresses, lang, langChosen, notices, createdAt }: Row): Person {
  return { id: _id, accounts: addresses.map(accountOf), lang, langChosen, notices, createdAt };
}
