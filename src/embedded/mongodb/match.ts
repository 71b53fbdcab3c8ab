import { BSONRegExp } from 'bson';
import { MongoError } from './errors.ts';
import { orderKey } from './order.ts';
import { regexTest } from './regex.ts';
import { logicalOperators, type QueryOperator, queryOperators } from './table.ts';
import {
  type Doc,
  isDoc,
  isTruthy,
  missing,
  show,
  type TypeName,
  toNumber,
  typeName,
  typesNamed,
} from './values.ts';

export type Predicate = (doc: Doc) => boolean;
type Test = (value: unknown) => boolean;
/** Tests what a path leads to from a root; `open` also offers the elements of an array found there. */
type Check = (root: unknown, parts: string[], open: boolean) => boolean;
type Builder = (operand: unknown, siblings: Doc) => Check;

const paths = new Map<string, string[]>();

/** Splits a dotted path, remembering the split. */
export function splitPath(path: string): string[] {
  let parts = paths.get(path);
  if (!parts) {
    parts = path.split('.');
    if (paths.size > 5000) paths.clear();
    paths.set(path, parts);
  }
  return parts;
}

/** An array index written as a path component. */
export function arrayIndex(part: string): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : undefined;
}

/** Whether any value that the path leads to passes the test, stepping into arrays as MongoDB does. */
export function anyValue(value: unknown, parts: string[], at: number, expand: boolean, test: Test): boolean {
  const part = parts[at];
  if (part === undefined) {
    return test(value) || (expand && Array.isArray(value) && value.some(test));
  }
  if (Array.isArray(value)) {
    const index = arrayIndex(part);
    if (index !== undefined && index < value.length && anyValue(value[index], parts, at + 1, expand, test))
      return true;
    return value.some((element) => isDoc(element) && anyValue(element, parts, at, expand, test));
  }
  if (isDoc(value) && Object.hasOwn(value, part)) return anyValue(value[part], parts, at + 1, expand, test);
  return test(missing);
}

const isNullish: Test = (value) => value === missing || value === null || value === undefined;

export function equality(operand: unknown): Test {
  if (operand === null || operand === undefined) return isNullish;
  if (typeof operand === 'string') return (value) => value === operand;
  const key = orderKey(operand);
  return (value) => value !== missing && orderKey(value) === key;
}

const some =
  (test: Test): Check =>
  (root, parts, open) =>
    anyValue(root, parts, 0, open, test);
/** For operators that look at an array as a whole. */
const whole =
  (test: Test): Check =>
  (root, parts) =>
    anyValue(root, parts, 0, false, test);
const none =
  (check: Check): Check =>
  (root, parts, open) =>
    !check(root, parts, open);
const every =
  (checks: Check[]): Check =>
  (root, parts, open) =>
    checks.every((check) => check(root, parts, open));

/** Ranges compare within one kind of type only; null compares with null and missing alone. */
function range(accept: (order: number) => boolean): Builder {
  return (operand) => {
    if (operand === null || operand === undefined) return some(accept(0) ? isNullish : () => false);
    const everyKind = typeName(operand) === 'minKey' || typeName(operand) === 'maxKey';
    const nan = Number.isNaN(toNumber(operand));
    const key = orderKey(operand);
    return some((value) => {
      if (value === missing) return false;
      const other = orderKey(value);
      if (!everyKind && other[0] !== key[0]) return false;
      if (nan || Number.isNaN(toNumber(value))) return other === key && accept(0);
      return accept(other < key ? -1 : other > key ? 1 : 0);
    });
  };
}

function list(operand: unknown, operator: string): unknown[] {
  if (Array.isArray(operand)) return operand;
  throw new MongoError('BadValue', `${operator} needs an array, received ${typeName(operand)}`);
}

function oneOf(operand: unknown, operator: string): Check {
  const tests: Test[] = [];
  const keys = new Set<string>();
  for (const choice of list(operand, operator)) {
    if (choice instanceof BSONRegExp) tests.push(regexTest(choice));
    else if (isNullish(choice)) tests.push(isNullish);
    else if (hasOperators(choice)) throw new MongoError('BadValue', `cannot nest $ under ${operator}`);
    else keys.add(orderKey(choice));
  }
  return some(
    (value) =>
      (keys.size > 0 && value !== missing && keys.has(orderKey(value))) || tests.some((test) => test(value)),
  );
}

function typeTest(operand: unknown): Check {
  const wanted = new Set<TypeName>();
  for (const each of Array.isArray(operand) ? operand : [operand]) {
    const names = typesNamed(each);
    if (!names) throw new MongoError('BadValue', `Unknown type name alias: ${show(each)}`);
    for (const name of names) wanted.add(name);
  }
  return some((value) => value !== missing && wanted.has(typeName(value)));
}

