import { CollectionIndex, type IndexSpec } from './collection-index.ts';
import { MongoError } from './errors.ts';
import type { Journal } from './journal.ts';
import { orderKey } from './order.ts';
import type { Rec } from './sorted.ts';
import { limits } from './table.ts';
import { type Doc, decode } from './values.ts';

const idIndex: IndexSpec = {
  name: '_id_',
  fields: [{ path: '_id', direction: 1 }],
  unique: true,
  sparse: false,
};

/** The documents of one collection and their indexes. Every change is checked first, then made in one piece. */
export class Collection {
  readonly records = new Map<number, Rec>();
  readonly indexes = new Map<string, CollectionIndex>([['_id_', new CollectionIndex(idIndex)]]);
  readonly id: number;
  readonly namespace: string;
  readonly #journal: Journal;
  #nextNo = 1;

  constructor(id: number, namespace: string, journal: Journal) {
    this.id = id;
    this.namespace = namespace;
    this.#journal = journal;
  }

  /** Takes a row that was stored before; its index entries are made by `buildAll`. */
  restore(no: number, bytes: Uint8Array): void {
    this.records.set(no, { no, bytes });
    this.#nextNo = Math.max(this.#nextNo, no + 1);
  }

  /** Adds a document, or throws what makes it impossible. */
  insert(doc: Doc, bytes: Uint8Array): void {
    checkSize(bytes);
    const rec: Rec = { no: this.#nextNo, bytes };
    const changes = this.#keyChanges(rec, undefined, doc);
    this.#nextNo++;
    this.records.set(rec.no, rec);
    for (const { index, added } of changes) index.add(added, rec);
    this.#journal.put(this.id, rec.no, bytes);
  }

  /** Changes a document; `touched` names the only top-level fields that may differ. */
  replace(rec: Rec, before: Doc, after: Doc, bytes: Uint8Array, touched?: Set<string>): void {
    checkSize(bytes);
    const changes = this.#keyChanges(rec, before, after, touched);
    for (const { index, removed } of changes) index.remove(removed, rec);
    for (const { index, added } of changes) index.add(added, rec);
    rec.bytes = bytes;
    this.#journal.put(this.id, rec.no, bytes);
  }

  remove(rec: Rec): void {
    const doc = decode(rec.bytes);
    for (const index of this.indexes.values()) index.remove(index.keys(doc), rec);
    this.records.delete(rec.no);
    this.#journal.put(this.id, rec.no, null);
  }

  /** The document with this _id. */
  byId(id: unknown): Rec | undefined {
    return this.indexes.get('_id_')?.entries.first(orderKey(id));
  }

  /** Builds an index over what is there; throws, leaving nothing behind, when the documents forbid it. */
  addIndex(spec: IndexSpec): CollectionIndex {
    const index = new CollectionIndex(spec);
    this.#build([index]);
    this.indexes.set(spec.name, index);
    return index;
  }

  /** Builds the entries of every index, for documents that came by `restore`. */
  buildAll(): void {
    this.#build([...this.indexes.values()]);
  }

  #build(indexes: CollectionIndex[]): void {
    const loads = indexes.map((index) => ({ index, entries: [] as { key: string; rec: Rec }[] }));
    for (const rec of this.records.values()) {
      const doc = this.#decodeStored(rec);
      for (const { index, entries } of loads) for (const key of index.keys(doc)) entries.push({ key, rec });
    }
    for (const { index, entries } of loads) {
      index.entries.load(entries);
      const again = entries.find((entry, i) => index.spec.unique && entries[i + 1]?.key === entry.key);
      if (again) throw index.duplicate(this.namespace, decode(again.rec.bytes), again.key);
    }
  }

  #decodeStored(rec: Rec): Doc {
    try {
      return decode(rec.bytes);
    } catch (error) {
      throw new Error(
        `document ${rec.no} of ${this.namespace} is damaged on disk: put a backup in its place`,
        {
          cause: error,
        },
      );
    }
  }

  #keyChanges(rec: Rec, before: Doc | undefined, after: Doc, touched?: Set<string>): KeyChange[] {
    const changes: KeyChange[] = [];
    for (const index of this.indexes.values()) {
      if (touched && ![...touched].some((root) => index.roots.has(root))) continue;
      const old = before ? index.keys(before) : [];
      const keys = index.keys(after);
      const added = keys.filter((key) => !old.includes(key));
      const conflict = index.conflict(added, before && rec);
      if (conflict !== undefined) throw index.duplicate(this.namespace, after, conflict);
      changes.push({ index, removed: old.filter((key) => !keys.includes(key)), added });
    }
    return changes;
  }
}

interface KeyChange {
  index: CollectionIndex;
  removed: string[];
  added: string[];
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length <= limits.documentBytes) return;
  throw new MongoError(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${limits.documentBytes}(16MB)`,
  );
}
