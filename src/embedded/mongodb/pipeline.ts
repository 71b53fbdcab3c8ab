import { refuse } from './errors.ts';
import { orderKey } from './order.ts';
import type { Query } from './select.ts';
import { accumulators, stages } from './table.ts';
import { exactly } from './update.ts';
import { type Doc, isDoc, show } from './values.ts';

/** A pipeline as it is run: a query, then what makes the answer of the documents found. */
export interface Pipeline {
  query: Query;
  finish: (docs: Doc[]) => Doc[];
}

/** Reads a pipeline of the table's stages in the table's order. */
export function readPipeline(pipeline: Doc[]): Pipeline {
  let last = -1;
  for (const stage of pipeline) {
    const [name = '', more] = Object.keys(stage);
    if (!name || more) refuse(40323, 'A pipeline stage specification object must contain exactly one field.');
    const at = stages.indexOf(name);
    if (at < 0) refuse(40324, `Unrecognized pipeline stage name: '${name}'`);
    if (at <= last) refuse(2, `${name} comes late: expected ${stages.join(', ')} in this order`);
    last = at;
  }
  const { $match: filter = {}, $sort, $limit, $group, $count } = Object.assign({}, ...pipeline) as Doc;
  if (!isDoc(filter)) return refuse(15959, 'the match filter must be an expression in an object');
  const [sort, limit] = [($sort ?? {}) as Doc, $limit as number | undefined];
  if ($sort && Object.keys(sort).length === 0) refuse(15976, '$sort stage must have at least one sort key');
  if ($limit !== undefined && !(Number.isSafeInteger(limit) && Number(limit) > 0))
    refuse(15958, 'the limit must be positive');
  const group = $group === undefined ? (docs: Doc[]) => docs : readGroup($group);
  if ($count === undefined) return { query: { filter, sort, limit }, finish: group };
  const name = String($count);
  if (!/^[^.$]+$/.test(name)) refuse(40156, `the count field must be a plain name, received '${name}'`);
  const count = ({ length }: Doc[]): Doc[] => (length > 0 ? [{ [name]: length }] : []);
  return { query: { filter, sort, limit }, finish: (docs) => count(group(docs)) };
}

/** A value of each document: one of its top-level fields, or a constant. */
function expression(spec: unknown): (doc: Doc) => unknown {
  if (isDoc(spec) || Array.isArray(spec))
    refuse(168, `expected '$field' or a constant, received ${show(spec)}`);
  if (typeof spec !== 'string' || !spec.startsWith('$')) return () => spec;
  if (!/^\$[^.$]+$/.test(spec)) refuse(2, `expected a top-level '$field', received '${spec}'`);
  return (doc) => doc[spec.slice(1)];
}

function readGroup(spec: unknown): (docs: Doc[]) => Doc[] {
  if (!isDoc(spec) || !('_id' in spec)) return refuse(15955, 'a group specification must include an _id');
  const { _id, ...fields } = spec;
  const id = expression(_id);
  const sums = Object.entries(fields).map(([name, accumulator]) => {
    if (!isDoc(accumulator)) return refuse(40234, `The field '${name}' must be an accumulator object`);
    const [operator = ''] = Object.keys(accumulator);
    if (!accumulators.includes(operator)) refuse(15952, `unknown group operator '${operator}'`);
    return { name, value: expression(accumulator[operator]) };
  });
  return (docs) => {
    const groups = new Map<string, Doc>();
    for (const doc of docs) {
      const key = orderKey(id(doc));
      const made: Doc = groups.get(key) ?? { _id: id(doc) ?? null };
      groups.set(key, made);
      for (const { name, value } of sums) {
        const more = value(doc);
        made[name] = exactly(Number(made[name] ?? 0) + (typeof more === 'number' ? more : 0), name);
      }
    }
    return [...groups.values()];
  };
}
