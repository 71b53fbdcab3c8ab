import { Int32, Long } from 'bson';
import { type CodeName, MongoError } from './errors.ts';
import { sortKeyOf } from './keys.ts';
import { arrayIndex, compileFilter, splitPath } from './match.ts';
import { compareValues, orderKey } from './order.ts';
import { compileProjection } from './projection.ts';
import { parseSort } from './query.ts';
import { type AccumulatorName, accumulators, type StageName, stages } from './table.ts';
import { addNumbers } from './update.ts';
import { type Doc, isDoc, isNumeric, missing, show, toNumber, typeName } from './values.ts';

type Stage = (docs: Doc[]) => Doc[];
type Expression = (doc: Doc) => unknown;

const fail = (code: CodeName, message: string): never => {
  throw new MongoError(code, message);
};

/** Reads a `$path` for an expression; through an array it gives the array of what the elements have. */
function readPath(value: unknown, parts: string[], at: number): unknown {
  const part = parts[at];
  if (part === undefined) return value;
  if (Array.isArray(value)) {
    return value
      .map((each) => (isDoc(each) || Array.isArray(each) ? readPath(each, parts, at) : missing))
      .filter((each) => each !== missing);
  }
  return isDoc(value) && Object.hasOwn(value, part) ? readPath(value[part], parts, at + 1) : missing;
}

/** Compiles an expression: a `$path`, a constant, or a document of them. */
function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    if (spec === '$$ROOT') return (doc) => doc;
    if (spec.startsWith('$$')) fail('BadValue', `the embedded server does not support the variable ${spec}`);
    const parts = splitPath(spec.slice(1));
    if (parts.includes('')) fail('BadValue', `FieldPath must not contain an empty name: '${spec}'`);
    if (parts.some((part) => arrayIndex(part) !== undefined)) {
      fail('BadValue', `the embedded server does not support numbers in a field path: '${spec}'`);
    }
    return (doc) => readPath(doc, parts, 0);
  }
  if (Array.isArray(spec))
    return fail('BadValue', 'the embedded server does not support an array as an expression');
  if (!isDoc(spec)) return () => spec;
  const operator = Object.keys(spec).find((name) => name.startsWith('$'));
  if (operator) fail('InvalidPipelineOperator', `Unrecognized expression '${operator}'`);
  const fields = Object.entries(spec).map(([name, inner]) => [name, compileExpression(inner)] as const);
  return (doc) => compact(fields.map(([name, read]) => [name, read(doc)]));
}

const compact = (entries: [string, unknown][]): Doc =>
  Object.fromEntries(entries.filter(([, value]) => value !== missing && value !== undefined));

function count(spec: unknown, name: string, least: number, code: CodeName): number {
  const value = toNumber(spec);
  if (value !== undefined && Number.isInteger(value) && value >= least) return value;
  return fail(code, `${name} needs an integer of at least ${least}, received ${show(spec)}`);
}

function needDoc(spec: unknown, name: string): Doc {
  return isDoc(spec)
    ? spec
    : fail('FailedToParse', `the ${name} specification must be an object, received ${show(spec)}`);
}

