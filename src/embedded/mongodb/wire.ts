import type { Long } from 'bson';
import { limits } from './table.ts';
import { type Doc, decode, encode } from './values.ts';

/** A message that breaks the protocol: the connection that sent it is closed. */
export class ProtocolError extends Error {}

export interface Request {
  id: number;
  /** The command, with the documents that came beside it. */
  body: Doc;
  /** The client wants no answer. */
  silent: boolean;
  /** A handshake by the legacy opcode, which has its own form of answer. */
  legacy: boolean;
}

const opcodes = { reply: 1, query: 2004, msg: 2013 };
const headerBytes = 16;
const moreToCome = 2;

/** The length of the message that starts here; undefined while too little has arrived to tell. */
export function messageLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) return undefined;
  const length = buffer.readInt32LE(0);
  if (length > headerBytes + 4 && length <= limits.messageBytes) return length;
  throw new ProtocolError(`a message length of ${length} (expected 21 to ${limits.messageBytes})`);
}

export function parseRequest(message: Buffer): Request {
  const [id, opcode, flags] = [message.readInt32LE(4), message.readInt32LE(12), message.readUInt32LE(16)];
  if (opcode === opcodes.query) return { id, body: parseQuery(message), silent: false, legacy: true };
  if (opcode !== opcodes.msg) throw new ProtocolError(`the opcode ${opcode} (expected ${opcodes.msg})`);
  // The low flags must be understood by whoever reads the message.
  if (flags & 0xffff & ~moreToCome) throw new ProtocolError(`unknown required flag bits ${flags}`);
  let body: Doc | undefined;
  const beside: Doc = {};
  for (let at = headerBytes + 4; at < message.length; ) {
    const kind = message[at];
    const section = sizedPart(message, at + 1);
    if (kind === 0 && !body) body = decodeChecked(section);
    else if (kind === 1) readSequence(section, beside);
    else throw new ProtocolError(`a section of kind ${kind}`);
    at += 1 + section.length;
  }
  if (!body) throw new ProtocolError('no body section');
  return { id, body: { ...body, ...beside }, silent: (flags & moreToCome) !== 0, legacy: false };
}

/** A part that begins with its own length. */
function sizedPart(message: Buffer, at: number): Buffer {
  const left = message.length - at;
  const length = left >= 4 ? message.readInt32LE(at) : -1;
  if (length < 5 || length > left) throw new ProtocolError(`a part of ${length} bytes with ${left} left`);
  return message.subarray(at, at + length);
}

function decodeChecked(bytes: Uint8Array): Doc {
  try {
    return decode(bytes);
  } catch (cause) {
    throw new ProtocolError('a document that is no BSON', { cause });
  }
}

function readSequence(section: Buffer, beside: Doc): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new ProtocolError('a document sequence without a name');
  const documents: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(decodeChecked(sizedPart(section, at)));
  }
  beside[section.toString('utf8', 4, nameEnd)] = documents;
}

function parseQuery(message: Buffer): Doc {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  const name = message.toString('latin1', headerBytes + 4, nameEnd);
  if (nameEnd < 0 || !name.endsWith('.$cmd')) throw new ProtocolError(`a legacy query on '${name}'`);
  return { ...decodeChecked(sizedPart(message, nameEnd + 9)), $db: name.slice(0, -5) };
}

/** Writes the answer to a request around an encoded reply document. */
export function frameReply({ id, legacy }: Request, reply: Uint8Array): Buffer {
  const head = Buffer.alloc(headerBytes + (legacy ? 20 : 5));
  head.writeInt32LE(head.length + reply.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(legacy ? opcodes.reply : opcodes.msg, 12);
  if (legacy) head.writeInt32LE(1, headerBytes + 16);
  return Buffer.concat([head, reply]);
}

/** Builds a cursor reply around documents that are encoded already. */
export function cursorReply(id: Long, ns: string, field: string, documents: Uint8Array[]): Buffer {
  const batch = documents.flatMap((bytes, i) => [Buffer.from(`\x03${i}\0`), bytes]);
  const rest = encode({ id, ns }).subarray(4, -1);
  const cursor = document([Buffer.from(`\x04${field}\0`), document(batch), rest]);
  return document([Buffer.from('\x03cursor\0'), cursor, encode({ ok: 1 }).subarray(4, -1)]);
}

/** A BSON document of these encoded elements. */
function document(elements: Uint8Array[]): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.alloc(1)]);
  whole.writeInt32LE(whole.length);
  return whole;
}
