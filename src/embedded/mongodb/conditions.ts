import { BSONRegExp } from 'bson';
import { hasOperators } from './checks.ts';
import { type Doc, isDoc, typeName } from './values.ts';

/**
 * What a filter says about one path. Conditions of one `$elemMatch` share a group: they hold for the same element.
 * Group 0 holds for the document, where each may be met by a different element of an array.
 */
export interface Condition {
  path: string;
  group: number;
  operator: string;
  operand: unknown;
  /** It is about one element of an array itself, so that all of its group are met by one value. */
  element: boolean;
}

let groups = 0;

/** Takes a filter apart into conditions that must all hold; it must have been compiled before. */
export function conditionsOf(filter: Doc, prefix = '', group = 0, out: Condition[] = []): Condition[] {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and') {
      for (const each of operand as Doc[]) conditionsOf(each, prefix, group, out);
    } else if (name.startsWith('$')) {
      // The paths of a branch below an array are not the document's.
      out.push({ path: prefix + name, group: -1, operator: name, operand, element: prefix !== '' });
    } else {
      fieldConditions({ path: prefix + name, group, element: false }, operand, out);
    }
  }
  return out;
}

type Place = Pick<Condition, 'path' | 'group' | 'element'>;

function fieldConditions(place: Place, condition: unknown, out: Condition[]): void {
  if (!hasOperators(condition)) {
    const operator = condition instanceof BSONRegExp ? '$regex' : '$eq';
    out.push({ ...place, operator, operand: condition });
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    out.push({ ...place, operator, operand });
    if (operator !== '$elemMatch' || !isDoc(operand)) continue;
    const group = ++groups;
    if (!hasOperators(operand)) conditionsOf(operand, `${place.path}.`, group, out);
    else if (!/^\$(and|or|nor)$/.test(Object.keys(operand)[0] as string)) {
      fieldConditions({ path: place.path, group, element: true }, operand, out);
    }
  }
}

export const isPlainOperand = (value: unknown): boolean =>
  !Array.isArray(value) && !(value instanceof BSONRegExp) && value !== undefined;

/** The values that a condition pins its path to. */
export function pinned({ operator, operand }: Condition): unknown[] | undefined {
  const values = operator === '$eq' ? [operand] : operator === '$in' ? (operand as unknown[]) : undefined;
  return values?.every(isPlainOperand) ? values : undefined;
}

/** Null compares with missing too, and the extreme keys with every type: no interval of one kind holds them. */
export const isBounded = (value: unknown): boolean => !['null', 'minKey', 'maxKey'].includes(typeName(value));

export const rangeOperators = new Set(['$gt', '$gte', '$lt', '$lte']);
