import { describe, expect, it } from 'vitest';
import { migrateCommand } from '../../src/ops/migrate-command.ts';
import { connectStore } from '../../src/store/connect.ts';
import { DATABASES } from '../contract/store/engines.ts';
import { runCommand } from '../support/process.ts';

const NEEDED = [
  { number: 3, name: 'codes-in-lower-case', changed: 12 },
  { number: 4, name: 'one-phone-format', changed: 0 },
];

/** The command on a store that needs `needed`; what it says and whether it closed the store. */
async function run(args: readonly string[], needed = NEEDED) {
  const said = { out: '', err: '', dryRuns: [] as boolean[], closed: 0 };
  const write = (to: 'out' | 'err') => (text: string) => {
    said[to] += text;
  };
  const code = await migrateCommand(
    args,
    async () => ({
      migrate: async (dryRun) => {
        said.dryRuns.push(dryRun);
        return needed;
      },
      close: async () => void said.closed++,
    }),
    { out: write('out'), err: write('err') },
  );
  return { code, ...said };
}

describe('the migrate command', () => {
  it('tells of each migration what it changed', async () => {
    expect(await run([])).toEqual({
      code: 0,
      out: '3 codes-in-lower-case: changed 12 document(s)\n4 one-phone-format: changed 0 document(s)\n',
      err: '',
      dryRuns: [false],
      closed: 1,
    });
  });

  it('tells in a dry run what each would change', async () => {
    expect(await run(['--dry-run'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^3 .*: would change 12 document\(s\)\n4 .*\nnothing was changed; .*\n$/u),
      dryRuns: [true],
      closed: 1,
    });
  });

  it('says so when there is nothing to do', async () => {
    for (const args of [[], ['--dry-run']])
      expect((await run(args, [])).out).toBe('nothing to migrate: the store is up to date\n');
  });

  it('opens nothing when it does not understand', async () => {
    for (const args of [['--dry'], ['--dry-run', 'x'], ['now']])
      expect(await run(args)).toMatchObject({
        code: 2,
        err: expect.stringContaining('npm start -- migrate --dry-run'),
        dryRuns: [],
        closed: 0,
      });
  });
});

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))(
  'as a process on %s',
  (engine) => {
    it('changes nothing in a dry run, and nothing starts on the store of a newer version', {
      timeout: 60_000,
    }, async () => {
      const database = await engine.database();
      const connection = await connectStore(database.uri);
      const env = { MONGODB_URI: database.uri };
      expect(await runCommand(['migrate', '--dry-run'], env)).toMatchObject({
        code: 0,
        output: expect.stringContaining('would change 0 document(s)'),
      });
      expect(await connection.db?.listCollections().toArray()).toEqual([]);
      const row = { _id: 99 as never, name: 'from-the-future', at: new Date(0), changed: 1 };
      await connection.collection('migrations').insertOne(row);
      for (const args of [['event', 'list'], []]) {
        const { code, output } = await runCommand(args, {
          ...env,
          PORT: '0',
          REDIS_URL: 'redis://127.0.0.1:1',
        });
        expect(code).toBe(1);
        expect(output).toMatch(
          /^expected a store with migrations up to \d+, received one with 99 \(from-the-future\) too: [^\n]*\n$/u,
        );
      }
      await connection.close();
      await database.drop();
    });
  },
);
