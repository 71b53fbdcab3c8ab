import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInChild } from '../../src/embedded/serve.ts';
import { EMPTY_DATABASE } from './data-dir.ts';

/** Said once per run: what the machine's services let the suites run on, so that nothing is skipped in silence. */
const OPTIONAL = [
  ['TEST_MONGODB_URI', 'MongoDB', 'mongodb://127.0.0.1:27017'],
  ['TEST_REDIS_URL', 'Redis', 'redis://127.0.0.1:6379'],
  ['TEST_CHROMIUM', 'the page in a real browser', '/usr/bin/chromium'],
] as const;

/** Says what the suites run on, and makes the empty database that every house of the run begins with. */
export default async function setup(): Promise<() => void> {
  for (const [variable, what, example] of OPTIONAL) {
    const value = process.env[variable];
    const line = value
      ? `also on ${what} (${variable})`
      : `NOT RUN: ${what}; set ${variable}, for example ${example}`;
    process.stderr.write(`engines: ${line}\n`);
  }
  const empty = mkdtempSync(join(tmpdir(), 'luyan-empty-'));
  await createInChild(empty);
  process.env[EMPTY_DATABASE] = empty;
  return () => rmSync(empty, { recursive: true, force: true });
}
