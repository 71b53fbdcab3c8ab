import { checkOptions, databaseOf, type Handler, namespaceOf } from './commands.ts';
import { refuse } from './errors.ts';
import { compile, conditionsOf } from './filter.ts';
import { CollectionIndex } from './indexes.ts';
import { answer } from './read.ts';
import { indexFields, limits } from './table.ts';
import type { Doc } from './values.ts';

const sizes = { maxBsonObjectSize: limits.documentBytes, maxMessageSizeBytes: limits.messageBytes };
const versions = { minWireVersion: 0, maxWireVersion: 21, readOnly: false };

const hello: Handler = (body, { now, connection: connectionId }) => {
  const primary = 'hello' in body ? { isWritablePrimary: true } : { ismaster: true };
  const more = { maxWriteBatchSize: limits.writeBatch, localTime: new Date(now()), connectionId, ok: 1 };
  return { helloOk: true, ...primary, ...sizes, ...versions, ...more };
};

const buildInfo: Handler = () => {
  const embedded = 'Luyan embedded: a declared subset of MongoDB';
  return { version: '7.0.0', versionArray: [7, 0, 0, 0], embedded, ...sizes, ok: 1 };
};

const createIndexes: Handler = (body, { database }) => {
  const entries = body.indexes as Doc[];
  for (const entry of entries) checkOptions(entry, indexFields, 'createIndexes.indexes', [], 197);
  if (entries.length === 0) refuse(2, 'Must specify at least one index to create');
  const wanted = entries.map((entry) => new CollectionIndex(entry));
  const createdCollectionAutomatically = !database.get(namespaceOf(body));
  const collection = database.ensure(namespaceOf(body));
  const { indexes } = collection;
  const before = new Map(indexes);
  try {
    for (const index of wanted) if (!index.isAmong(indexes.values())) collection.addIndex(index);
  } catch (error) {
    for (const name of indexes.keys()) if (!before.has(name)) indexes.delete(name);
    throw error;
  }
  if (indexes.size > before.size) database.saveCatalog(collection);
  const note = indexes.size > before.size ? {} : { note: 'all indexes already exist' };
  const counts = { numIndexesBefore: before.size, numIndexesAfter: indexes.size };
  return { ...counts, createdCollectionAutomatically, ...note, ok: 1 };
};

const listIndexes: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const collection = context.database.get(namespace) ?? refuse(26, `ns does not exist: ${namespace}`);
  const docs = Array.from(collection.indexes.values(), ({ declared }) => declared);
  return answer(context, namespace, docs, body);
};

const listCollections: Handler = (body, context) => {
  const db = databaseOf(body);
  const accept = compile(conditionsOf((body.filter ?? {}) as Doc));
  const more = body.nameOnly ? {} : { options: {}, info: { readOnly: false } };
  const names = context.database.list(db).map(({ namespace }) => namespace.slice(db.length + 1));
  const docs = names.map((name): Doc => ({ name, type: 'collection', ...more }));
  return answer(context, `${db}.$cmd.listCollections`, docs.filter(accept), body);
};

/** Making what is there already is no error. */
const create: Handler = (body, { database }) => ({ ok: database.ensure(namespaceOf(body)) ? 1 : 0 });

const drop: Handler = (body, { database }) => {
  const ns = namespaceOf(body);
  const collection = database.get(ns);
  if (!collection) return { ok: 1 };
  database.drop(collection);
  return { nIndexesWas: collection.indexes.size, ns, ok: 1 };
};

const dropDatabase: Handler = (body, { database }) => {
  const dropped = databaseOf(body);
  for (const collection of database.list(dropped)) database.drop(collection);
  return { dropped, ok: 1 };
};

const fine: Handler = () => ({ ok: 1 });
const handshakes = { hello, ismaster: hello, ping: fine, endSessions: fine, buildInfo };
const catalog = { createIndexes, listIndexes, listCollections, create, drop, dropDatabase };

export const adminCommands = { ...handshakes, ...catalog };
