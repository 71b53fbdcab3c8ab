import { refuse } from './errors.ts';
import { emptyArray, orderKey, reversed } from './order.ts';
import { type Doc, isDoc, show } from './values.ts';

/** One field of an index or sort pattern. */
export interface KeyField {
  path: string;
  parts: string[];
  direction: 1 | -1;
}

/** Splits a path; empty names, `$` names and array positions are refused. */
export function splitPath(path: string, code: number): string[] {
  const parts = path.split('.');
  const wrong = parts.find((part) => /^(\$.*|__proto__|\d*)$/s.test(part));
  return wrong === undefined
    ? parts
    : refuse(code, `the embedded server refuses '${wrong}' in the path '${path}'`);
}

/**
 * Collects what stands at a path, opening arrays on the way and at its end, and says whether it met any. An index
 * also has an entry for elements and arrays that the path does not lead into; a query does not look at these.
 */
export function collect(
  value: unknown,
  parts: string[],
  at: number,
  index: boolean,
  out: unknown[],
): boolean {
  const atEnd = at === parts.length;
  if (!Array.isArray(value)) {
    if (!atEnd && isDoc(value)) return collect(value[parts[at] as string] ?? null, parts, at + 1, index, out);
    out.push(atEnd ? value : null);
    return false;
  }
  for (const element of value) {
    if (atEnd) out.push(element);
    else if (isDoc(element)) collect(element, parts, at, index, out);
    else if (index) out.push(null);
  }
  if (index && value.length === 0) out.push(atEnd ? emptyArray : null);
  return true;
}

/** Whether a path leads to a value, null included. */
export function isPresent(value: unknown, parts: string[], at = 0): boolean {
  if (at === parts.length) return true;
  if (Array.isArray(value)) return value.some((each) => isDoc(each) && isPresent(each, parts, at));
  const part = parts[at] as string;
  return isDoc(value) && Object.hasOwn(value, part) && isPresent(value[part], parts, at + 1);
}

/** Reads a sort or index pattern such as `{a: 1, 'b.c': -1}`. */
export function parsePattern(pattern: Doc, code: number): KeyField[] {
  const fields = Object.entries(pattern).map(([path, direction]): KeyField => {
    if (direction === 1 || direction === -1) return { path, parts: splitPath(path, code), direction };
    return refuse(code, `the embedded server orders '${path}' by 1 or -1, received ${show(direction)}`);
  });
  if (new Set(fields.map(({ parts }) => parts[0])).size === fields.length) return fields;
  return refuse(code, `the embedded server orders by one path of a field, received ${show(pattern)}`);
}

export const keyPart = (value: unknown, { direction }: KeyField): string =>
  direction === 1 ? orderKey(value) : reversed(orderKey(value));

/** The distinct keys of a document under a pattern: several when one field, but no other, is an array. */
export function keysOf(
  doc: Doc,
  fields: KeyField[],
  parallel: number,
): { keys: string[]; multikey: boolean } {
  let keys = [''];
  let multikey = false;
  for (const field of fields) {
    const values: unknown[] = [];
    const isArray = collect(doc, field.parts, 0, true, values);
    if (isArray && multikey) refuse(parallel, `cannot index or sort by parallel arrays, see '${field.path}'`);
    multikey ||= isArray;
    const parts = values.map((value) => keyPart(value, field));
    keys = isArray
      ? keys.flatMap((key) => parts.map((part) => key + part))
      : keys.map((key) => key + parts[0]);
  }
  return { keys: multikey ? [...new Set(keys)] : keys, multikey };
}
