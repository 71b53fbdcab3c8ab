import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/embedded/index.ts';
import { keptLog } from './mongo.ts';

/** Data folders for the tests of one file. Making a database takes seconds, so it is made once and copied. */
export class DataDirs {
  readonly #root = mkdtempSync(join(tmpdir(), 'luyan-embedded-'));
  readonly template = join(this.#root, 'template');
  #count = 0;

  /** Makes the database that the others are copies of, from what `before` left in its folder. */
  async prepare(before: (dataDir: string) => void = () => {}): Promise<void> {
    before(this.template);
    const embedded = await startEmbedded({ dataDir: this.template, log: keptLog() });
    await embedded.close();
  }

  /** A folder that is not there yet. */
  path(name = ''): string {
    return join(this.#root, `${++this.#count}${name}`);
  }

  /** A folder with an empty database in it. */
  copy(dataDir = this.path()): string {
    cpSync(this.template, dataDir, { recursive: true });
    return dataDir;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
