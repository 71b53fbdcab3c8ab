import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { Log } from '../log.ts';
import { GatewayConnection, type Notifications } from './gateway-connection.ts';
import type { Session } from './session.ts';

/**
 * Serves PGlite's one session to many PostgreSQL clients on a Unix socket. A client's statement runs as a whole,
 * a transaction keeps the others waiting until it ends, and a notification reaches every client that listens.
 */
export class Gateway implements Notifications {
  readonly #session: Session;
  readonly #server: Server;
  readonly #log: Log;
  readonly #connections = new Set<GatewayConnection>();

  constructor(session: Session, log: Log) {
    this.#session = session;
    this.#log = log;
    this.#server = createServer((socket) => {
      const connection = new GatewayConnection(socket, this.#session, this, this.#log);
      this.#connections.add(connection);
      socket.once('close', () => this.#connections.delete(connection));
    });
  }

  async listen(socketPath: string): Promise<void> {
    rmSync(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ path: socketPath, backlog: 1024 }, resolve);
    });
    chmodSync(socketPath, 0o600);
  }

  listened(): Set<string> {
    return new Set([...this.#connections].flatMap((connection) => [...connection.channels]));
  }

  deliver(channel: string, message: Buffer): void {
    for (const connection of this.#connections)
      if (connection.channels.has(channel)) connection.write(message);
  }

  /** Stops listening and ends every connection; an open transaction is rolled back. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#connections].map((connection) => connection.end()));
    await closed;
  }
}
