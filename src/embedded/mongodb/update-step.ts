import { MongoError } from './errors.ts';
import { arrayIndex } from './paths.ts';
import { type Doc, isDoc, missing, show } from './values.ts';

/** Turns the value at a path into its new one; `missing` means that no field is there, or shall be there. */
export type Change = (current: unknown, where: Where) => unknown;
/** What an error message says about the place. */
export interface Where {
  path: string;
  doc: Doc;
}

/** One operator's change at one path. */
export interface Step {
  path: string;
  parts: string[];
  change: Change;
  onInsertOnly: boolean;
  /** Where the path is not: make it, leave all as it is, or leave it but refuse a path that could never be. */
  absent: 'create' | 'ignore' | 'check';
}

/** Makes one change in a document that the caller owns. */
export function changeAt(doc: Doc, step: Step): void {
  const { parts, absent } = step;
  let holder: Doc | unknown[] = doc;
  for (let i = 0; i < parts.length - 1; i++) {
    const part = parts[i] as string;
    if (absent !== 'ignore') checkViable(holder, part, parts[i - 1]);
    const inner = child(holder, part);
    if (isDoc(inner) || Array.isArray(inner)) {
      holder = inner;
      continue;
    }
    if (inner !== missing && absent !== 'ignore') throw notViable(parts[i + 1] as string, part, inner);
    if (absent === 'create')
      put(holder, part, below(parts.slice(i + 1), step.change(missing, { path: step.path, doc })));
    return;
  }
  const last = parts.at(-1) as string;
  if (absent !== 'ignore') checkViable(holder, last, parts.at(-2));
  const now = child(holder, last);
  if (now === missing && absent !== 'create') return;
  const value = step.change(now, { path: step.path, doc });
  if (value !== missing) put(holder, last, value);
  else if (Array.isArray(holder)) holder[Number(last)] = null;
  else delete holder[last];
}

/** A value inside new documents along a path. */
const below = (rest: string[], value: unknown): unknown =>
  rest.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);

function checkViable(holder: Doc | unknown[], part: string, name = ''): void {
  if (Array.isArray(holder) && arrayIndex(part) === undefined) throw notViable(part, name, holder);
}

function child(holder: Doc | unknown[], part: string): unknown {
  if (!Array.isArray(holder)) return Object.hasOwn(holder, part) ? holder[part] : missing;
  const index = arrayIndex(part);
  return index !== undefined && index < holder.length ? holder[index] : missing;
}

function put(holder: Doc | unknown[], part: string, value: unknown): void {
  if (!Array.isArray(holder)) {
    holder[part] = value;
    return;
  }
  const index = Number(part);
  if (index > holder.length + 1_500_000)
    throw new MongoError('BadValue', "can't backfill more than 1500000 elements");
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function notViable(part: string, name: string, value: unknown): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${name}: ${show(value)}}`,
  );
}
