import { MongoClient, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startMongo } from '../../embedded/mongo.ts';
import fc from '../../support/any.ts';
import { type Engine, exactly, findIds } from './ask.ts';

const oid = new ObjectId('65a000000000000000000001');
const scalar = fc.constantFrom<unknown>(null, -1, 0, 1, 2, 7, 1.5, 'a', 'b', true, false, new Date(5), oid);
const value = fc.oneof({ weight: 6, arbitrary: scalar }, fc.constantFrom({ x: 1 }, {}));
const list = fc.array(fc.oneof({ weight: 6, arbitrary: value }, fc.constantFrom([], [1], [null])), {
  maxLength: 3,
});
const leaf = fc.oneof({ weight: 5, arbitrary: value }, list);
const inner = fc.record({ b: leaf, c: leaf }, { requiredKeys: [] });
const nested = fc.array(inner, { maxLength: 2 });
const mixed = fc.array(fc.oneof({ weight: 4, arbitrary: inner }, scalar, list, nested), { maxLength: 3 });
const document = fc.record(
  { a: fc.oneof(leaf, inner, { weight: 2, arbitrary: mixed }), n: leaf, m: value },
  { requiredKeys: [] },
);

const ordered = scalar.filter((each) => each !== null);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc.tuple(fc.constantFrom('$eq', '$ne'), scalar).map(([name, than]) => ({ [name]: than })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), ordered).map(([name, than]) => ({ [name]: than })),
  fc.tuple(ordered, ordered).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.array(scalar, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.array(scalar, { maxLength: 3 }).map(($nin) => ({ $nin })),
  fc.boolean().map(($exists) => ({ $exists })),
);
const path = fc.constantFrom('a', 'a.b', 'a.c', 'n', 'm', 'a.b.x', 'm.x', 'n.x');
const conjunction = fc
  .array(fc.tuple(path, condition), { minLength: 1, maxLength: 2 })
  .map((entries): object => Object.fromEntries(entries));
const several = fc.array(conjunction, { minLength: 1, maxLength: 2 });
const filter = fc.oneof(
  { weight: 6, arbitrary: conjunction },
  several.map(($or) => ({ $or })),
  several.map(($nor) => ({ $nor })),
  several.map(($and) => ({ $and })),
);
const sort = fc.constantFrom<object>({ a: 1 }, { a: -1 }, { 'a.b': 1, n: -1 }, { m: 1, 'a.c': -1 }, { n: 1 });

const indexes = [{ a: 1 }, { 'a.b': 1, n: -1 }, { n: 1 }, { m: -1, n: 1 }, { m: 1, 'a.c': 1 }].map(
  (key, i) => ({
    ...{ key, name: `index${i}` },
    ...(i === 2 ? { partialFilterExpression: { n: { $exists: true } } } : {}),
  }),
);

const runs = Number(process.env.RANDOM_RUNS ?? 1000);
const seed = Number(process.env.TEST_SEED ?? 1);
const docs = fc.sample(document, { numRuns: 150, seed }).map((doc, _id) => ({ _id, ...doc }));
const uri = process.env.TEST_MONGODB_URI;

async function fill({ db }: Engine, collection: string): Promise<void> {
  for (const doc of docs)
    await db
      .collection<{ _id: number }>(collection)
      .insertOne({ ...doc })
      .catch(() => {});
}

describe('random filters', () => {
  it.skipIf(!uri)('find the same documents as the engine of TEST_MONGODB_URI', async () => {
    const embedded = await startMongo();
    const client = await new MongoClient(uri as string).connect();
    const real = { db: client.db(`luyan_random_${process.pid}`), lenient: false };
    const ours = { db: embedded.db, lenient: false };
    for (const each of [ours, real]) await fill(each, 'c');
    const different: string[] = [];
    for (const each of fc.sample(filter, { numRuns: runs, seed })) {
      const [one, other] = await Promise.all([findIds(ours, 'c', each), findIds(real, 'c', each)]);
      if (exactly(one) !== exactly(other)) different.push(exactly(each));
    }
    await real.db.dropDatabase();
    await client.close();
    await embedded.close();
    expect(different).toEqual([]);
  });

  it('find the same documents, in the same order, with indexes as without', async () => {
    const { db, close } = await startMongo();
    await db.command({ createIndexes: 'indexed', indexes });
    await fill({ db, lenient: false }, 'indexed');
    const kept = await db.collection('indexed').find().toArray();
    await db.collection('plain').insertMany(kept);
    const options = fc.record({ sort: fc.option(sort), limit: fc.constantFrom(0, 3) });
    const different: string[] = [];
    for (const [filter_, { sort: by, limit }] of fc.sample(fc.tuple(filter, options), {
      numRuns: runs,
      seed,
    })) {
      const command = {
        filter: filter_,
        sort: { ...by, _id: 1 },
        limit,
        projection: { _id: 1 },
        batchSize: 1000,
      };
      const read = async (name: string): Promise<string> =>
        exactly(await db.command({ find: name, ...command }).then(({ cursor }) => cursor.firstBatch, String));
      if ((await read('indexed')) !== (await read('plain'))) different.push(exactly(command));
    }
    await close();
    expect(different).toEqual([]);
    expect(kept.length).toBeGreaterThan(80);
  });
});
