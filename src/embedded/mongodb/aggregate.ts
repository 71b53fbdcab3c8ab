import { Int32, Long } from 'bson';
import { type CodeName, MongoError } from './errors.ts';
import { compact, compileExpression } from './expressions.ts';
import { compileGroup } from './group.ts';
import { sortKeyOf } from './keys.ts';
import { compileFilter } from './match.ts';
import { splitPath } from './paths.ts';
import { compileProjection } from './projection.ts';
import { parseSort } from './query.ts';
import { type StageName, stages } from './table.ts';
import { type Doc, isDoc, missing, show, toNumber, typeName } from './values.ts';

type Stage = (docs: Doc[]) => Doc[];

const fail = (code: CodeName, message: string): never => {
  throw new MongoError(code, message);
};

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
  if (fields.length === 0) fail('Location15976', '$sort stage must have at least one sort key');
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
    const limit = count(spec, '$limit', 1, 'Location15958');
    return (docs) => docs.slice(0, limit);
  },
  $skip: (spec) => {
    const skip = count(spec, '$skip', 0, 'Location5107200');
    return (docs) => docs.slice(skip);
  },
  $project: projectStage,
  $group: (spec) => compileGroup(needDoc(spec, '$group')),
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
