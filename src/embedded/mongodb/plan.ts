import { BSONRegExp } from 'bson';
import type { CollectionIndex } from './collection-index.ts';
import type { KeyField } from './keys.ts';
import { compileFilter, hasOperators } from './match.ts';
import { afterKind, endOfPrefix, kindOf, orderKey, reversed } from './order.ts';
import type { Interval } from './sorted.ts';
import { type Doc, isDoc, isTruthy, typeName } from './values.ts';

/**
 * What a filter says about one path. Conditions of one `$elemMatch` share a group: they hold for the same element.
 * Group 0 holds for the document, where each may be met by a different element of an array.
 */
interface Condition {
  path: string;
  group: number;
  operator: string;
  operand: unknown;
}

/** How to find the documents of a query: index intervals, or the whole collection when there is no index. */
export interface Plan {
  index?: CollectionIndex;
  intervals: Interval[];
  reverse: boolean;
  /** The intervals hold exactly the filter's documents, so that none needs to be looked at. */
  exact: boolean;
  /** The documents come in the wanted order. */
  sorted: boolean;
  score: number;
  branches?: Plan[];
}

const everything: Interval = { from: '', to: endOfPrefix };
const mostIntervals = 20_000;

export const scan: Plan = { intervals: [], reverse: false, exact: false, sorted: false, score: 0 };

let groups = 0;

function conditionsOf(filter: Doc, prefix: string, group: number, out: Condition[]): Condition[] {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and') {
      for (const each of condition as Doc[]) conditionsOf(each, prefix, group, out);
    } else if (name.startsWith('$')) {
      out.push({ path: name, group: -1, operator: name, operand: condition });
    } else {
      fieldConditions(prefix + name, condition, group, out);
    }
  }
  return out;
}

function fieldConditions(path: string, condition: unknown, group: number, out: Condition[]): void {
  if (!hasOperators(condition)) {
    out.push({
      path,
      group,
      operator: condition instanceof BSONRegExp ? '$regex' : '$eq',
      operand: condition,
    });
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    out.push({ path, group, operator, operand });
    if (operator !== '$elemMatch' || !isDoc(operand)) continue;
    const inner = ++groups;
    if (!hasOperators(operand)) conditionsOf(operand, `${path}.`, inner, out);
    else if (!/^\$(and|or|nor)$/.test(Object.keys(operand)[0] as string))
      fieldConditions(path, operand, inner, out);
  }
}

const isPlainOperand = (value: unknown): boolean =>
  !Array.isArray(value) && !(value instanceof BSONRegExp) && value !== undefined;

/** The values that a condition pins its path to. */
function pinned({ operator, operand }: Condition): unknown[] | undefined {
  const values = operator === '$eq' ? [operand] : operator === '$in' ? (operand as unknown[]) : undefined;
  return values?.every(isPlainOperand) ? values : undefined;
}

/** Null compares with missing too, and the extreme keys with every type: no interval of one kind holds them. */
const isBounded = (value: unknown): boolean => !['null', 'minKey', 'maxKey'].includes(typeName(value));

const rangeOperators = new Set(['$gt', '$gte', '$lt', '$lte']);

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
    if (operator.startsWith('$gt')) from = edge > from ? edge : from;
    else to = edge < to ? edge : to;
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

class IndexMatch {
  prefixes = [''];
  intervals: Interval[] | undefined;
  pinnedFields = 0;
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
    const together =
      this.#index.multikey && first.group === 0 ? [first] : ranges.filter((r) => r.group === first.group);
    const range = rangeOf(together, field.direction);
    if (!range) return;
    this.intervals = this.prefixes.map((prefix) => ({ from: prefix + range.from, to: prefix + range.to }));
    for (const condition of together) this.#use(condition);
  }

  #use(condition: Condition): void {
    this.used.add(condition);
    this.#groupOfRoot.set(rootOf(condition.path), condition.group);
  }
}

