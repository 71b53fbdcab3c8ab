import { Long } from 'bson';
import type { Run } from './ask.ts';

/** Commands that run one after the other on fresh documents. `c` stands for the collection's name. */
export interface CommandCase {
  name: string;
  docs?: object[];
  run: Run[];
}

const people = [
  { _id: 1, city: 'Beijing', age: 30, tags: ['a', 'b'], at: { zone: 8 } },
  { _id: 2, city: 'Shanghai', age: 25, tags: ['b'], at: { zone: 8 } },
  { _id: 3, city: 'Beijing', age: 41, tags: [] },
  { _id: 4, city: 'Wuhan', age: null, tags: ['c', 'a', 'c'] },
  { _id: 5, city: null, age: 25.5 },
  { _id: 6, age: 7, tags: 'solo' },
];

const ids = (...list: unknown[]): object => ({ docs: list.map((_id) => ({ _id })) });
const only = { projection: { _id: 1 } };
const agg = (...pipeline: object[]): object => ({ aggregate: 'c', pipeline, cursor: {} });
const duplicate = (index: number, keyPattern: object, keyValue: object): object => ({
  writeErrors: [{ index, code: 11000, keyPattern, keyValue }],
});

const finding: CommandCase = {
  name: 'find: sort, limit and projection',
  docs: people,
  run: [
    [{ find: 'c', sort: { age: 1 }, ...only }, ids(4, 6, 2, 5, 1, 3)],
    [{ find: 'c', sort: { age: -1 }, ...only }, ids(3, 1, 5, 2, 6, 4)],
    [{ find: 'c', sort: { city: 1, age: -1 }, ...only }, ids(5, 6, 3, 1, 2, 4)],
    [{ find: 'c', sort: { tags: 1, _id: 1 }, ...only }, ids(3, 5, 1, 4, 2, 6)],
    [
      { find: 'c', sort: { tags: -1, _id: 1 }, ...only },
      ids(6, 4, 1, 2, 5, 3),
      'sorts an empty array like null',
    ],
    [{ find: 'c', sort: { 'at.zone': -1, _id: -1 }, ...only }, ids(2, 1, 6, 5, 4, 3)],
    [{ find: 'c', sort: { _id: -1 }, limit: 2, ...only }, ids(6, 5)],
    [{ find: 'c', sort: { _id: -1 }, limit: 0, ...only }, ids(6, 5, 4, 3, 2, 1)],
    [{ find: 'c', sort: { _id: 1 }, batchSize: 2, singleBatch: true, ...only }, ids(1, 2)],
    [{ find: 'nothing', filter: { a: 1 } }, ids()],
    [{ find: 'c', filter: { _id: 1 }, projection: { city: 1 } }, { docs: [{ _id: 1, city: 'Beijing' }] }],
    [{ find: 'c', filter: { _id: 1 }, projection: { city: true, _id: 0 } }, { docs: [{ city: 'Beijing' }] }],
    [{ find: 'c', filter: { _id: 1 }, projection: { none: 1 } }, ids(1)],
    [{ find: 'c', filter: { _id: 3 } }, { docs: [people[2]] }],
    [{ find: 'c', filter: { _id: { $in: [5, 2, 9, 1] } }, sort: { _id: 1 }, ...only }, ids(1, 2, 5)],
    [{ find: 'c', filter: { $bogus: 1 } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $bogus: 1 } } }, { code: 2 }],
    [{ find: 'c', filter: { $or: [] } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $in: 5 } } }, { code: 2 }],
    [{ find: 'c', nonsense: 1 }, { code: 40415 }, 'refuses it with code 2'],
    [{ find: 5 }, { code: 73 }, 'refuses it with code 14'],
  ],
};

