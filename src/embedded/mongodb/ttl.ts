import type { Collection } from './collection.ts';
import type { CollectionIndex } from './collection-index.ts';
import type { Database } from './database.ts';
import { kindOf, orderKey, reversed } from './order.ts';
import type { Rec } from './sorted.ts';

/** Removes the documents whose date under a TTL index is over; gives their number. */
export function expireDocuments(database: Database, now: number): number {
  let removed = 0;
  for (const collection of database.all()) {
    for (const index of collection.indexes.values()) removed += expireBy(collection, index, now);
  }
  return removed;
}

function expireBy(collection: Collection, index: CollectionIndex, now: number): number {
  const { expireAfterSeconds, fields } = index.spec;
  if (expireAfterSeconds === undefined || index.spec.name === '_id_') return 0;
  const last = orderKey(new Date(now - expireAfterSeconds * 1000));
  const ascending = fields[0]?.direction === 1;
  const from = ascending ? kindOf(last) : reversed(last);
  const to = ascending ? `${last}\uffff` : String.fromCharCode(reversed(kindOf(last)).charCodeAt(0) + 1);
  const over = new Set<Rec>(index.entries.ascending({ from, to }));
  for (const rec of over) collection.remove(rec);
  return over.size;
}
