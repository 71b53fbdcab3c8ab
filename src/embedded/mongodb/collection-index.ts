import { MongoError } from './errors.ts';
import { encodeTuple, type KeyField, keysOf, keyTuples } from './keys.ts';
import { compileFilter, type Predicate } from './match.ts';
import { anyValue, splitPath } from './paths.ts';
import { type Rec, SortedEntries } from './sorted.ts';
import { type Doc, missing, show } from './values.ts';

/** An index as it is declared and stored in the catalog. */
export interface IndexSpec {
  name: string;
  fields: KeyField[];
  unique: boolean;
  sparse: boolean;
  partial?: Doc;
  expireAfterSeconds?: number;
}

/** How `listIndexes` and the catalog write an index. */
export function describeIndex(spec: IndexSpec): Doc {
  return {
    v: 2,
    key: keyPattern(spec),
    name: spec.name,
    ...(spec.unique && spec.name !== '_id_' ? { unique: true } : {}),
    ...(spec.sparse ? { sparse: true } : {}),
    ...(spec.partial ? { partialFilterExpression: spec.partial } : {}),
    ...(spec.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: spec.expireAfterSeconds }),
  };
}

export const keyPattern = (spec: IndexSpec): Doc =>
  Object.fromEntries(spec.fields.map(({ path, direction }) => [path, direction]));

/** One index of one collection: its entries, and the rules that decide which documents have entries. */
export class CollectionIndex {
  readonly entries = new SortedEntries();
  /** Whether any document ever had an array under an indexed path; such an index answers fewer questions. */
  multikey = false;
  readonly spec: IndexSpec;
  readonly #partial: Predicate | undefined;
  /** First components of every path that decides this index's keys. */
  readonly roots: Set<string>;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.#partial = spec.partial && compileFilter(spec.partial);
    const paths = [...spec.fields.map(({ path }) => path), ...rootsOf(spec.partial ?? {})];
    this.roots = new Set(paths.map((path) => splitPath(path)[0] as string));
  }

  /** The keys that this document has here; none when the index is sparse or partial and leaves it out. */
  keys(doc: Doc): string[] {
    if (this.#partial && !this.#partial(doc)) return [];
    if (this.spec.sparse && !this.spec.fields.some(({ path }) => isPresent(doc, path))) return [];
    const { keys, multikey } = keysOf(doc, this.spec.fields);
    if (multikey) this.multikey = true;
    return keys;
  }

  /** The key that another document already holds, when this index is unique. */
  conflict(keys: string[], own: Rec | undefined): string | undefined {
    if (!this.spec.unique) return undefined;
    return keys.find((key) => {
      const holder = this.entries.first(key);
      return holder !== undefined && holder !== own;
    });
  }

  add(keys: string[], rec: Rec): void {
    for (const key of keys) this.entries.insert(key, rec);
  }

  remove(keys: string[], rec: Rec): void {
    for (const key of keys) this.entries.remove(key, rec);
  }

  /** The error that MongoDB answers when `doc` would repeat `key`. */
  duplicate(namespace: string, doc: Doc, key: string): MongoError {
    const { tuples } = keyTuples(doc, this.spec.fields);
    const tuple = tuples.find((each) => encodeTuple(each, this.spec.fields) === key) ?? [];
    const entries = this.spec.fields.map(({ path }, i): [string, unknown] => [path, keyValue(tuple[i])]);
    const shown = entries.map(([path, value]) => `${path}: ${show(value)}`).join(', ');
    return new MongoError(
      'DuplicateKey',
      `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${shown} }`,
      { keyPattern: keyPattern(this.spec), keyValue: Object.fromEntries(entries) },
    );
  }
}

const keyValue = (value: unknown): unknown =>
  value === undefined || typeof value === 'symbol' ? null : value;

function isPresent(doc: Doc, path: string): boolean {
  return anyValue(doc, splitPath(path), 0, false, (value) => value !== missing);
}

function rootsOf(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, condition]) =>
    name === '$and' ? (condition as Doc[]).flatMap(rootsOf) : [name],
  );
}
