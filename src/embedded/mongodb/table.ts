/**
 * Everything that this server does, each as on MongoDB. What is not listed is refused by name and with MongoDB's
 * code. The lists type the modules that implement them, so an entry without an implementation does not compile.
 */
export type OptionType = 'document' | 'documents' | 'array' | 'count' | 'flag' | 'text' | 'any';
export type Options = Readonly<Record<string, OptionType>>;

const handshake = { '*': 'any' } as const;
const cursor = { cursor: 'document' } as const;
const wanted = { filter: 'document', sort: 'document', projection: 'document', limit: 'count' } as const;
const changed = { query: 'document', sort: 'document', fields: 'document', update: 'any' } as const;

/** Commands with their options. A handshake may say whatever the client could do: `*`. */
export const commands = {
  hello: handshake,
  ismaster: handshake,
  ping: {},
  buildInfo: {},
  endSessions: {},
  insert: { documents: 'documents', ordered: 'flag' },
  find: { ...wanted, batchSize: 'count', singleBatch: 'flag' },
  getMore: { collection: 'text', batchSize: 'count' },
  killCursors: { cursors: 'array' },
  update: { updates: 'documents', ordered: 'flag' },
  delete: { deletes: 'documents', ordered: 'flag' },
  findAndModify: { ...changed, remove: 'flag', new: 'flag', upsert: 'flag' },
  aggregate: { pipeline: 'documents', ...cursor },
  createIndexes: { indexes: 'documents' },
  listIndexes: cursor,
  listCollections: { filter: 'document', nameOnly: 'flag', authorizedCollections: 'flag', ...cursor },
  create: {},
  drop: {},
  dropDatabase: {},
  explain: { verbosity: 'text' },
} as const satisfies Record<string, Options>;
export type CommandName = keyof typeof commands;

/** Options that change no result here: accepted on every command. */
export const harmlessOptions =
  `lsid $db $readPreference $clusterTime writeConcern readConcern comment maxTimeMS
  apiVersion apiStrict apiDeprecationErrors bypassDocumentValidation allowDiskUse noCursorTimeout`.split(
    /\s+/,
  );

/** Fields of what stands inside options. */
export const updateFields = { q: 'document', u: 'any', upsert: 'flag', multi: 'flag' } as const;
export const deleteFields = { q: 'document', limit: 'count' } as const;
export const cursorFields = { batchSize: 'count' } as const;
/** Indexes: ascending and descending fields, single and compound, over nested paths and arrays. */
const rules = { unique: 'flag', partialFilterExpression: 'document', expireAfterSeconds: 'count' } as const;
export const indexFields = {
  key: 'document',
  name: 'text',
  ...rules,
  background: 'flag',
  v: 'count',
} as const;
/** What a partialFilterExpression may use, `$exists` with true alone. */
export const partialOperators: readonly string[] = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte'];

export const logicalOperators = ['$and', '$or', '$nor'] as const;
const comparing = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin'] as const;
export const queryOperators: readonly string[] = [...comparing, '$exists'];
const onFields = ['$set', '$setOnInsert', '$unset', '$inc', '$min', '$max'] as const;
export const updateOperators = [...onFields, '$push', '$pull', '$addToSet'] as const;
export type UpdateOperator = (typeof updateOperators)[number];
export const pushModifiers: readonly string[] = ['$each', '$slice'];
/** A pipeline has each stage once at most, in this order. */
export const stages: readonly string[] = ['$match', '$sort', '$limit', '$group', '$count'];
export const accumulators: readonly string[] = ['$sum'];

/** What queries compare with, by equality and by order. */
export const operandTypes: readonly string[] = ['null', 'number', 'string', 'objectId', 'bool', 'date'];
export const orderedTypes = operandTypes.slice(1);
/**
 * What documents hold, in MongoDB's order. Numbers are finite JavaScript numbers: a rewrite may turn the double 1.0
 * into the integer 1, which no query of this table and no JavaScript client can tell.
 */
export const storedTypes = 'null number string object array binData objectId bool date'.split(' ');

const megabyte = 1024 * 1024;
export const limits = {
  documentBytes: 16 * megabyte,
  messageBytes: 48_000_000,
  writeBatch: 100_000,
} as const;
export const cursorIdleMs = 10 * 60_000;
