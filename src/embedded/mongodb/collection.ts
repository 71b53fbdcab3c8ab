import { refuse } from './errors.ts';
import { CollectionIndex, type Rec } from './indexes.ts';
import type { Journal } from './journal.ts';
import { limits } from './table.ts';
import { type Doc, decode } from './values.ts';

/** The documents of one collection and their indexes. Every change is checked first, then made in one piece. */
export class Collection {
  readonly records = new Map<number, Rec>();
  readonly indexes = new Map([['_id_', new CollectionIndex({ key: { _id: 1 }, name: '_id_' })]]);
  readonly id: number;
  readonly namespace: string;
  readonly #journal: Journal;
  #nextNo = 1;

  constructor(id: number, namespace: string, journal: Journal) {
    this.id = id;
    this.namespace = namespace;
    this.#journal = journal;
  }

  /** The keys of a document in every index, to be given to `replace` when it has been changed. */
  keysOf(doc: Doc): string[][] {
    return Array.from(this.indexes.values(), (index) => index.keys(doc));
  }

  /** Adds a document, which has a record number when it was stored before. */
  insert(doc: Doc, bytes: Uint8Array, stored?: number): void {
    const rec: Rec = { no: stored ?? this.#nextNo, bytes };
    this.#reindex(rec, [], doc, bytes);
    this.#nextNo = Math.max(this.#nextNo, rec.no + 1);
    this.records.set(rec.no, rec);
    if (stored === undefined) this.#journal.put(this.id, rec.no, bytes);
  }

  replace(rec: Rec, oldKeys: string[][], doc: Doc, bytes: Uint8Array): void {
    this.#reindex(rec, oldKeys, doc, bytes);
    rec.bytes = bytes;
    this.#journal.put(this.id, rec.no, bytes);
  }

  remove(rec: Rec, doc: Doc): void {
    for (const index of this.indexes.values()) index.change(index.keys(doc), [], rec);
    this.records.delete(rec.no);
    this.#journal.put(this.id, rec.no, null);
  }

  /** Builds an index over what is there; throws, leaving nothing behind, when the documents forbid it. */
  addIndex(index: CollectionIndex): void {
    for (const rec of this.records.values()) {
      const doc = decode(rec.bytes);
      const keys = index.keys(doc);
      index.checkUnique(keys, rec, doc, this.namespace);
      index.change([], keys, rec);
    }
    this.indexes.set(index.name, index);
  }

  #reindex(rec: Rec, oldKeys: string[][], doc: Doc, { length }: Uint8Array): void {
    const most = limits.documentBytes;
    if (length > most) refuse(10334, `BSONObj size: ${length} is invalid, expected 0 to ${most}`);
    const changes = Array.from(this.indexes.values(), (index, i) => {
      const [old = [], keys] = [oldKeys[i], index.keys(doc)];
      const added = keys.filter((key) => !old.includes(key));
      index.checkUnique(added, rec, doc, this.namespace);
      return { index, added, removed: old.filter((key) => !keys.includes(key)) };
    });
    for (const { index, added, removed } of changes) index.change(removed, added, rec);
  }
}
