import { BSONRegExp } from 'bson';
import { hasOperators } from './checks.ts';
import { MongoError } from './errors.ts';
import { splitPath } from './paths.ts';
import { cloneValue, type Doc, isDoc } from './values.ts';

/** The document that an upsert starts from: every value that the filter fixes by equality. */
export function upsertBase(filter: Doc): Doc {
  const base: Doc = {};
  collect(filter, base);
  return base;
}

function collect(filter: Doc, base: Doc): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || (name === '$or' && (condition as Doc[]).length === 1)) {
      for (const each of condition as Doc[]) collect(each, base);
    } else if (!name.startsWith('$')) {
      for (const value of fixedValues(condition)) place(base, name, value);
    }
  }
}

function fixedValues(condition: unknown): unknown[] {
  if (condition instanceof BSONRegExp) return [];
  if (!hasOperators(condition)) return [condition];
  const values = '$eq' in condition ? [condition.$eq] : [];
  for (const operator of ['$all', '$in']) {
    const list = condition[operator];
    if (Array.isArray(list) && list.length === 1 && !hasOperators(list[0])) values.push(list[0]);
  }
  return values;
}

function place(base: Doc, path: string, value: unknown): void {
  const parts = splitPath(path);
  let at = base;
  for (const part of parts.slice(0, -1)) {
    const inner = Object.hasOwn(at, part) ? at[part] : {};
    if (!isDoc(inner)) throw twice(path);
    at[part] = inner;
    at = inner;
  }
  const last = parts.at(-1) as string;
  if (Object.hasOwn(at, last)) throw twice(path);
  at[last] = cloneValue(value);
}

function twice(path: string): MongoError {
  return new MongoError('BadValue', `cannot infer query fields to set, path '${path}' is matched twice`);
}
