import { BSONRegExp } from 'bson';
import { MongoError } from './errors.ts';
import { orderKey } from './order.ts';
import { anyValue, type Test } from './paths.ts';
import { regexTest } from './regex.ts';
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

/** Tests what a path leads to from a root; `open` also offers the elements of an array found there. */
export type Check = (root: unknown, parts: string[], open: boolean) => boolean;

const isNullish: Test = (value) => value === missing || value === null || value === undefined;

export function equality(operand: unknown): Test {
  if (operand === null || operand === undefined) return isNullish;
  if (typeof operand === 'string') return (value) => value === operand;
  const key = orderKey(operand);
  return (value) => value !== missing && orderKey(value) === key;
}

export const some =
  (test: Test): Check =>
  (root, parts, open) =>
    anyValue(root, parts, 0, open, test);
/** For operators that look at an array as a whole. */
export const whole =
  (test: Test): Check =>
  (root, parts) =>
    anyValue(root, parts, 0, false, test);
export const none =
  (check: Check): Check =>
  (root, parts, open) =>
    !check(root, parts, open);
export const every =
  (checks: Check[]): Check =>
  (root, parts, open) =>
    checks.every((check) => check(root, parts, open));

/** Ranges compare within one kind of type only; null compares with null and missing alone. */
export function range(accept: (order: number) => boolean): (operand: unknown) => Check {
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

export function list(operand: unknown, operator: string): unknown[] {
  if (Array.isArray(operand)) return operand;
  throw new MongoError('BadValue', `${operator} needs an array, received ${typeName(operand)}`);
}

export function oneOf(operand: unknown, operator: string): Check {
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

export function typeTest(operand: unknown): Check {
  const wanted = new Set<TypeName>();
  for (const each of Array.isArray(operand) ? operand : [operand]) {
    const names = typesNamed(each);
    if (!names) throw new MongoError('BadValue', `Unknown type name alias: ${show(each)}`);
    for (const name of names) wanted.add(name);
  }
  return some((value) => value !== missing && wanted.has(typeName(value)));
}

export function sizeTest(operand: unknown): Check {
  const size = toNumber(operand);
  if (size === undefined || !Number.isInteger(size) || size < 0) {
    const message = `Failed to parse $size. Expected a non-negative integer, received ${show(operand)}`;
    throw new MongoError('FailedToParse', message);
  }
  return whole((value) => Array.isArray(value) && value.length === size);
}

/** `$exists`: whether any field is there at all. */
export function existence(operand: unknown): Check {
  const found = whole((value) => value !== missing);
  return isTruthy(operand) ? found : none(found);
}

export function notEqual(operand: unknown): Check {
  if (operand instanceof BSONRegExp) throw new MongoError('BadValue', "Can't have regex as arg to $ne.");
  return none(some(equality(operand)));
}

/** Whether a value is an expression such as `{$gt: 1}` and not a document to be equal to. */
export function hasOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}
