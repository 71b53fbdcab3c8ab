import { Double, Int32, Long } from 'bson';
import { MongoError } from './errors.ts';
import { arrayIndex, splitPath } from './match.ts';
import { compareValues } from './order.ts';
import { type UpdateOperator, updateOperators } from './table.ts';
import {
  applyAddToSet,
  applyPull,
  applyPush,
  prepareAddToSet,
  preparePull,
  preparePush,
} from './update-arrays.ts';
import { cloneValue, type Doc, isDoc, isNumeric, missing, show, typeName } from './values.ts';

/** Turns the value at a path into its new one; `missing` means that no field is there, or shall be there. */
export type Change = (current: unknown, where: Where) => unknown;
/** What an error message says about the place. */
export interface Where {
  path: string;
  doc: Doc;
}

interface Step {
  path: string;
  parts: string[];
  change: Change;
  onInsertOnly: boolean;
  /** Leaves a path alone that does not exist yet. */
  creates: boolean;
}

/** A compiled update of `$` operators. */
export interface Modifier {
  steps: Step[];
  /** The top-level fields that it may change. */
  touched: Set<string>;
}

const builders: Record<UpdateOperator, (operand: unknown, path: string) => Change> = {
  $set: (operand) => () => cloneValue(operand),
  $setOnInsert: (operand) => () => cloneValue(operand),
  $unset: () => () => missing,
  $inc: increment,
  $min: (operand) => (now) => (now === missing || compareValues(operand, now) < 0 ? operand : now),
  $max: (operand) => (now) => (now === missing || compareValues(operand, now) > 0 ? operand : now),
  $push: (operand) => applyPush(preparePush(operand)),
  $pull: (operand) => applyPull(preparePull(operand)),
  $addToSet: (operand) => applyAddToSet(prepareAddToSet(operand)),
};

/** Compiles an update document of operators, refusing what the table does not list. */
export function compileUpdate(update: Doc): Modifier {
  const steps: Step[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    if (!updateOperators.includes(operator as UpdateOperator)) {
      const message = `Unknown modifier: ${operator}. The embedded server supports ${updateOperators.join(', ')}`;
      throw new MongoError('FailedToParse', message);
    }
    if (!isDoc(fields)) {
      const message = `Modifiers operate on fields but we found type ${typeName(fields)} instead. Expected {${operator}: {<fieldname>: ...}}`;
      throw new MongoError('FailedToParse', message);
    }
    for (const [path, operand] of Object.entries(fields))
      steps.push(makeStep(operator as UpdateOperator, path, operand));
  }
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  steps.forEach((step, i) => {
    const next = steps[i + 1];
    if (!next || !step.parts.every((part, at) => next.parts[at] === part)) return;
    const message = `Updating the path '${next.path}' would create a conflict at '${step.path}'`;
    throw new MongoError('ConflictingUpdateOperators', message);
  });
  return { steps, touched: new Set(steps.map(({ parts }) => parts[0] as string)) };
}

function makeStep(operator: UpdateOperator, path: string, operand: unknown): Step {
  const parts = splitPath(path);
  if (parts.includes('')) {
    throw new MongoError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const dollar = parts.find((part) => part.startsWith('$'));
  if (dollar !== undefined) {
    const message = `The dollar ($) prefixed field '${dollar}' in '${path}' is not allowed in the context of an update on the embedded server`;
    throw new MongoError('DollarPrefixedFieldName', message);
  }
  if (parts.includes('__proto__'))
    throw new MongoError('BadValue', `the embedded server refuses the field name '__proto__'`);
  return {
    path,
    parts,
    change: builders[operator](operand, path),
    onInsertOnly: operator === '$setOnInsert',
    creates: operator !== '$unset' && operator !== '$pull',
  };
}

/** New fields are added in the order of their paths, numbers by value, as MongoDB does. */
function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i] as string, b[i] as string];
    if (left === right) continue;
    const [x, y] = [arrayIndex(left), arrayIndex(right)];
    if (x !== undefined && y !== undefined) return x - y;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** Applies a compiled update to a document that the caller owns. */
