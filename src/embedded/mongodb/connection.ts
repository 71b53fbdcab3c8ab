import type { Socket } from 'node:net';
import { type Context, runCommand, showsData } from './commands.ts';
import { frameReply, messageLength, ProtocolError, parseRequest } from './wire.ts';

/** What the server reports to. */
export type Log = Record<'info' | 'warn' | 'error', (message: string, fields?: object) => void>;

/** Serves one client: requests are run in their order, and answered once what they saw is durable. */
export function serve(socket: Socket, context: Context, log: Log): void {
  let chunks: Buffer[] = [];
  let [buffered, needed] = [0, 4];
  let answers: Promise<unknown> = Promise.resolve();

  function answer(message: Buffer): void {
    const request = parseRequest(message);
    const reply = runCommand(request.body, context);
    const durable = showsData(request.body) ? context.database.journal.durable() : undefined;
    const send = (): void => {
      // A client that does not read its answers is not read from either.
      if (request.silent || socket.destroyed || socket.write(frameReply(request, reply))) return;
      socket.pause().once('drain', () => socket.resume());
    };
    answers = Promise.all([durable, answers]).then(send, () => socket.destroy());
  }

  function receive(chunk: Buffer): void {
    chunks.push(chunk);
    buffered += chunk.length;
    if (buffered < needed || socket.destroyed) return;
    let buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    let length = messageLength(buffer);
    for (; length && buffer.length >= length; length = messageLength(buffer)) {
      answer(buffer.subarray(0, length));
      buffer = buffer.subarray(length);
    }
    chunks = [buffer];
    [buffered, needed] = [buffer.length, length ?? 4];
  }

  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      receive(chunk);
    } catch (err) {
      // A broken message, or a fault of this server's own, ends this connection and no other.
      const sent = err instanceof ProtocolError ? `that sent ${err.message}` : 'after an internal error';
      log[err instanceof ProtocolError ? 'warn' : 'error'](`embedded MongoDB: closed a connection ${sent}`, {
        err,
      });
      socket.destroy();
    }
  });
}
