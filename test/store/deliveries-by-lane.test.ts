import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { openStores } from '../../src/store/stores.ts';
import { DATABASES, type Database } from '../contract/store/engines.ts';

const AT = new Date('2026-05-10T02:00:00Z');

/** A row as it was stored before letters went by lanes. */
const old = (id: string, state: string) => ({
  _id: id as never,
  person: 'ana',
  kind: 'own',
  event: 'fair',
  registration: null,
  occasion: null,
  letter: { text: 'A seat is free.' },
  state,
  cause: null,
  notBefore: AT,
  expiresAt: new Date(AT.getTime() + 3_600_000),
  leaseUntil: null,
  attempt: null,
  attempts: 0,
  messageId: null,
  sender: null,
});

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))(
  'rows from before there were lanes, on %s,',
  (engine) => {
    let database: Database;
    let connection: mongoose.Connection;
    beforeAll(async () => {
      database = await engine.database();
      connection = await mongoose.createConnection(database.uri).asPromise();
    });
    afterAll(async () => {
      await connection.close();
      await database.drop();
    });

    it('are sent as those of today are', async () => {
      const rows = connection.collection('deliveries');
      await rows.insertMany([old('a', 'pending'), old('b', 'sent'), old('c', 'retry_wait')]);
      const options = { now: () => AT, migrations: MIGRATIONS.filter(({ number }) => number === 1) };
      const changes = { number: 1, name: 'deliveries-by-lane', changed: 2 };
      expect(await migrate(connection, { ...options, dryRun: true })).toEqual([changes]);
      expect(await migrate(connection, options)).toEqual([changes]);
      expect(await migrate(connection, options)).toEqual([]);
      const claim = { sender: 's', lane: null, notice: null, now: AT, leaseUntil: AT, limit: 9 };
      const claimed = await openStores(connection).deliveries.claim(claim);
      expect(claimed.map(({ id, to, lane, receiptAt }) => [id, to, lane, receiptAt])).toEqual([
        ['a', null, null, null],
        ['c', null, null, null],
      ]);
    });
  },
);
