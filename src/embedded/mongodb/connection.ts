import type { Socket } from 'node:net';
import type { Context } from './commands/context.ts';
import { runCommand, showsData } from './commands/run.ts';
import type { Log } from './server.ts';
import { encode } from './values.ts';
import { frameReply, messageLength, ProtocolError, parseRequest, type Request } from './wire.ts';

/** One client connection: requests are run in their order, and answered once what they saw is durable. */
export class Connection {
  readonly #socket: Socket;
  readonly #context: Omit<Context, 'sequences'>;
  readonly #log: Log;
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 4;
  #answers: Promise<void> = Promise.resolve();

  constructor(socket: Socket, context: Omit<Context, 'sequences'>, log: Log) {
    this.#socket = socket;
    this.#context = context;
    this.#log = log;
    socket.on('data', (chunk: Buffer) => this.#guard(() => this.#receive(chunk)));
    socket.on('error', () => socket.destroy());
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** A broken message, or a fault of this server's own, ends this connection and no other. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      const broken = error instanceof ProtocolError;
      const fields = { connection: this.#context.connection, err: error };
      if (broken) this.#log.warn(`embedded MongoDB: closed a connection that sent ${error.message}`, fields);
      else this.#log.error('embedded MongoDB: closed a connection after an internal error', fields);
      this.#socket.destroy();
    }
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#needed || this.#socket.destroyed) return;
    let buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let length = messageLength(buffer);
    while (length !== undefined && buffer.length >= length) {
      this.#run(parseRequest(buffer.subarray(0, length)));
      buffer = buffer.subarray(length);
      length = messageLength(buffer);
    }
    this.#chunks = buffer.length > 0 ? [buffer] : [];
    this.#buffered = buffer.length;
    this.#needed = length ?? 4;
  }

  #run(request: Request): void {
    const { silent, body, sequences } = request;
    const result = runCommand(body, { ...this.#context, sequences });
    if (silent) {
      this.#context.database.journal.durable().catch(() => {});
      return;
    }
    const reply = result instanceof Uint8Array ? result : encode(result);
    const durable = showsData(body) ? this.#context.database.journal.durable() : undefined;
    this.#answers = Promise.all([durable, this.#answers]).then(
      () => this.#send(frameReply(request, reply)),
      () => void this.#socket.destroy(),
    );
  }

  /** A client that does not read its answers is not read from either. */
  #send(reply: Buffer): void {
    if (this.#socket.destroyed || this.#socket.write(reply)) return;
    this.#socket.pause();
    this.#socket.once('drain', () => this.#socket.resume());
  }
}
