import { MongoError } from './errors.ts';
import { emptyArrayKey, orderKey, reversed } from './order.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { type Doc, isDoc } from './values.ts';

/** One field of an index or sort pattern. */
export interface KeyField {
  path: string;
  direction: 1 | -1;
}

/** The keys of one document under a pattern: several when it holds an array. */
export interface KeySet {
  keys: string[];
  multikey: boolean;
}

const emptyArray = Symbol('empty array');

interface Cursor {
  value: unknown;
  rest: string[];
}

/** Walks down to the value or to the first array on the way. */
function descend({ value, rest }: Cursor): Cursor {
  let at = value;
  for (let i = 0; i < rest.length; i++) {
    const part = rest[i] as string;
    const index = Array.isArray(at) ? arrayIndex(part) : undefined;
    if (Array.isArray(at) && index !== undefined) at = at[index];
    else if (Array.isArray(at)) return { value: at, rest: rest.slice(i) };
    else if (isDoc(at) && Object.hasOwn(at, part)) at = at[part];
    else return { value: null, rest: [] };
  }
  return { value: at, rest: [] };
}

/** Expands cursors over the one array that they may share into tuples of values. */
function expand(cursors: Cursor[]): { tuples: unknown[][]; multikey: boolean } {
  const reached = cursors.map(descend);
  const array = reached.find((cursor) => Array.isArray(cursor.value))?.value as unknown[] | undefined;
  if (!array) return { tuples: [reached.map((cursor) => cursor.value)], multikey: false };
  if (reached.some(({ value }) => Array.isArray(value) && value !== array)) {
    throw new MongoError('CannotIndexParallelArrays', 'cannot index parallel arrays');
  }
  const elements = array.length > 0 ? array : [emptyArray];
  const tuples = elements.flatMap((element) => elementTuples(reached, array, element));
  return { tuples, multikey: true };
}

function elementTuples(reached: Cursor[], array: unknown[], element: unknown): unknown[][] {
  const leaf = (cursor: Cursor): boolean => cursor.value !== array || cursor.rest.length === 0;
  const inner = reached.filter((cursor) => !leaf(cursor));
  const below =
    inner.length === 0 ? { tuples: [[]] } : expand(inner.map(({ rest }) => insideElement(element, rest)));
  return below.tuples.map((values) => {
    let next = 0;
    return reached.map((cursor) => {
      if (!leaf(cursor)) return values[next++];
      return cursor.value === array ? element : cursor.value;
    });
  });
}

/** An array directly inside an array is not opened. */
function insideElement(element: unknown, rest: string[]): Cursor {
  return isDoc(element) ? { value: element, rest } : { value: null, rest: [] };
}

/** The values of every key of a document, in the order of the pattern. */
export function keyTuples(doc: Doc, fields: KeyField[]): { tuples: unknown[][]; multikey: boolean } {
  return expand(fields.map(({ path }) => ({ value: doc, rest: splitPath(path) })));
}

export function encodeTuple(tuple: unknown[], fields: KeyField[]): string {
  let key = '';
  for (let i = 0; i < tuple.length; i++) {
    const value = tuple[i];
    const part = value === emptyArray ? emptyArrayKey : orderKey(value);
    key += fields[i]?.direction === -1 ? reversed(part) : part;
  }
  return key;
}

/** The distinct index keys of a document. */
export function keysOf(doc: Doc, fields: KeyField[]): KeySet {
  const { tuples, multikey } = keyTuples(doc, fields);
  const keys = tuples.map((tuple) => encodeTuple(tuple, fields));
  return { keys: multikey ? [...new Set(keys)] : keys, multikey };
}

/** What a document sorts by: of several keys the one that comes first. */
export function sortKeyOf(doc: Doc, fields: KeyField[]): string {
  const { keys } = keysOf(doc, fields);
  return (keys.length > 1 ? keys.sort()[0] : keys[0]) as string;
}

/** Reads a sort or index pattern such as `{a: 1, 'b.c': -1}`. */
export function parsePattern(pattern: Doc, refuse: (message: string) => never): KeyField[] {
  return Object.entries(pattern).map(([path, order]) => {
    const direction = Number(order);
    if (path === '' || path.split('.').includes('')) refuse(`an empty field name in '${path}'`);
    if (path.startsWith('$')) refuse(`a field name that starts with '$': '${path}'`);
    if (direction !== 1 && direction !== -1) refuse(`'${path}' must be 1 or -1, received ${String(order)}`);
    return { path, direction: direction as 1 | -1 };
  });
}
