import { Double, type Int32 } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collection } from '../../src/embedded/mongodb/collection.ts';
import { MongoError } from '../../src/embedded/mongodb/errors.ts';
import { readIndexSpec } from '../../src/embedded/mongodb/index-spec.ts';
import { Journal } from '../../src/embedded/mongodb/journal.ts';
import { type Query, select } from '../../src/embedded/mongodb/query.ts';
import { type Doc, decode, encode } from '../../src/embedded/mongodb/values.ts';
import { MemoryStorage } from './memory-storage.ts';

const common = fc.constantFrom<unknown>(null, 0, 1, 2, 'a');
const rare = fc.constantFrom<unknown>(
  new Double(1.5),
  new Double(-1e300),
  Number.NaN,
  '',
  true,
  new Date(0),
  new Date(5),
  { x: 1 },
);
const scalar = fc.oneof({ weight: 5, arbitrary: common }, { weight: 1, arbitrary: rare });
const leaf = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
);
const inner = fc.record({ b: leaf, c: leaf }, { requiredKeys: [] });
const inners = fc.array(fc.oneof({ weight: 5, arbitrary: inner }, scalar), { maxLength: 3 });
const value = fc.oneof(leaf, inner, { weight: 2, arbitrary: inners });
const document = fc.record({ a: value, n: scalar, m: scalar }, { requiredKeys: [] });

const paths = ['a', 'a.b', 'a.b', 'a.c', 'a.c', 'n', 'm', '_id'];
const operand = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  operand.map(($eq) => ({ $eq })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), operand)
    .map(([name, with_]) => ({ [name]: with_ })),
  fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.array(scalar, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.constantFrom('string', 'number', 'array').map(($type) => ({ $type })),
);
const elementMatch = fc
  .oneof(
    fc.record({ b: condition, c: condition }, { requiredKeys: [] }),
    fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  )
  .map(($elemMatch) => ({ a: { $elemMatch } }));
const conjunction = fc
  .array(fc.tuple(fc.constantFrom(...paths), condition), { maxLength: 3 })
  .map((entries): Doc => Object.fromEntries(entries));
const pair = fc.tuple(common, common).map(([b, c]): Doc => ({ 'a.b': b, 'a.c': c }));
const nestedOr = fc
  .array(fc.record({ b: condition, c: condition }, { requiredKeys: [] }), { minLength: 1, maxLength: 2 })
  .map(($or): Doc => ({ a: { $elemMatch: { $or } } }));
const filter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 2, arbitrary: pair },
  { weight: 1, arbitrary: nestedOr },
  { weight: 4, arbitrary: conjunction },
  { weight: 2, arbitrary: fc.tuple(conjunction, elementMatch).map(([one, two]) => ({ ...one, ...two })) },
  { weight: 1, arbitrary: fc.array(conjunction, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
  { weight: 1, arbitrary: fc.array(conjunction, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })) },
);
const pattern = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Doc>({ 'a.b': 1, 'a.c': 1 }, { 'a.c': -1, 'a.b': 1 }) },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 })
      .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.constantFrom(1, -1)))))
      .map((entries): Doc => Object.fromEntries(entries)),
  },
);
const index = fc.record(
  {
    key: pattern,
    sparse: fc.boolean(),
    partialFilterExpression: fc.oneof(
      fc.tuple(fc.constantFrom('n', 'm', 'a.b'), scalar).map(([path, is]) => ({ [path]: is })),
      fc.constantFrom<Doc>(
        { n: { $exists: true } },
        { n: { $gt: 0 } },
        { m: { $type: 'string' } },
        { n: { $lte: 1 } },
      ),
    ),
  },
  { requiredKeys: ['key'] },
);

/** Values as they come from a client: whole numbers are Int32. */
const typed = (doc: Doc): Doc => decode(encode(doc));

function collectionOf(docs: Doc[], indexes: Doc[]): Collection {
  const collection = new Collection(1, 'test.c', new Journal(new MemoryStorage(), () => {}));
  indexes.forEach((spec, i) => {
    try {
      const { sparse, ...plain } = spec;
      const usable = spec.partialFilterExpression ? plain : spec;
      collection.addIndex(readIndexSpec(typed({ ...usable, name: `index${i}` })));
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
    }
  });
  docs.forEach((doc, i) => {
    const whole = typed({ _id: i, ...doc });
    try {
      collection.insert(whole, encode(whole));
    } catch (error) {
      if (!(error instanceof MongoError) || error.codeName !== 'CannotIndexParallelArrays') throw error;
    }
  });
  return collection;
}

function idsOf(collection: Collection, query: Query): unknown[] | string {
  try {
    return select(collection, query).found.map(({ rec }) => Number(decode(rec.bytes)._id as Int32));
  } catch (error) {
    if (error instanceof MongoError) return error.codeName;
    throw error;
  }
}

describe('a query plan', () => {
  it('finds with any indexes what a scan finds, in the same order when sorted', () => {
    const docs = fc.array(document, { maxLength: 25 });
    const indexes = fc.array(index, { minLength: 1, maxLength: 3 });
    const property = fc.property(
      docs,
      indexes,
      filter,
      fc.option(pattern),
      (contents, specs, where, sort) => {
        const indexed = collectionOf(contents, specs);
        const plain = collectionOf([], []);
        for (const rec of indexed.records.values()) plain.restore(rec.no, rec.bytes);
        plain.indexes.delete('_id_');
        // The _id ends every sort, so that the order is the same whatever way was taken.
        const query = { filter: typed(where), sort: typed({ ...(sort ?? {}), _id: sort?._id ?? 1 }) };
        expect(idsOf(indexed, query)).toEqual(idsOf(plain, query));
        if (!sort) return;
        const limited = { ...query, skip: 1, limit: 3 };
        expect(idsOf(indexed, limited)).toEqual(idsOf(plain, limited));
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });
});
