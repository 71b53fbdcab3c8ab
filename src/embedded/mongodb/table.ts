/**
 * Everything this server does. What is not listed here is refused by name, never answered approximately.
 * Each list is typed into the module that implements it, so an entry without an implementation does not compile.
 */

/** Options that change no result here: accepted on every command. */
export const harmlessOptions = new Set([
  'lsid',
  '$db',
  '$readPreference',
  '$clusterTime',
  'writeConcern',
  'readConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'ordered',
  'bypassDocumentValidation',
  'allowDiskUse',
  'noCursorTimeout',
]);

/** In a handshake the client says what it could do; nothing has to be done about it. */
export const anyOption = ['*'] as const;

/** Commands with their options beyond the harmless ones. */
export const commands = {
  hello: anyOption,
  ismaster: anyOption,
  ping: [],
  buildInfo: [],
  endSessions: [],
  insert: ['documents'],
  find: ['filter', 'sort', 'projection', 'limit', 'skip', 'batchSize', 'singleBatch', 'hint'],
  getMore: ['collection', 'batchSize'],
  killCursors: ['cursors'],
  update: ['updates'],
  delete: ['deletes'],
  findAndModify: ['query', 'sort', 'update', 'remove', 'new', 'fields', 'upsert', 'hint'],
  aggregate: ['pipeline', 'cursor', 'hint'],
  count: ['query', 'limit', 'skip', 'hint'],
  distinct: ['key', 'query', 'hint'],
  createIndexes: ['indexes'],
  listIndexes: ['cursor'],
  dropIndexes: ['index'],
  listCollections: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  create: [],
  drop: [],
  dropDatabase: [],
  explain: ['verbosity'],
} as const;

/** Fields of one entry of `updates` and `deletes`. */
export const updateFields = ['q', 'u', 'upsert', 'multi', 'hint'] as const;
export const deleteFields = ['q', 'limit', 'hint'] as const;

export const logicalOperators = ['$and', '$or', '$nor'] as const;
export const queryOperators = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$not',
  '$elemMatch',
  '$size',
  '$all',
  '$type',
  '$regex',
] as const;

export const updateOperators = [
  '$set',
  '$unset',
  '$inc',
  '$min',
  '$max',
  '$push',
  '$pull',
  '$addToSet',
  '$setOnInsert',
] as const;
export const pushModifiers = ['$each', '$slice', '$position', '$sort'] as const;

export const stages = [
  '$match',
  '$sort',
  '$limit',
  '$skip',
  '$project',
  '$group',
  '$count',
  '$unwind',
] as const;
export const accumulators = ['$sum', '$min', '$max', '$first', '$last', '$push'] as const;

/** Index kinds: ascending and descending fields, single and compound, over nested paths and arrays. */
export const indexOptions = [
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'v',
] as const;
/** What a partialFilterExpression may use, beside equality and `$and`. */
export const partialOperators = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'] as const;

export const limits = {
  documentBytes: 16 * 1024 * 1024,
  messageBytes: 48_000_000,
  writeBatch: 100_000,
  firstBatch: 101,
  cursorIdleMs: 10 * 60_000,
} as const;

export type CommandName = keyof typeof commands;
export type QueryOperator = (typeof queryOperators)[number];
export type UpdateOperator = (typeof updateOperators)[number];
export type StageName = (typeof stages)[number];
export type AccumulatorName = (typeof accumulators)[number];
