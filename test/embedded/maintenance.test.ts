import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DocumentsTable } from '../../src/embedded/postgres/documents-table.ts';
import { Maintenance } from '../../src/embedded/postgres/maintenance.ts';
import { openDatabase } from '../../src/embedded/postgres/open.ts';
import { Session } from '../../src/embedded/postgres/session.ts';
import { DataDirs } from './data-dirs.ts';
import { keptLog } from './mongo.ts';

const dirs = new DataDirs();
let pglite: PGlite;
let dataDir: string;

beforeAll(async () => {
  await dirs.prepare();
  dataDir = dirs.copy();
  pglite = await openDatabase(dataDir, keptLog());
});
afterAll(async () => {
  await pglite.close();
  dirs.remove();
});

it('keeps the database and its log small, however often documents change', async () => {
  const session = new Session(pglite);
  const table = new DocumentsTable(session);
  await table.load(() => {});
  const maintenance = new Maintenance(session, keptLog());
  const changes = Array.from({ length: 100 }, (_, record) => ({
    collection: 1,
    record,
    body: new Uint8Array(30_000),
  }));
  const sizes: number[] = [];
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < 6; i++) await table.write({ changes, dropped: [] });
    await maintenance.run();
    const { rows } = await pglite.query<{ n: number }>(
      "select pg_total_relation_size('mongodb.documents')::int as n",
    );
    sizes.push(rows[0]?.n ?? 0);
  }
  await maintenance.stop();
  // Each round writes 18 MB; without maintenance the table would end above 100 MB.
  expect(sizes.at(-1)).toBeLessThan(40_000_000);
  const wal = join(dataDir, 'pg', 'pg_wal');
  const bytes = readdirSync(wal).reduce((sum, name) => sum + statSync(join(wal, name)).size, 0);
  expect(bytes).toBeLessThan(100_000_000);
});
