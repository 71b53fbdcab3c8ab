import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Log } from '../log.ts';

// One session needs little: small buffers keep the whole process small, and the rest is PGlite's own default.
const settings = ['shared_buffers=8MB', 'wal_buffers=1MB', 'max_connections=10', 'max_wal_size=64MB'];
const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])];
const initDbStartParams = [
  '--wal-segsize=4',
  '--no-sync',
  '--set=shared_buffers=8MB',
  '--set=max_connections=10',
];

/**
 * Makes a new database folder. It is built beside its place and renamed when it is whole, so that a start that was
 * cut short leaves nothing that looks like a database.
 */
export async function createDatabase(dataDir: string): Promise<void> {
  const building = join(dataDir, 'pg.new');
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  const pglite = await PGlite.create(building, { startParams, initDbStartParams });
  await pglite.close();
  renameSync(building, join(dataDir, 'pg'));
}

/** PostgreSQL's word for a database that was closed in good order, and where its control file has it. */
const closed = { state: 1, offset: 16 };

/** Opens the database folder; after a crash PostgreSQL first replays what was committed, which is logged. */
export async function openDatabase(dataDir: string, log: Log): Promise<PGlite> {
  const folder = join(dataDir, 'pg');
  try {
    const control = readFileSync(join(folder, 'global', 'pg_control'));
    const wasClosed = control.readUInt32LE(closed.offset) === closed.state;
    const pglite = await PGlite.create(folder, { startParams, relaxedDurability: false });
    await pglite.exec('create schema if not exists bullmq; set search_path to bullmq, public;');
    if (!wasClosed)
      log.warn('embedded database: the last run was cut short; all that it had committed is recovered');
    return pglite;
  } catch (error) {
    const cure = 'put a backup in its place, or move it away to begin anew';
    throw new Error(
      `the embedded database in ${folder} could not be opened, it seems to be damaged: ${cure}`,
      {
        cause: error,
      },
    );
  }
}
