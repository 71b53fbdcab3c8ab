import { deserialize, serialize } from 'bson';

/** A decoded BSON document. Numbers stay Int32, Double, Long or Decimal128, so a rewrite changes no type. */
export interface Doc {
  [field: string]: unknown;
}

/** What a path finds where no field is. */
export const missing = Symbol('missing');

const decodeOptions = { promoteValues: false, bsonRegExp: true } as const;

export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, decodeOptions);
export const encode = (doc: Doc): Uint8Array => serialize(doc, { ignoreUndefined: true });

/** The BSON class name of a value that plain JavaScript has no type for, else undefined. */
export function bsonType(value: object): string | undefined {
  if (!('_bsontype' in value) || Object.hasOwn(value, '_bsontype')) return undefined;
  return String(value._bsontype);
}

export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || value instanceof Date) return false;
  return bsonType(value) === undefined;
}

const typeCodes = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

export type TypeName = keyof typeof typeCodes;

const classTypes: Record<string, TypeName> = {
  Int32: 'int',
  Double: 'double',
  Long: 'long',
  Decimal128: 'decimal',
  ObjectId: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  Timestamp: 'timestamp',
  BSONSymbol: 'symbol',
  Code: 'javascript',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  DBRef: 'object',
};

/** The BSON type of a value, by the name that `$type` uses. */
export function typeName(value: unknown): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value !== 'object') return 'undefined';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return classTypes[bsonType(value) ?? ''] ?? 'object';
}

/** The type names that an operand of `$type` stands for; undefined when MongoDB knows no such type. */
export function typesNamed(operand: unknown): TypeName[] | undefined {
  const numbers: TypeName[] = ['int', 'long', 'double', 'decimal'];
  if (operand === 'number') return numbers;
  if (typeof operand === 'string')
    return Object.hasOwn(typeCodes, operand) ? [operand as TypeName] : undefined;
  const code = toNumber(operand);
  const found = Object.entries(typeCodes).find(([, known]) => known === code);
  return found && [found[0] as TypeName];
}

const numericTypes = new Set<TypeName>(['int', 'long', 'double', 'decimal']);
export const isNumeric = (value: unknown): boolean => numericTypes.has(typeName(value));

/** The JavaScript number of an Int32, Double, Long or plain number; undefined for everything else. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const type = typeName(value);
  if (type !== 'int' && type !== 'double' && type !== 'long') return undefined;
  return Number(value);
}

/** MongoDB's truth: everything but false, zero, null and missing. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return toNumber(value) !== 0;
}

/** Copies the containers of a value; the leaves are immutable and shared. */
export function cloneValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneValue) as T;
  if (!isDoc(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cloneValue(inner)])) as T;
}

/** Reads a plain path without stepping into arrays. */
export function getPlain(doc: Doc, path: string): unknown {
  let value: unknown = doc;
  for (const part of path.split('.')) {
    if (!isDoc(value) || !Object.hasOwn(value, part)) return missing;
    value = value[part];
  }
  return value;
}

/** Writes a value in a log line or error message the way MongoDB's shell would. */
export function show(value: unknown): string {
  if (value === missing || value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (isDoc(value))
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${show(inner)}`)
      .join(', ')} }`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  const text = typeName(value) === 'objectId' ? `ObjectId('${String(value)}')` : String(value);
  return text;
}
