import type { Log } from '../log.ts';
import { columnsOf, query } from './protocol.ts';
import type { Session } from './session.ts';

const lookEveryMs = 5_000;
const muchBytes = 32 * 1024 * 1024;
const longMs = 10 * 60_000;

const tables = `select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
  where schemaname in ('mongodb', 'bullmq')`;

/**
 * PGlite has no background processes: without this, space of old row versions would never be used again, and the
 * write-ahead log, which a start after a crash must replay, would grow without end.
 */
export class Maintenance {
  readonly #session: Session;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #lastBytes = 0;
  #lastAt = Date.now();
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(session: Session, log: Log) {
    this.#session = session;
    this.#log = log;
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const written = this.#session.sentBytes - this.#lastBytes;
    const due = written > muchBytes || (written > 0 && Date.now() - this.#lastAt > longMs);
    if (!due || this.#running) return;
    this.#running = this.run().catch((error: unknown) => {
      this.#log.warn('embedded database: maintenance failed and is tried again later', { err: error });
    });
    await this.#running;
    this.#lastBytes = this.#session.sentBytes;
    this.#lastAt = Date.now();
    this.#running = undefined;
  }

  /** Makes the space of dead rows usable again and shortens the write-ahead log, a table at a time. */
  async run(): Promise<void> {
    const rows = await this.#session.exclusive(() => this.#session.run(query(tables)));
    const names = rows.filter(({ type }) => type === 'D').map(({ bytes }) => String(columnsOf(bytes)[0]));
    for (const step of [...names.map((name) => `vacuum (analyze) ${name}`), 'checkpoint']) {
      if (this.#stopped) return;
      await this.#session.exclusive(() => this.#session.run(query(step)));
    }
  }

  /** Starts nothing more, and waits for what is running. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
