/** A command over these indexes, and the name of the index that must serve it; none stands for a scan. */
export type PlanCase = [command: object, index: string | undefined, engineLacks?: string];

export const planIndexes = [
  { key: { state: 1, due: 1 }, name: 'due' },
  { key: { code: 1 }, name: 'code', unique: true },
  { key: { open: 1, at: 1 }, name: 'open', partialFilterExpression: { open: true } },
  { key: { work: 1 }, name: 'work', partialFilterExpression: { work: { $exists: true } } },
  { key: { 'accounts.id': 1 }, name: 'account' },
  { key: { at: -1 }, name: 'at' },
];

const find = (filter: object, more: object = {}): object => ({ find: 'c', filter, ...more });

export const planCases: PlanCase[] = [
  [find({ _id: 1 }), '_id_', 'names no index for one _id'],
  [find({ _id: { $in: [1, 2] }, state: 'x' }), '_id_'],
  [find({ _id: { $gt: 5 } }), '_id_'],
  [find({ _id: 3, $or: [{ state: 'x' }, { state: 'y' }] }), '_id_', 'names no index for one _id'],
  [find({ code: 'x3' }), 'code'],
  [find({ state: 'x' }), 'due'],
  [find({ state: { $in: ['x', 'y'] }, due: { $lt: 5 } }), 'due'],
  [find({ state: 'x' }, { sort: { due: -1 } }), 'due'],
  [find({ state: { $in: ['x', 'y'] }, due: { $lt: 5 } }, { sort: { due: 1 }, limit: 3 }), 'due'],
  [find({ due: { $lt: 5 } }), undefined, 'scans by the _id index'],
  [find({ open: true }), 'open'],
  [find({ open: true, at: { $lt: new Date(5) } }, { sort: { at: 1 } }), 'open', 'takes the other index'],
  [find({ open: false }), undefined, 'scans by the _id index'],
  [find({ work: { $exists: true, $lte: 4 } }, { sort: { work: 1 } }), 'work'],
  [find({ work: 3 }), 'work', 'does not conclude existence from equality'],
  [find({ work: null }), undefined, 'scans by the _id index'],
  [find({ 'accounts.id': 'a' }), 'account'],
  [find({ at: { $gte: new Date(0), $lt: new Date(5) } }, { sort: { at: 1 } }), 'at'],
  [find({}, { sort: { _id: -1 } }), '_id_', 'sorts a scan'],
  [find({ other: 1 }), undefined, 'scans by the _id index'],
  [find({ other: 1 }, { sort: { other: 1 } }), undefined, 'scans by the _id index'],
  [
    { update: 'c', updates: [{ q: { _id: 1, rev: 2 }, u: { $set: { a: 1 } } }] },
    '_id_',
    'explains reads only',
  ],
  [{ delete: 'c', deletes: [{ q: { state: 'x' }, limit: 0 }] }, 'due', 'explains reads only'],
  [{ findAndModify: 'c', query: { code: 'x3' }, update: { $set: { a: 1 } } }, 'code', 'explains reads only'],
  [
    {
      aggregate: 'c',
      pipeline: [{ $match: { state: 'x' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
      cursor: {},
    },
    'due',
  ],
];

/** The index that an explained command uses, wherever the engine writes it. */
export function indexIn(explained: unknown): string | undefined {
  if (typeof explained !== 'object' || explained === null) return undefined;
  const { indexName, stage } = explained as { indexName?: unknown; stage?: unknown };
  if (typeof indexName === 'string') return indexName;
  if (stage === 'IDHACK') return '_id_';
  for (const [name, inner] of Object.entries(explained)) {
    const found = name === 'rejectedPlans' ? undefined : indexIn(inner);
    if (found) return found;
  }
  return undefined;
}
