import type { Cursors } from '../cursors.ts';
import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { type Doc, decode, isDoc, show, toNumber, typeName } from '../values.ts';

/** What a command works on. */
export interface Context {
  database: Database;
  cursors: Cursors;
  now: () => number;
  connection: number;
  sequences: Map<string, Uint8Array[]>;
}

/** Runs one command and gives its reply, or the reply's encoded bytes. Never awaits: that makes it atomic. */
export type Handler = (body: Doc, context: Context) => Doc | Uint8Array;

/** The namespace that a command's first field names. */
export function namespaceOf(body: Doc, field = Object.keys(body)[0] as string): string {
  const name = body[field];
  if (typeof name !== 'string') {
    throw new MongoError(
      'InvalidNamespace',
      `'${field}' must name a collection, received type ${typeName(name)}`,
    );
  }
  return `${databaseOf(body)}.${name}`;
}

export function databaseOf(body: Doc): string {
  if (typeof body.$db === 'string' && body.$db !== '') return body.$db;
  throw new MongoError('InvalidNamespace', `'$db' must name a database, received ${show(body.$db)}`);
}

export function docOption(body: Doc, name: string): Doc | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isDoc(value)) return value;
  throw new MongoError('TypeMismatch', `'${name}' must be an object, received type ${typeName(value)}`);
}

export function wholeOption(body: Doc, name: string, least = 0): number | undefined {
  if (body[name] === undefined) return undefined;
  const value = toNumber(body[name]);
  if (value === undefined) {
    throw new MongoError('TypeMismatch', `'${name}' must be a number, received type ${typeName(body[name])}`);
  }
  if (value >= least && Number.isSafeInteger(value)) return value;
  throw new MongoError(
    'BadValue',
    `'${name}' must be a whole number of at least ${least}, received ${show(body[name])}`,
  );
}

export function flagOption(body: Doc, name: string): boolean {
  const value = body[name];
  if (value === undefined || typeof value === 'boolean') return value === true;
  if (toNumber(value) !== undefined) return toNumber(value) !== 0;
  throw new MongoError('TypeMismatch', `'${name}' must be a boolean, received type ${typeName(value)}`);
}

/** The documents of an array that came in the body or as a sequence beside it. */
export function docsOption(body: Doc, context: Context, name: string): Doc[] {
  const sequence = context.sequences.get(name);
  if (sequence) return sequence.map(decodeDocument);
  const values = body[name];
  if (!Array.isArray(values) || !values.every(isDoc)) {
    throw new MongoError(
      'TypeMismatch',
      `'${name}' must be an array of objects, received ${typeName(values)}`,
    );
  }
  return values;
}

export function decodeDocument(bytes: Uint8Array): Doc {
  try {
    return decode(bytes);
  } catch (error) {
    throw new MongoError('BadValue', `a document is not valid BSON: ${(error as Error).message}`);
  }
}

/** Refuses fields that an entry may not have. */
export function checkFields(entry: Doc, allowed: readonly string[], where: string): void {
  const unknown = Object.keys(entry).find((name) => !allowed.includes(name));
  if (unknown) throw new MongoError('UnknownField', `BSON field '${where}.${unknown}' is an unknown field.`);
}
