import { Binary, Double, Long, ObjectId } from 'bson';

/** Documents, and filters with the _ids that they must find, in the order of the _ids. */
export interface FilterCases {
  name: string;
  docs: object[];
  find: [filter: object, ids: unknown[]][];
}

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const oid = (n: number): ObjectId => new ObjectId(n.toString(16).padStart(24, '0'));

const nulls = [
  { _id: 1 },
  { _id: 2, a: null },
  { _id: 3, a: 4 },
  { _id: 4, a: {} },
  { _id: 5, a: { b: null } },
  { _id: 6, a: { b: 'hi' } },
  { _id: 7, a: [] },
  { _id: 8, a: [[]] },
  { _id: 9, a: [null] },
  { _id: 10, a: [1, 'x', null, 4] },
  { _id: 11, a: [1, 'x'] },
  { _id: 12, a: [{ b: null }, {}] },
  { _id: 13, a: [{ b: 1 }, { b: 3 }] },
  { _id: 14, a: [{ b: 3 }, {}] },
  { _id: 15, a: [[{ b: null }]] },
];

const types = [
  { _id: 1, v: null },
  { _id: 2, v: -5 },
  { _id: 3, v: 2.5 },
  { _id: 4, v: Long.fromString('4294967296') },
  { _id: 5, v: 'abc' },
  { _id: 6, v: '' },
  { _id: 7, v: { x: 1 } },
  { _id: 8, v: { x: 1, y: 2 } },
  { _id: 9, v: new Binary(Buffer.from('abc')) },
  { _id: 10, v: oid(7) },
  { _id: 11, v: false },
  { _id: 12, v: true },
  { _id: 13, v: day(1) },
  { _id: 14, v: day(2) },
  { _id: 15 },
  { _id: 16, v: new Double(3) },
  { _id: 17, v: 3 },
  { _id: 18, v: [3, 'abc', day(3)] },
];

const arrays = [
  { _id: 1, tags: ['a', 'b', 'c'], n: [1, 5, 9] },
  { _id: 2, tags: 'a', n: 5 },
  { _id: 3, tags: [], n: [] },
  { _id: 4, tags: [['a', 'b']], n: [[1, 5]] },
  { _id: 5, tags: ['b', 'a'], n: [10, 20] },
  {
    _id: 6,
    items: [
      { k: 'x', q: 1 },
      { k: 'y', q: 5 },
    ],
  },
  {
    _id: 7,
    items: [
      { k: 'x', q: 5 },
      { k: 'y', q: 1 },
    ],
  },
  { _id: 8, items: { k: 'x', q: 5 } },
  { _id: 9, items: [{ k: 'x', q: [1, 7] }, { q: 3 }] },
  { _id: 10, items: [[{ k: 'x', q: 7 }], 7] },
];

const texts = [
  { _id: 1, s: 'Alpha' },
  { _id: 2, s: 'alphabet' },
  { _id: 3, s: '路演 报名' },
  { _id: 4, s: ['gamma', 'alpha'] },
  { _id: 5, s: '😀' },
  { _id: 6, s: '！' },
  { _id: 7, s: 'a\u0000b' },
];

const all = (docs: { _id: number }[], ...without: number[]): number[] =>
  docs.map(({ _id }) => _id).filter((id) => !without.includes(id));

