import type { CollectionIndex } from './collection-index.ts';
import { type Condition, isBounded, isPlainOperand, pinned, rangeOperators } from './conditions.ts';
import type { KeyField } from './keys.ts';
import { afterKind, endOfPrefix, kindOf, orderKey, reversed } from './order.ts';
import type { Interval } from './sorted.ts';
import { isNumeric } from './values.ts';

const mostIntervals = 20_000;

/** The keys between all range conditions given, within the one kind that they compare with. */
function rangeOf(conditions: Condition[], direction: 1 | -1): Interval | undefined {
  const keys = conditions.map(({ operand }) => orderKey(operand));
  const kind = kindOf(keys[0] as string);
  if (keys.some((key) => kindOf(key) !== kind)) return undefined;
  let from = kind;
  let to = afterKind(kind);
  conditions.forEach(({ operator }, i) => {
    const key = keys[i] as string;
    const edge = operator === '$gt' || operator === '$lte' ? key + endOfPrefix : key;
    if (operator.startsWith('$gt')) {
      if (edge > from) from = edge;
    } else if (edge < to) to = edge;
  });
  return direction === 1 ? { from, to } : turned(from, to, kind);
}

/** The same interval among reversed keys; reversal swaps the ends and which of them is included. */
function turned(from: string, to: string, kind: string): Interval {
  const turn = (edge: string): string =>
    edge.endsWith(endOfPrefix) ? reversed(edge.slice(0, -1)) : reversed(edge) + endOfPrefix;
  const first = reversed(kind);
  return {
    from: to === afterKind(kind) ? first : turn(to),
    to: from === kind ? afterKind(first) : turn(from),
  };
}

const rootOf = (path: string): string => path.split('.')[0] as string;

/** Which conditions an index serves: values that pin a prefix of its fields, then perhaps a range. */
export class IndexMatch {
  prefixes = [''];
  intervals: Interval[] | undefined;
  pinnedFields = 0;
  /** The range holds no more than it should; one of numbers may hold NaN. */
  exactRange = false;
  used = new Set<Condition>();
  #groupOfRoot = new Map<string, number>();
  readonly #index: CollectionIndex;

  constructor(index: CollectionIndex, conditions: Condition[]) {
    this.#index = index;
    for (const field of index.spec.fields) {
      const usable = conditions.filter((each) => each.path === field.path && this.#mayUse(each));
      if (!this.#pin(field, usable)) {
        this.#range(field, usable);
        break;
      }
    }
  }

  /** Under a multikey index, two paths below one array may only be combined for the same element of it. */
  #mayUse({ path, group }: Condition): boolean {
    if (!this.#index.multikey) return true;
    const before = this.#groupOfRoot.get(rootOf(path));
    return before === undefined || (before === group && group > 0);
  }

  #pin(field: KeyField, usable: Condition[]): boolean {
    for (const condition of usable) {
      const values = pinned(condition);
      if (!values || values.length * this.prefixes.length > mostIntervals) continue;
      const keys = [...new Set(values.map(orderKey))];
      const ends = (field.direction === 1 ? keys : keys.map(reversed)).sort();
      this.prefixes = this.prefixes.flatMap((prefix) => ends.map((end) => prefix + end));
      this.#use(condition);
      this.pinnedFields++;
      return true;
    }
    return false;
  }

  #range(field: KeyField, usable: Condition[]): void {
    const ranges = usable.filter(
      ({ operator, operand }) =>
        rangeOperators.has(operator) && isPlainOperand(operand) && isBounded(operand),
    );
    const first = ranges[0];
    if (!first) return;
    // Under a multikey index several ranges may be met by several elements, unless they are about one and the same.
    const apart = this.#index.multikey && !first.element;
    const together = apart ? [first] : ranges.filter(({ group }) => group === first.group);
    const range = rangeOf(together, field.direction);
    if (!range) return;
    this.intervals = this.prefixes.map((prefix) => ({ from: prefix + range.from, to: prefix + range.to }));
    this.exactRange = !isNumeric(first.operand);
    for (const condition of together) this.#use(condition);
  }

  #use(condition: Condition): void {
    this.used.add(condition);
    this.#groupOfRoot.set(rootOf(condition.path), condition.group);
  }
}
