import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from './mongo.ts';

describe('cursors', () => {
  let mongo: TestMongo;
  beforeEach(async () => {
    mongo = await startMongo();
    const docs = Array.from({ length: 10_000 }, (_, i) => ({ _id: i, text: 'x'.repeat(20) }));
    await mongo.db.collection('c').insertMany(docs as never[]);
  });
  afterEach(() => mongo.close());

  it('read 10,000 documents in batches, each once and in order', async () => {
    const c = mongo.db.collection('c');
    for (const batchSize of [undefined, 1000, 7777, 20_000]) {
      const options = batchSize === undefined ? {} : { batchSize };
      const ids = (await c.find({}, options).toArray()).map(({ _id }) => Number(_id));
      expect(ids).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    }
    const grouped = await c.aggregate([{ $match: { text: { $gt: 'a' } } }], { batchSize: 900 }).toArray();
    expect(grouped).toHaveLength(10_000);
    expect(mongo.server.cursors.open.size).toBe(0);
  });

  it('keep to the first batch size, the limit and a single batch', async () => {
    const first = async (more: object): Promise<[number, boolean]> => {
      const { cursor } = await mongo.db.command({ find: 'c', ...more });
      return [cursor.firstBatch.length, String(cursor.id) !== '0'];
    };
    expect(await first({})).toEqual([101, true]);
    expect(await first({ batchSize: 0 })).toEqual([0, true]);
    expect(await first({ batchSize: 5 })).toEqual([5, true]);
    expect(await first({ batchSize: 5, limit: 5 })).toEqual([5, false]);
    expect(await first({ batchSize: 5, singleBatch: true })).toEqual([5, false]);
    expect(await first({ limit: 3 })).toEqual([3, false]);
  });

  it('show what was there when the query ran', async () => {
    const c = mongo.db.collection<{ _id: number; text: string }>('c');
    const cursor = c.find({}, { batchSize: 100, sort: { _id: 1 } });
    await cursor.next();
    await c.deleteMany({ _id: { $gte: 5000 } });
    await c.updateMany({}, { $set: { text: 'changed' } });
    const rest = await cursor.toArray();
    expect(rest).toHaveLength(9999);
    expect(rest.at(-1)).toEqual({ _id: 9999, text: 'x'.repeat(20) });
  });

  it('are forgotten when they idle for ten minutes, and when they are killed', async () => {
    const open = async (): Promise<unknown> =>
      (await mongo.db.command({ find: 'c', batchSize: 1 })).cursor.id;
    const idle = await open();
    mongo.clock.now += 9 * 60_000;
    const used = { getMore: idle, collection: 'c', batchSize: 1 };
    expect((await mongo.db.command(used, { promoteLongs: false })).cursor.nextBatch).toHaveLength(1);
    mongo.clock.now += 11 * 60_000;
    await expect(mongo.db.command(used)).rejects.toMatchObject({ code: 43 });
    const killed = await open();
    expect(await mongo.db.command({ killCursors: 'c', cursors: [killed] })).toMatchObject({
      cursorsNotFound: [],
    });
    await expect(mongo.db.command({ getMore: killed, collection: 'c' })).rejects.toMatchObject({ code: 43 });
  });

  it('split what is larger than one message', async () => {
    const c = mongo.db.collection('big');
    const text = 'y'.repeat(5 * 1024 * 1024);
    for (let i = 0; i < 8; i++) await c.insertOne({ i, text });
    const found = await c.find().toArray();
    expect(found.map(({ i }) => i)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