export const filterCases: FilterCases[] = [
  {
    name: 'null and missing',
    docs: nulls,
    find: [
      [{ a: null }, [1, 2, 9, 10]],
      [{ a: { $eq: null } }, [1, 2, 9, 10]],
      [{ a: { $ne: null } }, all(nulls, 1, 2, 9, 10)],
      [{ a: { $exists: true } }, all(nulls, 1)],
      [{ a: { $exists: false } }, [1]],
      [{ 'a.b': null }, [1, 2, 3, 4, 5, 12, 14]],
      [{ 'a.b': { $ne: null } }, [6, 7, 8, 9, 10, 11, 13, 15]],
      [{ 'a.b': { $exists: true } }, [5, 6, 12, 13, 14]],
      [{ 'a.b': { $exists: false } }, all(nulls, 5, 6, 12, 13, 14)],
      [{ 'a.b': { $gte: 3 } }, [13, 14]],
      [{ 'a.b': { $ne: 3 } }, all(nulls, 13, 14)],
      [{ a: { $in: [null] } }, [1, 2, 9, 10]],
      [{ a: { $in: [null, 4] } }, [1, 2, 3, 9, 10]],
      [{ a: { $nin: [null, 4] } }, all(nulls, 1, 2, 3, 9, 10)],
      [{ 'a.b': { $in: [null, 3] } }, [1, 2, 3, 4, 5, 12, 13, 14]],
      [{ 'a.b': { $nin: [null, 3] } }, [6, 7, 8, 9, 10, 11, 15]],
      [{ 'a.b.c': null }, [1, 2, 3, 4, 5, 6, 12, 13, 14]],
      [{ nothing: { $gt: 0 } }, []],
    ],
  },
  {
    name: 'types and their order',
    docs: types,
    find: [
      [{ v: { $gt: 0 } }, [3, 4, 16, 17, 18]],
      [{ v: { $lt: 3 } }, [2, 3]],
      [{ v: { $gte: 3 } }, [4, 16, 17, 18]],
      [{ v: { $lte: -5 } }, [2]],
      [{ v: 3 }, [16, 17, 18]],
      [{ v: -0 }, []],
      [{ v: 4294967296 }, [4]],
      [{ v: { $gt: '' } }, [5, 18]],
      [{ v: { $gte: '' } }, [5, 6, 18]],
      [{ v: { $lt: day(2) } }, [13]],
      [{ v: { $gte: day(1), $lt: day(2) } }, [13]],
      [{ v: { $gt: false } }, [12]],
      [{ v: false }, [11]],
      [{ 'v.x': 1 }, [7, 8]],
      [{ 'v.x': { $exists: true }, 'v.y': null }, [7]],
      [{ v: oid(7) }, [10]],
      [{ v: { $gt: oid(6) } }, [10]],
      [{ v: { $gt: oid(7) } }, []],
      [{ v: { $ne: 3 } }, all(types, 16, 17, 18)],
      [{ v: { $nin: [3, true, 'abc'] } }, all(types, 5, 12, 16, 17, 18)],
      [{ v: { $in: ['abc', true, 3, day(2), oid(7)] } }, [5, 10, 12, 14, 16, 17, 18]],
      [{ v: { $in: [] } }, []],
      [{ v: { $nin: [] } }, all(types)],
    ],
  },
  {
    name: 'arrays and nested documents',
    docs: arrays,
    find: [
      [{ tags: 'a' }, [1, 2, 5]],
      [{ tags: { $ne: 'a' } }, all(arrays, 1, 2, 5)],
      [{ n: { $gt: 5 } }, [1, 5]],
      [{ n: { $gt: 5, $lt: 2 } }, [1]],
      [{ n: 5 }, [1, 2]],
      [{ 'items.k': 'x' }, [6, 7, 8, 9]],
      [{ 'items.k': 'x', 'items.q': 5 }, [6, 7, 8]],
      [{ 'items.q': 7 }, [9]],
      [{ 'items.q': { $gt: 6 } }, [9]],
      [{ 'items.q': { $in: [7, 5] } }, [6, 7, 8, 9]],
      [{ 'items.k': null }, [1, 2, 3, 4, 5, 9]],
      [{ $or: [{ n: 5 }, { tags: 'b' }] }, [1, 2, 5]],
      [{ $nor: [{ n: 5 }, { items: { $exists: true } }] }, [3, 4, 5]],
      [{ $and: [{ n: 5 }, { tags: 'b' }] }, [1]],
      [{ $and: [{ $or: [{ _id: 1 }, { _id: 2 }] }, { $or: [{ n: 9 }] }] }, [1]],
      [{ $or: [{ $and: [{ n: 5 }, { _id: 2 }] }, { $nor: [{ _id: { $lt: 10 } }] }] }, [2, 10]],
      [{ _id: { $in: [1, 2, 3] }, $or: [{ n: { $ne: 5 } }, { tags: 'c' }] }, [1, 3]],
      [{ tags: { $in: ['c', 'z'] } }, [1]],
      [{ tags: { $nin: ['a'] } }, all(arrays, 1, 2, 5)],
      [{ tags: { $exists: true, $ne: 'b' } }, [2, 3, 4]],
      [{}, all(arrays)],
    ],
  },
  {
    name: 'texts',
    docs: texts,
    find: [
      [{ s: '路演 报名' }, [3]],
      [{ s: '😀' }, [5]],
      [{ s: { $in: ['！', 'alpha'] } }, [4, 6]],
      [{ s: { $gt: '路' } }, [3, 5, 6]],
      [{ s: { $lt: 'a' } }, [1]],
      [{ s: { $gt: 'a', $lt: 'alpha' } }, [7]],
      [{ s: 'a\u0000b' }, [7]],
    ],
  },
];
