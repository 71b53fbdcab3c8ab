import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { openStores } from '../../src/store/stores.ts';
import { DATABASES, type Database } from '../contract/store/engines.ts';
import { anEvent } from '../support/events.ts';

const AT = new Date('2026-11-20T02:00:00Z');

describe.each(DATABASES.map((engine) => ({ ...engine, toString: () => engine.name })))(
  'events and roles from before there were calls for projects, on %s,',
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

    it('have none, and take guests', async () => {
      const { takesGuests: _takes, call: _call, ...before } = anEvent({ code: 'fair' });
      await connection.collection('events').insertOne({ _id: 'fair' as never, ...before, revision: 1 });
      const role = { role: 'owner', office: null, note: null, by: null };
      await connection
        .collection('grants')
        .insertOne({ _id: 'g' as never, ...role, person: 'ana', at: AT, ended: null });
      await connection.collection('invites').insertOne({ _id: 'i' as never, ...role, expiresAt: null });
      const options = { now: () => AT, migrations: MIGRATIONS.filter(({ number }) => number === 2) };
      const changes = { number: 2, name: 'events-with-calls', changed: 3 };
      expect(await migrate(connection, { ...options, dryRun: true })).toEqual([changes]);
      expect(await migrate(connection, options)).toEqual([changes]);
      expect(await migrate(connection, options)).toEqual([]);
      const { events, grants, invites } = openStores(connection);
      expect(await events.byId(['fair'])).toMatchObject([{ takesGuests: true, call: null }]);
      expect(await grants.of(['ana'])).toMatchObject([{ event: null, part: null }]);
      expect(await invites.byId('i')).toMatchObject({ event: null, part: null });
    });
  },
);
