import type { Collection } from './collection.ts';
import type { CollectionIndex } from './collection-index.ts';
import { keyPattern } from './collection-index.ts';
import { MongoError } from './errors.ts';
import { type KeyField, parsePattern, sortKeyOf } from './keys.ts';
import { compileFilter } from './match.ts';
import { makePlan, type Plan, scan } from './plan.ts';
import type { Rec } from './sorted.ts';
import { type Doc, decode, isDoc, show } from './values.ts';

/** A document that a query found; decoded only when the query had to look at it. */
export interface Found {
  rec: Rec;
  doc: Doc | undefined;
}

export interface Query {
  filter: Doc;
  sort?: Doc | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
  hint?: unknown;
}

export interface Selection {
  found: Found[];
  plan: Plan;
  /** How many documents were looked at. */
  examined: number;
}

export const docOf = (found: Found): Doc => found.doc ?? decode(found.rec.bytes);

export function parseSort(sort: Doc | undefined): KeyField[] {
  return parsePattern(sort ?? {}, (message) => {
    throw new MongoError('BadValue', `$sort key: the embedded server cannot sort by ${message}`);
  });
}

/** The index that a hint names, by name or by key pattern. */
function hinted(collection: Collection | undefined, hint: unknown): CollectionIndex[] {
  const indexes = [...(collection?.indexes.values() ?? [])];
  if (hint === undefined) return indexes;
  if (typeof hint !== 'string' && !isDoc(hint)) {
    throw new MongoError('FailedToParse', `Hint must be a string or an object, received ${show(hint)}`);
  }
  if (isDoc(hint) && Object.keys(hint)[0] === '$natural') {
    throw new MongoError('BadValue', 'the embedded server does not support the hint $natural');
  }
  const wanted = isDoc(hint) ? patternText(hint) : '';
  const found = indexes.filter(({ spec }) => spec.name === hint || patternText(keyPattern(spec)) === wanted);
  if (found.length === 0 && collection) {
    const message =
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index';
    throw new MongoError('BadValue', message);
  }
  return found;
}

const patternText = (pattern: Doc): string =>
  JSON.stringify(Object.entries(pattern).map(([path, n]) => [path, Number(n)]));

/** The records that a plan leads to, each once. */
export function* candidates(collection: Collection, plan: Plan): Generator<Rec> {
  if (!plan.index && !plan.branches) {
    yield* collection.records.values();
    return;
  }
  const seen = plan.index?.multikey === false ? undefined : new Set<number>();
  for (const rec of walk(collection, plan)) {
    if (seen?.has(rec.no)) continue;
    seen?.add(rec.no);
    yield rec;
  }
}

function* walk(collection: Collection, plan: Plan): Generator<Rec> {
  for (const branch of plan.branches ?? []) yield* candidates(collection, branch);
  if (!plan.index) return;
  for (const interval of plan.intervals) {
    yield* plan.reverse ? plan.index.entries.descending(interval) : plan.index.entries.ascending(interval);
  }
}

/** Finds documents. Everything is read before anything is returned, so the caller may change what was found. */
export function select(collection: Collection | undefined, query: Query): Selection {
  const accept = compileFilter(query.filter);
  const sort = parseSort(query.sort);
  const indexes = hinted(collection, query.hint);
  const plan = collection ? makePlan(indexes, query.filter, sort) : scan;
  const skip = query.skip ?? 0;
  const enough = sort.length > 0 && !plan.sorted ? Infinity : skip + (query.limit || Infinity);
  const all = Object.keys(query.filter).length === 0;
  let found: Found[] = [];
  let examined = 0;
  for (const rec of collection ? candidates(collection, plan) : []) {
    if (found.length >= enough) break;
    if (plan.exact || all) {
      found.push({ rec, doc: undefined });
      continue;
    }
    examined++;
    const doc = decode(rec.bytes);
    if (accept(doc)) found.push({ rec, doc });
  }
  if (sort.length > 0 && !plan.sorted) found = sorted(found, sort);
  const last = query.limit ? skip + query.limit : undefined;
  return { found: skip > 0 || last !== undefined ? found.slice(skip, last) : found, plan, examined };
}

function sorted(found: Found[], sort: KeyField[]): Found[] {
  const keyed = found.map((each) => {
    const doc = docOf(each);
    return { key: sortKeyOf(doc, sort), found: { rec: each.rec, doc } };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map((each) => each.found);
}
