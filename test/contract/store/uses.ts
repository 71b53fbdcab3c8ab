import type { MongoDocument } from './engines.ts';
import { doc, isPlain, list, type Sent } from './recording.ts';

/** The embedded server's declared subset, as far as names go. */
export interface Subset {
  readonly harmlessOptions: Iterable<string>;
  readonly commands: Readonly<Record<string, Names>>;
  readonly updateFields: Names;
  readonly deleteFields: Names;
  readonly cursorFields: Names;
  readonly indexFields: Names;
  readonly queryOperators: Names;
  readonly logicalOperators: Names;
  readonly partialOperators: Names;
  readonly updateOperators: Names;
  readonly pushModifiers: Names;
  readonly stages: Names;
  readonly accumulators: Names;
}

type Names = readonly string[] | Readonly<Record<string, unknown>>;

const namesOf = (names: Names): readonly string[] => (Array.isArray(names) ? names : Object.keys(names));

/** Lists whose entries are checked one by one, with the word that stands before an entry here. */
const LISTS = {
  'update field': 'updateFields',
  'delete field': 'deleteFields',
  'cursor field': 'cursorFields',
  'index field': 'indexFields',
  'query operator': 'queryOperators',
  'logical operator': 'logicalOperators',
  'partial index operator': 'partialOperators',
  'update operator': 'updateOperators',
  'push modifier': 'pushModifiers',
  stage: 'stages',
  accumulator: 'accumulators',
} as const satisfies Record<string, keyof Subset>;

type Kind = keyof typeof LISTS;

/** Every entry of a subset in words, such as `query operator $in` or `option limit of find`. */
export function entriesOf(subset: Subset): Set<string> {
  const commands = Object.entries(subset.commands).flatMap(([command, options]) => [
    `command ${command}`,
    ...namesOf(options).map((option) => `option ${option} of ${command}`),
  ]);
  const lists = Object.entries(LISTS).flatMap(([kind, name]) =>
    namesOf(subset[name]).map((entry) => `${kind} ${entry}`),
  );
  return new Set([...commands, ...lists]);
}

/** What a command needs of a subset, in the same words. */
export function usesOf({ name, body }: Sent, harmless: ReadonlySet<string>): string[] {
  const options = Object.keys(body).filter((option) => option !== name && !harmless.has(option));
  return [
    `command ${name}`,
    ...options.map((option) => `option ${option} of ${name}`),
    ...(name === 'find' ? inCondition(body.filter) : []),
    ...(name === 'count' || name === 'distinct' ? inCondition(body.query) : []),
    ...(name === 'findAndModify' ? [...inCondition(body.query), ...inUpdate(body.update)] : []),
    ...list(body.updates).flatMap((entry) => [
      ...fields('update field', entry),
      ...inCondition(entry.q),
      ...inUpdate(entry.u),
    ]),
    ...list(body.deletes).flatMap((entry) => [...fields('delete field', entry), ...inCondition(entry.q)]),
    ...list(body.pipeline).flatMap(inStage),
    ...fields('cursor field', doc(body.cursor)),
    ...(name === 'createIndexes' ? list(body.indexes).flatMap(inIndex) : []),
  ];
}

const isOperator = (key: string): boolean => key.startsWith('$');
const LOGICAL = ['$and', '$or', '$nor'];

const fields = (kind: Kind, entry: MongoDocument): string[] =>
  Object.keys(entry).map((field) => `${kind} ${field}`);

function inCondition(condition: unknown, kind: Kind = 'query operator'): string[] {
  return Object.entries(doc(condition)).flatMap(([key, value]) => {
    if (LOGICAL.includes(key))
      return [`logical operator ${key}`, ...list(value).flatMap((one) => inCondition(one, kind))];
    const own = isOperator(key) ? [`${kind} ${key}`] : [];
    return isPlain(value) ? [...own, ...inCondition(value, kind)] : own;
  });
}

function inUpdate(update: unknown): string[] {
  if (Array.isArray(update)) return ['update operator (pipeline)'];
  const operators = Object.entries(doc(update)).filter(([key]) => isOperator(key));
  return operators.flatMap(([operator, changes]) => [
    `update operator ${operator}`,
    ...Object.values(doc(changes)).flatMap((change) => {
      if (operator === '$pull') return inCondition(change);
      if (operator !== '$push' && operator !== '$addToSet') return [];
      return Object.keys(doc(change))
        .filter(isOperator)
        .map((key) => `push modifier ${key}`);
    }),
  ]);
}

function inStage(stage: MongoDocument): string[] {
  return Object.entries(stage).flatMap(([name, value]) => [
    `stage ${name}`,
    ...(name === '$match' ? inCondition(value) : []),
    ...(name === '$group' ? Object.values(doc(value)).flatMap((one) => fields('accumulator', doc(one))) : []),
  ]);
}

function inIndex(index: MongoDocument): string[] {
  return [
    ...fields('index field', index),
    ...inCondition(index.partialFilterExpression, 'partial index operator'),
  ];
}
