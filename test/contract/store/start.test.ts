import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectStore, ensureIndexes } from '../../../src/store/connect.ts';
import { openStores, type Stores } from '../../../src/store/stores.ts';
import { anEvent } from '../../support/events.ts';
import { at } from './case.ts';
import { DATABASES, type Database } from './engines.ts';

interface Opened {
  readonly connection: Connection;
  readonly stores: Stores;
}

/** A process that starts: it builds the indexes of its own models. */
async function open({ uri }: Database): Promise<Opened> {
  const connection = await connectStore(uri);
  return { connection, stores: openStores(connection) };
}

/** The indexes of every collection as the engine has them. */
async function indexesOf({ connection }: Opened): Promise<Record<string, unknown[]>> {
  const collections = await (connection.db?.listCollections({}, { nameOnly: true }).toArray() ?? []);
  const names = collections.map(({ name }) => name).sort();
  const found = names.map(async (name) => [name, await connection.collection(name).listIndexes().toArray()]);
  return Object.fromEntries(await Promise.all(found));
}

/** What the models ask for, by collection: its keys, and whether they are unique. */
function wanted({ connection }: Opened): Record<string, unknown[]> {
  // A collection that is found by its ids alone comes with its first document.
  const models = Object.values(connection.models).filter(({ schema }) => schema.indexes().length > 0);
  return Object.fromEntries(
    models.map(({ modelName, schema }) => [modelName, schema.indexes().map(([key]) => key)]),
  );
}

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))('on %s', (engine) => {
  let database: Database;
  const processes: Opened[] = [];
  beforeAll(async () => {
    database = await engine.database();
  });
  afterAll(async () => {
    for (const { connection } of processes) await connection.close();
    await database.drop();
  });
  const start = async (): Promise<Opened> => {
    const opened = await open(database);
    processes.push(opened);
    return opened;
  };

  it('builds the same indexes once: by several processes at once, again, and on existing data', async () => {
    const [first, ...others] = await Promise.all([start(), start(), start()]);
    await Promise.all([first, ...others].map(({ connection }) => ensureIndexes(connection)));
    const built = await indexesOf(first);
    const keys = Object.entries(built).map(([name, indexes]) => [
      name,
      (indexes as { key: unknown; name: string }[])
        .filter((one) => one.name !== '_id_')
        .map(({ key }) => key),
    ]);
    expect(Object.fromEntries(keys)).toEqual(wanted(first));
    await first.stores.events.save({ ...anEvent({ startsAt: at(0) }), id: 'a' }, 0);
    await first.stores.people.ensure({ channel: 'web', bot: 'main', id: 'a' }, 'zh', at(0));
    await ensureIndexes(first.connection);
    await ensureIndexes((await start()).connection);
    expect(await indexesOf(first)).toEqual(built);
    expect(await first.stores.events.save({ ...anEvent({ startsAt: at(0) }), id: 'b' }, 0)).toBe(false);
  });

  it('builds indexes on data that was there before them, and refuses what contradicts it', async () => {
    const old = await start();
    for (const name of await collectionNames(old)) await old.connection.collection(name).drop();
    const events = old.connection.collection('events');
    await events.insertMany([
      { _id: 'a' as never, office: 'o', code: 'x' },
      { _id: 'b' as never, office: 'o', code: 'x' },
    ]);
    await expect(ensureIndexes(old.connection)).rejects.toMatchObject({ code: 11000 });
    await events.updateOne({ _id: 'b' as never }, { $set: { code: 'y' } });
    await ensureIndexes(old.connection);
    await expect(events.insertOne({ _id: 'c' as never, office: 'o', code: 'y' })).rejects.toMatchObject({
      code: 11000,
    });
  });
});

async function collectionNames({ connection }: Opened): Promise<string[]> {
  const found = await (connection.db?.listCollections({}, { nameOnly: true }).toArray() ?? []);
  return found.map(({ name }) => name);
}
