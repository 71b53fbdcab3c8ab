import type { CollectionIndex } from './collection-index.ts';
import { type Condition, conditionsOf, pinned, rangeOperators } from './conditions.ts';
import { IndexMatch } from './index-match.ts';
import type { KeyField } from './keys.ts';
import { compileFilter } from './match.ts';
import { endOfPrefix, sameValue } from './order.ts';
import type { Interval } from './sorted.ts';
import { type Doc, isTruthy } from './values.ts';

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

export const scan: Plan = { intervals: [], reverse: false, exact: false, sorted: false, score: 0 };

/** Whether the filter can only be met by documents that a partial index contains. */
function implies(conditions: Condition[], partial: Doc): boolean {
  return conditionsOf(partial).every((needed) => {
    const own = conditions.filter(({ path, group }) => path === needed.path && group === 0);
    const wanted = compileFilter({ [needed.path]: { [needed.operator]: needed.operand } });
    return own.some((condition) => {
      if (condition.operator === needed.operator && sameValue(condition.operand, needed.operand)) return true;
      const values = pinned(condition);
      // Null is also met by documents without the field.
      if (values)
        return values.every((value) => wanted(nest(needed.path, value)) && (value !== null || wanted({})));
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
    exact:
      !index.multikey &&
      !usedNull &&
      match.used.size === conditions.length &&
      (!match.intervals || match.exactRange),
    sorted: order !== 0,
    score: match.pinnedFields * 4 + (match.intervals ? 2 : 0) + (order === 0 ? 0 : 1) + (full ? 100 : 0),
  };
}

/** Chooses how to find a filter's documents: the index with the longest pinned prefix, then range, then order. */
export function makePlan(indexes: Iterable<CollectionIndex>, filter: Doc, sort: KeyField[]): Plan {
  const conditions = conditionsOf(filter);
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
  const either = conditions.find(({ operator, element }) => operator === '$or' && !element);
  if (!either) return undefined;
  const branches = (either.operand as Doc[]).map((branch) => makePlan(indexes, branch, []));
  if (!branches.every((branch) => branch.index ?? branch.branches)) return undefined;
  return { ...scan, branches, score: 2 };
}
