import type { Connection } from 'mongoose';
import type { Log } from '../ops/log.ts';
import { connectStore, ensureIndexes } from '../store/connect.ts';
import { migrate } from '../store/migrations.ts';
import { openStores, type Stores } from '../store/stores.ts';
import { systemClock } from './clock.ts';
import type { Closers } from './closers.ts';

/** Opens the store of a configuration: the repositories on MongoDB as this version keeps them, with their indexes. */
export async function openStore(
  uri: string,
  log: Log,
  closers: Closers,
): Promise<{ connection: Connection; stores: Stores }> {
  const connection = await connectStore(uri);
  closers.add(() => connection.close());
  const stores = openStores(connection);
  await migrate(connection, { now: systemClock.now, log: (line) => log.info(line) });
  await ensureIndexes(connection);
  return { connection, stores };
}
