import { Decimal128, Double, Long } from 'bson';

/**
 * Commands run one after the other on fresh documents, and what each must answer: `docs` of a cursor, fields of the
 * reply, or a `code`. `c` stands for the collection's name.
 */
export interface CommandCase {
  name: string;
  docs?: object[];
  /** The command, what it must answer, and why the comparison engine answers otherwise; real MongoDB does not. */
  run: [command: object, outcome: object, engineLacks?: string][];
  /** A refusal of the embedded server alone: MongoDB would do it. */
  embeddedOnly?: true;
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

const finding: CommandCase = {
  name: 'find: sort, skip, limit and projection',
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
    [{ find: 'c', sort: { _id: -1 }, skip: 1, limit: 2, ...only }, ids(5, 4)],
    [{ find: 'c', sort: { _id: 1 }, skip: 10, ...only }, ids()],
    [{ find: 'nothing', filter: { a: 1 } }, ids()],
    [{ find: 'c', filter: { _id: 1 }, projection: { city: 1 } }, { docs: [{ _id: 1, city: 'Beijing' }] }],
    [{ find: 'c', filter: { _id: 1 }, projection: { city: 1, _id: 0 } }, { docs: [{ city: 'Beijing' }] }],
    [
      { find: 'c', filter: { _id: 1 }, projection: { tags: 0, at: 0 } },
      { docs: [{ _id: 1, city: 'Beijing', age: 30 }] },
    ],
    [
      { find: 'c', filter: { _id: 1 }, projection: { _id: 0, tags: false } },
      { docs: [{ city: 'Beijing', age: 30, at: { zone: 8 } }] },
    ],
    [
      { find: 'c', filter: { _id: 1 }, projection: { 'at.zone': 1 } },
      { docs: [{ _id: 1, at: { zone: 8 } }] },
    ],
    [
      { find: 'c', filter: { _id: 1 }, projection: { at: { zone: 1 } } },
      { docs: [{ _id: 1, at: { zone: 8 } }] },
    ],
    [{ find: 'c', filter: { _id: 3 }, projection: { 'at.zone': 1 } }, { docs: [{ _id: 3 }] }],
    [{ find: 'c', filter: { _id: 1 }, projection: { city: 1, age: 0 } }, { code: 31254 }],
    [
      { find: 'c', filter: { _id: 1 }, projection: { city: 0, age: 1 } },
      { code: 31253 },
      'gives the code of the reverse',
    ],
    [{ find: 'c', filter: { _id: { $in: [5, 2, 9, 1] } }, sort: { _id: 1 }, ...only }, ids(1, 2, 5)],
    [{ find: 'c', filter: { $bogus: 1 } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $bogus: 1 } } }, { code: 2 }],
    [{ find: 'c', filter: { $or: [] } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $in: 5 } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $elemMatch: 5 } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $not: 5 } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $type: 'nonsense' } } }, { code: 2 }],
  ],
};