function sortStage(spec: unknown): Stage {
  const fields = parseSort(needDoc(spec, '$sort'));
  if (fields.length === 0) fail('BadValue', '$sort stage must have at least one sort key');
  return (docs) => {
    const keyed = docs.map((doc) => ({ doc, key: sortKeyOf(doc, fields) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map(({ doc }) => doc);
  };
}

/** `$project`: inclusions and exclusions as in find, and computed fields that are `$path`s. */
function projectStage(spec: unknown): Stage {
  const fields = Object.entries(needDoc(spec, '$project'));
  if (fields.length === 0)
    fail(
      'BadValue',
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const computed = fields.filter(([, value]) => typeof value === 'string');
  const nested = computed.find(([name]) => name.includes('.'));
  if (nested)
    fail(
      'BadValue',
      `the embedded server computes only top-level fields in $project, received '${nested[0]}'`,
    );
  const reads = computed.map(([name, value]) => [name, compileExpression(value)] as const);
  const plain = Object.fromEntries(fields.filter(([, value]) => typeof value !== 'string'));
  if (computed.length === 0) {
    const project = compileProjection(plain);
    return (docs) => (project ? docs.map(project) : docs);
  }
  const excluded = Object.entries(plain).find(([name, value]) => name !== '_id' && toNumber(value) === 0);
  if (excluded) fail('Location31254', `Cannot do exclusion on field ${excluded[0]} in inclusion projection`);
  const onlyId = Object.keys(plain).every((name) => name === '_id');
  const keep = compileProjection(onlyId && isOff(plain._id) ? { _id: 0, '\0': 1 } : { _id: 1, ...plain });
  return (docs) =>
    docs.map((doc) => ({ ...keep?.(doc), ...compact(reads.map(([name, read]) => [name, read(doc)])) }));
}

const isOff = (value: unknown): boolean => value === false || toNumber(value) === 0;

interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown = missing;
  return {
    add(value) {
      if (value === missing || value === null || value === undefined) return;
      if (best === missing || compareValues(value, best) * direction < 0) best = value;
    },
    result: () => (best === missing ? null : best),
  };
}

const makers: Record<AccumulatorName, () => Accumulator> = {
  $sum: () => {
    let sum: unknown = new Int32(0);
    return {
      add: (value) => {
        if (isNumeric(value)) sum = addNumbers(sum, value);
      },
      result: () => sum,
    };
  },
  $min: () => extreme(1),
  $max: () => extreme(-1),
  $first: () => {
    let first: unknown;
    return {
      add: (value) => {
        if (first === undefined) first = value === missing ? null : value;
      },
      result: () => first,
    };
  },
  $last: () => {
    let last: unknown = null;
    return {
      add: (value) => {
        last = value === missing ? null : value;
      },
      result: () => last,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return {
      add: (value) => {
        if (value !== missing) values.push(value);
      },
      result: () => values,
    };
  },
};

function accumulatorField([name, spec]: [string, unknown]): {
  name: string;
  read: Expression;
  make: () => Accumulator;
} {
  if (!isDoc(spec)) return fail('Location40234', `The field '${name}' must be an accumulator object`);
  const [operator, ...more] = Object.keys(spec);
  if (operator === undefined || more.length > 0) {
    return fail('Location40238', `The field '${name}' must specify one accumulator`);
  }
  if (name.includes('.') || name.startsWith('$'))
    fail('BadValue', `The field name '${name}' is not allowed in $group`);
  if (!accumulators.includes(operator as AccumulatorName))
    fail('Location15952', `unknown group operator '${operator}'`);
  return { name, read: compileExpression(spec[operator]), make: makers[operator as AccumulatorName] };
}

function groupStage(spec: unknown): Stage {
  const { _id, ...rest } = needDoc(spec, '$group');
  if (_id === undefined) fail('Location15952', 'a group specification must include an _id');
  const readId = compileExpression(_id);
  const fields = Object.entries(rest).map(accumulatorField);
  return (docs) => {
    const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
    for (const doc of docs) {
      const found = readId(doc);
      const id = found === missing ? null : found;
      const key = orderKey(id);
      const group = groups.get(key) ?? { id, states: fields.map(({ make }) => make()) };
      groups.set(key, group);
      fields.forEach(({ read }, i) => {
        group.states[i]?.add(read(doc));
      });
    }
    return [...groups.values()].map(({ id, states }) =>
      Object.fromEntries([
        ['_id', id],
        ...fields.map(({ name }, i): [string, unknown] => [name, states[i]?.result()]),
      ]),
    );
  };
}

function unwindStage(spec: unknown): Stage {
  const { path, ...options } =
    typeof spec === 'string' ? { path: spec } : (needDoc(spec, '$unwind') as { path?: unknown });
  for (const name of Object.keys(options)) {
    if (name !== 'preserveNullAndEmptyArrays')
      fail('Location28812', `the embedded server does not support ${name} in $unwind`);
  }
  if (typeof path !== 'string' || !path.startsWith('$') || path.startsWith('$$')) {
    return fail('Location28818', `path option to $unwind stage should be prefixed with a '$': ${show(path)}`);
  }
  const parts = splitPath(path.slice(1));
  const keep = (options as { preserveNullAndEmptyArrays?: unknown }).preserveNullAndEmptyArrays === true;
  return (docs) => docs.flatMap((doc) => unwind(doc, parts, keep));
}

function unwind(doc: Doc, parts: string[], keep: boolean): Doc[] {
  let value: unknown = doc;
  for (const part of parts) value = isDoc(value) && Object.hasOwn(value, part) ? value[part] : missing;
  if (Array.isArray(value) && value.length > 0) return value.map((each) => withPath(doc, parts, each));
  if (Array.isArray(value)) return keep ? [withPath(doc, parts, missing)] : [];
  const absent = value === missing || value === null || value === undefined;
  return absent && !keep ? [] : [doc];
}

/** A copy of the document whose value at a path of plain documents is another one. */
function withPath(doc: Doc, [part, ...rest]: string[], value: unknown): Doc {
  const name = part as string;
  const inner = rest.length === 0 ? value : withPath(doc[name] as Doc, rest, value);
  const { [name]: _, ...others } = doc;
  return inner === missing ? others : { ...doc, [name]: inner };
}

function countStage(spec: unknown): Stage {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    return fail(
      'Location40156',
      `the count field must be a non-empty string without $ and ., received ${show(spec)}`,
    );
  }
  return (docs) => (docs.length === 0 ? [] : [{ [spec]: countOf(docs.length) }]);
}

/** A count as MongoDB types it. */
export const countOf = (n: number): Int32 | Long => (n <= 0x7fffffff ? new Int32(n) : Long.fromNumber(n));

const builders: Record<StageName, (spec: unknown) => Stage> = {
  $match: (spec) => {
    const accept = compileFilter(needDoc(spec, '$match'));
    return (docs) => docs.filter(accept);
  },
  $sort: sortStage,
  $limit: (spec) => {
    const limit = count(spec, '$limit', 1, 'FailedToParse');
    return (docs) => docs.slice(0, limit);
  },
  $skip: (spec) => {
    const skip = count(spec, '$skip', 0, 'FailedToParse');
    return (docs) => docs.slice(skip);
  },
  $project: projectStage,
  $group: groupStage,
  $count: countStage,
  $unwind: unwindStage,
};

/** Compiles a pipeline, refusing stages that the table does not list. */
export function compilePipeline(pipeline: unknown): Stage[] {
  if (!Array.isArray(pipeline))
    return fail('TypeMismatch', `'pipeline' must be an array, received ${typeName(pipeline)}`);
  return pipeline.map((stage) => {
    const [name, ...more] = isDoc(stage) ? Object.keys(stage) : [];
    if (name === undefined || more.length > 0) {
      return fail('Location40323', 'A pipeline stage specification object must contain exactly one field.');
    }
    if (!stages.includes(name as StageName))
      fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
    return builders[name as StageName]((stage as Doc)[name]);
  });
}
