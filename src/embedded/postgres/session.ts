import type { PGlite } from '@electric-sql/pglite';
import { errorText, messagesIn, type ServerMessage, statusOf } from './protocol.ts';

/**
 * PGlite's one session, shared by everybody who needs it. Whoever holds the turn may use it until the end of a
 * transaction, so that no two users' statements ever mix.
 */
export class Session {
  readonly #pglite: PGlite;
  #queue: Promise<void> = Promise.resolve();
  /** How much was ever sent: a measure of how much may have been written. */
  sentBytes = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  /** Waits for the turn; the caller must give it back by calling the function it gets. */
  async turn(): Promise<() => void> {
    const before = this.#queue;
    let release = (): void => {};
    this.#queue = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  /** Runs `use` while nobody else may use the session. */
  async exclusive<T>(use: () => T | Promise<T>): Promise<T> {
    const release = await this.turn();
    try {
      return await use();
    } finally {
      release();
    }
  }

  /** Sends protocol messages and gives the response as it came. Only the holder of the turn may call this. */
  send(request: Uint8Array): Buffer {
    this.sentBytes += request.length;
    const parts: Buffer[] = [];
    const onRawData = (data: Uint8Array): void => {
      parts.push(Buffer.from(data));
    };
    // All the work is done before the call returns; only a sync that this file system does not need comes after.
    this.#pglite.execProtocolRawStream(request, { syncToFs: false, onRawData }).catch(() => {});
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  /** Sends messages that must succeed and end outside of a transaction. */
  run(request: Uint8Array): ServerMessage[] {
    const messages = [...messagesIn(this.send(request))];
    const error = messages.find(({ type }) => type === 'E');
    if (error) throw new Error(`PostgreSQL refused a statement: ${errorText(error.bytes)}`);
    const ready = messages.findLast(({ type }) => type === 'Z');
    if (!ready || statusOf(ready.bytes) !== 'I') {
      throw new Error(
        'PostgreSQL did not finish a statement (expected to be idle again): its data folder may be full',
      );
    }
    return messages;
  }
}
