import { BSONRegExp } from 'bson';
import { equality, hasOperators } from './checks.ts';
import { type CodeName, MongoError } from './errors.ts';
import { parsePattern, sortKeyOf } from './keys.ts';
import { compileFilter } from './match.ts';
import { compareValues, orderKey } from './order.ts';
import { regexTest } from './regex.ts';
import { pushModifiers } from './table.ts';
import type { Change, Where } from './update-step.ts';
import { cloneValue, type Doc, isDoc, missing, show, toNumber, typeName } from './values.ts';

const refuse = (message: string): never => {
  throw new MongoError('BadValue', message);
};

function arrayAt(now: unknown, { path, doc }: Where): unknown[] {
  if (now === missing) return [];
  if (Array.isArray(now)) return now;
  const name = path.split('.').at(-1);
  return refuse(
    `The field '${name}' must be an array but is of type ${typeName(now)} in document {_id: ${show(doc._id)}}`,
  );
}

function each(operand: Doc, operator: string, code: CodeName): unknown[] {
  if (Array.isArray(operand.$each)) return operand.$each;
  const type = typeName(operand.$each);
  throw new MongoError(
    code,
    `The argument to $each in ${operator} must be an array but it was of type ${type}`,
  );
}

interface Push {
  values: unknown[];
  position: number | undefined;
  slice: number | undefined;
  compare: ((a: unknown, b: unknown) => number) | undefined;
}

/** Reads the operand of `$push`. */
export function preparePush(operand: unknown): Push {
  if (!isDoc(operand) || !Object.hasOwn(operand, '$each')) {
    return { values: [operand], position: undefined, slice: undefined, compare: undefined };
  }
  const unknown = Object.keys(operand).find((name) => !pushModifiers.includes(name as '$each'));
  if (unknown) refuse(`Unrecognized clause in $push: ${unknown}`);
  return {
    values: each(operand, '$push', 'BadValue'),
    position: integer(operand, '$position'),
    slice: integer(operand, '$slice'),
    compare: operand.$sort === undefined ? undefined : comparison(operand.$sort),
  };
}

function integer(operand: Doc, name: string): number | undefined {
  const value = operand[name];
  if (value === undefined) return undefined;
  const number = toNumber(value);
  if (number !== undefined && Number.isInteger(number)) return number;
  return refuse(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
}

function comparison(sort: unknown): (a: unknown, b: unknown) => number {
  const direction = toNumber(sort);
  if (direction === 1 || direction === -1) return (a, b) => compareValues(a, b) * direction;
  if (!isDoc(sort) || Object.keys(sort).length === 0) {
    return refuse(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const fields = parsePattern(sort, (message) => refuse(`The $sort in $push cannot have ${message}`));
  const key = (value: unknown): string => sortKeyOf(isDoc(value) ? value : {}, fields);
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

export function applyPush({ values, position, slice, compare }: Push): Change {
  return (now, where) => {
    const array = arrayAt(now, where);
    const at =
      position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
    const next = [...array.slice(0, at), ...values.map(cloneValue), ...array.slice(at)];
    if (compare) next.sort(compare);
    if (slice === undefined) return next;
    return slice < 0 ? next.slice(slice) : next.slice(0, slice);
  };
}

/** Reads the operand of `$pull` into the test that says which elements go. */
export function preparePull(operand: unknown): (element: unknown) => boolean {
  if (operand instanceof BSONRegExp) return regexTest(operand);
  if (!isDoc(operand)) return equality(operand);
  if (hasOperators(operand)) {
    const accept = compileFilter({ element: operand });
    return (element) => accept({ element });
  }
  const accept = compileFilter(operand);
  return (element) => isDoc(element) && accept(element);
}

export function applyPull(goes: (element: unknown) => boolean): Change {
  return (now) => {
    if (now === missing) return missing;
    if (!Array.isArray(now)) return refuse('Cannot apply $pull to a non-array value');
    return now.filter((element) => !goes(element));
  };
}

/** Reads the operand of `$addToSet`. */
export function prepareAddToSet(operand: unknown): unknown[] {
  if (!isDoc(operand) || Object.keys(operand)[0] !== '$each') return [operand];
  const extra = Object.keys(operand)[1];
  if (extra) refuse(`Found unexpected fields after $each in $addToSet: ${extra}`);
  return each(operand, '$addToSet', 'TypeMismatch');
}

export function applyAddToSet(values: unknown[]): Change {
  return (now, where) => {
    const array = arrayAt(now, where);
    const known = new Set(array.map(orderKey));
    const fresh = values.filter((value) => {
      const key = orderKey(value);
      return !known.has(key) && known.add(key);
    });
    return [...array, ...fresh.map(cloneValue)];
  };
}
