import type { CursorBatch } from './cursors.ts';
import { limits } from './table.ts';
import { type Doc, decode, encode } from './values.ts';

/** A message that breaks the protocol: the connection that sent it is closed. */
export class ProtocolError extends Error {}

export interface Request {
  id: number;
  body: Doc;
  /** Documents that came beside the body, undecoded. */
  sequences: Map<string, Uint8Array[]>;
  /** The client wants no answer. */
  silent: boolean;
  /** Asked with the legacy opcode, which has its own form of answer. */
  legacy: boolean;
}

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerBytes = 16;
const flags = { checksum: 1, moreToCome: 2 };

/** The length of the message that starts here, or undefined while too little has arrived. */
export function messageLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) return undefined;
  const length = buffer.readInt32LE(0);
  if (length < headerBytes + 5 || length > limits.messageBytes) {
    throw new ProtocolError(
      `a message length of ${length} (expected ${headerBytes + 5} to ${limits.messageBytes})`,
    );
  }
  return length;
}

export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === opMsg) return parseMsg(id, message);
  if (opcode === opQuery) return parseQuery(id, message);
  throw new ProtocolError(`the opcode ${opcode} (expected ${opMsg}, or ${opQuery} for a handshake)`);
}

function parseMsg(id: number, message: Buffer): Request {
  const flagBits = message.readUInt32LE(headerBytes);
  if (flagBits & 0xffff & ~(flags.checksum | flags.moreToCome)) {
    throw new ProtocolError(`unknown required flag bits 0x${flagBits.toString(16)}`);
  }
  let end = message.length;
  if (flagBits & flags.checksum) {
    end -= 4;
    if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
      throw new ProtocolError('a wrong checksum');
  }
  let body: Doc | undefined;
  const sequences = new Map<string, Uint8Array[]>();
  for (let at = headerBytes + 4; at < end; ) {
    const kind = message[at];
    const section = sizedPart(message, at + 1, end);
    if (kind === 0 && !body) body = decodeChecked(section);
    else if (kind === 1) readSequence(section, sequences);
    else throw new ProtocolError(`a section of kind ${kind}`);
    at += 1 + section.length;
  }
  if (!body) throw new ProtocolError('no body section');
  return { id, body, sequences, silent: (flagBits & flags.moreToCome) !== 0, legacy: false };
}

/** A part that begins with its own length. */
function sizedPart(message: Buffer, at: number, end: number): Buffer {
  const length = at + 4 <= end ? message.readInt32LE(at) : -1;
  if (length < 5 || at + length > end)
    throw new ProtocolError(`a part of ${length} bytes with ${end - at} left`);
  return message.subarray(at, at + length);
}

function decodeChecked(bytes: Uint8Array): Doc {
  try {
    return decode(bytes);
  } catch (error) {
    throw new ProtocolError('a body that is no BSON', { cause: error });
  }
}

function readSequence(section: Buffer, sequences: Map<string, Uint8Array[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new ProtocolError('a document sequence without a name');
  const documents: Uint8Array[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const part = sizedPart(section, at, section.length);
    documents.push(part);
    at += part.length;
  }
  sequences.set(section.toString('utf8', 4, nameEnd), documents);
}

function parseQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  const name = message.toString('latin1', headerBytes + 4, Math.max(nameEnd, 0));
  if (nameEnd < 0 || !name.endsWith('.$cmd'))
    throw new ProtocolError(`a legacy query on '${name}' (expected a handshake)`);
  const wrapped = decodeChecked(sizedPart(message, nameEnd + 9, message.length));
  const body = { ...((wrapped.$query as Doc | undefined) ?? wrapped), $db: name.slice(0, -5) };
  return { id, body, sequences: new Map(), silent: false, legacy: true };
}

let lastId = 0;

/** Writes the answer to a request around an encoded reply document. */
export function frameReply(request: Request, reply: Uint8Array): Buffer {
  const envelope = request.legacy ? 20 : 5;
  const out = Buffer.allocUnsafe(headerBytes + envelope + reply.length);
  lastId = (lastId + 1) | 0;
  out.writeInt32LE(out.length, 0);
  out.writeInt32LE(lastId, 4);
  out.writeInt32LE(request.id, 8);
  out.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  out.fill(0, headerBytes, headerBytes + envelope);
  if (request.legacy) {
    out.writeInt32LE(8, headerBytes);
    out.writeInt32LE(1, headerBytes + 16);
  }
  out.set(reply, headerBytes + envelope);
  return out;
}

/** Builds a cursor reply around documents that are encoded already. */
export function cursorReply({ id, namespace, field, documents }: CursorBatch): Uint8Array {
  const keys = documents.map((_, i) => `\x03${i}\0`);
  const size = documents.reduce((sum, each, i) => sum + each.length + (keys[i]?.length ?? 0), 5);
  const array = Buffer.allocUnsafe(size);
  let at = array.writeInt32LE(size, 0);
  documents.forEach((document, i) => {
    at += array.write(keys[i] as string, at, 'latin1');
    array.set(document, at);
    at += document.length;
  });
  array[at] = 0;
  const rest = encode({ id, ns: namespace });
  const head = Buffer.from(`\x04${field}\0`, 'latin1');
  const cursor = wrap([head, array, Buffer.from(rest.subarray(4, -1))]);
  const ok = encode({ ok: 1 });
  return wrap([Buffer.from('\x03cursor\0', 'latin1'), cursor, Buffer.from(ok.subarray(4, -1))]);
}

function wrap(elements: Buffer[]): Buffer {
  const length = elements.reduce((sum, each) => sum + each.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, Buffer.alloc(1)], length);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
