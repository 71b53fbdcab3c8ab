import { describe, expect, it } from 'vitest';
import * as table from '../../../src/embedded/mongodb/table.ts';
import { typeName } from '../../../src/embedded/mongodb/values.ts';
import { commandCases } from './commands.ts';
import { filterCases } from './filters.ts';
import { planCases } from './plans.ts';
import { updateCases, upsertCases } from './updates.ts';

const commands = [
  ...commandCases.flatMap(({ run }) => run.map(([command]) => command)),
  ...planCases.map(([each]) => each),
];
const everything = [commands, filterCases, updateCases, upsertCases];

/** Every field name and type below a value. */
function walk(value: unknown, names: Set<string>, types: Set<string>): void {
  types.add(typeName(value));
  if (Array.isArray(value)) for (const each of value) walk(each, names, types);
  else if (typeName(value) === 'object') {
    for (const [name, each] of Object.entries(value as object)) {
      names.add(name);
      walk(each, names, types);
    }
  }
}

function unused(list: readonly string[], values: unknown): string[] {
  const names = new Set<string>();
  walk(values, names, new Set());
  return list.filter((each) => !names.has(each));
}

describe('the table of the embedded server', () => {
  it('is exercised by the contract cases, entry by entry', () => {
    const options = Object.entries(table.commands).flatMap(([name, known]) => {
      const used = commands.filter((command) => Object.keys(command)[0] === name);
      const missing = unused(
        [name, ...Object.keys(known).filter((each) => each !== '*')],
        used.map((each) => ({ ...each })),
      );
      return missing.map((each) => `${name}.${each}`);
    });
    expect(options.filter((each) => each !== 'dropDatabase.dropDatabase')).toEqual([]);
    const fields = [table.updateFields, table.deleteFields, table.cursorFields, table.indexFields].flatMap(
      Object.keys,
    );
    const lists = [table.logicalOperators, table.queryOperators, table.updateOperators, table.pushModifiers];
    const more = [table.stages, table.accumulators, fields];
    expect(unused([...lists, ...more].flat(), everything)).toEqual([]);
    const types = new Set<string>();
    walk(everything, new Set(), types);
    expect(table.storedTypes.filter((each) => !types.has(each))).toEqual([]);
  });
});
