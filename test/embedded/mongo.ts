import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { type Log, MongoServer } from '../../src/embedded/mongodb/server.ts';
import { MemoryStorage } from './memory-storage.ts';

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  lines: string[];
}

export function keptLog(): KeptLog {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level}: ${message}`);
    };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** A MongoDB-compatible server on rows in memory, with a client of the official driver. */
export interface TestMongo {
  server: MongoServer;
  storage: MemoryStorage;
  socketPath: string;
  uri: string;
  client: MongoClient;
  db: Db;
  log: KeptLog;
  clock: { now: number };
  failures: Error[];
  close(): Promise<void>;
}

export async function startMongo(storage = new MemoryStorage()): Promise<TestMongo> {
  const folder = mkdtempSync(join(tmpdir(), 'luyan-mongo-'));
  const socketPath = join(folder, 'mongodb.sock');
  const log = keptLog();
  const clock = { now: Date.UTC(2026, 0, 1) };
  const failures: Error[] = [];
  const onFailure = (error: Error): void => void failures.push(error);
  const server = await MongoServer.start({ socketPath, storage, log, now: () => clock.now, onFailure });
  const uri = `mongodb://${encodeURIComponent(socketPath)}/luyan?directConnection=true`;
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 5000 }).connect();
  const close = async (): Promise<void> => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, storage, socketPath, uri, client, db: client.db(), log, clock, failures, close };
}