const projecting: CommandCase = {
  name: 'projection inside arrays',
  docs: [{ _id: 1, a: [{ b: 1, c: 2 }, 5, { c: 3 }, [{ b: 4, c: 5 }]], d: 1 }],
  run: [
    [{ find: 'c', projection: { 'a.b': 1 } }, { docs: [{ _id: 1, a: [{ b: 1 }, {}, [{ b: 4 }]] }] }],
    [
      { find: 'c', projection: { 'a.b': 0 } },
      { docs: [{ _id: 1, a: [{ c: 2 }, 5, { c: 3 }, [{ c: 5 }]], d: 1 }] },
    ],
    [{ find: 'c', projection: { 'd.x': 1 } }, { docs: [{ _id: 1 }] }],
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
      { n: 1, writeErrors: [{ index: 1, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } }] },
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
    [{ delete: 'c', deletes: [{ q: { k: 1 }, limit: 1 }] }, { n: 1 }],
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
  ],
};

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
      { lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 2, k: 'a', n: 5 } },
    ],
    [
      { findAndModify: 'c', query: { k: 'a' }, sort: { n: -1 }, update: { $inc: { n: 1 } }, new: true },
      { lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 2, k: 'a', n: 7 } },
    ],
    [
      {
        findAndModify: 'c',
        query: { k: 'a' },
        sort: { n: 1 },
        update: { $set: { m: 1 } },
        new: true,
        fields: { m: 1 },
      },
      { lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 1, m: 1 } },
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
      { lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 1, k: 'a', n: 1, m: 1 } },
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
      agg({ $match: { city: 'Beijing' } }, { $project: { age: 1 } }),
      {
        docs: [
          { _id: 1, age: 30 },
          { _id: 3, age: 41 },
        ],
      },
    ],
    [
      agg({ $group: { _id: '$city', n: { $sum: 1 }, sum: { $sum: '$age' } } }, { $sort: { n: -1, _id: 1 } }),
      {
        docs: [
          { _id: null, n: 2, sum: 32.5 },
          { _id: 'Beijing', n: 2, sum: 71 },
          { _id: 'Shanghai', n: 1, sum: 25 },
          { _id: 'Wuhan', n: 1, sum: 0 },
        ],
      },
    ],
    [
      agg(
        { $sort: { _id: 1 } },
        {
          $group: {
            _id: null,
            lo: { $min: '$age' },
            hi: { $max: '$age' },
            first: { $first: '$city' },
            last: { $last: '$city' },
          },
        },
      ),
      { docs: [{ _id: null, lo: 7, hi: 41, first: 'Beijing', last: null }] },
    ],
    [
      agg(
        { $sort: { _id: 1 } },
        { $group: { _id: 1, cities: { $push: '$city' }, zones: { $push: '$at.zone' } } },
      ),
      { docs: [{ _id: 1, cities: ['Beijing', 'Shanghai', 'Beijing', 'Wuhan', null], zones: [8, 8] }] },
    ],
    [
      agg(
        { $sort: { _id: 1 } },
        { $limit: 2 },
        { $group: { _id: null, all: { $push: { c: '$city', z: '$at.zone', q: '$none' } } } },
      ),
      {
        docs: [
          {
            _id: null,
            all: [
              { c: 'Beijing', z: 8 },
              { c: 'Shanghai', z: 8 },
            ],
          },
        ],
      },
    ],
    [
      agg(
        { $group: { _id: { c: '$city', z: '$at.zone' }, n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
        { $limit: 2 },
      ),
      {
        docs: [
          { _id: {}, n: 1 },
          { _id: { c: null }, n: 1 },
        ],
      },
      'keeps missing parts of a group key as null',
    ],
    [agg({ $match: { age: { $gt: 20 } } }, { $count: 'many' }), { docs: [{ many: 4 }] }],
    [agg({ $match: { age: 1000 } }, { $count: 'many' }), { docs: [] }, 'counts nothing as 0'],
    [agg({ $match: { age: 1000 } }, { $group: { _id: null, n: { $sum: 1 } } }), { docs: [] }],
    [
      agg(
        { $match: { _id: { $in: [1, 3, 4, 5, 6] } } },
        { $sort: { _id: 1 } },
        { $unwind: '$tags' },
        { $project: { tags: 1 } },
      ),
      {
        docs: [
          { _id: 1, tags: 'a' },
          { _id: 1, tags: 'b' },
          { _id: 4, tags: 'c' },
          { _id: 4, tags: 'a' },
          { _id: 4, tags: 'c' },
          { _id: 6, tags: 'solo' },
        ],
      },
    ],
    [
      agg(
        { $match: { _id: { $in: [3, 5] } } },
        { $sort: { _id: 1 } },
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
        { $project: { tags: 1 } },
      ),
      { docs: [{ _id: 3 }, { _id: 5 }] },
    ],
    [
      agg({ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }),
      {
        docs: [
          { _id: 'a', n: 2 },
          { _id: 'b', n: 2 },
          { _id: 'c', n: 2 },
          { _id: 'solo', n: 1 },
        ],
      },
    ],
    [
      agg({ $match: { _id: 1 } }, { $project: { where: '$city', zone: '$at.zone', none: '$nope', age: 1 } }),
      { docs: [{ _id: 1, age: 30, where: 'Beijing', zone: 8 }] },
    ],
    [agg({ $match: { _id: 1 } }, { $project: { _id: 0, where: '$city' } }), { docs: [{ where: 'Beijing' }] }],
    [agg({ $sort: { _id: 1 } }, { $skip: 4 }, { $project: { _id: 1 } }), ids(5, 6)],
    [agg({ $sort: { age: 1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }), ids(6, 2)],
    [agg(), { docs: people }],
    [{ aggregate: 'nothing', pipeline: [{ $match: {} }], cursor: {} }, { docs: [] }],
    [agg({ $bogus: 1 }), { code: 40324 }],
    [agg({ $match: {}, $limit: 1 }), { code: 40323 }, 'refuses it with code 2'],
    [agg({ $group: { n: { $sum: 1 } } }), { code: 15955 }, 'refuses it with code 2'],
    [agg({ $group: { _id: null, n: { $bogus: 1 } } }), { code: 15952 }, 'refuses it with code 2'],
    [agg({ $group: { _id: null, n: 5 } }), { code: 40234 }, 'refuses it with code 2'],
    [agg({ $limit: 0 }), { code: 15958 }, 'refuses it with code 2'],
    [agg({ $skip: -1 }), { code: 5107200 }, 'refuses it with code 2'],
    [agg({ $count: '' }), { code: 40156 }],
    [agg({ $unwind: 'tags' }), { code: 28818 }, 'refuses it with code 2'],
    [agg({ $sort: {} }), { code: 15976 }, 'refuses it with code 2'],
    [{ aggregate: 'c', pipeline: [] }, { code: 9 }],
  ],
};

const sums: CommandCase = {
  name: 'aggregate: number types',
  docs: [
    { _id: 1, g: 'int', v: 2147483647 },
    { _id: 2, g: 'int', v: 1 },
    { _id: 3, g: 'long', v: Long.fromNumber(5) },
    { _id: 4, g: 'long', v: 1 },
    { _id: 5, g: 'double', v: 1.5 },
    { _id: 6, g: 'double', v: 1.5 },
    { _id: 7, g: 'text', v: 'x' },
  ],
  run: [
    [
      agg(
        { $group: { _id: '$g', s: { $sum: '$v' }, lo: { $min: '$v' }, hi: { $max: '$v' } } },
        { $sort: { _id: 1 } },
      ),
      {
        docs: [
          { _id: 'double', s: new Double(3), lo: 1.5, hi: 1.5 },
          { _id: 'int', s: Long.fromString('2147483648'), lo: 1, hi: 2147483647 },
          { _id: 'long', s: Long.fromNumber(6), lo: 1, hi: Long.fromNumber(5) },
          { _id: 'text', s: 0, lo: 'x', hi: 'x' },
        ],
      },
    ],
  ],
};

const counting: CommandCase = {
  name: 'count and distinct',
  docs: people,
  run: [
    [{ count: 'c' }, { n: 6 }],
    [{ count: 'c', query: { city: 'Beijing' } }, { n: 2 }],
    [{ count: 'c', query: {}, skip: 4, limit: 5 }, { n: 2 }],
    [{ count: 'nothing' }, { n: 0 }],
    [{ distinct: 'c', key: 'city', query: { _id: { $lte: 3 } } }, { values: ['Beijing', 'Shanghai'] }],
    [{ distinct: 'c', key: 'tags', query: { _id: { $in: [1, 6] } } }, { values: ['a', 'b', 'solo'] }],
    [{ distinct: 'c', key: 'at.zone' }, { values: [8] }],
    [{ distinct: 'c', key: 'nope' }, { values: [] }],
    [{ distinct: 'c', key: 5 }, { code: 14 }],
  ],
};

const unique: CommandCase = {
  name: 'unique, compound, partial and sparse indexes',
  run: [
    [
      {
        createIndexes: 'c',
        indexes: [
          {
            key: { 'accounts.channel': 1, 'accounts.id': 1 },
            name: 'account',
            unique: true,
            partialFilterExpression: { accounts: { $exists: true } },
          },
          { key: { code: 1 }, name: 'code', unique: true, sparse: true },
          {
            key: { kind: 1, no: -1 },
            name: 'kind',
            unique: true,
            partialFilterExpression: { open: true, no: { $gt: 10 } },
          },
        ],
      },
      { numIndexesBefore: 1, numIndexesAfter: 4, createdCollectionAutomatically: true },
    ],
    [
      {
        insert: 'c',
        documents: [
          {
            _id: 1,
            accounts: [
              { channel: 'tg', id: 'a' },
              { channel: 'wx', id: 'b' },
            ],
            code: 'X',
          },
        ],
      },
      { n: 1 },
    ],
    [
      { insert: 'c', documents: [{ _id: 2, accounts: [{ channel: 'wx', id: 'b' }] }] },
      {
        n: 0,
        writeErrors: [
          {
            index: 0,
            code: 11000,
            keyPattern: { 'accounts.channel': 1, 'accounts.id': 1 },
            keyValue: { 'accounts.channel': 'wx', 'accounts.id': 'b' },
          },
        ],
      },
    ],
    [
      {
        insert: 'c',
        documents: [
          {
            _id: 2,
            accounts: [
              { channel: 'wx', id: 'a' },
              { channel: 'wx', id: 'a' },
            ],
          },
        ],
      },
      { n: 1 },
    ],
    [
      { update: 'c', updates: [{ q: { _id: 2 }, u: { $push: { accounts: { channel: 'tg', id: 'a' } } } }] },
      {
        n: 0,
        nModified: 0,
        writeErrors: [
          {
            index: 0,
            code: 11000,
            keyPattern: { 'accounts.channel': 1, 'accounts.id': 1 },
            keyValue: { 'accounts.channel': 'tg', 'accounts.id': 'a' },
          },
        ],
      },
      'names another key of the document',
    ],
    [{ insert: 'c', documents: [{ _id: 3 }, { _id: 4 }, { _id: 5, code: null }] }, { n: 3 }],
    [
      { insert: 'c', documents: [{ _id: 6, code: null }] },
      { n: 0, writeErrors: [{ index: 0, code: 11000, keyPattern: { code: 1 }, keyValue: { code: null } }] },
    ],
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
      {
        n: 0,
        nModified: 0,
        writeErrors: [
          { index: 0, code: 11000, keyPattern: { kind: 1, no: -1 }, keyValue: { kind: 'p', no: 11 } },
        ],
      },
    ],
    [
      { find: 'c', filter: { kind: 'p', no: { $gt: 10 }, open: true } },
      { docs: [{ _id: 6, kind: 'p', no: 11, open: true }] },
    ],
    [{ find: 'c', filter: { kind: 'p', no: { $lte: 10 } }, sort: { _id: 1 }, ...only }, ids(8, 9)],
    [{ find: 'c', filter: { accounts: { $elemMatch: { channel: 'wx', id: 'a' } } }, ...only }, ids(2)],
    [{ find: 'c', filter: { 'accounts.channel': 'tg', 'accounts.id': 'b' }, ...only }, ids(1)],
    [{ find: 'c', filter: { code: null }, sort: { _id: 1 }, ...only }, ids(2, 3, 4, 5, 6, 7, 8, 9)],
    [
      { findAndModify: 'c', query: { _id: 3 }, update: { $set: { code: 'X' } } },
      { code: 11000, keyPattern: { code: 1 }, keyValue: { code: 'X' } },
    ],
    [
      {
        update: 'c',
        updates: [
          { q: { code: 'X' }, u: { $set: { code: 'Y' } } },
          { q: { _id: 3 }, u: { $set: { code: 'X' } } },
        ],
      },
      { n: 2, nModified: 2 },
    ],
    [{ delete: 'c', deletes: [{ q: { _id: 6 }, limit: 1 }] }, { n: 1 }],
    [
      { update: 'c', updates: [{ q: { _id: 7 }, u: { $set: { open: true } } }] },
      { n: 1, nModified: 1 },
    ],
    [
      {
        insert: 'c',
        documents: [
          { _id: 20, code: 1 },
          { _id: 21, code: new Double(1) },
        ],
      },
      {
        n: 1,
        writeErrors: [{ index: 1, code: 11000, keyPattern: { code: 1 }, keyValue: { code: new Double(1) } }],
      },
      'shows the key as an int',
    ],
    [{ createIndexes: 'c', indexes: [{ key: { open: 1 }, name: 'open', unique: true }] }, { code: 11000 }],
    [
      { createIndexes: 'c', indexes: [{ key: { code: 1 }, name: 'code', unique: true, sparse: true }] },
      { numIndexesBefore: 4, numIndexesAfter: 4 },
    ],
    [{ dropIndexes: 'c', index: 'code' }, { nIndexesWas: 4 }],
    [{ insert: 'c', documents: [{ _id: 30, code: 1 }] }, { n: 1 }],
    [{ dropIndexes: 'c', index: 'code' }, { code: 27 }],
    [{ dropIndexes: 'c', index: '_id_' }, { code: 72 }],
    [{ dropIndexes: 'c', index: '*' }, { nIndexesWas: 3 }],
  ],
};

