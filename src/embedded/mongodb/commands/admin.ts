import { Int32 } from 'bson';
import { compilePipeline } from '../aggregate.ts';
import type { Collection } from '../collection.ts';
import { describeIndex, type IndexSpec, keyPattern } from '../collection-index.ts';
import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { readIndexSpec } from '../index-spec.ts';
import { sameValue } from '../order.ts';
import { limits } from '../table.ts';
import { type Doc, decode, encode, isDoc, show } from '../values.ts';
import { databaseOf, docOption, docsOption, type Handler, namespaceOf } from './context.ts';
import { answer } from './read.ts';

const hello: Handler = (body, context) => ({
  helloOk: true,
  ...('hello' in body ? { isWritablePrimary: true } : { ismaster: true }),
  maxBsonObjectSize: limits.documentBytes,
  maxMessageSizeBytes: limits.messageBytes,
  maxWriteBatchSize: limits.writeBatch,
  localTime: new Date(context.now()),
  connectionId: context.connection,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
});

const buildInfo: Handler = () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  embedded: 'Luyan embedded: a declared subset of MongoDB',
  modules: [],
  maxBsonObjectSize: limits.documentBytes,
  ok: 1,
});

const createIndexes: Handler = (body, context) => {
  const specs = docsOption(body, context, 'indexes').map(readIndexSpec);
  if (specs.length === 0) throw new MongoError('BadValue', 'Must specify at least one index to create');
  const namespace = namespaceOf(body);
  const existed = context.database.get(namespace) !== undefined;
  const collection = context.database.ensure(namespace);
  const before = collection.indexes.size;
  const fresh = specs.filter((spec) => isNew(collection, spec));
  const made: string[] = [];
  try {
    for (const spec of fresh) {
      if (!isNew(collection, spec)) continue;
      collection.addIndex(spec);
      made.push(spec.name);
    }
  } catch (error) {
    for (const name of made) collection.indexes.delete(name);
    throw error;
  }
  if (made.length > 0) context.database.saveCatalog(collection);
  const note = made.length === 0 ? { note: 'all indexes already exist' } : {};
  return {
    numIndexesBefore: new Int32(before),
    numIndexesAfter: new Int32(collection.indexes.size),
    createdCollectionAutomatically: !existed,
    ...note,
    ok: 1,
  };
};

/** Whether the index is still to be made; the same name or key with another meaning is refused. */
function isNew(collection: Collection, spec: IndexSpec): boolean {
  if (spec.name === '_id_' || samePattern(keyPattern(spec), { _id: 1 })) return false;
  const wanted = describeIndex(spec);
  for (const { spec: known } of collection.indexes.values()) {
    const sameKey = samePattern(keyPattern(known), keyPattern(spec));
    const samePartial = sameValue(known.partial ?? {}, spec.partial ?? {});
    if (known.name === spec.name) {
      if (sameValue(stored(describeIndex(known)), stored(wanted))) return false;
      const kind = sameKey && samePartial ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict';
      const message = `An existing index has the same name as the requested index. Requested index: ${show(wanted)}, existing index: ${show(describeIndex(known))}`;
      throw new MongoError(kind, message);
    }
    if (!sameKey || !samePartial) continue;
    throw new MongoError('IndexOptionsConflict', `Index already exists with a different name: ${known.name}`);
  }
  return true;
}

/** A document as it reads after being stored, so that number types compare alike. */
const stored = (doc: Doc): Doc => decode(encode(doc));
const samePattern = (a: Doc, b: Doc): boolean => sameValue(stored(a), stored(b));

function existing(database: Database, namespace: string): Collection {
  const collection = database.get(namespace);
  if (collection) return collection;
  throw new MongoError('NamespaceNotFound', `ns does not exist: ${namespace}`);
}

const listIndexes: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const collection = existing(context.database, namespace);
  const docs = [...collection.indexes.values()].map(({ spec }) => describeIndex(spec));
  return answer(context, namespace, docs, docOption(body, 'cursor'));
};

const dropIndexes: Handler = (body, context) => {
  const collection = existing(context.database, namespaceOf(body));
  const before = new Int32(collection.indexes.size);
  for (const wanted of Array.isArray(body.index) ? body.index : [body.index]) dropIndex(collection, wanted);
  context.database.saveCatalog(collection);
  return { nIndexesWas: before, ok: 1 };
};

function dropIndex(collection: Collection, wanted: unknown): void {
  const specs = [...collection.indexes.values()].map(({ spec }) => spec);
  if (wanted === '*') {
    for (const { name } of specs) if (name !== '_id_') collection.indexes.delete(name);
    return;
  }
  const found = specs.find(
    (spec) => spec.name === wanted || (isDoc(wanted) && samePattern(keyPattern(spec), wanted)),
  );
  if (!found) throw new MongoError('IndexNotFound', `index not found with name [${show(wanted)}]`);
  if (found.name === '_id_') throw new MongoError('InvalidOptions', 'cannot drop _id index');
  collection.indexes.delete(found.name);
}

const listCollections: Handler = (body, context) => {
  const db = databaseOf(body);
  const docs = context.database.list(db).map(({ namespace }) => ({
    name: namespace.slice(db.length + 1),
    type: 'collection',
    ...(body.nameOnly === true ? {} : { options: {}, info: { readOnly: false } }),
  }));
  const [match] = compilePipeline([{ $match: docOption(body, 'filter') ?? {} }]);
  return answer(context, `${db}.$cmd.listCollections`, match?.(docs) ?? [], docOption(body, 'cursor'));
};

/** Making what is there already, without options that could differ, is no error. */
const create: Handler = (body, context) => {
  context.database.ensure(namespaceOf(body));
  return { ok: 1 };
};

const drop: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const collection = context.database.get(namespace);
  if (!collection) return { ok: 1 };
  context.database.drop(collection);
  return { nIndexesWas: new Int32(collection.indexes.size), ns: namespace, ok: 1 };
};

const dropDatabase: Handler = (body, context) => {
  const db = databaseOf(body);
  for (const collection of context.database.list(db)) context.database.drop(collection);
  return { dropped: db, ok: 1 };
};

const fine: Handler = () => ({ ok: 1 });

export const adminCommands = {
  hello,
  ismaster: hello,
  ping: fine,
  endSessions: fine,
  buildInfo,
  createIndexes,
  listIndexes,
  dropIndexes,
  listCollections,
  create,
  drop,
  dropDatabase,
};
