import { hasOperators } from './checks.ts';
import type { IndexSpec } from './collection-index.ts';
import { MongoError } from './errors.ts';
import { parsePattern } from './keys.ts';
import { compileFilter } from './match.ts';
import { arrayIndex } from './paths.ts';
import { indexOptions, partialOperators } from './table.ts';
import { type Doc, isDoc, isTruthy, show, toNumber } from './values.ts';

const refuse = (message: string): never => {
  throw new MongoError('CannotCreateIndex', message);
};

/** Reads one entry of `createIndexes`; whatever the table does not list is refused by name. */
export function readIndexSpec(entry: Doc): IndexSpec {
  for (const option of Object.keys(entry)) {
    if (indexOptions.includes(option as 'key')) continue;
    const message = `The field '${option}' is not valid for an index specification on the embedded server`;
    throw new MongoError('InvalidIndexSpecificationOption', message);
  }
  const { key, name, partialFilterExpression: partial, expireAfterSeconds } = entry;
  if (!isDoc(key) || Object.keys(key).length === 0)
    throw new MongoError('FailedToParse', 'The index key is missing');
  if (typeof name !== 'string' || name === '' || name === '*') {
    throw new MongoError('FailedToParse', `an index needs a name, received ${show(name)}`);
  }
  const fields = parsePattern(key, (message) => refuse(`the embedded server cannot index ${message}`));
  const numeric = fields.find(({ path }) => path.split('.').some((part) => arrayIndex(part) !== undefined));
  if (numeric) refuse(`the embedded server cannot index the array position in '${numeric.path}'`);
  const ttl = expireAfterSeconds === undefined ? undefined : readExpiry(expireAfterSeconds, fields.length);
  if (partial !== undefined) checkPartial(partial);
  if (partial !== undefined && isTruthy(entry.sparse))
    refuse('cannot mix "partialFilterExpression" and "sparse" options');
  return {
    name,
    fields,
    unique: isTruthy(entry.unique),
    sparse: isTruthy(entry.sparse),
    ...(partial === undefined ? {} : { partial: partial as Doc }),
    ...(ttl === undefined ? {} : { expireAfterSeconds: ttl }),
  };
}

function readExpiry(value: unknown, fieldCount: number): number {
  const seconds = toNumber(value);
  if (seconds === undefined || seconds < 0 || seconds > 2147483647) {
    return refuse(`TTL index 'expireAfterSeconds' must be within 0 and 2147483647, received ${show(value)}`);
  }
  if (fieldCount > 1) refuse('TTL indexes are single-field indexes, compound indexes do not support TTL');
  return seconds;
}

function checkPartial(partial: unknown): void {
  if (!isDoc(partial)) {
    throw new MongoError('TypeMismatch', 'partialFilterExpression must be a document');
  }
  compileFilter(partial);
  for (const [name, condition] of Object.entries(partial)) {
    if (name === '$and') for (const each of condition as Doc[]) checkPartial(each);
    else if (name.startsWith('$')) refuse(`Expression not supported in partial index: ${name}`);
    else if (hasOperators(condition)) checkPartialOperators(condition);
  }
}

function checkPartialOperators(condition: Doc): void {
  for (const [operator, operand] of Object.entries(condition)) {
    const allowed = partialOperators.includes(operator as '$eq');
    if (!allowed || (operator === '$exists' && !isTruthy(operand))) {
      refuse(`Expression not supported in partial index: ${operator}: ${show(operand)}`);
    }
  }
}
