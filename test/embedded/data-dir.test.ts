import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirInUse, type Embedded, joinEmbedded, startEmbedded } from '../../src/embedded/index.ts';
import { DataDirs } from './data-dirs.ts';
import { keptLog } from './mongo.ts';

const mode = (path: string): number => lstatSync(path).mode & 0o777;

async function roundTrip({
  mongodbUri,
  postgres,
}: Pick<Embedded, 'mongodbUri' | 'postgres'>): Promise<unknown[]> {
  const client = await new MongoClient(mongodbUri as string).connect();
  const found = await client.db().command({ ping: 1 });
  await client.close();
  const pool = new pg.Pool({ ...postgres, max: 1 });
  const { rows } = await pool.query('select 1 + $1::int as two', [1]);
  await pool.end();
  return [found.ok, rows[0]?.two];
}

describe('a data folder', () => {
  const dirs = new DataDirs();
  const start = (dataDir: string, more: object = {}): Promise<Embedded> =>
    startEmbedded({ dataDir, log: keptLog(), ...more });
  beforeAll(() =>
    dirs.prepare((dataDir) => {
      mkdirSync(join(dataDir, 'pg.new'), { recursive: true });
      writeFileSync(join(dataDir, 'pg.new', 'PG_VERSION'), '18');
    }),
  );
  afterAll(() => dirs.remove());

  it('is used by one process alone; others are told who has it, and can join', async () => {
    const dataDir = dirs.copy();
    expect(await joinEmbedded(dataDir)).toBeUndefined();
    const first = await start(dataDir);
    const refused = await start(dataDir).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataDirInUse);
    expect(String(refused)).toBe(
      `DataDirInUse: ${dataDir} is in use by the running process ${process.pid}: stop that process, or set DATA_DIR to another folder`,
    );
    const joined = await joinEmbedded(dataDir);
    expect(joined).toEqual({ mongodbUri: first.mongodbUri, postgres: first.postgres });
    expect(await roundTrip(joined as Embedded)).toEqual([1, 2]);
    await first.close();
    expect(await joinEmbedded(dataDir)).toBeUndefined();
    const log = keptLog();
    const again = await start(dataDir, { log });
    expect(log.lines).toEqual([]);
    expect(await roundTrip(again)).toEqual([1, 2]);
    await again.close();
    expect(readdirSync(dataDir)).toEqual(['pg']);
  });

  it('is given to one of several that start at once', async () => {
    const dataDir = dirs.copy();
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir), start(dataDir)]);
    const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(started).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataDirInUse);
    }
    await started[0]?.close();
  });

  it('is taken over from a process that died, whose sockets still stand there', async () => {
    const dataDir = dirs.copy();
    for (const name of ['embedded.sock', 'mongodb.sock', '.s.PGSQL.5432']) {
      // A listener whose file is kept when it closes, as after a crash.
      const path = join(dataDir, name);
      const server = createServer().listen(path);
      await new Promise((resolve) => server.once('listening', resolve));
      const held = `${path}.held`;
      linkSync(path, held);
      await new Promise((resolve) => server.close(resolve));
      renameSync(held, path);
    }
    const embedded = await start(dataDir);
    expect(await roundTrip(embedded)).toEqual([1, 2]);
    await embedded.close();
  });

  it('keeps its sockets to its user', async () => {
    const dataDir = dirs.copy();
    const embedded = await start(dataDir);
    for (const name of ['embedded.sock', 'mongodb.sock', '.s.PGSQL.5432']) {
      expect(mode(join(dataDir, name))).toBe(0o600);
    }
    await embedded.close();
  });

  it('may lie too deep for a socket', async () => {
    const dataDir = join(dirs.path(), 'deep-'.repeat(30), 'deeper-'.repeat(20));
    dirs.copy(dataDir);
    const embedded = await start(dataDir);
    const host = embedded.postgres?.host as string;
    expect(host.startsWith(dataDir)).toBe(false);
    expect(mode(host)).toBe(0o700);
    expect(await roundTrip(embedded)).toEqual([1, 2]);
    expect(await joinEmbedded(dataDir)).toEqual({
      mongodbUri: embedded.mongodbUri,
      postgres: embedded.postgres,
    });
    await embedded.close();
    expect(existsSync(host)).toBe(false);
  });

  it('may serve one half alone', async () => {
    const dataDir = dirs.copy();
    const mongodb = await start(dataDir, { postgres: false });
    expect(mongodb.postgres).toBeUndefined();
    expect(existsSync(join(dataDir, '.s.PGSQL.5432'))).toBe(false);
    await mongodb.close();
    const postgres = await start(dataDir, { mongodb: false });
    expect(postgres.mongodbUri).toBeUndefined();
    expect(existsSync(join(dataDir, 'mongodb.sock'))).toBe(false);
    await postgres.close();
  });

  it('is made anew when an earlier start was cut short while making it', () => {
    expect(readdirSync(dirs.template)).toEqual(['pg']);
  });

  it('that is damaged stops the start with one clear sentence', async () => {
    const dataDir = dirs.copy();
    writeFileSync(join(dataDir, 'pg', 'global', 'pg_control'), 'nonsense');
    await expect(start(dataDir)).rejects.toThrow(/could not be opened.*backup/s);
    expect(await joinEmbedded(dataDir)).toBeUndefined();
  });
});