const writing: CommandCase = {
  name: 'insert, update and delete: counts and partial results',
  run: [
    [
      {
        insert: 'c',
        documents: [
          { _id: 1, k: 1 },
          { _id: 2, k: 1 },
          { _id: 3, k: 2 },
        ],
      },
      { n: 3 },
    ],
    [
      { insert: 'c', documents: [{ _id: 4 }, { _id: 1 }, { _id: 5 }] },
      { n: 1, ...duplicate(1, { _id: 1 }, { _id: 1 }) },
    ],
    [
      { insert: 'c', documents: [{ _id: 1 }, { _id: 5 }, { _id: 2 }], ordered: false },
      {
        n: 1,
        writeErrors: [
          { index: 0, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } },
          { index: 2, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 2 } },
        ],
      },
    ],
    [
      { update: 'c', updates: [{ q: { k: 1 }, u: { $set: { x: 1 } } }] },
      { n: 1, nModified: 1 },
    ],
    [
      { update: 'c', updates: [{ q: { k: 1 }, u: { $set: { x: 1 } }, multi: true }] },
      { n: 2, nModified: 1 },
    ],
    [
      { update: 'c', updates: [{ q: { k: 99 }, u: { $set: { x: 1 } } }] },
      { n: 0, nModified: 0 },
    ],
    [
      {
        update: 'c',
        updates: [
          { q: { _id: 1 }, u: { $set: { y: 1 } } },
          { q: { _id: 50 }, u: { $set: { y: 1 } }, upsert: true },
          { q: { _id: 2 }, u: { $inc: { k: 'x' } } },
          { q: { _id: 3 }, u: { $set: { y: 1 } } },
        ],
      },
      { n: 2, nModified: 1, upserted: [{ index: 1, _id: 50 }], writeErrors: [{ index: 2, code: 14 }] },
    ],
    [
      {
        update: 'c',
        updates: [
          { q: { _id: 2 }, u: { $set: { _id: 3 } } },
          { q: { _id: 3 }, u: { $set: { y: 1 } } },
        ],
        ordered: false,
      },
      { n: 1, nModified: 1, writeErrors: [{ index: 0, code: 66 }] },
    ],
    [{ delete: 'c', deletes: [{ q: { k: 1 }, limit: 1 }], ordered: true }, { n: 1 }],
    [
      {
        delete: 'c',
        deletes: [
          { q: { k: 99 }, limit: 0 },
          { q: {}, limit: 0 },
        ],
      },
      { n: 5 },
    ],
    [{ delete: 'nothing', deletes: [{ q: {}, limit: 0 }] }, { n: 0 }],
    [
      { update: 'c', updates: [{ q: {}, u: { a: 1 }, multi: true }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 9 }] },
    ],
    [
      { insert: 'c', documents: [{ _id: [1] }] },
      { n: 0, writeErrors: [{ index: 0, code: 2 }] },
    ],
    [{ insert: 'c', documents: [] }, { code: 2 }, 'takes an empty batch'],
    [{ insert: 'a$b', documents: [{}] }, { code: 73 }],
  ],
};

const found = { n: 1, updatedExisting: true };
const modifying: CommandCase = {
  name: 'findAndModify',
  docs: [
    { _id: 1, k: 'a', n: 1 },
    { _id: 2, k: 'a', n: 5 },
    { _id: 3, k: 'b', n: 9 },
  ],
  run: [
    [
      { findAndModify: 'c', query: { k: 'a' }, sort: { n: -1 }, update: { $inc: { n: 1 } } },
      { lastErrorObject: found, value: { _id: 2, k: 'a', n: 5 } },
    ],
    [
      { findAndModify: 'c', query: { k: 'a' }, sort: { n: -1 }, update: { $inc: { n: 1 } }, new: true },
      { lastErrorObject: found, value: { _id: 2, k: 'a', n: 7 } },
    ],
    [
      { findAndModify: 'c', query: { _id: 1 }, update: { $set: { m: 1 } }, new: true, fields: { m: 1 } },
      { lastErrorObject: found, value: { _id: 1, m: 1 } },
    ],
    [
      { findAndModify: 'c', query: { k: 'z' }, update: { $set: { n: 1 } } },
      { lastErrorObject: { n: 0, updatedExisting: false }, value: null },
    ],
    [
      { findAndModify: 'c', query: { _id: 7 }, update: { $set: { n: 1 } }, upsert: true, new: true },
      { lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 }, value: { _id: 7, n: 1 } },
    ],
    [
      { findAndModify: 'c', query: { _id: 8 }, update: { n: 1 }, upsert: true },
      { lastErrorObject: { n: 1, updatedExisting: false, upserted: 8 }, value: null },
    ],
    [
      { findAndModify: 'c', query: { _id: 1 }, update: { z: 1 } },
      { lastErrorObject: found, value: { _id: 1, k: 'a', n: 1, m: 1 } },
    ],
    [
      { findAndModify: 'c', query: { _id: 1 }, remove: true },
      { lastErrorObject: { n: 1 }, value: { _id: 1, z: 1 } },
    ],
    [
      { findAndModify: 'c', query: { _id: 1 }, remove: true },
      { lastErrorObject: { n: 0 }, value: null },
    ],
    [{ findAndModify: 'c', query: { _id: 2 } }, { code: 9 }],
    [{ findAndModify: 'c', query: { _id: 2 }, update: { $set: { 'k.x': 1 } } }, { code: 28 }],
  ],
};

