import { MongoError } from './errors.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { type Doc, isDoc, missing } from './values.ts';

/** Gives an expression's value for a document; `missing` when there is none. */
export type Expression = (doc: Doc) => unknown;

const fail = (message: string): never => {
  throw new MongoError('BadValue', message);
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
export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    if (spec === '$$ROOT') return (doc) => doc;
    if (spec.startsWith('$$')) fail(`the embedded server does not support the variable ${spec}`);
    const parts = splitPath(spec.slice(1));
    if (parts.includes('')) fail(`FieldPath must not contain an empty name: '${spec}'`);
    if (parts.some((part) => arrayIndex(part) !== undefined)) {
      fail(`the embedded server does not support numbers in a field path: '${spec}'`);
    }
    return (doc) => readPath(doc, parts, 0);
  }
  if (Array.isArray(spec)) return fail('the embedded server does not support an array as an expression');
  if (!isDoc(spec)) return () => spec;
  const operator = Object.keys(spec).find((name) => name.startsWith('$'));
  if (operator) throw new MongoError('InvalidPipelineOperator', `Unrecognized expression '${operator}'`);
  const fields = Object.entries(spec).map(([name, inner]) => [name, compileExpression(inner)] as const);
  return (doc) => compact(fields.map(([name, read]) => [name, read(doc)]));
}

/** A document of the values that there are. */
export const compact = (entries: [string, unknown][]): Doc =>
  Object.fromEntries(entries.filter(([, value]) => value !== missing && value !== undefined));
