import { rmdirSync, rmSync } from 'node:fs';
import type { Addresses } from './addresses.ts';
import { askHolder, DataDirLock } from './lock.ts';
import type { Log } from './log.ts';
import { hasDatabase, mongodbUri, type Paths, pathsOf, postgresPort } from './paths.ts';
import { createInChild, type Serving, serveInThread } from './serve.ts';

export type { Addresses, PostgresAddress } from './addresses.ts';
export { DataDirInUse } from './lock.ts';
export type { Log } from './log.ts';

export interface EmbeddedOptions {
  /** The folder that holds everything; made when it is not there. */
  dataDir: string;
  log: Log;
  /** Serve the MongoDB side (default true). */
  mongodb?: boolean;
  /** Serve the PostgreSQL side, for the job queues (default true). */
  postgres?: boolean;
}

/** Running engines. */
export interface Embedded extends Addresses {
  /** Resolves with the reason when the engines stopped by themselves; the process should end then. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

/** Starts the engines of a data folder, or throws DataDirInUse when another process has them. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const paths = pathsOf(options.dataDir);
  const lock = await DataDirLock.take(paths);
  try {
    if (!hasDatabase(paths)) {
      options.log.info(`making the embedded database in ${paths.dataDir}`);
      await createInChild(paths.dataDir);
    }
    const wanted = { mongodb: options.mongodb ?? true, postgres: options.postgres ?? true };
    const engines = await serveInThread({ paths, ...wanted }, options.log);
    const addresses = addressesOf(paths, wanted);
    lock.publish(addresses);
    return { ...addresses, failed: engines.failed, close: () => closeAll(engines, lock, paths) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Where the engines of a data folder are that another process runs; undefined when none does. */
export async function joinEmbedded(dataDir: string): Promise<Addresses | undefined> {
  return askHolder(pathsOf(dataDir));
}

function addressesOf(paths: Paths, wanted: { mongodb: boolean; postgres: boolean }): Addresses {
  const postgres = { host: paths.postgresHost, port: postgresPort, database: 'postgres', user: 'postgres' };
  return {
    ...(wanted.mongodb ? { mongodbUri: mongodbUri(paths) } : {}),
    ...(wanted.postgres ? { postgres } : {}),
  };
}

async function closeAll(engines: Serving, lock: DataDirLock, paths: Paths): Promise<void> {
  await engines.close();
  for (const socket of [paths.mongodb, paths.postgres]) rmSync(socket, { force: true });
  await lock.release();
  if (paths.postgresHost !== paths.dataDir) removeIfEmpty(paths.postgresHost);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else's socket stands there: the folder stays.
  }
}
