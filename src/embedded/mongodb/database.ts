import { Collection } from './collection.ts';
import { refuse } from './errors.ts';
import { CollectionIndex } from './indexes.ts';
import { Journal, type Storage, type StoredRow } from './journal.ts';
import { docOf, select } from './select.ts';
import { checkStorable, type Doc, decode, encode } from './values.ts';

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

  /** Opens what the storage holds: all of it, or nothing when a row is damaged. */
  static async open(storage: Storage, onFailure: (error: Error) => void): Promise<Database> {
    const database = new Database(storage, onFailure);
    const byId = new Map<number, Collection>();
    await storage.load((row) => {
      const name = row.collection === catalog ? 'the catalog' : byId.get(row.collection)?.namespace;
      try {
        database.#restore(row, byId);
      } catch (cause) {
        const where = `row ${row.record} of ${name ?? `the unknown collection ${row.collection}`}`;
        const why = `the embedded database is damaged: ${where} cannot be read (${(cause as Error).message})`;
        const cure = 'put a backup of the data folder in its place, or move it away to begin anew';
        throw new Error(`${why}; ${cure}`, { cause });
      }
    });
    return database;
  }

  #restore({ collection: id, record, body }: StoredRow, byId: Map<number, Collection>): void {
    const doc = decode(body);
    if (id === catalog) {
      const collection = this.#add(record, String(doc.namespace));
      for (const index of doc.indexes as Doc[]) collection.addIndex(new CollectionIndex(index));
      byId.set(record, collection);
      return;
    }
    checkStorable(doc, 'a stored document');
    const owner = byId.get(id);
    if (!owner) throw new Error('the catalog does not list it');
    owner.insert(doc, body, record);
  }

  #add(id: number, namespace: string): Collection {
    const collection = new Collection(id, namespace, this.journal);
    this.#collections.set(namespace, collection);
    this.#nextId = Math.max(this.#nextId, id + 1);
    return collection;
  }

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collection, made when it is not there yet; refused under a name that MongoDB would not give it. */
  ensure(namespace: string): Collection {
    const found = this.#collections.get(namespace);
    if (found) return found;
    const fine = /^[^/\\. "$*<>:|?\0]{1,63}\.(?!\.|system\.)[^$\0]+$/.test(namespace);
    if (!fine || namespace.length > 255) refuse(73, `Invalid namespace specified '${namespace}'`);
    const collection = this.#add(this.#nextId, namespace);
    this.saveCatalog(collection);
    return collection;
  }

  /** Writes down a collection's name and indexes after they changed. */
  saveCatalog({ id, namespace, indexes }: Collection): void {
    const own = [...indexes.values()].filter(({ name }) => name !== '_id_');
    this.journal.put(catalog, id, encode({ namespace, indexes: own.map(({ declared }) => declared) }));
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

  /** Removes the documents whose date under a TTL index is over; gives their number. */
  expire(now: number): number {
    let removed = 0;
    for (const collection of this.#collections.values()) {
      for (const { declared, fields } of collection.indexes.values()) {
        if (declared.expireAfterSeconds === undefined) continue;
        const last = new Date(now - Number(declared.expireAfterSeconds) * 1000);
        const over = { [fields[0]?.path as string]: { $lte: last } };
        const filter = { $and: [over, (declared.partialFilterExpression ?? {}) as Doc] };
        const { found } = select(collection, { filter });
        for (const each of found) collection.remove(each.rec, docOf(each));
        removed += found.length;
      }
    }
    return removed;
  }
}
