import { serialize } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredRow } from '../../src/embedded/mongodb/journal.ts';
import { MemoryStorage } from './memory-storage.ts';
import { startMongo, type TestMongo } from './mongo.ts';

/** A promise that the test resolves or rejects. */
function held(): { promise: Promise<void>; release: () => void; fail: (error: Error) => void } {
  let release = (): void => {};
  let fail = (_error: Error): void => {};
  const promise = new Promise<void>((resolve, reject) => {
    release = resolve;
    fail = reject;
  });
  promise.catch(() => {});
  return { promise, release, fail };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await soon();
}

describe('the journal', () => {
  let mongo: TestMongo;
  beforeEach(async () => {
    mongo = await startMongo();
    await mongo.db.collection('c').insertOne({ _id: 0 as never });
  });
  afterEach(() => mongo.close());

  it('commits what comes during a commit together with the next one', async () => {
    const { storage } = mongo;
    const c = mongo.db.collection<{ _id: number }>('c');
    const first = held();
    storage.gate = first.promise;
    const before = storage.batches.length;
    const writes = [c.insertOne({ _id: 1 })];
    await until(() => storage.batches.length === before + 1);
    for (let i = 2; i <= 40; i++) writes.push(c.insertOne({ _id: i }));
    await until(() => mongo.server.database.get('luyan.c')?.records.size === 41);
    expect(storage.batches).toHaveLength(before + 1);
    first.release();
    await Promise.all(writes);
    expect(storage.batches).toHaveLength(before + 2);
    expect(storage.batches.at(-1)?.changes).toHaveLength(39);
  });

  it('answers no write, and no read that saw it, before it is durable', async () => {
    const c = mongo.db.collection<{ _id: number }>('c');
    const gate = held();
    mongo.storage.gate = gate.promise;
    const answered: string[] = [];
    const write = c.insertOne({ _id: 1 }).then(() => answered.push('write'));
    await until(() => mongo.server.database.get('luyan.c')?.records.size === 2);
    const read = c.countDocuments().then((n) => answered.push(`read ${n}`));
    for (let i = 0; i < 20; i++) await soon();
    expect(answered).toEqual([]);
    gate.release();
    await Promise.all([write, read]);
    expect(answered).toEqual(['write', 'read 2']);
  });

  it('writes a document that changed often between two commits once', async () => {
    const c = mongo.db.collection<{ _id: number; n?: number }>('c');
    const gate = held();
    mongo.storage.gate = gate.promise;
    const before = mongo.storage.batches.length;
    const first = c.insertOne({ _id: 1 });
    await until(() => mongo.storage.batches.length === before + 1);
    const later = Promise.all(Array.from({ length: 20 }, () => c.updateOne({ _id: 0 }, { $inc: { n: 1 } })));
    gate.release();
    await Promise.all([first, later]);
    const changes = mongo.storage.batches.slice(before + 1).flatMap((batch) => batch.changes);
    expect(changes.length).toBeLessThan(20);
    expect(await c.findOne({ _id: 0 })).toEqual({ _id: 0, n: 20 });
  });

  it('takes the server down when a commit fails, and never answers that write', async () => {
    const gate = held();
    mongo.storage.gate = gate.promise;
    const write = mongo.db.collection('c').insertOne({ a: 1 });
    const outcome = write.then(
      () => 'answered',
      () => 'not answered',
    );
    await until(() => mongo.server.database.get('luyan.c')?.records.size === 2);
    gate.fail(new Error('no space left on device'));
    expect(await outcome).toBe('not answered');
    expect(mongo.failures.map(({ message }) => message)).toEqual([
      'a write could not be made durable, so the embedded database stops',
    ]);
  });

  it('opens again with everything that was committed', async () => {
    const c = mongo.db.collection<{ _id: number; k?: number }>('c');
    await c.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { k: { $exists: true } } });
    await c.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i + 1, k: i })));
    await c.deleteMany({ k: { $gte: 400 } });
    await c.updateMany({ k: { $lt: 10 } }, { $inc: { k: 1000 } });
    await mongo.db.collection('gone').insertOne({ a: 1 });
    await mongo.db.collection('gone').drop();
    const again = await startMongo(mongo.storage);
    const reopened = again.db.collection<{ _id: number; k?: number }>('c');
    expect(await reopened.countDocuments()).toBe(401);
    expect((await reopened.find().toArray()).map(({ _id }) => _id)).toEqual(
      Array.from({ length: 401 }, (_, i) => i),
    );
    await expect(reopened.insertOne({ _id: 9999, k: 1005 })).rejects.toMatchObject({ code: 11000 });
    await reopened.insertOne({ _id: 9999, k: 5 });
    expect((await again.db.listCollections().toArray()).map(({ name }) => name)).toEqual(['c']);
    await again.close();
  });

  it('refuses to open with a damaged row, and says which and what to do', async () => {
    const { rows } = mongo.storage;
    const [catalog, kept] = ['0/1', '1/1'].map((key) => rows.get(key) as StoredRow);
    const cure = 'put a backup of the data folder in its place';
    const opened = (...changed: StoredRow[]): Promise<unknown> => {
      const storage = new MemoryStorage();
      for (const row of [catalog, kept, ...changed] as StoredRow[])
        storage.rows.set(`${row.collection}/${row.record}`, row);
      return startMongo(storage);
    };
    const torn = kept?.body.slice(0, -3) as Uint8Array;
    const unknown = serialize({ _id: 1, a: /x/ });
    await expect(opened({ ...(kept as StoredRow), body: torn })).rejects.toThrow(
      new RegExp(`damaged: row 1 of luyan.c cannot be read .*${cure}`, 's'),
    );
    await expect(opened({ collection: 9, record: 4, body: kept?.body as Uint8Array })).rejects.toThrow(
      /row 4 of the unknown collection 9/,
    );
    await expect(opened({ ...(kept as StoredRow), record: 2 })).rejects.toThrow(/row 2 of luyan.c .*E11000/);
    await expect(opened({ ...(kept as StoredRow), body: unknown })).rejects.toThrow(
      /received BSONRegExp in 'a'/,
    );
    await expect(opened({ ...(catalog as StoredRow), body: torn })).rejects.toThrow(/row 1 of the catalog/);
  });
});
