import type { Collection } from './collection.ts';
import { refuse } from './errors.ts';
import { compile, conditionsOf } from './filter.ts';
import type { Rec } from './indexes.ts';
import { type KeyField, keysOf, parsePattern } from './paths.ts';
import { makePlan, type Plan, recordsOf } from './plan.ts';
import { type Doc, decode, show } from './values.ts';

/** A document that a query found; decoded only when the query had to look at it. */
export type Found = { rec: Rec; doc: Doc | undefined };
export const docOf = ({ rec, doc }: Found): Doc => doc ?? decode(rec.bytes);

/** What a query asks for; a limit of 0 is none. */
export type Query = { filter: Doc; sort?: Doc | undefined; limit?: number | undefined };
export type Selection = { found: Found[]; plan: Plan; examined: number; sorts: boolean };

/** Finds documents, and says how. All are read before any is returned, so the caller may change what was found. */
export function select(
  collection: Collection | undefined,
  { filter, sort = {}, limit = 0 }: Query,
): Selection {
  const fields = parsePattern(sort, 2);
  const plan = makePlan([...(collection?.indexes.values() ?? [])], conditionsOf(filter), fields);
  const accept = plan.rest.length > 0 ? compile(plan.rest) : undefined;
  const inOrder = plan.ordered || fields.length === 0;
  const enough = (inOrder && limit) || Infinity;
  const found: Found[] = [];
  let examined = 0;
  for (const rec of plan.index ? recordsOf(plan.index, plan) : (collection?.records.values() ?? [])) {
    examined++;
    const doc = accept && decode(rec.bytes);
    if (!doc || accept(doc)) found.push({ rec, doc });
    if (found.length >= enough) break;
  }
  const all = inOrder ? found : sorted(found, fields);
  return { found: limit ? all.slice(0, limit) : all, plan, examined, sorts: !inOrder };
}

/** Sorts by the keys of an index over these fields; of several keys of a document the first one counts. */
function sorted(found: Found[], fields: KeyField[]): Found[] {
  const keyed = found.map(({ rec, doc = decode(rec.bytes) }) => {
    const { keys } = keysOf(doc, fields, 2);
    return { key: keys.reduce((first, key) => (key < first ? key : first)), rec, doc };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Reads a projection: top-level fields to keep, with the _id unless it says otherwise. */
export function compileProjection(spec: Doc = {}): ((doc: Doc) => Doc) | undefined {
  const { _id: keepId = 1, ...fields } = spec;
  if (Object.keys(spec).length === 0) return undefined;
  const plain = Object.entries(fields).every(
    ([name, keep]) => /^[^.$]+$/.test(name) && (keep === 1 || keep === true),
  );
  const kept = new Set([...Object.keys(fields), ...(keepId ? ['_id'] : [])]);
  if (!plain || kept.size === 0 || ![0, 1, false, true].includes(keepId as 0))
    refuse(2, `the embedded server projects top-level fields by 1, received ${show(spec)}`);
  return (doc) => Object.fromEntries(Object.entries(doc).filter(([name]) => kept.has(name)));
}
