import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from '../../embedded/mongo.ts';
import { ask, differences, type Engine, exactly, filled, findIds, mismatch, updated } from './ask.ts';
import { commandCases } from './commands.ts';
import { filterCases } from './filters.ts';
import { indexIn, planCases, planIndexes } from './plans.ts';
import { refusals } from './refusals.ts';
import { updateCases, upsertCases } from './updates.ts';

const realUri = process.env.TEST_MONGODB_URI;

/** The cases that every engine must answer alike. */
function agreement(engineOf: () => Engine): void {
  const flat = filterCases.flatMap(({ name, docs, find }) =>
    find.map(([filter, ids]) => ({ name, docs, filter, ids })),
  );
  it.each(flat.map((each) => [`${each.name}: ${exactly(each.filter)}`, each] as const))(
    'finds %s',
    async (_name, { docs, filter, ids }) => {
      const engine = engineOf();
      const collection = await filled(engine, docs);
      const found = await findIds(engine, collection, filter);
      expect(mismatch({ docs: ids.map((_id) => ({ _id })) }, found)).toBeUndefined();
    },
  );

  const updates = updateCases.map((each) => [`${exactly(each[0])} by ${exactly(each[1])}`, each] as const);
  it.each(updates)('updates %s', async (_name, [before, update, after, lacks]) => {
    const engine = engineOf();
    if (engine.lenient && lacks) return;
    const collection = await filled(engine, [{ _id: 1, ...before }]);
    const wanted = [{ _id: 1, ...(after as object) }];
    const nModified = exactly(wanted) === exactly([{ _id: 1, ...before }]) ? 0 : 1;
    const expected = typeof after === 'number' ? after : { docs: wanted, nModified };
    expect(exactly(await updated(engine, collection, { q: { _id: 1 }, u: update }))).toBe(exactly(expected));
  });

  const upserts = upsertCases.map(
    (each) => [`${exactly(each[0])} with ${exactly(each[1])}`, ...each] as const,
  );
  it.each(upserts)('upserts %s', async (_name, filter, update, made) => {
    const engine = engineOf();
    const collection = await filled(engine, []);
    const expected = typeof made === 'number' ? made : { docs: [made], nModified: 0 };
    const got = await updated(engine, collection, { q: filter, u: update, upsert: true });
    expect(exactly(got)).toBe(exactly(expected));
  });

  it.each(commandCases)('answers $name', async ({ docs, run }) => {
    expect(await differences(engineOf(), docs ?? [], run)).toEqual([]);
  });

  it('lets one of many upserts make the document', async () => {
    const engine = engineOf();
    const collection = engine.db.collection<{ _id: string; n: number; by: number }>(await filled(engine, []));
    await collection.createIndex({ n: 1 });
    const tries = Array.from({ length: 20 }, (_, by) =>
      collection
        .updateOne({ _id: 'one' }, { $setOnInsert: { by }, $inc: { n: 1 } }, { upsert: true })
        .catch((error: { code?: number }) => error.code),
    );
    const results = await Promise.all(tries);
    const made = results.filter((each) => typeof each === 'object' && each.upsertedCount === 1);
    const refused = results.filter((each) => each === 11000);
    expect(made).toHaveLength(1);
    expect(await collection.findOne()).toMatchObject({ _id: 'one', n: 20 - refused.length });
  });

  it('plans with the indexes there are', async () => {
    const engine = engineOf();
    const docs = Array.from({ length: 200 }, (_, i) => ({
      ...{ _id: i, state: 'xyz'[i % 3], due: i, code: `x${i}`, at: new Date(i), accounts: [{ id: `a${i}` }] },
      ...(i % 50 === 0 ? { open: true, work: i } : {}),
    }));
    const collection = await filled(engine, docs);
    await ask(engine, collection, { createIndexes: 'c', indexes: planIndexes });
    const wrong: string[] = [];
    for (const [command, index, lacks] of planCases) {
      if (engine.lenient && lacks) continue;
      const [[name = '', value] = []] = Object.entries(command);
      const explained = await engine.db.command({
        explain: { ...command, [name]: value === 'c' ? collection : value },
        verbosity: 'queryPlanner',
      });
      const got = indexIn(explained);
      if (got !== index) wrong.push(`${exactly(command)}: ${got} (expected ${index})`);
    }
    expect(wrong).toEqual([]);
  });
}

describe('the embedded MongoDB-compatible server', () => {
  let mongo: TestMongo;
  const engine = (): Engine => ({ db: mongo.db, lenient: false });
  beforeAll(async () => {
    mongo = await startMongo();
  });
  afterAll(() => mongo.close());
  agreement(engine);

  it.each(Object.entries(refusals))('refuses by name: %s', async (_name, runs) => {
    expect(await differences(engine(), [{ _id: 1, a: [1] }], runs)).toEqual([]);
  });
});

describe.skipIf(!realUri)('the engine of TEST_MONGODB_URI', () => {
  let client: MongoClient;
  let engine: Engine;
  beforeAll(async () => {
    client = await new MongoClient(realUri as string).connect();
    const db = client.db(`luyan_agreement_${process.pid}`);
    const { gitVersion } = await db.admin().command({ buildInfo: 1 });
    engine = { db, lenient: gitVersion === 'documentdb-gateway' };
  });
  afterAll(async () => {
    await engine.db.dropDatabase();
    await client.close();
  });
  agreement(() => engine);
});
