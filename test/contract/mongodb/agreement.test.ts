import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences, type Engine, exactly, filled, findIds, mismatch, updated } from './agreement/ask.ts';
import { commandCases } from './agreement/commands.ts';
import { queryCases } from './agreement/queries.ts';
import { updateCases, upsertCases } from './agreement/updates.ts';
import { startMongo, type TestMongo } from './mongo.ts';

const realUri = process.env.TEST_MONGODB_URI;

/** The cases that every engine must answer alike; those of the embedded subset's limits run on it alone. */
function agreement(engineOf: () => Engine, embedded: boolean): void {
  it.each(queryCases)('finds: $name', async ({ docs, find }) => {
    const { db } = engineOf();
    const collection = await filled(db, docs);
    const wrong: string[] = [];
    for (const [filter, ids] of find) {
      const found = await findIds(db, collection, filter);
      const difference = mismatch({ docs: ids.map((_id) => ({ _id })) }, found);
      if (difference) wrong.push(`${exactly(filter)}: ${difference}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(updateCases.map((each, i) => [i, ...each] as const))(
    'updates, case %i',
    async (_i, before, update, after, lacks) => {
      const { db, lenient } = engineOf();
      if (lenient && lacks) return;
      const collection = await filled(db, [{ _id: 1, ...before }]);
      const was = exactly([{ _id: 1, ...before }]);
      const wanted = [{ _id: 1, ...(after.valueOf() as object) }];
      const nModified = exactly(wanted) === was ? 0 : 1;
      const expected = typeof after === 'number' ? after : { docs: wanted, nModified };
      expect(exactly(await updated(db, collection, { q: { _id: 1 }, u: update }))).toBe(exactly(expected));
    },
  );

  it.each(upsertCases.map((each, i) => [i, ...each] as const))(
    'upserts, case %i',
    async (_i, filter, update, made) => {
      const { db } = engineOf();
      const collection = await filled(db, []);
      const expected = typeof made === 'number' ? made : { docs: [made], nModified: 0 };
      expect(exactly(await updated(db, collection, { q: filter, u: update, upsert: true }))).toBe(
        exactly(expected),
      );
    },
  );

  const cases = commandCases.filter(({ embeddedOnly }) => embedded || !embeddedOnly);
  it.each(cases)('answers: $name', async (each) => {
    expect(await differences(engineOf(), each)).toEqual([]);
  });
}

describe('the embedded MongoDB-compatible server', () => {
  let mongo: TestMongo;
  beforeAll(async () => {
    mongo = await startMongo();
  });
  afterAll(() => mongo.close());
  agreement(() => ({ db: mongo.db, lenient: false }), true);
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
  agreement(() => engine, false);
});
