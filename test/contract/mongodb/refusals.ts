import { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, Timestamp } from 'bson';
import type { Run } from './ask.ts';

const find = (filter: object, code = 2): Run => [{ find: 'c', filter }, { code }];
const update = (u: unknown, code: number, more: object = {}): Run => [
  { update: 'c', updates: [{ q: {}, u, ...more }] },
  { n: 0, nModified: 0, writeErrors: [{ index: 0, code }] },
];
const insert = (document: object, code = 2): Run => [
  { insert: 'c', documents: [document] },
  { n: 0, writeErrors: [{ index: 0, code }] },
];
const index = (more: object, code = 67): Run => [
  { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 't', ...more }] },
  { code },
];
const aggregate = (code: number, ...pipeline: object[]): Run => [
  { aggregate: 'c', pipeline, cursor: {} },
  { code },
];

/** What MongoDB does and the embedded server refuses by name, on a collection that holds `{_id: 1, a: [1]}`. */
export const refusals: Record<string, Run[]> = {
  commands: [
    ...['mapReduce', 'count', 'distinct', 'dropIndexes', 'collMod', 'renameCollection'],
    ...['listDatabases', 'serverStatus', 'getParameter', 'validate', 'currentOp', 'bulkWrite', 'saslStart'],
  ].map((name): Run => [{ [name]: 'c' }, { code: 59 }]),
  options: [
    ...['collation', 'tailable', 'let', 'hint', 'skip', 'min', 'max', 'returnKey', 'showRecordId'].map(
      (name): Run => [{ find: 'c', [name]: {} }, { code: 40415 }],
    ),
    [{ aggregate: 'c', pipeline: [], cursor: {}, hint: 'a' }, { code: 40415 }],
    [{ findAndModify: 'c', query: {}, update: {}, arrayFilters: [] }, { code: 40415 }],
    [{ insert: 'c', documents: [{ a: 1 }], txnNumber: Long.fromNumber(1) }, { code: 20 }],
    [{ find: 'c', limit: -1 }, { code: 2 }],
    [{ find: 'c', filter: 5 }, { code: 14 }],
    [{ explain: { listIndexes: 'c' } }, { code: 115 }],
  ],
  'query operators': [
    ...['$where', '$expr', '$text', '$jsonSchema', '$comment', '$sampleRate'].map((name) =>
      find({ [name]: 'x' }),
    ),
    ...[
      '$regex',
      '$elemMatch',
      '$all',
      '$size',
      '$type',
      '$mod',
      '$not',
      '$bitsAllSet',
      '$near',
      '$geoWithin',
    ].map((name) => find({ a: { [name]: 1 } })),
    find({ $or: [{ a: { $size: 1 } }] }),
    find({ a: { $gt: 1, b: 2 } }),
  ],
  operands: [
    ...[/x/, { x: 1 }, {}, [1], Number.NaN, Number.POSITIVE_INFINITY, new Binary(Buffer.from('x'))].map((a) =>
      find({ a }),
    ),
    ...[Decimal128.fromString('1'), new MinKey(), Long.MAX_VALUE, new Timestamp(5n)].map((a) => find({ a })),
    ...[null, [], { x: 1 }, '！', '😀', Number.NaN].map(($gte) => find({ a: { $gte } })),
    find({ a: { $in: [1, [1]] } }),
    find({ a: { $nin: [/x/] } }),
    find({ a: { $exists: 1 } }),
  ],
  paths: [
    find({ 'a.0': 1 }),
    find({ 'a.0.b': null }),
    find({ 'a..b': 1 }),
    find({ 'a.$': 1 }),
    find({ '__proto__.x': 1 }),
    [{ find: 'c', sort: { 'a.0': 1 } }, { code: 2 }],
    [{ find: 'c', sort: { 'a.b': 1, 'a.c': 1 } }, { code: 2 }],
    [{ find: 'c', sort: { score: { $meta: 'textScore' } } }, { code: 2 }],
  ],
  projections: [
    ...[{ a: 0 }, { _id: 0 }, { 'a.b': 1 }, { a: '$b' }, { a: { $slice: 1 } }, { 'a.$': 1 }, { a: 2 }].map(
      (projection): Run => [{ find: 'c', projection }, { code: 2 }],
    ),
  ],
  updates: [
    ...['$mul', '$rename', '$currentDate', '$pushAll', '$pop', '$pullAll', '$bit'].map((name) =>
      update({ [name]: { a: 1 } }, 9),
    ),
    update([{ $set: { a: 1 } }], 9),
    update({ $set: { b: 5 } }, 40415, { arrayFilters: [] }),
    update({ $set: { b: 5 } }, 40415, { collation: {} }),
    update({ $set: { b: 5 } }, 40415, { hint: 'a' }),
    update({ $set: { 'a.$': 5 } }, 52),
    update({ $set: { 'a.$[]': 5 } }, 52),
    update({ $set: { 'a.0': 5 } }, 2),
    update({ $set: { b: new Decimal128('1') } }, 2),
    update({ $inc: { n: Decimal128.fromString('1') } }, 2),
    update({ $inc: { n: Number.MAX_SAFE_INTEGER + 1 } }, 2),
    update({ $push: { a: { $each: [1], $position: 0 } } }, 2),
    update({ $push: { a: { $each: [1], $sort: 1 } } }, 2),
    update({ $pull: { a: /x/ } }, 2),
    update({ $pull: { a: { $elemMatch: { x: 1 } } } }, 2),
  ],
  values: [
    ...[
      /x/,
      new BSONRegExp('x'),
      Decimal128.fromString('1'),
      new MinKey(),
      new MaxKey(),
      new Timestamp(5n),
    ].map((a) => insert({ a })),
    ...[new Code('1'), Long.MAX_VALUE, new Double(Number.NaN), Number.POSITIVE_INFINITY].map((a) =>
      insert({ b: [{ a }] }),
    ),
    insert({ $a: 1 }, 52),
  ],
  pipelines: [
    ...[
      '$lookup',
      '$facet',
      '$addFields',
      '$out',
      '$merge',
      '$project',
      '$unwind',
      '$skip',
      '$changeStream',
    ].map((name) => aggregate(40324, { [name]: {} })),
    aggregate(2, { $limit: 1 }, { $match: {} }),
    aggregate(168, { $group: { _id: { $year: '$a' } } }),
    aggregate(2, { $group: { _id: '$a.b' } }),
    aggregate(2, { $group: { _id: '$$NOW' } }),
    aggregate(168, { $group: { _id: null, n: { $sum: { $size: '$a' } } } }),
    ...['$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet'].map((name) =>
      aggregate(15952, { $group: { _id: null, n: { [name]: '$a' } } }),
    ),
  ],
  indexes: [
    ...['text', '2dsphere', '2d', 'hashed', 2].map((a) => index({ key: { a } })),
    ...[{ '$**': 1 }, { 'a.0': 1 }, { 'a.b': 1, 'a.c': 1 }].map((key) => index({ key })),
    ...['sparse', 'collation', 'hidden', 'wildcardProjection', 'weights'].map((name) =>
      index({ [name]: 1 }, 197),
    ),
    ...[{ $or: [{ a: 1 }, { b: 1 }] }, { a: { $ne: 1 } }, { a: { $in: [1] } }, { a: { $exists: false } }].map(
      (partialFilterExpression) => index({ partialFilterExpression }),
    ),
    index({ key: { a: 1, b: 1 }, expireAfterSeconds: 5 }),
  ],
};
