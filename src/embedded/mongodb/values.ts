import { deserialize, serialize } from 'bson';
import { refuse } from './errors.ts';
import { storedTypes } from './table.ts';

/** A decoded BSON document. */
export interface Doc {
  [field: string]: unknown;
}

export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, { bsonRegExp: true });
export const encode = (doc: Doc): Uint8Array => serialize(doc, { ignoreUndefined: true });

/** The BSON type of a value, as MongoDB names it; what this server does not handle keeps its own name. */
export function typeName(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : String(value);
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (!('_bsontype' in value) || Object.hasOwn(value, '_bsontype')) return 'object';
  const name = String(value._bsontype);
  return name === 'ObjectId' ? 'objectId' : name === 'Binary' ? 'binData' : name;
}

export const isDoc = (value: unknown): value is Doc => typeName(value) === 'object';

/** Refuses a value that holds anything beyond the types of the table. */
export function checkStorable(value: unknown, name: string): void {
  const type = typeName(value);
  const wrong = name === '__proto__' || name === '_bsontype' || !storedTypes.includes(type);
  if (wrong) refuse(2, `the embedded server stores ${storedTypes.join(', ')}, received ${type} in '${name}'`);
  if (type !== 'object' && type !== 'array') return;
  for (const inner in value as Doc) checkStorable((value as Doc)[inner], inner);
}

/** Writes a value in an error message the way MongoDB's shell would. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (!isDoc(value)) return JSON.stringify(value) ?? String(value);
  const fields = Object.entries(value).map(([name, each]) => `${name}: ${show(each)}`);
  return `{ ${fields.join(', ')} }`;
}
