import type { Log } from './log.ts';
import { MongoServer } from './mongodb/server.ts';
import type { Paths } from './paths.ts';
import { DocumentsTable } from './postgres/documents-table.ts';
import { Gateway } from './postgres/gateway.ts';
import { Maintenance } from './postgres/maintenance.ts';
import { openDatabase } from './postgres/open.ts';
import { Session } from './postgres/session.ts';

export interface EngineOptions {
  paths: Paths;
  mongodb: boolean;
  postgres: boolean;
}

/** The running engines over one open database folder. */
export interface Engine {
  close(): Promise<void>;
}

/** Opens the database folder and serves what is wanted on its sockets. */
export async function startEngine(
  options: EngineOptions,
  log: Log,
  onFailure: (error: Error) => void,
): Promise<Engine> {
  const { paths } = options;
  const pglite = await openDatabase(paths.dataDir, log);
  const session = new Session(pglite);
  const mongodb = options.mongodb
    ? await MongoServer.start({
        socketPath: paths.mongodb,
        storage: new DocumentsTable(session),
        log,
        onFailure,
      })
    : undefined;
  const gateway = options.postgres ? new Gateway(session, log) : undefined;
  await gateway?.listen(paths.postgres);
  const maintenance = new Maintenance(session, log);
  return {
    async close() {
      await maintenance.stop();
      await mongodb?.close();
      await gateway?.close();
      await session.exclusive(() => pglite.close());
    },
  };
}
