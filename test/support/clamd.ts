import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const WORDS = 'zINSTREAM\0';
const VIRUS = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

type Answer = (socket: Socket, file: Uint8Array) => unknown;

const judged: Answer = (socket, file) =>
  socket.end(Buffer.from(file).includes(VIRUS) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');

/** clamd's side of its protocol: reads a whole file and then answers, as it would or as a test says. */
export class ClamdStub {
  readonly received: Uint8Array[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly answer: Answer;
  private port = 0;

  constructor(answer: Answer = judged) {
    this.answer = answer;
    this.server = createServer((socket) => this.talk(socket));
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }

  /** On a port of its own, or on the one that it had. */
  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => {});
    const pieces: Buffer[] = [];
    let length = 0;
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      // A file is over with four zero bytes; only then is it worth while to read it.
      const isPing = length === 6 && piece.toString('latin1') === 'zPING\0';
      if (isPing) {
        if (this.answer === judged) socket.end('PONG\0');
        else this.answer(socket, piece);
      }
      if (!piece.subarray(-4).equals(Buffer.alloc(4))) return;
      const file = readStream(Buffer.concat(pieces));
      if (!file) return;
      this.received.push(file);
      this.answer(socket, file);
    });
  }
}

/** The file of a stream; undefined: it is not over. */
function readStream(all: Buffer): Uint8Array | undefined {
  if (all.toString('latin1', 0, WORDS.length) !== WORDS) return undefined;
  const pieces: Buffer[] = [];
  for (let at = WORDS.length; at + 4 <= all.length; ) {
    const length = all.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(all.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