const aggregating: CommandCase = {
  name: 'aggregate',
  docs: people,
  run: [
    [
      { ...agg({ $sort: { n: 1 } }, { $group: { _id: '$city', n: { $sum: 1 }, sum: { $sum: '$age' } } }) },
      {},
    ],
    [
      agg(
        { $match: { city: 'Beijing' } },
        { $group: { _id: '$city', n: { $sum: 1 }, sum: { $sum: '$age' } } },
      ),
      { docs: [{ _id: 'Beijing', n: 2, sum: 71 }] },
    ],
    [
      agg(
        { $match: { _id: { $gt: 4 } } },
        { $group: { _id: '$city', n: { $sum: 1 }, sum: { $sum: '$age' } } },
      ),
      { docs: [{ _id: null, n: 2, sum: 32.5 }] },
    ],
    [
      agg({ $match: { _id: 4 } }, { $group: { _id: 1, sum: { $sum: '$city' } } }),
      { docs: [{ _id: 1, sum: 0 }] },
    ],
    [agg({ $sort: { _id: -1 } }, { $limit: 2 }), { docs: [people[5], people[4]] }],
    [
      agg({ $sort: { _id: 1 } }, { $limit: 2 }, { $group: { _id: null, n: { $sum: 2 } } }),
      { docs: [{ _id: null, n: 4 }] },
    ],
    [agg({ $group: { _id: '$age' } }, { $count: 'ages' }), { docs: [{ ages: 6 }] }],
    [agg({ $match: { age: { $gt: 20 } } }, { $count: 'many' }), { docs: [{ many: 4 }] }],
    [agg({ $match: { age: 1000 } }, { $count: 'many' }), { docs: [] }, 'counts nothing as 0'],
    [agg({ $match: { age: 1000 } }, { $group: { _id: null, n: { $sum: 1 } } }), { docs: [] }],
    [{ aggregate: 'c', pipeline: [{ $sort: { _id: 1 } }], cursor: { batchSize: 1 } }, { docs: [people[0]] }],
    [{ aggregate: 'nothing', pipeline: [{ $match: {} }], cursor: {} }, { docs: [] }],
    [agg({ $bogus: 1 }), { code: 40324 }],
    [agg({ $match: {}, $limit: 1 }), { code: 40323 }, 'refuses it with code 2'],
    [agg({ $match: 5 }), { code: 15959 }, 'refuses it with code 2'],
    [agg({ $group: { n: { $sum: 1 } } }), { code: 15955 }, 'refuses it with code 2'],
    [agg({ $group: { _id: null, n: { $bogus: 1 } } }), { code: 15952 }, 'refuses it with code 2'],
    [agg({ $group: { _id: null, n: 5 } }), { code: 40234 }, 'refuses it with code 2'],
    [agg({ $limit: 0 }), { code: 15958 }, 'refuses it with code 2'],
    [agg({ $count: '' }), { code: 40156 }],
    [agg({ $sort: {} }), { code: 15976 }, 'refuses it with code 2'],
    [{ aggregate: 'c', pipeline: [] }, { code: 9 }],
  ],
};

