import fc from 'fast-check';
import { Double, Long, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { exactly, findIds } from './agreement/ask.ts';
import { startMongo } from './mongo.ts';

const scalar = fc.constantFrom<unknown>(
  null,
  -1,
  0,
  1,
  2,
  Long.fromNumber(7),
  new Double(1.5),
  'a',
  'b',
  true,
  false,
  new Date(5),
  { x: 1 },
  {},
);
const list = fc.array(scalar, { maxLength: 3 });
const leaf = fc.oneof({ weight: 5, arbitrary: scalar }, list);
const inner = fc.record({ b: leaf, c: leaf }, { requiredKeys: [] });
const mixed = fc.array(fc.oneof({ weight: 4, arbitrary: inner }, scalar, list), { maxLength: 3 });
const document = fc.record(
  { a: fc.oneof(leaf, inner, { weight: 2, arbitrary: mixed }), n: leaf, m: scalar },
  { requiredKeys: [] },
);

const operand = fc.oneof({ weight: 4, arbitrary: scalar }, list);
const comparison = fc
  .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), operand)
  .map(([name, than]) => ({ [name]: than }));
const condition: fc.Arbitrary<unknown> = fc.oneof(
  operand,
  { weight: 3, arbitrary: comparison },
  comparison.map(($not) => ({ $not })),
  fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.array(operand, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.array(operand, { maxLength: 3 }).map(($nin) => ({ $nin })),
  fc.array(operand, { minLength: 1, maxLength: 2 }).map(($all) => ({ $all })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.nat(3).map(($size) => ({ $size })),
  fc.constantFrom('string', 'number', 'array', 'object', 'null', 'bool', 'int').map(($type) => ({ $type })),
  fc.constantFrom('^a', 'b$', '.').map(($regex) => ({ $regex })),
);
const elemMatch = fc
  .oneof(fc.record({ b: condition, c: condition }, { requiredKeys: [] }), comparison)
  .map(($elemMatch) => ({ $elemMatch }));
const path = fc.constantFrom('a', 'a.b', 'a.c', 'a.0', 'a.0.b', 'a.1', 'n', 'm', 'a.b.x', 'n.0');
const conjunction = fc
  .array(fc.tuple(path, fc.oneof({ weight: 5, arbitrary: condition }, elemMatch)), {
    minLength: 1,
    maxLength: 2,
  })
  .map((entries): object => Object.fromEntries(entries));
const several = fc.array(conjunction, { minLength: 1, maxLength: 2 });
const filter = fc.oneof(
  { weight: 6, arbitrary: conjunction },
  several.map(($or) => ({ $or })),
  several.map(($nor) => ({ $nor })),
);

const uri = process.env.TEST_MONGODB_URI;

describe.skipIf(!uri)('random filters', () => {
  it('find the same documents as the engine of TEST_MONGODB_URI', async () => {
    const seed = Number(process.env.TEST_SEED ?? 1);
    const embedded = await startMongo();
    const real = await new MongoClient(uri as string).connect();
    const db = real.db(`luyan_random_${process.pid}`);
    const docs = fc.sample(document, { numRuns: 150, seed }).map((doc, _id) => ({ _id, ...doc }));
    for (const each of [embedded.db, db]) await each.collection('c').insertMany(structuredDocs(docs));
    const different: string[] = [];
    for (const each of fc.sample(filter, { numRuns: 1500, seed })) {
      const [ours, theirs] = await Promise.all([findIds(embedded.db, 'c', each), findIds(db, 'c', each)]);
      if (exactly(ours) !== exactly(theirs)) different.push(exactly(each));
    }
    await db.dropDatabase();
    await real.close();
    await embedded.close();
    expect(different).toEqual([]);
  });
});

/** Copies that the driver may add to. */
const structuredDocs = (docs: object[]): never[] => docs.map((doc) => ({ ...doc })) as never[];
