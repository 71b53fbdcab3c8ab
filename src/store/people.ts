import { type Connection, Schema } from 'mongoose';
import { type Account, accountOf, conversationOf, hostOf, type Person } from '../domain/person.ts';
import type { Lang } from '../text/text.ts';
import type { Own, People } from '../usecases/ports.ts';
import { duplicatesOf, findRaw, isDuplicate, modelOf } from './connect.ts';
import { gather, together } from './gather.ts';

interface Row extends Omit<Person, 'id' | 'accounts' | 'shut'> {
  _id: string;
  /** The accounts by their conversations: an account belongs to one person. */
  addresses: string[];
  /** Accounts of those who joined this person. Each stands among the addresses of its own person as well. */
  linked?: string[];
  /** Those of all these that shut the bot out. */
  shut?: string[];
  /** The person whom this one has joined. */
  joined?: string;
}

const schema = new Schema<Row>(
  {
    _id: String,
    addresses: [String],
    linked: { type: [String], default: undefined },
    joined: String,
    shut: { type: [String], default: undefined },
    lang: String,
    langChosen: Boolean,
    notices: Boolean,
    createdAt: Date,
  },
  { versionKey: false },
)
  .index({ addresses: 1 }, { unique: true })
  .index({ joined: 1 }, { partialFilterExpression: { joined: { $exists: true } } });

export function peopleStore(connection: Connection): People {
  const rows = modelOf<Row>(connection, 'people', schema);

  /** These rows with those of everybody whom they have joined. */
  const withHosts = async (found: readonly Row[]): Promise<ReadonlyMap<string, Row>> => {
    const known = new Map(found.map((row) => [row._id, row]));
    for (;;) {
      const missing = [...known.values()].flatMap(({ joined }) =>
        joined && !known.has(joined) ? joined : [],
      );
      if (missing.length === 0) return known;
      const hosts = await findRaw(rows, { _id: { $in: [...new Set(missing)] } });
      if (hosts.length === 0)
        throw new Error(`expected the person ${missing[0]} whom others joined, received none`);
      for (const host of hosts) known.set(host._id, host);
    }
  };

  /** Who speaks for each of these rows. */
  const hostsOf = async (found: readonly Row[]): Promise<Row[]> => {
    const known = await withHosts(found);
    const joined = new Map([...known.values()].flatMap((row) => (row.joined ? [[row._id, row.joined]] : [])));
    return found.map((row) => known.get(hostOf(row._id, joined)) ?? row);
  };

  const byAccounts = async (accounts: readonly Account[]): Promise<Person[]> => {
    if (accounts.length === 0) return [];
    const found = await findRaw(rows, { addresses: { $in: accounts.map(conversationOf) } });
    const hosts = await hostsOf(found);
    return [...new Map(hosts.map((row) => [row._id, row])).values()].map(toPerson);
  };

  const hostsById = gather(async (ids) => {
    const found = await findRaw(rows, { _id: { $in: [...ids] } });
    const hosts = await hostsOf(found);
    return found.map(({ _id }, i) => ({ id: _id, host: hosts[i]?._id ?? _id }));
  });

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
      const found = await findRaw(rows, { _id: { $in: [...ids] } });
      const hosts = await hostsOf(found);
      return hosts.map((host, i) => ({ ...toPerson(host), id: found[i]?._id ?? host._id }));
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
    async setReachable(conversation, yes) {
      const found = await rows.findOne({ addresses: conversation }).lean<Row>();
      if (!found) return;
      const hosts = found.joined ? await hostsOf([found]) : [];
      const update = yes ? { $pull: { shut: conversation } } : { $addToSet: { shut: conversation } };
      for (const { _id } of [found, ...hosts])
        await rows.collection.updateOne({ _id: _id as never }, update as never);
    },
    async moveAccount(from, to) {
      const found = await rows.findOne({ addresses: from }).lean<Row>();
      if (!found) return true;
      const addresses = found.addresses.map((one) => (one === from ? to : one));
      try {
        await rows.collection.updateOne(
          { _id: found._id as never, addresses: from },
          { $set: { addresses } },
        );
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
      const [host] = found.joined ? await hostsOf([found]) : [];
      if (host) {
        await rows.collection.updateOne({ _id: host._id as never }, { $addToSet: { linked: to } } as never);
        await rows.collection.updateOne({ _id: host._id as never }, { $pull: { linked: from } } as never);
      }
      return true;
    },
    async host(id) {
      const [found] = await hostsById([id]);
      return found?.host ?? id;
    },
    async own(by) {
      const filter = 'id' in by ? { _id: by.id } : { addresses: by.conversation };
      const found = await rows.findOne(filter).lean<Row>();
      return found ? toOwn(found) : undefined;
    },
    async members(id) {
      const found = await rows.find({ joined: { $exists: true, $eq: id } }).lean<Row[]>();
      return found.map(toOwn);
    },
    async join(id, into) {
      const result = await rows.collection.updateOne({ _id: id as never, joined: { $exists: false } }, {
        $set: { joined: into },
        $unset: { linked: 1 },
      } as never);
      return result.matchedCount === 1;
    },
    async rejoin(from, into) {
      await rows.collection.updateMany(
        { joined: { $exists: true, $eq: from }, _id: { $ne: into as never } },
        {
          $set: { joined: into },
        } as never,
      );
    },
    async part(id, from) {
      await rows.collection.updateOne({ _id: id as never, joined: from }, { $unset: { joined: 1 } } as never);
    },
    async adopt(id, addresses, shut) {
      const adds = [
        ...addresses.map((linked) => ({ linked })),
        ...shut.map((conversation) => ({ shut: conversation })),
      ];
      const operations = adds.map((add) => ({
        updateOne: { filter: { _id: id }, update: { $addToSet: add } },
      }));
      if (operations.length > 0) await rows.collection.bulkWrite(operations as never[]);
    },
    async disown(id, addresses) {
      const gone = { $in: [...addresses] };
      await rows.collection.updateOne({ _id: id as never }, { $pull: { linked: gone, shut: gone } } as never);
    },
    async setNotices(id, notices) {
      await rows.updateOne({ _id: id }, { $set: { notices } });
    },
  };
}

function toPerson({
  _id,
  addresses,
  linked = [],
  shut = [],
  lang,
  langChosen,
  notices,
  createdAt,
}: Row): Person {
  const accounts = [...addresses, ...linked].map(accountOf);
  return { id: _id, accounts, shut, lang, langChosen, notices, createdAt };
}

function toOwn({ _id, addresses, shut = [], joined }: Row): Own {
  return { id: _id, addresses, shut: shut.filter((one) => addresses.includes(one)), joined };
}
