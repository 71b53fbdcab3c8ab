import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectStore, ensureIndexes } from '../../src/store/connect.ts';
import { openStores, type Stores } from '../../src/store/stores.ts';
import { keepFile } from '../../src/usecases/keep-file.ts';
import { at } from '../contract/store/case.ts';
import { DATABASES, type Database } from '../contract/store/engines.ts';

const MEGABYTE = 1024 * 1024;
const CHAT = 'web:main:a';

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))('on %s', (engine) => {
  let database: Database;
  let connection: Connection;
  let stores: Stores;
  beforeAll(async () => {
    database = await engine.database();
    connection = await connectStore(database.uri);
    stores = openStores(connection);
    await ensureIndexes(connection);
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });

  const clock = { now: () => at(0) };
  const keep = ({ files }: Pick<Stores, 'files'>, key: string, bytes: Uint8Array) =>
    keepFile({ files, clock, contentOf: async () => undefined })(
      { conversation: CHAT, key, name: 'data.bin', size: bytes.length },
      async () => bytes,
    );
  const rows = (name: string) => connection.collection(name).find({}).toArray();

  it('a file of 20 MB is stored in pieces and comes back as it was', async () => {
    const bytes = randomBytes(20 * MEGABYTE);
    const kept = await keep(stores, 'large', bytes);
    if (!kept.ok) throw new Error(`expected a stored file, received ${kept.reason}`);
    const opened = await stores.files.open(kept.data.id);
    expect(Buffer.compare(opened ?? Buffer.alloc(0), bytes)).toBe(0);
    const sizes = (await rows('filechunks')).map(({ bytes: piece }) => piece.length());
    expect(sizes).toHaveLength(Math.ceil(bytes.length / (255 * 1024)));
    expect(Math.max(...sizes)).toBe(255 * 1024);
    await stores.files.adopt(kept.data.id, 'notice:1');
    expect((await rows('filechunks')).filter((chunk) => 'purgeAt' in chunk)).toEqual([]);
  });

  it('a process that dies over a file leaves nothing that anybody sees, and the next one stores it whole', async () => {
    const bytes = randomBytes(5 * MEGABYTE);
    const doomed = await connectStore(
      `${database.uri}${database.uri.includes('?') ? '&' : '?'}monitorCommands=true`,
    );
    let inserts = 0;
    doomed.getClient().on('commandSucceeded', ({ commandName }) => {
      if (commandName === 'insert') inserts++;
      // The row and one lot of pieces are stored.
      if (inserts === 2) void doomed.getClient().close(true);
    });
    await expect(keep(openStores(doomed), 'half', bytes)).rejects.toThrow();
    await doomed.close();
    const [left] = (await rows('files')).filter(({ size }) => size === bytes.length);
    const pieces = (await rows('filechunks')).filter(({ _id }) => String(_id).startsWith(String(left?._id)));
    expect(pieces.length).toBeGreaterThan(0);
    expect(pieces.every(({ purgeAt }) => purgeAt > left?.purgeAt)).toBe(true);
    const id = String(left?._id);
    expect(await stores.files.byId([id])).toEqual([]);
    expect(await stores.files.open(id)).toBeUndefined();
    expect(await stores.files.adopt(id, 'notice:1')).toBe(false);
    const { sha256 } = left as unknown as { sha256: string };
    expect(await stores.files.renew({ conversation: CHAT, sha256 }, at(0))).toBeUndefined();
    expect(await keep(stores, 'half', bytes)).toMatchObject({ ok: true, data: { id } });
    expect(Buffer.compare((await stores.files.open(id)) ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  it('is thrown away by the database, pieces last, unless it has an owner', async () => {
    for (const name of ['files', 'filechunks']) {
      const indexes = await connection.collection(name).indexes();
      expect(indexes).toContainEqual(expect.objectContaining({ key: { purgeAt: 1 }, expireAfterSeconds: 0 }));
    }
  });
});