const parallel: CommandCase = {
  name: 'an index over two arrays',
  run: [
    [
      { createIndexes: 'c', indexes: [{ key: { a: 1, b: 1 }, name: 'both' }] },
      { numIndexesBefore: 1, numIndexesAfter: 2 },
    ],
    [{ insert: 'c', documents: [{ _id: 1, a: [1, 2], b: 1 }] }, { n: 1 }],
    [
      { insert: 'c', documents: [{ _id: 2, a: [1, 2], b: [1] }] },
      { n: 0, writeErrors: [{ index: 0, code: 171 }] },
      'indexes parallel arrays',
    ],
  ],
};

const collections: CommandCase = {
  name: 'collections',
  run: [
    [{ create: 'c' }, {}],
    [{ create: 'c' }, {}],
    [{ listIndexes: 'c' }, { docs: [{ v: 2, key: { _id: 1 }, name: '_id_' }] }],
    [{ listIndexes: 'nothing' }, { code: 26 }],
    [{ drop: 'c' }, { nIndexesWas: 1 }, 'does not say how many indexes it dropped'],
    [{ listIndexes: 'c' }, { code: 26 }],
    [{ nonsense: 1 }, { code: 59 }],
    [{ find: 'c', nonsense: 1 }, { code: 40415 }, 'refuses it with code 2'],
    [{ find: 5 }, { code: 73 }, 'refuses it with code 14'],
    [{ insert: 'a$b', documents: [{}] }, { code: 73 }],
    [{ getMore: Long.fromString('123456789'), collection: 'c' }, { code: 43 }],
    [
      { killCursors: 'c', cursors: [Long.fromNumber(99)] },
      { cursorsKilled: [], cursorsNotFound: [Long.fromNumber(99)], cursorsAlive: [], cursorsUnknown: [] },
    ],
    [{ ping: 1 }, {}],
  ],
};