function sizeTest(operand: unknown): Check {
  const size = toNumber(operand);
  if (size === undefined || !Number.isInteger(size) || size < 0) {
    const message = `Failed to parse $size. Expected a non-negative integer, received ${show(operand)}`;
    throw new MongoError('FailedToParse', message);
  }
  return whole((value) => Array.isArray(value) && value.length === size);
}

function elemMatch(operand: unknown): Check {
  if (!isDoc(operand)) throw new MongoError('BadValue', '$elemMatch needs an Object');
  let accept: Test;
  if (hasOperators(operand) && !logicalOperators.includes(Object.keys(operand)[0] as '$and')) {
    const check = every(checksOf(operand));
    accept = (element) => check(element, [], false);
  } else {
    const filter = compileFilter(operand);
    accept = (element) => isDoc(element) && filter(element);
  }
  return whole((value) => Array.isArray(value) && value.some(accept));
}

function all(operand: unknown): Check {
  const checks = list(operand, '$all').map((choice) => {
    if (isDoc(choice) && '$elemMatch' in choice) return elemMatch(choice.$elemMatch);
    if (hasOperators(choice)) throw new MongoError('BadValue', 'no $ expressions in $all');
    return some(choice instanceof BSONRegExp ? regexTest(choice) : equality(choice));
  });
  return checks.length === 0 ? () => false : every(checks);
}

function not(operand: unknown): Check {
  if (operand instanceof BSONRegExp) return none(some(regexTest(operand)));
  if (!hasOperators(operand))
    throw new MongoError('BadValue', '$not needs a regex or a document of operators');
  return none(every(checksOf(operand)));
}

function notEqual(operand: unknown): Check {
  if (operand instanceof BSONRegExp) throw new MongoError('BadValue', "Can't have regex as arg to $ne.");
  return none(some(equality(operand)));
}

const builders: Record<QueryOperator, Builder> = {
  $eq: (operand) => some(equality(operand)),
  $ne: notEqual,
  $gt: range((order) => order > 0),
  $gte: range((order) => order >= 0),
  $lt: range((order) => order < 0),
  $lte: range((order) => order <= 0),
  $in: (operand) => oneOf(operand, '$in'),
  $nin: (operand) => none(oneOf(operand, '$nin')),
  $exists: (operand) => {
    const found = whole((value) => value !== missing);
    return isTruthy(operand) ? found : none(found);
  },
  $not: not,
  $elemMatch: elemMatch,
  $size: sizeTest,
  $all: all,
  $type: typeTest,
  $regex: (operand, siblings) => some(regexTest(operand, siblings.$options)),
};

/** Whether a value is an expression such as `{$gt: 1}` and not a document to be equal to. */
export function hasOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

function checksOf(conditions: Doc): Check[] {
  const checks: Check[] = [];
  for (const [name, operand] of Object.entries(conditions)) {
    if (name === '$options' && '$regex' in conditions) continue;
    if (!queryOperators.includes(name as QueryOperator))
      throw new MongoError('BadValue', `unknown operator: ${name}`);
    checks.push(builders[name as QueryOperator](operand, conditions));
  }
  return checks;
}

function fieldPredicate(path: string, condition: unknown): Predicate {
  const parts = splitPath(path);
  if (condition instanceof BSONRegExp) {
    const test = regexTest(condition);
    return (doc) => anyValue(doc, parts, 0, true, test);
  }
  if (!hasOperators(condition)) {
    const test = equality(condition);
    return (doc) => anyValue(doc, parts, 0, true, test);
  }
  const checks = checksOf(condition);
  return (doc) => checks.every((check) => check(doc, parts, true));
}

function logical(name: string, operand: unknown): Predicate {
  const branches = list(operand, name);
  if (branches.length === 0) throw new MongoError('BadValue', `${name} must be a nonempty array`);
  const predicates = branches.map((branch) => {
    if (!isDoc(branch)) throw new MongoError('BadValue', `${name} entries need to be full objects`);
    return compileFilter(branch);
  });
  if (name === '$and') return (doc) => predicates.every((accept) => accept(doc));
  return (doc) => predicates.some((accept) => accept(doc)) === (name === '$or');
}

/** Compiles a filter; an operator outside the table is refused here, before any document is looked at. */
export function compileFilter(filter: Doc): Predicate {
  const predicates = Object.entries(filter).map(([name, condition]) => {
    if (!name.startsWith('$')) return fieldPredicate(name, condition);
    if (logicalOperators.includes(name as '$and')) return logical(name, condition);
    throw new MongoError('BadValue', `unknown top level operator: ${name}`);
  });
  const [only] = predicates;
  if (predicates.length === 1 && only) return only;
  return (doc) => predicates.every((accept) => accept(doc));
}
