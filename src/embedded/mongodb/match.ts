import { BSONRegExp } from 'bson';
import {
  type Check,
  equality,
  every,
  existence,
  hasOperators,
  list,
  none,
  notEqual,
  oneOf,
  range,
  sizeTest,
  some,
  typeTest,
  whole,
} from './checks.ts';
import { MongoError } from './errors.ts';
import { anyValue, splitPath, type Test } from './paths.ts';
import { regexTest } from './regex.ts';
import { logicalOperators, type QueryOperator, queryOperators } from './table.ts';
import { type Doc, isDoc } from './values.ts';

export type Predicate = (doc: Doc) => boolean;
type Builder = (operand: unknown, siblings: Doc) => Check;

function elemMatch(operand: unknown): Check {
  if (!isDoc(operand)) throw new MongoError('BadValue', '$elemMatch needs an Object');
  let accept: Test;
  if (hasOperators(operand) && !logicalOperators.includes(Object.keys(operand)[0] as '$and')) {
    const check = every(checksOf(operand));
    accept = (element) => check(element, [], false);
  } else {
    const filter = compileFilter(operand);
    // An array inside an array is matched like a document whose fields are its positions.
    accept = (element) =>
      Array.isArray(element) ? filter({ ...element }) : isDoc(element) && filter(element);
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

const builders: Record<QueryOperator, Builder> = {
  $eq: (operand) => some(equality(operand)),
  $ne: notEqual,
  $gt: range((order) => order > 0),
  $gte: range((order) => order >= 0),
  $lt: range((order) => order < 0),
  $lte: range((order) => order <= 0),
  $in: (operand) => oneOf(operand, '$in'),
  $nin: (operand) => none(oneOf(operand, '$nin')),
  $exists: existence,
  $not: not,
  $elemMatch: elemMatch,
  $size: sizeTest,
  $all: all,
  $type: typeTest,
  $regex: (operand, siblings) => some(regexTest(operand, siblings.$options)),
};

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