/** What MongoDB does and the embedded server refuses by name. */
const refusals: CommandCase = {
  name: 'refused here',
  docs: [{ _id: 1, a: [1] }],
  embeddedOnly: true,
  run: [
    [{ mapReduce: 'c', map: '', reduce: '', out: { inline: 1 } }, { code: 59 }],
    [{ find: 'c', collation: { locale: 'zh' } }, { code: 40415 }],
    [{ find: 'c', tailable: true }, { code: 40415 }],
    [{ find: 'c', let: { x: 1 } }, { code: 40415 }],
    [{ insert: 'c', documents: [{ a: 1 }], txnNumber: Long.fromNumber(1) }, { code: 20 }],
    [{ find: 'c', filter: { $where: 'true' } }, { code: 2 }],
    [{ find: 'c', filter: { $expr: { $eq: ['$a', 1] } } }, { code: 2 }],
    [{ find: 'c', filter: { $text: { $search: 'x' } } }, { code: 2 }],
    [{ find: 'c', filter: { $jsonSchema: {} } }, { code: 2 }],
    [{ find: 'c', filter: { $comment: 'x' } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $mod: [2, 0] } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $bitsAllSet: 1 } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $near: [1, 1] } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $regex: '(?i)x' } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $regex: 'x', $options: 'x' } } }, { code: 2 }],
    [{ find: 'c', filter: { a: { $regex: '\\Ax' } } }, { code: 2 }],
    [{ find: 'c', projection: { a: { $slice: 1 } } }, { code: 2 }],
    [{ find: 'c', projection: { 'a.$': 1 } }, { code: 2 }],
    [{ find: 'c', projection: { a: { $elemMatch: { x: 1 } } } }, { code: 2 }],
    [{ find: 'c', projection: { b: '$a' } }, { code: 2 }],
    [{ find: 'c', sort: { score: { $meta: 'textScore' } } }, { code: 2 }],
    [{ find: 'c', hint: { $natural: 1 } }, { code: 2 }],
    [
      { update: 'c', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 9 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $mul: { a: 1 } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 9 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $rename: { a: 'b' } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 9 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $currentDate: { a: true } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 9 }] },
    ],
    [
      { update: 'c', updates: [{ q: { a: 1 }, u: { $set: { 'a.$': 5 } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 52 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $set: { 'a.$[]': 5 } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 52 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $set: { b: 5 } }, arrayFilters: [] }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 40415 }] },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $set: { b: 5 } }, collation: {} }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 40415 }] },
    ],
    [
      { insert: 'c', documents: [{ $a: 1 }] },
      { n: 0, writeErrors: [{ index: 0, code: 52 }] },
    ],
    [agg({ $lookup: { from: 'd', localField: 'a', foreignField: 'b', as: 'x' } }), { code: 40324 }],
    [agg({ $facet: {} }), { code: 40324 }],
    [agg({ $addFields: { a: 1 } }), { code: 40324 }],
    [agg({ $out: 'd' }), { code: 40324 }],
    [agg({ $project: { a: { $add: [1, 2] } } }), { code: 2 }],
    [agg({ $group: { _id: { $year: '$a' } } }), { code: 168 }],
    [agg({ $group: { _id: null, n: { $avg: '$a' } } }), { code: 15952 }],
    [agg({ $group: { _id: null, n: { $sum: { $size: '$a' } } } }), { code: 168 }],
    [agg({ $group: { _id: '$$NOW' } }), { code: 2 }],
    [agg({ $unwind: { path: '$a', includeArrayIndex: 'i' } }), { code: 28812 }],
    [{ createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 't' }] }, { code: 67 }],
    [{ createIndexes: 'c', indexes: [{ key: { a: '2dsphere' }, name: 't' }] }, { code: 67 }],
    [{ createIndexes: 'c', indexes: [{ key: { a: 'hashed' }, name: 't' }] }, { code: 67 }],
    [{ createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 't' }] }, { code: 67 }],
    [{ createIndexes: 'c', indexes: [{ key: { 'a.0': 1 }, name: 't' }] }, { code: 67 }],
    [
      { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 't', collation: { locale: 'zh' } }] },
      { code: 197 },
    ],
    [{ createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 't', hidden: true }] }, { code: 197 }],
    [
      {
        createIndexes: 'c',
        indexes: [{ key: { a: 1 }, name: 't', partialFilterExpression: { $or: [{ a: 1 }] } }],
      },
      { code: 67 },
    ],
    [
      {
        createIndexes: 'c',
        indexes: [{ key: { a: 1 }, name: 't', partialFilterExpression: { a: { $ne: 1 } } }],
      },
      { code: 67 },
    ],
    [{ create: 'd', capped: true, size: 100 }, { code: 40415 }],
    [{ create: 'd', validator: {} }, { code: 40415 }],
    [{ create: 'd', timeseries: { timeField: 'a' } }, { code: 40415 }],
    [{ find: 'c', filter: { a: Decimal128.fromString('1') } }, { code: 2 }],
    [
      { update: 'c', updates: [{ q: {}, u: { $inc: { n: Decimal128.fromString('1') } } }] },
      { n: 1, nModified: 1 },
    ],
    [
      { update: 'c', updates: [{ q: {}, u: { $inc: { n: 1 } } }] },
      { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 2 }] },
    ],
  ],
};

export const commandCases: CommandCase[] = [
  finding,
  projecting,
  writing,
  modifying,
  aggregating,
  sums,
  counting,
  unique,
  parallel,
  collections,
  refusals,
];
