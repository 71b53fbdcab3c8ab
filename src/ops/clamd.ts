import { createConnection, type NetConnectOpts } from 'node:net';

/** The scanner did not say whether a file is clean: it is away, silent, or set up to look at smaller files only. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';
}

export interface Scanner {
  /** Rejects with ScannerAway when the scanner does not tell. */
  scan(bytes: Uint8Array): Promise<'clean' | 'infected'>;
  ping(): Promise<void>;
}

const SCAN_MS = 20_000;
const PING_MS = 2_000;
const CHUNK_BYTES = 256 * 1024;
/** No answer of the protocol is longer. */
const ANSWER_MAX = 4_096;

/** clamd by its own protocol, a connection for each file. */
export function clamd(address: NetConnectOpts, withinMs = SCAN_MS): Scanner {
  return {
    async scan(bytes) {
      const answer = await ask(address, 'zINSTREAM\0', chunksOf(bytes), withinMs);
      if (answer === 'stream: OK') return 'clean';
      if (/^stream: .+ FOUND$/u.test(answer)) return 'infected';
      const cure = /size limit/iu.test(answer) ? '; raise StreamMaxLength in clamd.conf to 21M or more' : '';
      throw new ScannerAway(`expected clamd to say OK or FOUND, received ${JSON.stringify(answer)}${cure}`);
    },
    async ping() {
      const answer = await ask(address, 'zPING\0', [], Math.min(withinMs, PING_MS));
      if (answer !== 'PONG')
        throw new ScannerAway(`expected clamd to say PONG, received ${JSON.stringify(answer)}`);
    },
  };
}

/** Each piece with its length before it; a length of none ends them. */
function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const piece = bytes.subarray(at, at + CHUNK_BYTES);
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

function lengthOf(length: number): Uint8Array {
  const written = Buffer.alloc(4);
  written.writeUInt32BE(length);
  return written;
}

/** Sends a command and what belongs to it; resolves with the whole answer, which ends with a zero byte. */
function ask(
  address: NetConnectOpts,
  command: string,
  pieces: Iterable<Uint8Array>,
  withinMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    let answer = Buffer.alloc(0);
    const end = (received: string, cause?: unknown) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new ScannerAway(`expected clamd to answer, received ${received}`, { cause }));
    };
    const timer = setTimeout(() => end(`nothing within ${withinMs} ms`), withinMs);
    const write = () => {
      const left = pieces[Symbol.iterator]();
      const more = (): void => {
        for (let one = left.next(); !one.done; one = left.next()) {
          if (!socket.write(one.value)) return void socket.once('drain', more);
        }
      };
      socket.write(command);
      more();
    };
    socket.once('connect', write);
    socket.on('data', (data: Buffer) => {
      answer = Buffer.concat([answer, data]);
      const length = answer.indexOf(0);
      if (length < 0) return answer.length > ANSWER_MAX ? end('more than an answer has') : undefined;
      clearTimeout(timer);
      socket.destroy();
      resolve(answer.toString('latin1', 0, length));
    });
    socket.once('error', (cause) => end(cause.message, cause));
    socket.once('close', () => end(answer.length > 0 ? 'half an answer' : 'none'));
  });
}
