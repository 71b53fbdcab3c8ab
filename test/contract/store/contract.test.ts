import { afterAll, beforeAll, describe, it } from 'vitest';
import {
  type DatabaseEngine,
  ENGINES,
  type Engine,
  hasPort,
  memoryGrounds,
  OpenDatabase,
} from './engines.ts';
import { type Grounds, PORTS, promisesOf } from './suite.ts';

const hasDatabase = (engine: Engine): engine is DatabaseEngine => engine.database !== undefined;

describe.each(ENGINES.map((engine) => ({ ...engine, toString: () => engine.name })))('on %s', (engine) => {
  let grounds: Grounds = memoryGrounds;
  let opened: OpenDatabase | undefined;
  beforeAll(async () => {
    if (hasDatabase(engine)) grounds = opened = await OpenDatabase.open(engine);
  });
  afterAll(() => opened?.close());

  describe.each(PORTS.filter((port) => hasPort(engine, port)))('%s', (port) => {
    for (const { name, run } of promisesOf(port)) it(name, () => run(grounds));
  });
});
