/** The few messages of PostgreSQL's frontend protocol that a prepared, binary statement needs. */

const text = new TextEncoder();

function message(type: string, parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  const out = Buffer.allocUnsafe(length + 1);
  out.write(type, 0, 'latin1');
  out.writeInt32BE(length, 1);
  let at = 5;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function int16(...values: number[]): Buffer {
  const out = Buffer.allocUnsafe(values.length * 2);
  for (const [i, value] of values.entries()) out.writeInt16BE(value, i * 2);
  return out;
}

function int32(...values: number[]): Buffer {
  const out = Buffer.allocUnsafe(values.length * 4);
  for (const [i, value] of values.entries()) out.writeInt32BE(value, i * 4);
  return out;
}

const cString = (value: string): Uint8Array => text.encode(`${value}\0`);

export const query = (sql: string): Buffer => message('Q', [cString(sql)]);
export const sync = (): Buffer => message('S', []);

export const parse = (name: string, sql: string): Buffer =>
  message('P', [cString(name), cString(sql), int16(0)]);

/** Binds binary parameters to a prepared statement and runs it, with binary results. */
export function execute(statement: string, parameters: Uint8Array[]): Buffer {
  const values = parameters.flatMap((value) => [int32(value.length), value]);
  const bind = message('B', [
    cString(''),
    cString(statement),
    int16(1, 1),
    int16(parameters.length),
    ...values,
    int16(1, 1),
  ]);
  return Buffer.concat([bind, message('E', [cString(''), int32(0)])]);
}

export const oid = { bytea: 17, int4: 23, int8: 20 } as const;

/** A one-dimensional array in PostgreSQL's binary form. */
export function binaryArray(elementType: number, elements: Uint8Array[]): Buffer {
  if (elements.length === 0) return int32(0, 0, elementType);
  const length = elements.reduce((sum, each) => sum + 4 + each.length, 20);
  const out = Buffer.allocUnsafe(length);
  let at = 0;
  for (const value of [1, 0, elementType, elements.length, 1]) at = out.writeInt32BE(value, at);
  for (const element of elements) {
    at = out.writeInt32BE(element.length, at);
    out.set(element, at);
    at += element.length;
  }
  return out;
}

export const int4 = (value: number): Buffer => int32(value);

export function int8(value: number): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeBigInt64BE(BigInt(value));
  return out;
}

export interface ServerMessage {
  type: string;
  /** The message as it came, with type and length. */
  bytes: Buffer;
}

/** Cuts a response into its messages. */
export function* messagesIn(response: Buffer): Generator<ServerMessage> {
  for (let at = 0; at + 5 <= response.length; ) {
    const end = at + 1 + response.readInt32BE(at + 1);
    yield { type: String.fromCharCode(response[at] as number), bytes: response.subarray(at, end) };
    at = end;
  }
}

/** The columns of a DataRow message. */
export function columnsOf(row: Buffer): (Buffer | null)[] {
  const columns: (Buffer | null)[] = [];
  let at = 7;
  for (let left = row.readInt16BE(5); left > 0; left--) {
    const length = row.readInt32BE(at);
    columns.push(length < 0 ? null : row.subarray(at + 4, at + 4 + length));
    at += 4 + Math.max(length, 0);
  }
  return columns;
}

/** The text of an ErrorResponse. */
export function errorText(bytes: Buffer): string {
  const fields = bytes.toString('utf8', 5).split('\0');
  const pick = (mark: string): string => fields.find((field) => field.startsWith(mark))?.slice(1) ?? '';
  return `${pick('M')} (${pick('C')})`;
}

/** Transaction status in ReadyForQuery: I idle, T in a transaction, E in a failed one. */
export const statusOf = (ready: Buffer): string => String.fromCharCode(ready[5] as number);

const field = (name: string, value: string): Buffer => message('S', [cString(name), cString(value)]);

/** What a client is told at start: no password, and the settings that clients look at. */
export function welcome(serverVersion: string): Buffer {
  return Buffer.concat([
    message('R', [int32(0)]),
    field('server_version', serverVersion),
    field('server_encoding', 'UTF8'),
    field('client_encoding', 'UTF8'),
    field('DateStyle', 'ISO, MDY'),
    field('IntervalStyle', 'postgres'),
    field('TimeZone', 'UTC'),
    field('integer_datetimes', 'on'),
    field('standard_conforming_strings', 'on'),
    message('K', [int32(process.pid, 0)]),
    message('Z', [Buffer.from('I')]),
  ]);
}

/** An error that ends the connection. */
export function fatal(code: string, reason: string): Buffer {
  return message('E', [
    cString('SFATAL'),
    cString('VFATAL'),
    cString(`C${code}`),
    cString(`M${reason}`),
    Buffer.alloc(1),
  ]);
}
