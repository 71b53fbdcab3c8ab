import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as table from '../../../src/embedded/mongodb/table.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { at } from './case.ts';
import { DATABASES, OpenDatabase } from './engines.ts';
import { stagesOf } from './plans.ts';
import { Recording, type Sent } from './recording.ts';
import { PORTS, promisesOf } from './suite.ts';
import { entriesOf, usesOf } from './uses.ts';

/** How engines name a plan that reads by an index; the last are MongoDB's short cuts to a document by its id. */
const BY_INDEX = /^(IXSCAN|COUNT_SCAN|DISTINCT_SCAN|IDHACK|EXPRESS_.*)$/u;

/**
 * The list of all events reads them all, in the order of an index. The embedded server and MongoDB take that index;
 * DocumentDB takes none without a condition, reads the collection and sorts.
 */
const READS_ALL = 'find events {} by office 1, code 1';

/** The driver's own to a replica set: writes may be tried again. */
const FROM_THE_DRIVER = ['txnNumber'];

const migration = { number: 1, name: 'nothing', up: async () => 0 };

/** Everything that the store sends, from opening on: its indexes, a migration, and every case of the contract. */
async function recordAll(database: OpenDatabase): Promise<void> {
  const options = { now: () => at(0), migrations: [migration] };
  await migrate(database.connection, options);
  await migrate(database.connection, { ...options, dryRun: true });
  for (const port of PORTS) {
    // What does not hold is told by the contract's own test.
    for (const { run } of promisesOf(port)) await run(database).catch(() => {});
  }
}

/** An engine plans by what lies there; of an empty collection it may say anything. */
async function fill(database: OpenDatabase, recording: Recording): Promise<void> {
  for (const [collection, documents] of recording.inserted()) await database.insert(collection, documents);
}

type Asked = readonly (readonly [shape: string, sent: Sent])[];

/** Those that are not answered by an index. */
async function scansOf(database: OpenDatabase, asked: Asked): Promise<Asked> {
  const scans: (readonly [string, Sent])[] = [];
  for (const [shape, sent] of asked) {
    const stages = await stagesOf(database, sent);
    const isScan = stages.includes('COLLSCAN') || !stages.some((stage) => BY_INDEX.test(stage));
    if (isScan) scans.push([`${shape}: ${stages.join(' < ')}`, sent]);
  }
  return scans;
}

/**
 * The shapes that are scans in a database made anew, too. DocumentDB counts the rows of a table when it lies there for
 * a minute, and reads a few of them without an index from then on; one that has none is a scan from the start.
 */
async function scansAnew(
  engine: (typeof DATABASES)[number],
  recording: Recording,
  scans: Asked,
): Promise<string[]> {
  const database = await OpenDatabase.open(engine);
  try {
    await fill(database, recording);
    return (await scansOf(database, scans)).map(([shape]) => shape);
  } finally {
    await database.close();
  }
}

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))('on %s', (engine) => {
  const recording = new Recording();
  let database: OpenDatabase;
  let shapes: Map<string, Sent>;
  beforeAll(async () => {
    database = await OpenDatabase.open(engine, (connection) => recording.watch(connection));
    await recordAll(database);
    shapes = recording.shapes();
    await fill(database, recording);
    // The whole contract runs in here.
  }, 60_000);
  afterAll(() => database?.close());

  it('reads every collection by an index, whatever is asked', async () => {
    const asked = [...shapes].filter(([shape]) => shape !== READS_ALL || engine.name === 'embedded');
    const scans = await scansOf(database, asked);
    expect(scans.length > 0 ? await scansAnew(engine, recording, scans) : []).toEqual([]);
    expect(shapes.has(READS_ALL)).toBe(true);
    expect(shapes.size).toBeGreaterThan(30);
  });

  it('would notice a query without an index', async () => {
    const body = { find: 'people', filter: { lang: 'zh' } };
    expect(await stagesOf(database, { name: 'find', collection: 'people', body })).toContain('COLLSCAN');
  });

  it('sends only what the embedded server declares', () => {
    const harmless = new Set([...table.harmlessOptions, ...FROM_THE_DRIVER]);
    const declared = entriesOf(table);
    const used = new Set(recording.sent.flatMap((sent) => usesOf(sent, harmless)));
    expect([...used].filter((use) => !declared.has(use))).toEqual([]);
    expect(used).toContain('query operator $in');
    expect(used).toContain('update operator $pull');
    expect(used).toContain('partial index operator $exists');
  });
});

describe('the check of what is sent', () => {
  it('names every command, option and operator that a subset does not declare', () => {
    const sent = (name: string, body: Record<string, unknown>): Sent => ({
      name,
      collection: 'c',
      body: { [name]: 'c', ...body },
    });
    const uses = [
      sent('find', { filter: { $or: [{ a: { $geoNear: 1 } }, { b: 1 }] }, tailable: true, lsid: {} }),
      sent('update', {
        updates: [
          { q: {}, u: { $push: { a: { $each: [], $twice: 0 } }, $rename: { a: 'b' } }, collation: {} },
        ],
      }),
      sent('aggregate', {
        pipeline: [{ $lookup: {} }, { $group: { _id: '$a', n: { $top: 1 } } }],
        cursor: {},
      }),
      sent('createIndexes', {
        indexes: [{ key: {}, hidden: true, partialFilterExpression: { a: { $not: 1 } } }],
      }),
      sent('mapReduce', {}),
    ].flatMap((one) => usesOf(one, new Set(table.harmlessOptions)));
    const declared = entriesOf(table);
    expect(uses.filter((use) => !declared.has(use)).sort()).toEqual([
      'accumulator $top',
      'command mapReduce',
      'index field hidden',
      'option tailable of find',
      'partial index operator $not',
      'push modifier $twice',
      'query operator $geoNear',
      'stage $lookup',
      'update field collation',
      'update operator $rename',
    ]);
  });
});
