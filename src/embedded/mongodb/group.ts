import { Int32 } from 'bson';
import { addNumbers } from './arithmetic.ts';
import { type CodeName, MongoError } from './errors.ts';
import { compileExpression, type Expression } from './expressions.ts';
import { compareValues, orderKey } from './order.ts';
import { type AccumulatorName, accumulators } from './table.ts';
import { type Doc, isDoc, isNumeric, missing } from './values.ts';

const fail = (code: CodeName, message: string): never => {
  throw new MongoError(code, message);
};

interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown = missing;
  return {
    add(value) {
      if (value === missing || value === null || value === undefined) return;
      if (best === missing || compareValues(value, best) * direction < 0) best = value;
    },
    result: () => (best === missing ? null : best),
  };
}

const makers: Record<AccumulatorName, () => Accumulator> = {
  $sum: () => {
    let sum: unknown = new Int32(0);
    return {
      add: (value) => {
        if (isNumeric(value)) sum = addNumbers(sum, value);
      },
      result: () => sum,
    };
  },
  $min: () => extreme(1),
  $max: () => extreme(-1),
  $first: () => {
    let first: unknown;
    return {
      add: (value) => {
        if (first === undefined) first = value === missing ? null : value;
      },
      result: () => first,
    };
  },
  $last: () => {
    let last: unknown = null;
    return {
      add: (value) => {
        last = value === missing ? null : value;
      },
      result: () => last,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return {
      add: (value) => {
        if (value !== missing) values.push(value);
      },
      result: () => values,
    };
  },
};

function accumulatorField([name, spec]: [string, unknown]): {
  name: string;
  read: Expression;
  make: () => Accumulator;
} {
  if (!isDoc(spec)) return fail('Location40234', `The field '${name}' must be an accumulator object`);
  const [operator, ...more] = Object.keys(spec);
  if (operator === undefined || more.length > 0) {
    return fail('Location40238', `The field '${name}' must specify one accumulator`);
  }
  if (name.includes('.') || name.startsWith('$'))
    fail('BadValue', `The field name '${name}' is not allowed in $group`);
  if (!accumulators.includes(operator as AccumulatorName))
    fail('Location15952', `unknown group operator '${operator}'`);
  return { name, read: compileExpression(spec[operator]), make: makers[operator as AccumulatorName] };
}

/** Compiles a `$group`. */
export function compileGroup({ _id, ...rest }: Doc): (docs: Doc[]) => Doc[] {
  if (_id === undefined) fail('Location15955', 'a group specification must include an _id');
  const readId = compileExpression(_id);
  const fields = Object.entries(rest).map(accumulatorField);
  return (docs) => {
    const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
    for (const doc of docs) {
      const found = readId(doc);
      const id = found === missing ? null : found;
      const key = orderKey(id);
      const group = groups.get(key) ?? { id, states: fields.map(({ make }) => make()) };
      groups.set(key, group);
      fields.forEach(({ read }, i) => {
        group.states[i]?.add(read(doc));
      });
    }
    return [...groups.values()].map(({ id, states }) =>
      Object.fromEntries([
        ['_id', id],
        ...fields.map(({ name }, i): [string, unknown] => [name, states[i]?.result()]),
      ]),
    );
  };
}
