import type { Binary, ObjectId } from 'bson';
import { storedTypes } from './table.ts';
import { type Doc, typeName } from './values.ts';

/** What an index stores for an empty array, which has no element of its own. */
export const emptyArray = Symbol('empty array');
/** After everything that continues a prefix. */
export const endOfPrefix = '\uffff';

const marks = new Map(storedTypes.map((type, i) => [type, String.fromCharCode(i + 2)]));
const scratch = Buffer.alloc(8);

/** Eight latin letters that sort as the number does. */
export function numberKey(value: number): string {
  scratch.writeDoubleBE(value || 0);
  if ((scratch[0] as number) < 0x80) scratch[0] = (scratch[0] as number) | 0x80;
  else for (let i = 0; i < 8; i++) scratch[i] = ~(scratch[i] as number);
  return scratch.toString('latin1');
}

/** UTF-8 sorts surrogates after all other units; \0 ends a text, so the lowest units are escaped. */
function unitKey(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 9) return String.fromCharCode(1, code + 1);
  return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
}
const textKey = (text: string): string => `${text.replace(/[^\t-\ud7ff]/g, unitKey)}\0`;

/** Documents compare field by field: by type, then by name, then by value. */
function fieldKey([name, value]: [string, unknown]): string {
  const key = orderKey(value);
  return key[0] + textKey(name) + key.slice(1);
}

const encoders: Record<string, (value: never) => string> = {
  null: () => '',
  number: numberKey,
  string: textKey,
  object: (value: Doc) => `${Object.entries(value).map(fieldKey).join('')}\0`,
  array: (value: unknown[]) => `${value.map(orderKey).join('')}\0`,
  binData: ({ position, sub_type, buffer }: Binary) =>
    numberKey(position) + numberKey(sub_type) + Buffer.from(buffer.slice(0, position)).toString('latin1'),
  objectId: (value: ObjectId) => value.toHexString(),
  bool: (value: boolean) => (value ? '1' : '0'),
  date: (value: Date) => numberKey(value.getTime()),
};

/**
 * A value as a string whose `<` is MongoDB's order over all stored types, and which equal values alone share. It
 * serves comparison, equality, grouping and index keys. No key begins another, so that keys can be concatenated.
 */
export function orderKey(value: unknown): string {
  if (value === emptyArray) return '\x01';
  const type = typeName(value ?? null);
  const key = encoders[type]?.((value ?? null) as never);
  if (key !== undefined) return marks.get(type) + key;
  throw new Error(`expected a stored type, received ${type}`);
}

/** The key that sorts the other way round. */
export const reversed = (key: string): string =>
  Array.from({ length: key.length }, (_, i) => String.fromCharCode(0xffff - key.charCodeAt(i))).join('');

export const sameValue = (a: unknown, b: unknown): boolean => orderKey(a) === orderKey(b);
