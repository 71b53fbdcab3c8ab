import { refuse } from './errors.ts';
import { compile, conditionsOf } from './filter.ts';
import { orderKey, sameValue } from './order.ts';
import { pushModifiers, type UpdateOperator, updateOperators } from './table.ts';
import { checkStorable, type Doc, isDoc, show, typeName } from './values.ts';

/** Turns the value at a path into its new one; undefined is a field that is not there, or shall not be. */
type Change = (now: unknown) => unknown;

const operators: Record<UpdateOperator, (operand: unknown, path: string) => Change> = {
  $set: (operand) => () => operand,
  $setOnInsert: (operand) => () => operand,
  $unset: () => () => undefined,
  $inc: increment,
  $min: (operand) => (now) => (now === undefined || orderKey(operand) < orderKey(now) ? operand : now),
  $max: (operand) => (now) => (now === undefined || orderKey(operand) > orderKey(now) ? operand : now),
  $push: push,
  $pull: pull,
  $addToSet: addToSet,
};

/** A sum, unless MongoDB's integers and JavaScript's numbers could disagree on it. */
export function exactly(sum: number, path: string): number {
  if (Number.isFinite(sum) && (Number.isSafeInteger(sum) || !Number.isInteger(sum))) return sum;
  return refuse(2, `the embedded server counts to 2^53, '${path}' would be ${sum}`);
}

function increment(operand: unknown, path: string): Change {
  const checked = (value: unknown): number =>
    typeof value === 'number' ? value : refuse(14, `$inc of '${path}' with non-numeric ${typeName(value)}`);
  const by = checked(operand);
  return (now = 0) => exactly(checked(now) + by, path);
}

function arrayAt(now: unknown = [], path: string): unknown[] {
  if (Array.isArray(now)) return now;
  return refuse(2, `The field '${path}' must be an array but is of type ${typeName(now)}`);
}

/** The values that `$push` and `$addToSet` add, and the modifiers beside their `$each`. */
function each(operand: unknown, code: number, known: readonly string[]): { values: unknown[]; more: Doc } {
  if (!isDoc(operand) || !('$each' in operand)) return { values: [operand], more: {} };
  const { $each: values, ...more } = operand;
  const unknown = Object.keys(more).find((name) => !known.includes(name));
  if (unknown) refuse(2, `Unrecognized clause beside $each: ${unknown}`);
  if (Array.isArray(values)) return { values, more };
  return refuse(code, `The argument to $each must be an array but it was of type ${typeName(values)}`);
}

function push(operand: unknown, path: string): Change {
  const { values, more } = each(operand, 2, pushModifiers);
  const { $slice: slice = 2 ** 31 } = more as { $slice?: number };
  if (!Number.isInteger(slice)) refuse(2, `$slice must be an integer, received ${show(slice)}`);
  return (now) => {
    const next = [...arrayAt(now, path), ...values];
    return slice < 0 ? next.slice(slice) : next.slice(0, slice);
  };
}

function addToSet(operand: unknown, path: string): Change {
  const { values } = each(operand, 14, []);
  return (now) => {
    const next = [...arrayAt(now, path)];
    const known = new Set(next.map(orderKey));
    for (const value of values) if (known.size < known.add(orderKey(value)).size) next.push(value);
    return next;
  };
}

/** Operators are asked of the element itself, fields of an element that is a document; values are compared. */
function pull(operand: unknown, path: string): Change {
  const isAsked = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$');
  const accept = isDoc(operand) ? compile(conditionsOf(isAsked ? { element: operand } : operand)) : undefined;
  return (now) => {
    if (now === undefined) return now;
    return arrayAt(now, path).filter((element) => {
      if (!accept) return !sameValue(element, operand);
      return isAsked ? !accept({ element }) : !isDoc(element) || !accept(element);
    });
  };
}

/** One operator's change at one path. */
interface Step {
  operator: UpdateOperator;
  parts: string[];
  change: Change;
}

function stepOf(operator: UpdateOperator, path: string, operand: unknown): Step {
  const parts = path.split('.');
  const wrong = parts.find((part) => /^(\$.*|__proto__|\d*)$/s.test(part));
  const code = wrong === '' ? 56 : wrong?.startsWith('$') ? 52 : 2;
  if (wrong !== undefined) refuse(code, `'${wrong}' is not allowed in the update path '${path}'`);
  checkStorable(operand, path);
  return { operator, parts, change: operators[operator](operand, path) };
}

/** Compiles an update document of operators into what changes a document that the caller owns. */
export function compileUpdate(update: Doc): (doc: Doc, inserting: boolean) => void {
  const steps = Object.entries(update).flatMap(([operator, fields]) => {
    if (!updateOperators.includes(operator as UpdateOperator)) refuse(9, `Unknown modifier: ${operator}`);
    if (!isDoc(fields)) return refuse(9, `Modifiers operate on fields but we found type ${typeName(fields)}`);
    return Object.entries(fields).map(([path, operand]) => stepOf(operator as UpdateOperator, path, operand));
  });
  // New fields are added in the order of their paths.
  steps.sort((a, b) => (a.parts.join('\0') < b.parts.join('\0') ? -1 : 1));
  steps.forEach(({ parts }, i) => {
    const next = steps[i + 1]?.parts;
    if (!next || !parts.every((part, at) => next[at] === part)) return;
    refuse(40, `Updating the path '${next.join('.')}' would create a conflict at '${parts.join('.')}'`);
  });
  return (doc, inserting) => {
    for (const step of steps) if (step.operator !== '$setOnInsert' || inserting) apply(doc, step.parts, step);
  };
}

function apply(holder: Doc, [part = '', ...below]: string[], step: Step): void {
  const now = Object.hasOwn(holder, part) ? holder[part] : undefined;
  if (below.length > 0) {
    if (isDoc(now)) return apply(now, below, step);
    if (step.operator === '$unset') return;
    if (now !== undefined) refuse(28, `Cannot create field '${below[0]}' in {${part}: ${show(now)}}`);
  }
  const value = step.change(now);
  if (value === undefined) delete holder[part];
  else holder[part] = below.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}
