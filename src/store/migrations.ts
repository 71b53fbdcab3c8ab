import type { Connection, mongo } from 'mongoose';
import { deliveriesByLane } from './migrations/deliveries-by-lane.ts';
import { eventsWithCalls } from './migrations/events-with-calls.ts';
import { lockOf } from './migrations/lock.ts';

export interface Step {
  /** Count what would change, and change nothing. */
  readonly dryRun: boolean;
  /** To be called after every batch: keeps this process the one that migrates, and throws when it no longer is. */
  checkpoint(): Promise<void>;
}

/**
 * One change of what is stored. It is idempotent, and works in batches that leave out what is changed already:
 * interrupted, it is simply run again. Resolves with the number of documents that it changed or would change.
 */
export interface Migration {
  /** Its place in the order, from 1, for all time. */
  readonly number: number;
  readonly name: string;
  up(db: mongo.Db, step: Step): Promise<number>;
}

/** Every change of what is stored since the first release, in order. A number is never used again. */
export const MIGRATIONS: readonly Migration[] = [deliveriesByLane, eventsWithCalls];

export interface Migrated {
  readonly number: number;
  readonly name: string;
  /** Documents. */
  readonly changed: number;
}

export interface MigrateOptions {
  readonly now: () => Date;
  readonly log?: (line: string) => void;
  /** Count what each would change of what is stored now, and change nothing. */
  readonly dryRun?: boolean;
  readonly migrations?: readonly Migration[];
  /** Lets some time pass before the next look at what another process does. */
  readonly pause?: () => Promise<void>;
}

/** The store was changed by a newer program; the message says what to do. */
export class StoreIsNewer extends Error {
  override readonly name = 'StoreIsNewer';
}

/** An applied migration; `_id` is its number. */
interface Row {
  _id: number;
  name: string;
  at: Date;
  changed: number;
}

const COLLECTION = 'migrations';
const PAUSE_MS = 500;

/**
 * Applies the migrations that the store has not had, in order, by one process at a time; the others wait until
 * it is done. Resolves with those that this process applied or, in a dry run, would apply. Throws StoreIsNewer
 * when the store has had one that is not known here.
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<Migrated[]> {
  const { migrations = MIGRATIONS, dryRun = false, log = () => {}, pause = aMoment } = options;
  const db = connection.db;
  if (!db) throw new Error('expected an open connection, received a closed one; open it first');
  const missing = () => missingOf(db, migrations);
  if (dryRun) return runAll(db, await missing(), { dryRun, checkpoint: async () => {} });
  const lock = lockOf(db.collection(COLLECTION), options.now);
  let waited = false;
  while ((await missing()).length > 0) {
    if (!(await lock.take())) {
      if (!waited) log('another process is migrating the store; this one waits for it');
      waited = true;
      await pause();
      continue;
    }
    try {
      // Whoever had the lock before may have applied some of them.
      return await runAll(db, await missing(), { dryRun, checkpoint: lock.renew }, async (done) => {
        await lock.renew();
        await record(db, done, options.now());
        if (done.changed > 0)
          log(`migration ${done.number} (${done.name}): ${done.changed} document(s) changed`);
      });
    } finally {
      await lock.release();
    }
  }
  return [];
}

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** Migrations that are not recorded as applied, in order. */
async function missingOf(db: mongo.Db, migrations: readonly Migration[]): Promise<Migration[]> {
  // Numbers only: the lock's id is a word.
  const applied = await db
    .collection<Row>(COLLECTION)
    .find({ _id: { $gte: 0 } })
    .toArray();
  const known = new Set(migrations.map(({ number }) => number));
  const unknown = applied.filter(({ _id }) => !known.has(_id)).map(({ _id, name }) => `${_id} (${name})`);
  if (unknown.length > 0) {
    throw new StoreIsNewer(
      `expected a store with migrations up to ${Math.max(0, ...known)}, received one with ${unknown.join(', ')} too: a newer Luyan changed it; start that version, or restore a backup from before`,
    );
  }
  const numbers = new Set(applied.map(({ _id }) => _id));
  return migrations.filter(({ number }) => !numbers.has(number)).sort((a, b) => a.number - b.number);
}

async function runAll(
  db: mongo.Db,
  migrations: readonly Migration[],
  step: Step,
  onDone = async (_done: Migrated): Promise<void> => {},
): Promise<Migrated[]> {
  const all: Migrated[] = [];
  for (const migration of migrations) {
    const { number, name } = migration;
    const changed = await migration.up(db, step).catch((cause: unknown) => {
      throw new Error(
        `expected migration ${number} (${name}) to run, but it failed; what it changed stays, and the next start goes on with it`,
        { cause },
      );
    });
    const done = { number, name, changed };
    await onDone(done);
    all.push(done);
  }
  return all;
}

async function record(db: mongo.Db, { number, name, changed }: Migrated, at: Date): Promise<void> {
  await db.collection<Row>(COLLECTION).insertOne({ _id: number, name, at, changed });
}
