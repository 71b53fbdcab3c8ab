import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from './mongo.ts';

interface Counted {
  _id: string;
  rev?: number;
  taken?: number;
  by?: number;
}

describe('writes', () => {
  let mongo: TestMongo;
  beforeEach(async () => {
    mongo = await startMongo();
  });
  afterEach(() => mongo.close());

  it('let one of many upserts make the document', async () => {
    const c = mongo.db.collection<Counted>('c');
    const tries = Array.from({ length: 50 }, (_, by) =>
      c.updateOne({ _id: 'one' }, { $setOnInsert: { by }, $inc: { taken: 1 } }, { upsert: true }),
    );
    const results = await Promise.all(tries);
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
    expect(await c.findOne()).toMatchObject({ _id: 'one', taken: 50 });
  });

  it('never give away more seats than there are', async () => {
    const c = mongo.db.collection<Counted>('c');
    await c.insertOne({ _id: 'hall', taken: 0 });
    const take = (): Promise<unknown> =>
      c.findOneAndUpdate(
        { _id: 'hall', taken: { $lt: 30 } },
        { $inc: { taken: 1 } },
        { returnDocument: 'after' },
      );
    const seats = await Promise.all(Array.from({ length: 100 }, take));
    const numbers = (seats as (Counted | null)[]).flatMap((seat) => (seat ? [seat.taken] : []));
    expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
  });

  it('let one of many compare-and-sets through per revision', async () => {
    const c = mongo.db.collection<Counted>('c');
    await c.insertMany(Array.from({ length: 64 }, (_, i) => ({ _id: `s${i}`, rev: 0 })));
    const set = Array.from({ length: 64 }, (_, i) => ({
      updateOne: { filter: { _id: `s${i}`, rev: 0 }, update: { $set: { rev: 1 } } },
    }));
    const both = await Promise.all([
      c.bulkWrite(set, { ordered: false }),
      c.bulkWrite(set, { ordered: false }),
    ]);
    expect(both.map(({ modifiedCount }) => modifiedCount).sort()).toEqual([0, 64]);
  });

  it('report the parts of a mixed bulk', async () => {
    const c = mongo.db.collection<Counted>('c');
    await c.createIndex({ by: 1 }, { unique: true, partialFilterExpression: { by: { $exists: true } } });
    const failing = c.bulkWrite(
      [
        { insertOne: { document: { _id: 'a', by: 1 } } },
        { insertOne: { document: { _id: 'b', by: 1 } } },
        { updateOne: { filter: { _id: 'c' }, update: { $set: { by: 2 } }, upsert: true } },
        { replaceOne: { filter: { _id: 'a' }, replacement: { rev: 1 } } },
        { deleteOne: { filter: { _id: 'c' } } },
      ],
      { ordered: false },
    );
    const error = await failing.then(
      () => undefined,
      (thrown: { result: object; writeErrors: { index: number; code: number; errmsg: string }[] }) => thrown,
    );
    expect(error?.result).toMatchObject({
      insertedCount: 1,
      upsertedCount: 1,
      modifiedCount: 1,
      deletedCount: 1,
    });
    expect(error?.writeErrors.map(({ index, code }) => ({ index, code }))).toEqual([
      { index: 1, code: 11000 },
    ]);
    expect(error?.writeErrors[0]?.errmsg).toBe(
      'E11000 duplicate key error collection: luyan.c index: by_1 dup key: { by: 1 }',
    );
  });

  it('keep documents below 16 MB', async () => {
    const c = mongo.db.collection<{ _id: number; parts: string[] }>('c');
    await c.insertOne({ _id: 1, parts: ['x'.repeat(15 * 1024 * 1024)] });
    const grown = c.updateOne({ _id: 1 }, { $push: { parts: 'x'.repeat(2 * 1024 * 1024) } });
    await expect(grown).rejects.toMatchObject({ code: 10334 });
    expect((await c.findOne())?.parts).toHaveLength(1);
  });

  it('give mongoose what it needs', async () => {
    const connection = await mongoose.createConnection(mongo.uri).asPromise();
    const schema = new mongoose.Schema(
      { name: { type: String, unique: true }, tags: [String], inner: { at: Date } },
      { timestamps: true, optimisticConcurrency: true },
    );
    const Thing = connection.model('Thing', schema);
    await Thing.init();
    const made = await Thing.create({ name: 'a', tags: ['x'], inner: { at: new Date(5) } });
    made.tags.push('y');
    await made.save();
    expect(await Thing.findOne({ tags: 'y' }).lean()).toMatchObject({ name: 'a', tags: ['x', 'y'], __v: 1 });
    await expect(Thing.create({ name: 'a' })).rejects.toMatchObject({ code: 11000 });
    expect(await Thing.countDocuments({ 'inner.at': { $lte: new Date(5) } })).toBe(1);
    expect((await Thing.bulkSave([new Thing({ name: 'b' }), new Thing({ name: 'c' })])).insertedCount).toBe(
      2,
    );
    await connection.close();
  });

  it('refuse transactions', async () => {
    const session = mongo.client.startSession();
    session.startTransaction();
    await expect(mongo.db.collection('c').insertOne({ a: 1 }, { session })).rejects.toThrow();
    await session.endSession();
  });
});