export function applyUpdate(doc: Doc, modifier: Modifier, inserting: boolean): void {
  for (const step of modifier.steps) {
    if (!step.onInsertOnly || inserting) changeAt(doc, step, doc);
  }
}

function changeAt(root: Doc, step: Step, doc: Doc): void {
  let holder: Doc | unknown[] = root;
  for (let i = 0; i < step.parts.length - 1; i++) {
    const inner = child(holder, step.parts[i] as string);
    if (inner !== missing && (isDoc(inner) || Array.isArray(inner))) holder = inner;
    else if (!step.creates) return;
    else if (inner !== missing) throw notViable(step.parts[i + 1] as string, step.parts[i] as string, inner);
    else {
      const made: Doc = {};
      const value = addBelow(made, step.parts.slice(i + 1), step.change(missing, { path: step.path, doc }));
      if (value !== missing) put(holder, step.parts[i] as string, made, step.parts[i - 1]);
      return;
    }
  }
  const last = step.parts.at(-1) as string;
  const now = child(holder, last);
  if (now === missing && !step.creates) return;
  const value = step.change(now, { path: step.path, doc });
  if (value !== missing) put(holder, last, value, step.parts.at(-2));
  else if (Array.isArray(holder)) holder[Number(last)] = null;
  else delete holder[last];
}

function addBelow(made: Doc, rest: string[], value: unknown): unknown {
  let at = made;
  for (const part of rest.slice(0, -1)) {
    const inner: Doc = {};
    at[part] = inner;
    at = inner;
  }
  at[rest.at(-1) as string] = value;
  return value;
}

function child(holder: Doc | unknown[], part: string): unknown {
  if (!Array.isArray(holder)) return Object.hasOwn(holder, part) ? holder[part] : missing;
  const index = arrayIndex(part);
  return index !== undefined && index < holder.length ? holder[index] : missing;
}

function put(holder: Doc | unknown[], part: string, value: unknown, holderName = ''): void {
  if (!Array.isArray(holder)) {
    holder[part] = value;
    return;
  }
  const index = arrayIndex(part);
  if (index === undefined) throw notViable(part, holderName, holder);
  if (index > holder.length + 1_500_000)
    throw new MongoError('BadValue', `can't backfill more than 1500000 elements`);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function notViable(part: string, name: string, value: unknown): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${name}: ${show(value)}}`,
  );
}

function increment(operand: unknown, path: string): Change {
  if (!isNumeric(operand)) {
    const message = `Cannot increment with non-numeric argument: {${path}: ${show(operand)}}`;
    throw new MongoError('TypeMismatch', message);
  }
  return (now, { doc }) => {
    if (now === missing) return operand;
    if (isNumeric(now)) return addNumbers(now, operand);
    const message = `Cannot apply $inc to a value of non-numeric type. {_id: ${show(doc._id)}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeName(now)}`;
    throw new MongoError('TypeMismatch', message);
  };
}

/** Adds as MongoDB does: int to int overflows into long, a double makes a double. */
export function addNumbers(a: unknown, b: unknown): Int32 | Long | Double {
  const types = [typeName(a), typeName(b)];
  if (types.includes('decimal'))
    throw new MongoError('BadValue', 'the embedded server does no arithmetic on Decimal128');
  if (types.includes('double')) return new Double(Number(a) + Number(b));
  if (!types.includes('long')) {
    const sum = Number(a) + Number(b);
    return sum === (sum | 0) ? new Int32(sum) : Long.fromNumber(sum);
  }
  const sum = BigInt(String(a)) + BigInt(String(b));
  if (BigInt.asIntN(64, sum) === sum) return Long.fromBigInt(sum);
  throw new MongoError(
    'BadValue',
    `Failed to apply $inc operations to current value (${String(a)}): it overflows`,
  );
}
