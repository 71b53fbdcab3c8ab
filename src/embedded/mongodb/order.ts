import type { Binary, BSONRegExp, BSONSymbol, Code, Long, ObjectId, Timestamp } from 'bson';
import { MongoError } from './errors.ts';
import { type Doc, isDoc, typeName } from './values.ts';

/**
 * Values as strings whose `<` is MongoDB's order over all BSON types. One encoding serves comparison, equality,
 * grouping and index keys. Encoded values are prefix-free, so they can be concatenated, and none starts with
 * \uffff, so `prefix + '\uffff'` ends the range of everything that continues a prefix.
 */
const mark = {
  end: '\x00',
  minKey: '\x01',
  emptyArray: '\x02',
  null: '\x05',
  number: '\x0a',
  string: '\x0f',
  object: '\x14',
  array: '\x19',
  binary: '\x1e',
  objectId: '\x23',
  bool: '\x28',
  date: '\x2d',
  timestamp: '\x2f',
  regex: '\x32',
  code: '\x3c',
  maxKey: '\x7f',
};

/** What an index stores for an empty array, which has no element of its own. */
export const emptyArrayKey = mark.emptyArray;
export const endOfPrefix = '\uffff';

const scratch = new DataView(new ArrayBuffer(8));

function float(value: number): string {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0';
  scratch.setFloat64(0, value === 0 ? 0 : value);
  const high = scratch.getUint32(0);
  const [a, b] = high >>> 31 ? [~high, ~scratch.getUint32(4)] : [high ^ 0x80000000, scratch.getUint32(4)];
  return String.fromCharCode(
    a >>> 24,
    (a >>> 16) & 255,
    (a >>> 8) & 255,
    a & 255,
    b >>> 24,
    (b >>> 16) & 255,
    (b >>> 8) & 255,
    b & 255,
  );
}

/** After a float stands how far a 64-bit integer lies from it (at most 512 either way); mostly it does not. */
const exact = '\u0080';

function long(value: Long): string {
  const whole = value.toBigInt();
  const near = Number(whole);
  const off = Number(whole - BigInt(near));
  const tail = off === 0 ? exact : (off < 0 ? '\u007f' : '\u0081') + String.fromCharCode(0x400 + off);
  return float(near) + tail;
}

/** UTF-8 order: surrogates sort after the rest of the BMP; \0 and \1 are escaped so that \0 can end a string. */
function text(value: string): string {
  let plain = true;
  for (let i = 0; plain && i < value.length; i++) {
    const unit = value.charCodeAt(i);
    plain = unit > 1 && unit < 0xd800;
  }
  return (plain ? value : [...unitsOf(value)].join('')) + mark.end;
}

function* unitsOf(value: string): Generator<string> {
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 2) yield String.fromCharCode(1, unit + 1);
    else if (unit < 0xd800) yield value[i] as string;
    else if (unit < 0xe000) yield String.fromCharCode(0xf700, unit - 0xd800 + 2);
    else yield String.fromCharCode(0xf600, unit - 0xe000 + 2);
  }
}

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function binary(value: Binary): string {
  const bytes = value.buffer.subarray(0, value.position);
  return mark.binary + float(bytes.length) + String.fromCharCode(value.sub_type) + latin(bytes);
}

/** Objects compare element by element: type, then name, then value. */
function object(value: Doc): string {
  let out = mark.object;
  for (const [name, inner] of Object.entries(value)) {
    const encoded = orderKey(inner);
    out += encoded[0] + text(name) + encoded.slice(1);
  }
  return out + mark.end;
}

function refuse(what: string): never {
  throw new MongoError('BadValue', `the embedded server does not compare values of type ${what}`);
}

/** Encodes a value so that comparing the strings compares the values. */
export function orderKey(value: unknown): string {
  switch (typeName(value)) {
    case 'string':
      return mark.string + text(value as string);
    case 'int':
    case 'double':
      return mark.number + float(Number(value)) + exact;
    case 'long':
      return mark.number + long(value as Long);
    case 'objectId':
      return mark.objectId + latin((value as ObjectId).id);
    case 'date':
      return mark.date + float((value as Date).getTime());
    case 'bool':
      return mark.bool + (value ? '\x01' : '\x00');
    case 'null':
    case 'undefined':
      return mark.null;
    case 'object':
      return isDoc(value) ? object(value) : refuse('DBRef');
    case 'array':
      return `${mark.array}${(value as unknown[]).map(orderKey).join('')}${mark.end}`;
    case 'binData':
      return binary(value as Binary);
    default:
      return rareKey(value);
  }
}

function rareKey(value: unknown): string {
  switch (typeName(value)) {
    case 'symbol':
      return mark.string + text((value as BSONSymbol).value);
    case 'regex':
      return mark.regex + text((value as BSONRegExp).pattern) + text((value as BSONRegExp).options);
    case 'timestamp':
      return mark.timestamp + float((value as Timestamp).t) + float((value as Timestamp).i);
    case 'javascript':
      return (value as Code).scope
        ? refuse('code with scope')
        : mark.code + text(String((value as Code).code));
    case 'minKey':
      return mark.minKey;
    case 'maxKey':
      return mark.maxKey;
    default:
      return refuse(typeName(value));
  }
}

/** The first unit of a value's encoding: values of one kind are comparable with `$lt` and its like. */
export const kindOf = (key: string): string => key[0] ?? mark.null;

/** Where the encodings that start with this unit end. */
export const afterKind = (kind: string): string => String.fromCharCode(kind.charCodeAt(0) + 1);

/** Turns an encoding around, so that it sorts descending. */
export function reversed(key: string): string {
  let out = '';
  for (let i = 0; i < key.length; i++) out += String.fromCharCode(0xffff - key.charCodeAt(i));
  return out;
}

export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const left = orderKey(a);
  const right = orderKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const sameValue = (a: unknown, b: unknown): boolean => a === b || orderKey(a) === orderKey(b);
