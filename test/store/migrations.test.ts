import type { Connection, mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectStore } from '../../src/store/connect.ts';
import { MIGRATIONS, type Migration, migrate, type Step } from '../../src/store/migrations.ts';
import { DATABASES, type Database } from '../contract/store/engines.ts';

/** Doubles `n` into `m`, two documents at a time; calls `onBatch` after each. */
function doubling(number: number, onBatch = async (_done: number): Promise<void> => {}): Migration {
  return {
    number,
    name: `double-${number}`,
    async up(db: mongo.Db, { dryRun, checkpoint }: Step) {
      const things = db.collection('things');
      const left = { [`m${number}`]: { $exists: false } };
      if (dryRun) return (await things.find(left).toArray()).length;
      for (let changed = 0; ; ) {
        const batch = await things.find(left).limit(2).toArray();
        if (batch.length === 0) return changed;
        for (const { _id, n } of batch) await things.updateOne({ _id }, { $set: { [`m${number}`]: n * 2 } });
        changed += batch.length;
        await onBatch(changed);
        await checkpoint();
      }
    },
  };
}

/** A promise with what resolves it. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const never = async (): Promise<void> => {
  throw new Error('expected no waiting, received some');
};

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))(
  'migrations on %s',
  (engine) => {
    let database: Database;
    let connection: Connection;
    let twin: Connection;
    let time = Date.UTC(2026, 4, 10);
    const now = (): Date => new Date(time);
    beforeAll(async () => {
      database = await engine.database();
      connection = await connectStore(database.uri);
      twin = await connectStore(database.uri);
    });
    afterAll(async () => {
      await connection.close();
      await twin.close();
      await database.drop();
    });
    beforeEach(async () => {
      const things = Array.from({ length: 5 }, (_, n) => ({ _id: `t${n}` as never, n }));
      await connection.collection('things').insertMany(things);
    });
    afterEach(async () => {
      for (const name of ['things', 'migrations']) await connection.collection(name).deleteMany({});
    });
    const things = () => connection.collection('things').find({}).sort({ _id: 1 }).toArray();
    const applied = () =>
      connection
        .collection('migrations')
        .find({ _id: { $gte: 0 } } as never)
        .sort({ _id: 1 })
        .toArray();

    it('applies what is missing in order, records it, and does nothing the next time', async () => {
      const lines: string[] = [];
      const options = { now, log: (line: string) => lines.push(line), pause: never };
      expect(await migrate(connection, { ...options, migrations: [doubling(1)] })).toEqual([
        { number: 1, name: 'double-1', changed: 5 },
      ]);
      const all = [doubling(3), doubling(1), doubling(2)];
      expect(
        (await migrate(connection, { ...options, migrations: all })).map(({ number }) => number),
      ).toEqual([2, 3]);
      expect(await migrate(twin, { ...options, migrations: all })).toEqual([]);
      expect((await things())[4]).toEqual({ _id: 't4', n: 4, m1: 8, m2: 8, m3: 8 });
      expect(await applied()).toEqual(
        [1, 2, 3].map((number) => ({ _id: number, name: `double-${number}`, at: now(), changed: 5 })),
      );
      expect(lines).toEqual([1, 2, 3].map((n) => `migration ${n} (double-${n}): 5 document(s) changed`));
    });

    it('says in a dry run what would change, and changes nothing', async () => {
      const before = await things();
      const options = { now, pause: never, migrations: [doubling(1), doubling(2)], dryRun: true };
      const would = [1, 2].map((number) => ({ number, name: `double-${number}`, changed: 5 }));
      expect(await migrate(connection, options)).toEqual(would);
      expect(await migrate(connection, options)).toEqual(would);
      expect(await things()).toEqual(before);
      expect(await connection.collection('migrations').find({}).toArray()).toEqual([]);
    });

    it('goes on where it was interrupted', async () => {
      const crashing = doubling(1, async () => {
        throw new Error('power cut');
      });
      await expect(migrate(connection, { now, pause: never, migrations: [crashing] })).rejects.toMatchObject({
        message: expect.stringContaining('migration 1 (double-1)'),
        cause: expect.objectContaining({ message: 'power cut' }),
      });
      expect(await applied()).toEqual([]);
      expect(await migrate(connection, { now, pause: never, migrations: [doubling(1)] })).toMatchObject([
        { changed: 3 },
      ]);
      expect((await things()).map(({ m1 }) => m1)).toEqual([0, 2, 4, 6, 8]);
    });

    it('runs in one process at a time; the other waits, then finds it done', async () => {
      let running = 0;
      const met = gate();
      const counting = doubling(1, async () => {
        expect(++running).toBe(1);
        await met.promise;
        running--;
      });
      const lines: string[] = [];
      // Whoever has to wait lets the other one go on.
      const pause = async () => met.resolve();
      const options = { now, pause, migrations: [counting], log: (line: string) => lines.push(line) };
      const both = await Promise.all([migrate(connection, options), migrate(twin, options)]);
      expect(both.flat()).toEqual([{ number: 1, name: 'double-1', changed: 5 }]);
      expect(lines.sort()).toEqual([
        'another process is migrating the store; this one waits for it',
        'migration 1 (double-1): 5 document(s) changed',
      ]);
    });

    it('takes over from a process that died, once its lease is over', async () => {
      const held = gate();
      const dead = new Promise<void>(() => {});
      const dying = doubling(1, () => {
        held.resolve();
        return dead;
      });
      void migrate(twin, { now, pause: never, migrations: [dying] });
      await held.promise;
      const waits: number[] = [];
      const pause = async () => {
        waits.push(time);
        time += 20_000;
      };
      const done = await migrate(connection, { now, pause, migrations: [doubling(1)] });
      expect(waits).toHaveLength(3);
      expect(done).toEqual([{ number: 1, name: 'double-1', changed: 3 }]);
    });

    it('stops where another process took over, and records nothing', async () => {
      const slow = doubling(1, async (done) => {
        if (done > 2) return;
        time += 61_000;
        await migrate(twin, { now, pause: never, migrations: [doubling(1)] });
      });
      const lost = migrate(connection, { now, pause: never, migrations: [slow] });
      await expect(lost).rejects.toMatchObject({
        cause: expect.objectContaining({ message: expect.stringContaining('another process took it') }),
      });
      expect(await applied()).toMatchObject([{ _id: 1, changed: 3 }]);
    });

    it('keeps its lease as long as it makes progress', async () => {
      const steady = doubling(1, async () => {
        time += 50_000;
      });
      expect(await migrate(connection, { now, pause: never, migrations: [steady] })).toMatchObject([
        { changed: 5 },
      ]);
    });

    it('stops at a store that a newer program changed, with one sentence, also in a dry run', async () => {
      await migrate(connection, { now, pause: never, migrations: [doubling(1), doubling(7)] });
      for (const dryRun of [false, true]) {
        const older = migrate(connection, {
          now,
          pause: never,
          dryRun,
          migrations: [doubling(1), doubling(2)],
        });
        await expect(older).rejects.toMatchObject({
          name: 'StoreIsNewer',
          message: expect.stringMatching(
            /^expected .* up to 2, received one with 7 \(double-7\) too: .* newer Luyan/u,
          ),
        });
      }
      expect((await applied()).map(({ _id }) => _id)).toEqual([1, 7]);
      expect((await things())[0]).not.toHaveProperty('m2');
    });
  },
);

describe('the list of migrations', () => {
  it('is numbered upwards from 1, each number once', () => {
    const numbers = MIGRATIONS.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.every((number) => Number.isInteger(number) && number > 0)).toBe(true);
  });
});
