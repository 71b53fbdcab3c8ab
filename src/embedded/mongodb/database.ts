import { Collection } from './collection.ts';
import { describeIndex, type IndexSpec } from './collection-index.ts';
import { MongoError } from './errors.ts';
import { readIndexSpec } from './index-spec.ts';
import { Journal, type Storage, type StoredRow } from './journal.ts';
import { type Doc, decode, encode } from './values.ts';

/** The catalog is kept as documents of collection 0, whose record numbers are the collections' ids. */
const catalog = 0;

/** All collections of all databases, in memory, with the journal that makes them durable. */
export class Database {
  readonly #collections = new Map<string, Collection>();
  readonly journal: Journal;
  #nextId = 1;

  constructor(storage: Storage, onFailure: (error: Error) => void) {
    this.journal = new Journal(storage, onFailure);
  }

  /** Opens what the storage holds. */
  static async open(storage: Storage, onFailure: (error: Error) => void): Promise<Database> {
    const database = new Database(storage, onFailure);
    const byId = new Map<number, { collection: Collection; specs: IndexSpec[] }>();
    await storage.load((row) => database.#restore(row, byId));
    for (const { collection, specs } of byId.values()) {
      collection.buildAll();
      for (const spec of specs) collection.addIndex(spec);
    }
    return database;
  }

  #restore(row: StoredRow, byId: Map<number, { collection: Collection; specs: IndexSpec[] }>): void {
    if (row.collection !== catalog) {
      const owner = byId.get(row.collection);
      if (!owner)
        throw new Error(`the embedded database holds a document of the unknown collection ${row.collection}`);
      owner.collection.restore(row.record, row.body);
      return;
    }
    const { namespace, indexes } = decode(row.body);
    const collection = new Collection(row.record, String(namespace), this.journal);
    this.#collections.set(collection.namespace, collection);
    this.#nextId = Math.max(this.#nextId, row.record + 1);
    byId.set(row.record, { collection, specs: (indexes as Doc[]).map((index) => readIndexSpec(index)) });
  }

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collection, made when it is not there yet. */
  ensure(namespace: string): Collection {
    const found = this.#collections.get(namespace);
    if (found) return found;
    checkName(namespace);
    const collection = new Collection(this.#nextId++, namespace, this.journal);
    this.#collections.set(namespace, collection);
    this.saveCatalog(collection);
    return collection;
  }

  /** Writes down a collection's name and indexes after they changed. */
  saveCatalog(collection: Collection): void {
    const specs = [...collection.indexes.values()]
      .map((index) => index.spec)
      .filter((spec) => spec.name !== '_id_');
    const body = encode({ namespace: collection.namespace, indexes: specs.map(describeIndex) });
    this.journal.put(catalog, collection.id, body);
  }

  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    this.journal.put(catalog, collection.id, null);
    this.journal.drop(collection.id);
  }

  /** The collections of one database, by name. */
  list(db: string): Collection[] {
    const own = [...this.#collections.values()].filter(({ namespace }) => namespace.startsWith(`${db}.`));
    return own.sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  all(): Iterable<Collection> {
    return this.#collections.values();
  }
}

/** Refuses names that MongoDB would not give a collection. */
export function checkName(namespace: string): void {
  const at = namespace.indexOf('.');
  const db = namespace.slice(0, at);
  const name = namespace.slice(at + 1);
  const wrong = name === '' || name.startsWith('.') || name.startsWith('system.') || /[$\0]/.test(name);
  if (wrong || !/^[^/\\. "$*<>:|?\0]{1,63}$/.test(db) || namespace.length > 255) {
    throw new MongoError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
}
