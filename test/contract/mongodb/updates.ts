/** A document, an update to it, what it becomes or the code of the refusal, and what the comparison engine lacks. */
export type UpdateCase = [before: object, update: object, after: object | number, engineLacks?: string];

const twoItems = {
  a: [
    { k: 1, n: 1 },
    { k: 2, n: 1 },
  ],
};

export const updateCases: UpdateCase[] = [
  // $set
  [{ a: 1 }, { $set: { a: 2 } }, { a: 2 }],
  [{ a: 1 }, { $set: { a: 1 } }, { a: 1 }],
  [{ a: 1 }, { $set: { b: 1, a: { c: 2 } } }, { a: { c: 2 }, b: 1 }],
  [
    {},
    { $set: { z: 1, 'b.c.d': 2, a: null } },
    { a: null, b: { c: { d: 2 } }, z: 1 },
    'adds new fields in the order given',
  ],
  [{ a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
  [{ a: 5 }, { $set: { 'a.b': 1 } }, 28],
  [{ a: null }, { $set: { 'a.b': 1 } }, 28],
  [{ a: [1] }, { $set: { 'a.b': 1 } }, 28],
  [{ a: 1 }, { $set: { a: 1, 'a.b': 2 } }, 40],
  [{ a: 1 }, { $set: { a: 1 }, $inc: { a: 2 } }, 40],
  [{ a: 1 }, { $set: { _id: 2 } }, 66],
  [{ a: 1 }, { $set: { _id: 1, a: 2 } }, { a: 2 }],
  [{ a: 1 }, { $set: { '': 2 } }, 56],
  [{ a: 1 }, { $set: { 'a.': 2 } }, 56],
  [{ a: 1 }, { $set: 5 }, 9],
  [{ a: 1 }, { $bogus: { a: 1 } }, 9],
  [
    { a: 1 },
    { $set: { d: new Date(5), t: '路演', l: [1, [2, { x: null }]] } },
    { a: 1, d: new Date(5), l: [1, [2, { x: null }]], t: '路演' },
    'adds new fields in the order given',
  ],
  // $unset
  [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  [{ a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1 } }, { a: { c: 2 } }],
  [{ a: 1 }, { $unset: { 'x.y': 1, 'a.b': 1 } }, { a: 1 }],
  [
    { a: [{ b: 1 }] },
    { $unset: { 'a.b': 1 } },
    { a: [{ b: 1 }] },
    'refuses an array on the way of an $unset',
  ],
  [{ a: 1 }, { $unset: { _id: 1 } }, 66],
  // $inc
  [{ a: 1 }, { $inc: { a: 2 } }, { a: 3 }],
  [{ a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }],
  [{ a: 1.5 }, { $inc: { a: 0.5 } }, { a: 2 }],
  [{ a: 2147483647 }, { $inc: { a: 1 } }, { a: 2147483648 }],
  [{}, { $inc: { a: 2, 'b.c': -1 } }, { a: 2, b: { c: -1 } }],
  [{ a: 'x' }, { $inc: { a: 1 } }, 14],
  [{ a: null }, { $inc: { a: 1 } }, 14],
  [{ a: 1 }, { $inc: { a: 'x' } }, 14],
  // $min and $max
  [{ a: 5 }, { $min: { a: 3 } }, { a: 3 }],
  [{ a: 5 }, { $min: { a: 7 } }, { a: 5 }],
  [{ a: 5 }, { $max: { a: 7 } }, { a: 7 }],
  [{ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
  [{ a: 'x' }, { $max: { a: 5 } }, { a: 'x' }],
  [{ a: null }, { $min: { a: 5 } }, { a: null }],
  [{ a: new Date(5) }, { $max: { a: new Date(9) } }, { a: new Date(9) }],
  [{}, { $min: { a: 5 }, $max: { b: 6 } }, { a: 5, b: 6 }],
  // $push
  [{ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  [{}, { $push: { a: 2, 'b.c': 1 } }, { a: [2], b: { c: [1] } }],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  [{ a: [1] }, { $push: { a: { $each: [] } } }, { a: [1] }, 'counts pushing nothing as a change'],
  [{}, { $push: { a: { $each: [] } } }, { a: [] }, 'does not make an empty array'],
  [{ a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: -3 } } }, { a: [2, 3, 4] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: 3 } } }, { a: [1, 2, 3] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
  [{ a: 5 }, { $push: { a: 1 } }, 2],
  [{ a: null }, { $push: { a: 1 } }, 2],
  [{ a: [1] }, { $push: { a: { $each: 5 } } }, 2],
  [{ a: [1] }, { $push: { a: { $each: [1], $bogus: 1 } } }, 2],
  [{ a: [1] }, { $push: { a: { $each: [1], $slice: 'x' } } }, 2],
  // $pull
  [{ a: [1, 2, 1, 3] }, { $pull: { a: 1 } }, { a: [2, 3] }],
  [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [{ a: [1, 5, 9] }, { $pull: { a: { $in: [1, 9] } } }, { a: [5] }],
  [twoItems, { $pull: { a: { k: 1 } } }, { a: [{ k: 2, n: 1 }] }],
  [twoItems, { $pull: { a: { k: { $in: [2, 3] } } } }, { a: [{ k: 1, n: 1 }] }],
  [twoItems, { $pull: { a: { n: 1 } } }, { a: [] }],
  [{ a: [{ k: 1 }, { k: 5 }, 7] }, { $pull: { a: { k: { $gt: 2 } } } }, { a: [{ k: 1 }, 7] }],
  [{ a: [[1], [2], 1] }, { $pull: { a: [1] } }, { a: [[2], 1] }],
  [{ a: [null, 1] }, { $pull: { a: null } }, { a: [1] }],
  [{ a: [1] }, { $pull: { b: 1, 'c.d': 1 } }, { a: [1] }],
  [{ a: 5 }, { $pull: { a: 5 } }, 2],
  // $addToSet
  [{ a: [1] }, { $addToSet: { a: 1 } }, { a: [1] }],
  [{ a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
  [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2, 3] } } }, { a: [1, 2, 3] }],
  [
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [{}, { $addToSet: { a: { $each: [1, 1] } } }, { a: [1] }],
  [{ a: [1] }, { $addToSet: { a: [1] } }, { a: [1, [1]] }],
  [{ a: 5 }, { $addToSet: { a: 5 } }, 2],
  [{ a: [1] }, { $addToSet: { a: { $each: 5 } } }, 14],
  // $setOnInsert does nothing to what is there
  [{ a: 1 }, { $setOnInsert: { a: 5, b: 5 } }, { a: 1 }],
  // replacement
  [{ a: 1, b: 2 }, { c: 3 }, { c: 3 }],
  [{ a: 1 }, {}, {}],
  [{ a: 1 }, { _id: 1, c: 3 }, { c: 3 }],
  [{ a: 1 }, { _id: 2, c: 3 }, 66],
  [{ a: 1 }, { c: 3, $set: { a: 1 } }, 52],
  // several at once
  [
    { n: 1, list: ['a'], at: { x: 1 } },
    { $inc: { n: 1 }, $push: { list: 'b' }, $set: { 'at.y': 2 }, $unset: { 'at.x': 1 } },
    { n: 2, list: ['a', 'b'], at: { y: 2 } },
  ],
];

/** A filter, an update and the document that an upsert makes of them, or the code of the refusal. */
export type UpsertCase = [filter: object, update: object, made: object | number];

export const upsertCases: UpsertCase[] = [
  [{ _id: 7 }, { $set: { a: 1 } }, { _id: 7, a: 1 }],
  [
    { _id: 7, k: 'x' },
    { $set: { a: 1 }, $setOnInsert: { b: 2 } },
    { _id: 7, k: 'x', a: 1, b: 2 },
  ],
  [{ _id: 7, 'k.l': 'x' }, { $set: { 'k.m': 1 } }, { _id: 7, k: { l: 'x', m: 1 } }],
  [{ _id: 7, n: { $gt: 5 }, k: { $eq: 3 } }, { $set: { a: 1 } }, { _id: 7, k: 3, a: 1 }],
  [{ $and: [{ _id: 7 }, { k: 3 }] }, { $inc: { n: 1 } }, { _id: 7, k: 3, n: 1 }],
  [{ _id: 7, k: { $in: [3] } }, { $set: { a: 1 } }, { _id: 7, k: 3, a: 1 }],
  [{ _id: 7, k: { $in: [3, 4] } }, { $set: { a: 1 } }, { _id: 7, a: 1 }],
  [{ $or: [{ _id: 7 }, { _id: 8 }] }, { $set: { _id: 7, a: 1 } }, { _id: 7, a: 1 }],
  [{ _id: 7, k: 1 }, { $inc: { k: 2 } }, { _id: 7, k: 3 }],
  [{ _id: 7, k: 1 }, { $set: { k: 5 } }, { _id: 7, k: 5 }],
  [{ _id: 7 }, { $set: { _id: 8 } }, 66],
  [{ _id: 7, k: 1 }, { a: 5 }, { _id: 7, a: 5 }],
  [{ k: 1 }, { _id: 7, a: 5 }, { _id: 7, a: 5 }],
  [{ _id: 7 }, { _id: 8, a: 5 }, 66],
  [{ _id: 7, k: 1 }, { $push: { list: 'x' } }, { _id: 7, k: 1, list: ['x'] }],
];
