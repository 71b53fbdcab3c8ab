import sortedTree from 'sorted-btree';
import { MongoError, refuse } from './errors.ts';
import { type Condition, compile, conditionsOf } from './filter.ts';
import { emptyArray, numberKey, sameValue } from './order.ts';
import { collect, type KeyField, keyPart, keysOf, parsePattern } from './paths.ts';
import { partialOperators } from './table.ts';
import { type Doc, show } from './values.ts';

// A CommonJS package: some loaders give the class itself as its default.
const BTree = sortedTree.default ?? sortedTree;

/** A stored document: its number gives the natural order, its bytes are the only copy in memory. */
export interface Rec {
  readonly no: number;
  bytes: Uint8Array;
}

/** One index of one collection: its declaration, and its entries in the order of their keys. */
export class CollectionIndex {
  /** As `listIndexes` shows it and the catalog keeps it. */
  readonly declared: Doc;
  readonly name: string;
  readonly fields: KeyField[];
  readonly unique: boolean;
  readonly partial: Condition[];
  /** Whether any document ever had an array under an indexed path; such an index answers fewer questions. */
  multikey = false;
  readonly #entries = new BTree<string, Rec>(undefined, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
  readonly #covers: (doc: Doc) => boolean;

  /** Reads an entry of `createIndexes`; what this server does not index is refused. */
  constructor({ key, name, unique, partialFilterExpression, expireAfterSeconds }: Doc) {
    this.fields = parsePattern((key ?? {}) as Doc, 67);
    const { length } = this.fields;
    if (length === 0) refuse(67, 'Index keys cannot be an empty object');
    if (length > 1 && expireAfterSeconds !== undefined) refuse(67, 'TTL indexes are single-field indexes');
    if (!name) refuse(9, 'an index needs a name');
    this.partial = conditionsOf((partialFilterExpression ?? {}) as Doc);
    for (const { operator, operand } of this.partial) {
      if (partialOperators.includes(operator) && (operator !== '$exists' || operand)) continue;
      refuse(67, `Expression not supported in partial index: ${operator}`);
    }
    this.name = name as string;
    this.unique = Boolean(unique) || name === '_id_';
    const rules = { unique: unique ? true : undefined, partialFilterExpression, expireAfterSeconds };
    const given = Object.entries(rules).filter(([, value]) => value !== undefined);
    this.declared = { v: 2, key, name, ...Object.fromEntries(given) };
    this.#covers = this.partial.length > 0 ? compile(this.partial) : () => true;
  }

  /** Whether this index is there already; the same name or key with another meaning is refused. */
  isAmong(known: Iterable<CollectionIndex>): boolean {
    const meaning = ({ declared }: CollectionIndex): unknown[] => [
      declared.key,
      declared.partialFilterExpression,
    ];
    for (const other of known) {
      const same = sameValue(meaning(this), meaning(other));
      if (sameValue(this.declared, other.declared) || (same && other.name === '_id_')) return true;
      if (!same && this.name !== other.name) continue;
      refuse(
        same ? 85 : 86,
        `requested index ${show(this.declared)}, existing index ${show(other.declared)}`,
      );
    }
    return false;
  }

  /** The keys that this document has here; none when the index is partial and leaves it out. */
  keys(doc: Doc): string[] {
    if (!this.#covers(doc)) return [];
    const { keys, multikey } = keysOf(doc, this.fields, 171);
    this.multikey ||= multikey;
    return keys;
  }

  /** Refuses keys that another document holds, when this index is unique. */
  checkUnique(keys: string[], rec: Rec, doc: Doc, namespace: string): void {
    for (const key of this.unique ? keys : []) {
      const next = this.#entries.getPairOrNextHigher(key);
      if (!next?.[0].startsWith(key) || next[1] === rec) continue;
      const keyValue = this.#valuesOf(key, doc);
      const where = `collection: ${namespace} index: ${this.name} dup key: ${show(keyValue)}`;
      throw new MongoError(11000, `E11000 duplicate key error ${where}`, {
        keyPattern: this.declared.key,
        keyValue,
      });
    }
  }

  /** The values of a document that made this key. */
  #valuesOf(key: string, doc: Doc): Doc {
    let rest = key;
    const entries = this.fields.map((field) => {
      const values: unknown[] = [];
      collect(doc, field.parts, 0, true, values);
      const value = values.find((each) => rest.startsWith(keyPart(each, field)));
      rest = rest.slice(keyPart(value, field).length);
      return [field.path, value === emptyArray ? null : value];
    });
    return Object.fromEntries(entries);
  }

  change(removed: string[], added: string[], rec: Rec): void {
    for (const key of removed) this.#entries.delete(key + numberKey(rec.no));
    for (const key of added) this.#entries.set(key + numberKey(rec.no), rec);
  }

  /** The entries of a prefix within a range, by what follows the prefix, in the index's order or the reverse. */
  *entries(prefix: string, range: { from: string; to: string }, reverse: boolean): Generator<[string, Rec]> {
    const [from, to] = [prefix + range.from, prefix + range.to];
    for (const [key, rec] of reverse ? this.#entries.entriesReversed(to) : this.#entries.entries(from)) {
      if (reverse ? key < from : key >= to) return;
      yield [key.slice(prefix.length), rec];
    }
  }
}
