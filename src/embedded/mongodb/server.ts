import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { Connection } from './connection.ts';
import { Cursors } from './cursors.ts';
import { Database } from './database.ts';
import type { Storage } from './journal.ts';
import { expireDocuments } from './ttl.ts';

/** What the server reports to. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

export interface MongoServerOptions {
  socketPath: string;
  storage: Storage;
  log: Log;
  now?: () => number;
  /** Called once when a write could not be made durable; the server no longer answers then. */
  onFailure: (error: Error) => void;
}

const ttlSweepMs = 60_000;

/** A MongoDB-compatible server for one process's own use, on a Unix socket that only its user may open. */
export class MongoServer {
  readonly database: Database;
  readonly cursors: Cursors;
  readonly now: () => number;
  readonly #options: MongoServerOptions;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #sweep: NodeJS.Timeout;
  #lastConnection = 0;

  private constructor(database: Database, options: MongoServerOptions) {
    this.database = database;
    this.#options = options;
    this.now = options.now ?? Date.now;
    this.cursors = new Cursors(this.now);
    this.#server = createServer((socket) => this.#accept(socket));
    this.#sweep = setInterval(() => void this.sweep(), ttlSweepMs);
    this.#sweep.unref();
  }

  /** Loads the stored collections and listens. */
  static async start(options: MongoServerOptions): Promise<MongoServer> {
    let server: MongoServer | undefined;
    const database = await Database.open(options.storage, (error) => {
      void server?.stop();
      options.onFailure(error);
    });
    server = new MongoServer(database, options);
    await server.#listen();
    return server;
  }

  async #listen(): Promise<void> {
    rmSync(this.#options.socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ path: this.#options.socketPath, backlog: 1024 }, resolve);
    });
    chmodSync(this.#options.socketPath, 0o600);
  }

  #accept(socket: Socket): void {
    const context = {
      database: this.database,
      cursors: this.cursors,
      now: this.now,
      connection: ++this.#lastConnection,
    };
    const connection = new Connection(socket, context, this.#options.log);
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  /** Removes what TTL indexes say is over, and forgets idle cursors. */
  async sweep(): Promise<number> {
    this.cursors.expire();
    const removed = expireDocuments(this.database, this.now());
    await this.database.journal.durable().catch(() => {});
    return removed;
  }

  /** Takes no new connections and ends the others at once, without an answer. */
  stop(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.destroy();
    return closed;
  }

  /** Finishes what is in flight, then stops. */
  async close(): Promise<void> {
    await this.database.journal.durable().catch(() => {});
    await this.stop();
  }
}
