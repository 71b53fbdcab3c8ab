import type { z } from 'zod';
import { choiceCodeSchema, codeSchema, textSchema } from '../../domain/questions.ts';
import type { Text } from '../../text/text.ts';
import { Fields } from './fields.ts';
import { quote, type Source, type Spot } from './source.ts';

/** Reads a value of the file; undefined when it is refused, with the problem noted. */
export type Reader<T> = (source: Source, spot: Spot) => T | undefined;

/** A text in one language or a name: as written, accepted by a rule of the domain. */
export function words(schema: z.ZodType<string>, what: string): Reader<string> {
  return (source, spot) => {
    const result = schema.safeParse(source.written(spot));
    return result.success ? result.data : source.expected(spot, what);
  };
}

export const code: Reader<string> = words(codeSchema, 'a code of 1 to 32 of a-z, 0-9 and -');
export const choiceCode: Reader<string> = words(
  choiceCodeSchema,
  'a code of 1 to 32 of a-z, 0-9 and - other than done and skip',
);

/** A number within the domain's bounds. */
export function number(schema: z.ZodNumber, what = `a whole number from ${bounds(schema)}`): Reader<number> {
  return (source, spot) => {
    const result = schema.safeParse(source.scalar(spot));
    return result.success ? result.data : source.expected(spot, what);
  };
}

function bounds(schema: z.ZodNumber): string {
  return `${schema.minValue} to ${schema.maxValue}`;
}

export const yesNo: Reader<boolean> = (source, spot) => {
  const value = source.scalar(spot);
  return typeof value === 'boolean' ? value : source.expected(spot, 'true or false');
};

export function oneOf<const T extends string>(options: readonly T[]): Reader<T> {
  return (source, spot) => {
    const value = source.scalar(spot);
    return (
      options.find((option) => option === value) ?? source.expected(spot, `one of ${options.join(', ')}`)
    );
  };
}

const LANGUAGE_TEXT = `text of 1 to ${textSchema.shape.zh.maxLength} characters`;

/** A text in every language. */
export const text: Reader<Text> = (source, spot) => {
  const shape = 'a text in both languages such as { zh: 报名, en: Registration }';
  const fields = Fields.read(source, spot, ['zh', 'en'], shape);
  if (!fields) return undefined;
  const zh = fields.required('zh', words(textSchema.shape.zh, `a Chinese ${LANGUAGE_TEXT}`));
  const en = fields.required('en', words(textSchema.shape.en, `an English ${LANGUAGE_TEXT}`));
  return zh !== undefined && en !== undefined ? { zh, en } : undefined;
};

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What tells the entries of a list apart: the value of one key, or the entry itself when there is no key. */
export interface Identity<T> {
  readonly key?: string;
  /** Stands in where the key is left out. */
  readonly fallback?: (value: T) => string;
}

/** A list; when one entry is refused, so is the list. */
export function listOf<T>(
  read: Reader<T>,
  what: string,
  { min, max }: Bounds,
  identity: Identity<T> = {},
): Reader<T[]> {
  return (source, spot) => {
    const items = source.items(spot);
    if (!items) return source.expected(spot, `a list of ${what}`);
    if (items.length < min || items.length > max) {
      const range = min === 0 ? `at most ${max}` : `${min} to ${max}`;
      return source.refuse(spot, `expected ${range} ${what}, received ${items.length}`);
    }
    const entries = items.map((item) => ({ spot: item, value: read(source, item) }));
    refuseTwice(source, entries, identity);
    const values = entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
    return values.length === items.length ? values : undefined;
  };
}

function refuseTwice<T>(
  source: Source,
  items: readonly { readonly spot: Spot; readonly value: T | undefined }[],
  { key, fallback }: Identity<T>,
): void {
  const seen = new Set<string>();
  for (const { spot, value } of items) {
    const written = key === undefined ? spot : source.entries(spot)?.find((one) => one.key === key)?.spot;
    const derived = value !== undefined && fallback ? fallback(value) : undefined;
    const name = (written && source.written(written)) ?? derived;
    if (name === undefined) continue;
    if (seen.has(name))
      source.refuse(written ?? spot, `expected each only once, received ${quote(name)} a second time`);
    seen.add(name);
  }
}
