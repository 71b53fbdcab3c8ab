import { connect, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMongo, type TestMongo } from './mongo.ts';

const opMsg = 2013;
const opQuery = 2004;

function header(length: number, opcode: number, id = 7): Buffer {
  const out = Buffer.alloc(16);
  [length, id, 0, opcode].forEach((value, i) => {
    out.writeInt32LE(value, i * 4);
  });
  return out;
}

function framed(opcode: number, ...parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 16);
  return Buffer.concat([header(length, opcode), ...parts]);
}

const flags = (bits: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(bits);
  return out;
};
const body = (doc: object): Buffer => Buffer.concat([Buffer.from([0]), serialize(doc)]);
const ping = framed(opMsg, flags(0), body({ ping: 1, $db: 'luyan' }));

const broken = serialize({ text: 'abc' });
broken[broken.indexOf(0x61)] = 0xff;

function sequence(name: string, docs: object[], ...more: Uint8Array[]): Buffer {
  const parts = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => serialize(doc)), ...more]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(parts.length + 4);
  return Buffer.concat([Buffer.from([1]), size, parts]);
}

/** Reads whole messages off a socket; undefined when it was closed. */
class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #wake = (): void => {};

  constructor(path: string) {
    this.socket = connect(path);
    this.socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    this.socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
    this.socket.on('error', () => {});
  }

  async next(): Promise<Record<string, unknown> | undefined> {
    for (;;) {
      const length = this.#received.length >= 4 ? this.#received.readInt32LE(0) : Number.POSITIVE_INFINITY;
      if (this.#received.length >= length) {
        const message = this.#received.subarray(0, length);
        this.#received = this.#received.subarray(length);
        return deserialize(message.subarray(message.readInt32LE(12) === opMsg ? 21 : 36));
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

describe('the wire protocol', () => {
  let mongo: TestMongo;
  let raw: RawClient;
  beforeEach(async () => {
    mongo = await startMongo();
    raw = new RawClient(mongo.socketPath);
  });
  afterEach(async () => {
    raw.socket.destroy();
    await mongo.close();
  });

  it('answers a message that comes in pieces, and two that come in one', async () => {
    raw.socket.write(ping.subarray(0, 3));
    raw.socket.write(ping.subarray(3, 20));
    raw.socket.write(Buffer.concat([ping.subarray(20), ping]));
    expect(await raw.next()).toEqual({ ok: 1 });
    expect(await raw.next()).toEqual({ ok: 1 });
  });

  it('presents a standalone server, also to the legacy handshake', async () => {
    const query = Buffer.concat([
      flags(0),
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(4),
      Buffer.from([255, 255, 255, 255]),
    ]);
    raw.socket.write(framed(opQuery, query, serialize({ isMaster: 1, helloOk: true })));
    const hello = await raw.next();
    expect(hello).toMatchObject({
      ismaster: true,
      helloOk: true,
      maxBsonObjectSize: 16 * 1024 * 1024,
      ok: 1,
    });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('logicalSessionTimeoutMinutes');
  });

  it('takes documents beside the body, and stays silent when asked to', async () => {
    const insert = { insert: 'c', ordered: true, $db: 'luyan' };
    raw.socket.write(framed(opMsg, flags(2), body(insert), sequence('documents', [{ _id: 1 }, { _id: 2 }])));
    raw.socket.write(framed(opMsg, flags(0), body({ find: 'c', $db: 'luyan' })));
    expect(await raw.next()).toMatchObject({ cursor: { firstBatch: [{ _id: 1 }, { _id: 2 }] }, ok: 1 });
  });

  const bad: [string, Buffer, string][] = [
    ['a length below a header', header(3, opMsg), 'a message length of 3'],
    ['a negative length', header(-1, opMsg), 'a message length of -1'],
    ['a length above the limit', header(48_000_001, opMsg), 'a message length of 48000001'],
    ['an unknown opcode', framed(2999, Buffer.alloc(8)), 'the opcode 2999'],
    ['compression', framed(2012, Buffer.alloc(20)), 'the opcode 2012'],
    [
      'a checksum',
      framed(opMsg, flags(1), body({ ping: 1 }), Buffer.alloc(4)),
      'unknown required flag bits 1',
    ],
    ['unknown flags', framed(opMsg, flags(4), body({ ping: 1 })), 'unknown required flag bits'],
    ['no body', framed(opMsg, flags(0), sequence('documents', [])), 'no body section'],
    ['two bodies', framed(opMsg, flags(0), body({ ping: 1 }), body({ ping: 1 })), 'a section of kind 0'],
    ['an unknown section', framed(opMsg, flags(0), Buffer.from([9]), serialize({})), 'a section of kind 9'],
    [
      'a body that is too long',
      framed(opMsg, flags(0), Buffer.from([0, 99, 0, 0, 0, 0])),
      'a part of 99 bytes',
    ],
    [
      'a body that is no BSON',
      framed(opMsg, flags(0), Buffer.from([0, 6, 0, 0, 0, 77, 0])),
      'a document that is no BSON',
    ],
    [
      'a document that is no BSON beside it',
      framed(opMsg, flags(0), body({ insert: 'c' }), sequence('documents', [], broken)),
      'a document that is no BSON',
    ],
    [
      'a legacy query',
      framed(opQuery, flags(0), Buffer.from('luyan.c\0'), Buffer.alloc(8), serialize({})),
      "a legacy query on 'luyan.c'",
    ],
  ];
  it.each(bad)('closes a connection that sends %s, and no other', async (_what, message, told) => {
    raw.socket.write(message);
    expect(await raw.next()).toBeUndefined();
    expect(mongo.log.lines).toHaveLength(1);
    expect(mongo.log.lines[0]).toContain(`closed a connection that sent ${told}`);
    expect(await mongo.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('holds a thousand idle connections', async () => {
    const idle: Socket[] = [];
    while (idle.length < 1000) {
      const more = Array.from({ length: 100 }, () => connect(mongo.socketPath));
      await Promise.all(more.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
      idle.push(...more);
    }
    expect(await mongo.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    for (const socket of idle) socket.destroy();
  });
});
