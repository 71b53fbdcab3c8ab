import { addNumbers } from './arithmetic.ts';
import { MongoError } from './errors.ts';
import { compareValues } from './order.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { type UpdateOperator, updateOperators } from './table.ts';
import {
  applyAddToSet,
  applyPull,
  applyPush,
  prepareAddToSet,
  preparePull,
  preparePush,
} from './update-arrays.ts';
import { type Change, changeAt, type Step } from './update-step.ts';
import { cloneValue, type Doc, isDoc, isNumeric, missing, show, typeName } from './values.ts';

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
    absent: operator === '$unset' ? 'ignore' : operator === '$pull' ? 'check' : 'create',
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
    if (!step.onInsertOnly || inserting) changeAt(doc, step);
  }
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
