import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from './mongo.ts';

interface Explained {
  executionStats: { totalDocsExamined: number; nReturned: number };
  serverInfo: { embedded: boolean };
}
describe('indexes', () => {
  let mongo: TestMongo;
  beforeEach(async () => {
    mongo = await startMongo();
  });
  afterEach(() => mongo.close());

  const explain = async (find: object): Promise<Explained> =>
    (await mongo.db.command({ explain: { find: 'c', ...find } })) as unknown as Explained;

  it('looks at few documents of many', async () => {
    const c = mongo.db.collection('c');
    await c.createIndex({ state: 1, due: 1 });
    const docs = Array.from({ length: 20_000 }, (_, i) => ({
      state: i % 100 ? 'done' : 'pending',
      due: i,
      other: i % 7,
    }));
    await c.insertMany(docs);
    const { executionStats } = await explain({ filter: { state: 'pending', due: { $lt: 1000 }, other: 3 } });
    expect(executionStats.totalDocsExamined).toBe(10);
    const limited = await explain({ filter: { state: 'done', other: 3 }, sort: { due: -1 }, limit: 5 });
    expect(limited.executionStats).toMatchObject({ nReturned: 5 });
    expect(limited.executionStats.totalDocsExamined).toBeLessThan(50);
    expect(limited.serverInfo).toMatchObject({ embedded: true });
    const merged = await explain({
      filter: { state: { $in: ['done', 'pending', 'none'] }, due: { $lte: 15_000 } },
      sort: { due: 1 },
      limit: 64,
    });
    expect(merged.executionStats).toEqual({ executionSuccess: true, nReturned: 64, totalDocsExamined: 64 });
  });

  it('expires documents by TTL, an array by its earliest date and a partial index only what is in it', async () => {
    const c = mongo.db.collection('c');
    await c.createIndex({ seen: 1 }, { expireAfterSeconds: 60 });
    await c.createIndex({ late: -1 }, { expireAfterSeconds: 0, partialFilterExpression: { over: true } });
    const at = (seconds: number): Date => new Date(mongo.clock.now + seconds * 1000);
    const docs = [
      { _id: 1, seen: at(0) },
      { _id: 2, seen: at(30) },
      { _id: 3, seen: [at(100), at(1)] },
      { _id: 4, seen: 'yesterday' },
      { _id: 5 },
      { _id: 6, late: at(10), over: true },
      { _id: 7, late: at(10), over: false },
    ];
    await c.insertMany(docs as never[]);
    const left = async (): Promise<unknown[]> =>
      (await c.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await mongo.server.sweep()).toBe(0);
    mongo.clock.now += 61_500;
    expect(await mongo.server.sweep()).toBe(3);
    expect(await left()).toEqual([2, 4, 5, 7]);
    mongo.clock.now += 30_000;
    expect(await mongo.server.sweep()).toBe(1);
    expect(await left()).toEqual([4, 5, 7]);
    expect(mongo.storage.rows.size).toBe(4);
  });

  it('lists, keeps and compares index definitions', async () => {
    const c = mongo.db.collection('c');
    const partialFilterExpression = { n: { $gt: 5 } };
    await c.createIndex({ n: 1, 'deep.path': -1 }, { name: 'n', unique: true, partialFilterExpression });
    const listed = [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { n: 1, 'deep.path': -1 }, name: 'n', unique: true, partialFilterExpression },
    ];
    expect(await c.indexes()).toEqual(listed);
    await c.createIndex({ n: 1, 'deep.path': -1 }, { name: 'n', unique: true, partialFilterExpression });
    await expect(c.createIndex({ n: 1 }, { name: 'n' })).rejects.toMatchObject({ code: 86 });
    await expect(
      c.createIndex({ n: 1, 'deep.path': -1 }, { name: 'n', partialFilterExpression }),
    ).rejects.toMatchObject({ code: 85 });
    await expect(
      c.createIndex({ n: 1, 'deep.path': -1 }, { name: 'm', unique: true, partialFilterExpression }),
    ).rejects.toMatchObject({ code: 85 });
    const again = await startMongo(mongo.storage);
    expect(await again.db.collection('c').indexes()).toEqual(listed);
    await again.close();
  });

  it('refuses to build a unique index over duplicates, and leaves nothing behind', async () => {
    const c = mongo.db.collection('c');
    await c.insertMany([{ k: 1 }, { k: 2 }, { k: 1 }]);
    const failed = c.createIndexes([
      { key: { other: 1 }, name: 'other' },
      { key: { k: 1 }, name: 'k', unique: true },
    ]);
    await expect(failed).rejects.toMatchObject({ code: 11000, keyPattern: { k: 1 }, keyValue: { k: 1 } });
    expect(await c.indexes()).toHaveLength(1);
  });
});