/** Whether the filter can only be met by documents that a partial index contains. */
function implies(conditions: Condition[], partial: Doc): boolean {
  return conditionsOf(partial, '', 0, []).every((needed) => {
    const own = conditions.filter(({ path, group }) => path === needed.path && group === 0);
    const wanted = compileFilter({ [needed.path]: { [needed.operator]: needed.operand } });
    return own.some((condition) => {
      if (condition.operator === needed.operator && same(condition.operand, needed.operand)) return true;
      const values = pinned(condition);
      if (values) return values.every((value) => wanted(nest(needed.path, value)));
      if (!rangeOperators.has(condition.operator) || condition.operand === null) return false;
      return needed.operator === '$exists' ? isTruthy(needed.operand) : tighter(condition, needed);
    });
  });
}

/** Whether a range lies inside another that is open to the same side. */
function tighter(condition: Condition, needed: Condition): boolean {
  if (condition.operator.slice(0, 3) !== needed.operator.slice(0, 3)) return false;
  return compileFilter({ v: { [`${needed.operator.slice(0, 3)}`]: needed.operand } })({
    v: condition.operand,
  });
}

const same = (a: unknown, b: unknown): boolean => orderKey(a) === orderKey(b);

function nest(path: string, value: unknown): Doc {
  return path.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Doc;
}

/** Whether index order, after the pinned fields, is the wanted order: 1 as it is, -1 backwards. */
function orderOf(
  index: CollectionIndex,
  match: IndexMatch,
  conditions: Condition[],
  sort: KeyField[],
): 1 | -1 | 0 {
  if (sort.length === 0 || index.multikey) return 0;
  const single = (path: string): boolean =>
    conditions.some((each) => match.used.has(each) && each.path === path && pinned(each)?.length === 1);
  if (match.prefixes.length > 1) return 0;
  const wanted = sort.filter(({ path }) => !single(path));
  const offered = index.spec.fields.slice(match.pinnedFields);
  const [first] = wanted;
  const turn = first ? first.direction * (offered[0]?.direction ?? 0) : 1;
  const fits = wanted.every(({ path, direction }, i) => {
    const field = offered[i];
    return field?.path === path && field.direction * direction === turn;
  });
  return fits ? (turn === 1 ? 1 : -1) : 0;
}

function planWith(index: CollectionIndex, conditions: Condition[], sort: KeyField[]): Plan | undefined {
  const { spec } = index;
  if (spec.partial && !implies(conditions, spec.partial)) return undefined;
  const match = new IndexMatch(index, conditions);
  const usedNull = [...match.used].some((each) => pinned(each)?.some((value) => value === null));
  if (spec.sparse && (match.used.size === 0 || (usedNull && spec.fields.length > 0))) return undefined;
  const order = orderOf(index, match, conditions, sort);
  if (match.used.size === 0 && order === 0) return undefined;
  const intervals =
    match.intervals ??
    (match.used.size === 0 ? [everything] : match.prefixes.map((from) => ({ from, to: from + endOfPrefix })));
  const full = match.pinnedFields === spec.fields.length && spec.unique;
  return {
    index,
    intervals,
    reverse: order === -1,
    exact: !index.multikey && !usedNull && match.used.size === conditions.length && !match.intervals,
    sorted: order !== 0,
    score: match.pinnedFields * 4 + (match.intervals ? 2 : 0) + (order === 0 ? 0 : 1) + (full ? 100 : 0),
  };
}

/** Chooses how to find a filter's documents: the index with the longest pinned prefix, then range, then order. */
export function makePlan(indexes: Iterable<CollectionIndex>, filter: Doc, sort: KeyField[]): Plan {
  const conditions = conditionsOf(filter, '', 0, []);
  let best = scan;
  for (const index of indexes) {
    const plan = planWith(index, conditions, sort);
    if (plan && plan.score > best.score) best = plan;
  }
  if (best.index && best.score > 1) return best;
  return branchPlan([...indexes], conditions) ?? best;
}

/** A `$or` whose every branch has an index is answered by all of them together. */
function branchPlan(indexes: CollectionIndex[], conditions: Condition[]): Plan | undefined {
  const either = conditions.find(({ operator }) => operator === '$or');
  if (!either) return undefined;
  const branches = (either.operand as Doc[]).map((branch) => makePlan(indexes, branch, []));
  if (!branches.every((branch) => branch.index ?? branch.branches)) return undefined;
  return { ...scan, branches, score: 2 };
}
