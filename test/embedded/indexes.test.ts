import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from './mongo.ts';

interface Explained {
  queryPlanner: { winningPlan: PlanStage };
  executionStats: { totalDocsExamined: number; nReturned: number };
  serverInfo: { embedded: boolean };
}
interface PlanStage {
  stage: string;
  indexName?: string;
  inputStage?: PlanStage;
  inputStages?: PlanStage[];
}

/** A plan in one line: its stages from the outside in, with the index at the end. */
function line(plan: PlanStage): string {
  const inner = plan.inputStages?.map(line).join(' + ') ?? (plan.inputStage ? line(plan.inputStage) : '');
  return [plan.stage, plan.indexName, inner].filter(Boolean).join(' ');
}

describe('indexes', () => {
  let mongo: TestMongo;
  beforeEach(async () => {
    mongo = await startMongo();
  });
  afterEach(() => mongo.close());

  const explain = async (find: object): Promise<Explained> =>
    (await mongo.db.command({ explain: { find: 'c', ...find } })) as unknown as Explained;
  const plan = async (find: object): Promise<string> => line((await explain(find)).queryPlanner.winningPlan);

  it('says what is used for a query, and that the server is embedded', async () => {
    const c = mongo.db.collection('c');
    await c.createIndexes([
      { key: { state: 1, due: 1 }, name: 'due' },
      { key: { code: 1 }, name: 'code', unique: true },
      { key: { open: 1 }, name: 'open', partialFilterExpression: { open: true } },
      { key: { 'accounts.channel': 1, 'accounts.id': 1 }, name: 'account' },
      { key: { at: -1 }, name: 'at' },
    ]);
    const used: [object, string][] = [
      [{ filter: { _id: 1 } }, 'FETCH IXSCAN _id_'],
      [{ filter: { _id: { $in: [1, 2] }, state: 'x' } }, 'FETCH IXSCAN _id_'],
      [{ filter: { _id: { $gt: 5 } } }, 'FETCH IXSCAN _id_'],
      [{ filter: { code: 'x', state: 'y' } }, 'FETCH IXSCAN code'],
      [{ filter: { state: 'x' } }, 'FETCH IXSCAN due'],
      [{ filter: { state: { $in: ['x', 'y'] }, due: { $lt: 5 } } }, 'FETCH IXSCAN due'],
      [{ filter: { state: 'x' }, sort: { due: -1 } }, 'FETCH IXSCAN due'],
      [{ filter: { state: { $in: ['x', 'y'] } }, sort: { due: 1 } }, 'SORT FETCH IXSCAN due'],
      [{ filter: { due: { $lt: 5 } } }, 'COLLSCAN'],
      [{ filter: { open: true } }, 'FETCH IXSCAN open'],
      [{ filter: { open: false } }, 'COLLSCAN'],
      [{ filter: { accounts: { $elemMatch: { channel: 'tg', id: 'a' } } } }, 'FETCH IXSCAN account'],
      [{ filter: { at: { $gte: new Date(0), $lt: new Date(5) } }, sort: { at: 1 } }, 'FETCH IXSCAN at'],
      [{ filter: { $or: [{ code: 'x' }, { state: 'y' }] } }, 'OR FETCH IXSCAN code + FETCH IXSCAN due'],
      [{ filter: { $or: [{ code: 'x' }, { other: 'y' }] } }, 'COLLSCAN'],
      [{ filter: {}, sort: { _id: -1 } }, 'FETCH IXSCAN _id_'],
      [{ filter: { other: 1 } }, 'COLLSCAN'],
      [{ filter: { other: 1 }, sort: { other: 1 } }, 'SORT COLLSCAN'],
      [{ filter: { code: /x/ } }, 'COLLSCAN'],
      [{ filter: { code: 'x' }, hint: 'due' }, 'COLLSCAN'],
      [{ filter: { state: 'x', code: 'y' }, hint: { state: 1, due: 1 } }, 'FETCH IXSCAN due'],
    ];
    const got = await Promise.all(used.map(async ([find]) => [find, await plan(find)]));
    expect(got).toEqual(used);
    expect((await explain({ filter: {} })).serverInfo).toMatchObject({ embedded: true });
    await expect(plan({ filter: {}, hint: 'none' })).rejects.toMatchObject({ code: 2 });
  });

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
