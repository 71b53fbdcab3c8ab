import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run keeps its empty embedded database. */
export const EMPTY_DATABASE = 'LUYAN_EMPTY_DATABASE';

/** A data folder of its own with an empty embedded database: a copy, as making one takes seconds each time. */
export function freshDataDir(prefix = 'luyan-'): string {
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  const empty = process.env[EMPTY_DATABASE];
  if (empty) cpSync(empty, dataDir, { recursive: true });
  return dataDir;
}
