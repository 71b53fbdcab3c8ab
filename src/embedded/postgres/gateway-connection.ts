import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import { fatal, messagesIn, query, statusOf, welcome } from './protocol.ts';
import type { Session } from './session.ts';

/** Who listens to which channel, over all connections. */
export interface Notifications {
  listened(): Set<string>;
  deliver(channel: string, message: Buffer): void;
}

const startup = { protocol3: 196608, ssl: 80877103, gss: 80877104, cancel: 80877102 };
const flush = 'H'.charCodeAt(0);
const mostBytes = 256 * 1024 * 1024;
/** A client that falls silent within a transaction would block everybody else. */
const idleInTransactionMs = 30_000;

/** LISTEN or UNLISTEN, after any comments. */
const listens = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(un)?listen\s+("?)([\w$-]+|\*)/i;

/** One PostgreSQL client. Its messages are gathered up to the end of a statement and run in one go. */
export class GatewayConnection {
  readonly channels = new Set<string>();
  readonly #socket: Socket;
  readonly #session: Session;
  readonly #notifications: Notifications;
  readonly #log: Log;
  #buffer: Buffer = Buffer.alloc(0);
  #unit: Buffer[] = [];
  #started = false;
  #work: Promise<void> = Promise.resolve();
  /** Gives the session's turn back; set while a transaction of this client is open. */
  #release: (() => void) | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(socket: Socket, session: Session, notifications: Notifications, log: Log) {
    this.#socket = socket;
    this.#session = session;
    this.#notifications = notifications;
    this.#log = log;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => void this.end());
  }

  write(data: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(data);
  }

  /** Closes the connection after what is running, rolling an open transaction back. */
  async end(): Promise<void> {
    this.#socket.destroy();
    this.channels.clear();
    await this.#work;
    clearTimeout(this.#idle);
    if (!this.#release) return;
    this.#session.send(query('ROLLBACK'));
    this.#giveBack();
  }

  #receive(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (this.#takeMessage());
  }

  /** Takes one whole message off the buffer; false when there is none. */
  #takeMessage(): boolean {
    const at = this.#started ? 1 : 0;
    if (this.#buffer.length < at + 4) return false;
    const length = this.#buffer.readInt32BE(at) + at;
    if (length < at + 4 || length > mostBytes) return this.#refuse(`a message of ${length} bytes`);
    if (this.#buffer.length < length) return false;
    const message = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return this.#started ? this.#handle(message) : this.#start(message);
  }

  #refuse(what: string): false {
    this.#log.warn(`embedded PostgreSQL: closed a connection that sent ${what}`);
    this.write(fatal('08P01', `unexpected: ${what}`));
    this.#socket.destroy();
    return false;
  }

  #start(message: Buffer): boolean {
    const code = message.length >= 8 ? message.readInt32BE(4) : 0;
    if (code === startup.ssl || code === startup.gss) this.write(Buffer.from('N'));
    else if (code === startup.protocol3) {
      this.#started = true;
      this.write(welcome('18.0'));
    } else if (code === startup.cancel) this.#socket.destroy();
    else return this.#refuse(`the protocol version ${code}`);
    return true;
  }

  #handle(message: Buffer): boolean {
    const type = String.fromCharCode(message[0] as number);
    if (type === 'X') {
      this.#socket.end();
      return false;
    }
    this.#unit.push(message);
    if (type !== 'Q' && type !== 'S' && type !== 'H') return true;
    const unit = this.#unit;
    this.#unit = [];
    this.#work = this.#work.then(() => this.#run(unit));
    return true;
  }

  async #run(unit: Buffer[]): Promise<void> {
    if (this.#socket.destroyed) return;
    clearTimeout(this.#idle);
    this.#release ??= await this.#session.turn();
    const unlistens = this.#follow(unit);
    const parts: Buffer[] = [];
    let status: string | undefined;
    for (const { type, bytes } of messagesIn(this.#session.send(Buffer.concat(unit)))) {
      if (type === 'Z') status = statusOf(bytes);
      if (type === 'A') this.#notifications.deliver(channelOf(bytes), bytes);
      else parts.push(bytes);
    }
    this.write(Buffer.concat(parts));
    // The session behind listens for everybody, so one client's UNLISTEN must not silence the others.
    if (unlistens)
      for (const channel of this.#notifications.listened()) this.#session.send(query(`LISTEN "${channel}"`));
    if (status === 'I') this.#giveBack();
    else if (status === undefined && unit.at(-1)?.[0] !== flush)
      this.#abandon('whose statement PostgreSQL did not finish');
    else {
      const silent = 'that left a transaction open for 30 seconds';
      this.#idle = setTimeout(() => this.#abandon(silent), idleInTransactionMs);
    }
  }

  #giveBack(): void {
    this.#release?.();
    this.#release = undefined;
  }

  #abandon(whom: string): void {
    this.#log.error(`embedded PostgreSQL: closed a client ${whom}`);
    // The work that this is part of must end first.
    setImmediate(() => void this.end());
  }

  /** Notes which channels the client listens to; true when it gives one up. */
  #follow(unit: Buffer[]): boolean {
    let unlistens = false;
    for (const message of unit) {
      const [, no, quote, name] = listens.exec(statementOf(message)) ?? [];
      if (!name) continue;
      const channel = quote ? name : name.toLowerCase();
      if (!no) this.channels.add(channel);
      else if (channel === '*') this.channels.clear();
      else this.channels.delete(channel);
      unlistens ||= no !== undefined;
    }
    return unlistens;
  }
}

/** The SQL text of a Query or Parse message, which begins with the statement's name. */
function statementOf(message: Buffer): string {
  const type = String.fromCharCode(message[0] as number);
  if (type !== 'Q' && type !== 'P') return '';
  const from = type === 'Q' ? 5 : message.indexOf(0, 5) + 1;
  return message.toString('utf8', from, message.indexOf(0, from));
}

/** The channel of a NotificationResponse, after its process id. */
function channelOf(message: Buffer): string {
  return message.toString('utf8', 9, message.indexOf(0, 9));
}
