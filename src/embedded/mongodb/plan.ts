import { type Condition, isOrdering } from './filter.ts';
import type { CollectionIndex, Rec } from './indexes.ts';
import { endOfPrefix, orderKey, reversed, sameValue } from './order.ts';
import { type KeyField, keyPart } from './paths.ts';

/** How the documents of a query are found: by an index, or by looking at every one. */
export interface Plan {
  index?: CollectionIndex;
  /** What the keys that it leads to begin with, and the range, in the index's order, of what follows. */
  prefixes: string[];
  range: Range;
  reverse: boolean;
  /** The index gives the wanted order. */
  ordered: boolean;
  /** What the index does not answer exactly: to be tested on every document that it leads to. */
  rest: Condition[];
  score: number;
}
type Range = { from: string; to: string };

const mostPrefixes = 20_000;
const mostMerged = 1_000;

const valuesOf = ({ operator, operand }: Condition): unknown[] =>
  operator === '$in' ? (operand as unknown[]) : [operand];
const same = (a: Condition, b: Condition): boolean =>
  a.path !== '' && a.path === b.path && a.operator === b.operator && sameValue(a.operand, b.operand);
const pins = ({ operator }: Condition): boolean => operator === '$eq' || operator === '$in';

/** Whether a condition puts every document that meets it into the part that a partial index covers. */
function implies(condition: Condition, part: Condition): boolean {
  const narrow = (pins(condition) || isOrdering(condition.operator)) && !valuesOf(condition).includes(null);
  return same(condition, part) || (narrow && condition.path === part.path && part.operator === '$exists');
}

/** The keys that range conditions allow; a descending field takes in both edges, so they must be tested again. */
function rangeOf(ranges: Condition[], { direction }: KeyField): Range {
  let [from, to] = ['', endOfPrefix];
  for (const { operator, operand } of ranges) {
    const key = orderKey(operand);
    const edge = operator === '$gt' || operator === '$lte' ? key + endOfPrefix : key;
    // Only values of the operand's type compare with it: their keys share its mark.
    const [mark, nextMark] = [key.charAt(0), String.fromCharCode(key.charCodeAt(0) + 1)];
    const [low, high] = operator.startsWith('$gt') ? [edge, nextMark] : [mark, edge];
    if (low > from) from = low;
    if (high < to) to = high;
  }
  return direction === 1 ? { from, to } : { from: reversed(to), to: reversed(from) + endOfPrefix };
}

function planWith(index: CollectionIndex, conditions: Condition[], sort: KeyField[]): Plan | undefined {
  const { fields, partial, multikey, unique } = index;
  if (!partial.every((part) => conditions.some((each) => implies(each, part)))) return undefined;
  const answered = new Set(conditions.filter((each) => partial.some((part) => same(each, part))));
  const single = new Set<string>();
  let prefixes = [''];
  let pinned = 0;
  for (const field of fields) {
    const equal = conditions.find((each) => each.path === field.path && pins(each));
    const keys = new Set((equal ? valuesOf(equal) : []).map((value) => keyPart(value, field)));
    if (!equal || prefixes.length * keys.size > mostPrefixes) break;
    prefixes = prefixes.flatMap((prefix) => Array.from(keys, (key) => prefix + key));
    pinned++;
    if (keys.size === 1) single.add(field.path);
    // Null also stands for what is missing, and one entry of an array says little of the others.
    if (!multikey && !valuesOf(equal).includes(null)) answered.add(equal);
  }
  const next = fields[pinned];
  const ranges = conditions.filter(({ path, operator }) => path === next?.path && isOrdering(operator));
  const range = next ? rangeOf(multikey ? ranges.slice(0, 1) : ranges, next) : { from: '', to: endOfPrefix };
  if (!multikey && next?.direction === 1) for (const each of ranges) answered.add(each);

  const open = sort.filter(({ path }) => !single.has(path));
  const turns = open.map(({ path, direction }, i) => {
    const field = fields[pinned + i];
    return field?.path === path ? field.direction * direction : 0;
  });
  const served =
    !multikey && prefixes.length <= mostMerged && turns.every((turn) => turn && turn === turns[0]);
  const ordered = served && sort.length > 0;
  const score = pinned * 4 + (ranges.length > 0 ? 2 : 0) + (ordered ? 1 : 0);
  const rest = conditions.filter((each) => !answered.has(each));
  const whole = unique && pinned === fields.length ? 100 : 0;
  return { index, prefixes, range, reverse: turns[0] === -1, ordered, rest, score: score + whole };
}

/** Chooses how to find documents: the index with the longest pinned prefix, then a range, then the order. */
export function makePlan(indexes: CollectionIndex[], conditions: Condition[], sort: KeyField[]): Plan {
  const range = { from: '', to: '' };
  const scan = { prefixes: [], range, reverse: false, ordered: false, rest: conditions, score: 0 };
  const plans = indexes.map((index) => planWith(index, conditions, sort) ?? scan);
  return plans.reduce((best, plan) => (plan.score > best.score ? plan : best), scan);
}

/** The records that a plan's index leads to, each once. */
export function* recordsOf(index: CollectionIndex, plan: Plan): Generator<Rec> {
  const lists = plan.prefixes.map((prefix) => index.entries(prefix, plan.range, plan.reverse));
  const seen = new Set<Rec>();
  for (const [, rec] of plan.ordered && lists.length > 1 ? merged(lists, plan.reverse) : chained(lists)) {
    if (index.multikey && seen.has(rec)) continue;
    if (index.multikey) seen.add(rec);
    yield rec;
  }
}

/** Entries by what follows their prefix. */
type Entries = Generator<[tail: string, rec: Rec]>;

function* chained(lists: Entries[]): Entries {
  for (const list of lists) yield* list;
}

/** Reads several lists side by side, in the order of their entries. */
function* merged(lists: Entries[], reverse: boolean): Entries {
  const advance = (list: Entries) => {
    const { value: entry, done } = list.next();
    return done ? [] : [{ entry, list }];
  };
  const heads = lists.flatMap(advance);
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (reverse === b.entry[0] < a.entry[0] ? a : b));
    yield first.entry;
    heads.splice(heads.indexOf(first), 1, ...advance(first.list));
  }
}