const kind = { kind: 1, no: -1 };
const partialFilterExpression = { open: true, no: { $gt: 10 } };
const seen = { key: { seen: 1 }, name: 'seen', expireAfterSeconds: 3600 };
const indexing: CommandCase = {
  name: 'unique, compound, partial, multikey and TTL indexes',
  run: [
    [
      {
        createIndexes: 'c',
        indexes: [
          {
            key: { 'accounts.id': 1 },
            name: 'account',
            unique: true,
            partialFilterExpression: { accounts: { $exists: true } },
          },
          { key: kind, name: 'kind', unique: true, partialFilterExpression, background: true, v: 2 },
          {
            key: { low: 1 },
            name: 'low',
            partialFilterExpression: { low: { $gte: 1 }, top: { $lt: 9 }, high: { $lte: 9 }, k: { $eq: 5 } },
          },
          seen,
        ],
      },
      { numIndexesBefore: 1, numIndexesAfter: 5, createdCollectionAutomatically: true },
    ],
    [{ insert: 'c', documents: [{ _id: 1, accounts: [{ id: 'a' }, { id: 'b' }] }] }, { n: 1 }],
    [
      { insert: 'c', documents: [{ _id: 2, accounts: [{ id: 'b' }] }] },
      { n: 0, ...duplicate(0, { 'accounts.id': 1 }, { 'accounts.id': 'b' }) },
    ],
    [{ insert: 'c', documents: [{ _id: 2, accounts: [{ id: 'c' }, { id: 'c' }] }] }, { n: 1 }],
    [
      { update: 'c', updates: [{ q: { _id: 2 }, u: { $push: { accounts: { id: 'a' } } } }] },
      { n: 0, nModified: 0, ...duplicate(0, { 'accounts.id': 1 }, { 'accounts.id': 'a' }) },
      'names another key of the document',
    ],
    [{ insert: 'c', documents: [{ _id: 3 }, { _id: 4 }] }, { n: 2 }],
    [
      {
        insert: 'c',
        documents: [
          { _id: 6, kind: 'p', no: 11, open: true },
          { _id: 7, kind: 'p', no: 11, open: false },
          { _id: 8, kind: 'p', no: 5, open: true },
          { _id: 9, kind: 'p', no: 5, open: true },
        ],
      },
      { n: 4 },
    ],
    [
      { update: 'c', updates: [{ q: { _id: 7 }, u: { $set: { open: true } } }] },
      { n: 0, nModified: 0, ...duplicate(0, kind, { kind: 'p', no: 11 }) },
    ],
    [
      { findAndModify: 'c', query: { _id: 7 }, update: { $set: { open: true } } },
      { code: 11000, keyPattern: kind },
    ],
    [
      { find: 'c', filter: { kind: 'p', no: { $gt: 10 }, open: true } },
      { docs: [{ _id: 6, kind: 'p', no: 11, open: true }] },
    ],
    [{ find: 'c', filter: { kind: 'p', no: { $lte: 10 } }, sort: { _id: 1 }, ...only }, ids(8, 9)],
    [{ find: 'c', filter: { 'accounts.id': 'c' }, ...only }, ids(2)],
    [{ delete: 'c', deletes: [{ q: { _id: 6 }, limit: 1 }] }, { n: 1 }],
    [
      { update: 'c', updates: [{ q: { _id: 7 }, u: { $set: { open: true } } }] },
      { n: 1, nModified: 1 },
    ],
    [{ createIndexes: 'c', indexes: [{ key: { open: 1 }, name: 'open', unique: true }] }, { code: 11000 }],
    [
      { createIndexes: 'c', indexes: [seen] },
      { numIndexesBefore: 5, numIndexesAfter: 5 },
    ],
    [{ createIndexes: 'c', indexes: [{ key: { other: 1 }, name: 'seen' }] }, { code: 86 }],
    [{ createIndexes: 'c', indexes: [{ key: { seen: 1 }, name: 'again' }] }, { code: 85 }],
    [{ createIndexes: 'c', indexes: [{ key: {}, name: 'none' }] }, { code: 67 }],
    [{ createIndexes: 'd', indexes: [seen] }, { createdCollectionAutomatically: true }],
    [
      { listIndexes: 'd', cursor: { batchSize: 5 } },
      {
        docs: [
          { v: 2, key: { _id: 1 }, name: '_id_' },
          { v: 2, ...seen },
        ],
      },
    ],
    [{ drop: 'd' }, { nIndexesWas: 2 }, 'does not say how many indexes it dropped'],
  ],
};

const parallel: CommandCase = {
  name: 'an index over two arrays',
  run: [
    [{ createIndexes: 'c', indexes: [{ key: { a: 1, b: 1 }, name: 'both' }] }, { numIndexesAfter: 2 }],
    [{ insert: 'c', documents: [{ _id: 1, a: [1, 2], b: 1 }] }, { n: 1 }],
    [
      { insert: 'c', documents: [{ _id: 2, a: [1, 2], b: [1] }] },
      { n: 0, writeErrors: [{ index: 0, code: 171 }] },
      'indexes parallel arrays',
    ],
    [{ find: 'c', filter: { a: 2, b: 1 }, ...only }, ids(1), 'indexes parallel arrays'],
  ],
};

const collections: CommandCase = {
  name: 'collections, cursors and handshakes',
  docs: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
  run: [
    [{ create: 'c' }, {}],
    [{ listIndexes: 'c' }, { docs: [{ v: 2, key: { _id: 1 }, name: '_id_' }] }],
    [{ listIndexes: 'nothing' }, { code: 26 }],
    [
      {
        listCollections: 1,
        filter: { name: 'nothing' },
        nameOnly: true,
        authorizedCollections: false,
        cursor: {},
      },
      { docs: [] },
    ],
    [{ getMore: Long.fromString('123456789'), collection: 'c', batchSize: 1 }, { code: 43 }],
    [
      { killCursors: 'c', cursors: [Long.fromNumber(99)] },
      { cursorsKilled: [], cursorsNotFound: [Long.fromNumber(99)], cursorsAlive: [], cursorsUnknown: [] },
    ],
    [{ explain: { find: 'c' }, verbosity: 'queryPlanner' }, {}],
    [{ drop: 'c' }, {}],
    [{ listIndexes: 'c' }, { code: 26 }],
    [{ ping: 1 }, {}],
    [{ hello: 1 }, { isWritablePrimary: true, maxBsonObjectSize: 16777216 }],
    [{ ismaster: 1 }, { ismaster: true }],
    [{ buildInfo: 1 }, { maxBsonObjectSize: 16777216 }],
    [{ endSessions: [] }, {}],
    [{ nonsense: 1 }, { code: 59 }],
  ],
};

export const commandCases: CommandCase[] = [
  ...[finding, writing, modifying, aggregating, indexing, parallel, collections],
];
