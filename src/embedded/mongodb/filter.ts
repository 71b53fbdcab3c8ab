import * as mingo from 'mingo/operators/query/comparison';
import { refuse } from './errors.ts';
import { collect, isPresent, splitPath } from './paths.ts';
import { logicalOperators, operandTypes, orderedTypes, queryOperators } from './table.ts';
import { type Doc, isDoc, typeName } from './values.ts';

/** One condition of a filter, which must all hold; `$or` and `$nor`, without a path, have lists of such lists. */
export type Condition = { path: string; operator: string; operand: unknown };

/** Reads a filter; what the table does not list, or `mingo` answers otherwise than MongoDB, is refused by name. */
export function conditionsOf(filter: Doc): Condition[] {
  return Object.entries(filter).flatMap(([name, value]): Condition[] => {
    if (logicalOperators.includes(name as '$and')) return branchesOf(name as '$and', value);
    if (name.startsWith('$')) refuse(2, `unknown top level operator: ${name}`);
    splitPath(name, 2);
    const operators = isDoc(value) && Object.keys(value)[0]?.startsWith('$') ? value : { $eq: value };
    return Object.entries(operators).map(([operator, operand]) => {
      checkOperand(name, operator, operand);
      return { path: name, operator, operand };
    });
  });
}

function branchesOf(operator: (typeof logicalOperators)[number], value: unknown): Condition[] {
  const branches = Array.isArray(value) && value.every(isDoc) ? value.map(conditionsOf) : [];
  if (branches.length === 0) refuse(2, `${operator} must be a nonempty array of documents`);
  if (operator === '$and' || (operator === '$or' && branches.length === 1)) return branches.flat();
  return [{ operator, path: '', operand: branches }];
}

export const isOrdering = (operator: string): boolean => /^\$[gl]te?$/.test(operator);

function checkOperand(path: string, operator: string, operand: unknown): void {
  if (!queryOperators.includes(operator)) refuse(2, `unknown operator: ${operator}`);
  const isList = operator === '$in' || operator === '$nin';
  if (isList && !Array.isArray(operand)) refuse(2, `${operator} needs an array, not ${typeName(operand)}`);
  const ordering = isOrdering(operator);
  const allowed = operator === '$exists' ? ['bool'] : ordering ? orderedTypes : operandTypes;
  for (const value of isList ? (operand as unknown[]) : [operand]) {
    // JavaScript compares text by UTF-16, which sorts these otherwise than MongoDB does.
    const unordered = ordering && typeof value === 'string' && /[\ud800-\uffff]/.test(value);
    if (!unordered && allowed.includes(typeName(value))) continue;
    const received = unordered ? 'a character above U+D7FF' : typeName(value);
    refuse(2, `${operator} of '${path}' takes ${allowed.join(', ')} here, received ${received}`);
  }
}

type Test = (doc: Doc) => boolean;
const operators = mingo as unknown as Record<string, (path: string, operand: never, options: object) => Test>;

/** Shows an operator of `mingo` what MongoDB would look at: its own walk differs where arrays hold arrays. */
function testAt({ path, operator, operand }: Condition): Test {
  const parts = path.split('.');
  if (operator === '$exists') return (doc) => isPresent(doc, parts) === operand;
  const test = operators[operator]?.('value', operand as never, {}) as Test;
  return (doc) => {
    const values: unknown[] = [];
    return test({ value: collect(doc, parts, 0, false, values) ? values : values[0] });
  };
}

/** The test for all of these conditions. */
export function compile(conditions: Condition[]): Test {
  const tests = conditions.map((condition): Test => {
    if (condition.path) return testAt(condition);
    const branches = (condition.operand as Condition[][]).map(compile);
    return (doc) => branches.some((accept) => accept(doc)) === (condition.operator === '$or');
  });
  return (doc) => tests.every((accept) => accept(doc));
}
