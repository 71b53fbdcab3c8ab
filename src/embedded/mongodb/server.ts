import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { type Log, serve } from './connection.ts';
import { Cursors } from './cursors.ts';
import { Database } from './database.ts';
import type { Storage } from './journal.ts';

export type { Log } from './connection.ts';

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
  readonly #now: () => number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #timer = setInterval(() => void this.sweep(), ttlSweepMs).unref();

  private constructor(database: Database, { now = Date.now, log }: MongoServerOptions) {
    this.database = database;
    this.#now = now;
    const cursors = new Cursors(now);
    this.cursors = cursors;
    let connection = 0;
    this.#server = createServer((socket) => {
      serve(socket, { database, cursors, now, connection: ++connection }, log);
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Loads the stored collections and listens. */
  static async start(options: MongoServerOptions): Promise<MongoServer> {
    const database = await Database.open(options.storage, (error) => {
      void server.stop();
      options.onFailure(error);
    });
    const server = new MongoServer(database, options);
    const { socketPath: path } = options;
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject).listen({ path, backlog: 1024 }, resolve);
    });
    chmodSync(path, 0o600);
    return server;
  }

  /** Removes what TTL indexes say is over, and forgets idle cursors. */
  async sweep(): Promise<number> {
    this.cursors.expire();
    const removed = this.database.expire(this.#now());
    await this.database.journal.durable().catch(() => {});
    return removed;
  }

  /** Takes no new connections and ends the others at once, without an answer. */
  stop(): Promise<void> {
    clearInterval(this.#timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    return closed;
  }

  /** Finishes what is in flight, then stops. */
  async close(): Promise<void> {
    await this.database.journal.durable().catch(() => {});
    await this.stop();
  }
}
