import { rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import pg from 'pg';
import { type Config, readConfig } from '../../src/config.ts';
import type { Event } from '../../src/domain/event.ts';
import { joinEmbedded } from '../../src/embedded/index.ts';
import { makeLog } from '../../src/ops/log.ts';
import { type App, type Extras, startApp } from '../../src/wiring.ts';
import { freshDataDir } from './data-dir.ts';
import { Guest } from './guest.ts';

/** What a house can run on here: embedded always, and the services that the environment names. */
export interface Engine {
  readonly name: string;
  /** Settings for a house of its own: nothing is shared with another one. */
  readonly env: () => Record<string, string>;
}

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;

function withDatabase(uri: string, database: string): string {
  const url = new URL(uri);
  url.pathname = `/${database}`;
  return url.href;
}

const real: Engine = {
  name: [
    TEST_MONGODB_URI ? 'MongoDB' : 'embedded documents',
    TEST_REDIS_URL ? 'Redis' : 'embedded jobs',
  ].join(' + '),
  env: () => ({
    ...(TEST_MONGODB_URI && {
      MONGODB_URI: withDatabase(TEST_MONGODB_URI, `luyan_test_${crypto.randomUUID().slice(0, 13)}`),
    }),
    ...(TEST_REDIS_URL && { REDIS_URL: TEST_REDIS_URL }),
  }),
};

export const ENGINES: readonly Engine[] = [
  { name: 'embedded', env: () => ({}) },
  ...(TEST_MONGODB_URI || TEST_REDIS_URL ? [real] : []),
];

export interface OpenHouse {
  readonly app: App;
  readonly url: string;
  readonly env: Record<string, string>;
  arrive(lang?: 'zh' | 'en'): Promise<Guest>;
  addEvent(event: Omit<Event, 'id'>): Promise<void>;
  /** Throws away everything that is stored, as if the house were new. */
  clear(): Promise<void>;
  /** Throws away everything that the job queue knows, as an emptied Redis does. */
  emptyQueues(): Promise<void>;
  close(): Promise<void>;
}

const GENEROUS = { messages: { points: 10_000, duration: 1 }, visitors: { points: 10_000, duration: 1 } };

/** Opens a house in this process, on a free port and a folder of its own. */
export async function openHouse(
  engine: Engine,
  extras: Extras = {},
  env: Record<string, string> = {},
): Promise<OpenHouse> {
  const dataDir = freshDataDir();
  const full = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...engine.env(), ...env };
  const config = readConfig(full);
  const app = await startApp(config, makeLog(config.logLevel), {
    limits: GENEROUS,
    examples: false,
    sweepEveryMs: 1_000,
    leadMs: 25,
    ...extras,
  });
  return {
    app,
    url: `http://127.0.0.1:${app.port}`,
    env: full,
    arrive: (lang) => Guest.arrive(`http://127.0.0.1:${app.port}`, lang),
    addEvent: async (event) => {
      await app.verbs.importEvent(event);
    },
    clear: () => clear(config),
    emptyQueues: () => emptyQueues(config),
    async close() {
      await app.close();
      await dropDatabase(config);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function clear({ mongodbUri, dataDir }: Config): Promise<void> {
  const uri = mongodbUri ?? (await joinEmbedded(dataDir))?.mongodbUri;
  if (!uri) throw new Error(`expected a store in ${dataDir}, received none`);
  const connection = await mongoose.createConnection(uri).asPromise();
  const collections = (await connection.db?.collections()) ?? [];
  for (const collection of collections) await collection.deleteMany({});
  await connection.close();
}

async function emptyQueues({ redisUrl, mongodbUri, dataDir }: Config): Promise<void> {
  if (redisUrl) {
    const redis = new Redis(redisUrl);
    const keys = await redis.keys(`${new URL(mongodbUri ?? 'mongodb://x/luyan').pathname.slice(1)}:*`);
    if (keys.length > 0) await redis.del(keys);
    redis.disconnect();
    return;
  }
  const address = (await joinEmbedded(dataDir))?.postgres;
  if (!address) throw new Error(`expected embedded jobs in ${dataDir}, received none`);
  const client = new pg.Client(address);
  await client.connect();
  const named =
    "SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'";
  const { rows } = await client.query<{ tablename: string }>(named);
  await client.query(`TRUNCATE ${rows.map(({ tablename }) => `bullmq."${tablename}"`).join(', ')}`);
  await client.end();
}

export async function dropDatabase({ mongodbUri }: Pick<Config, 'mongodbUri'>): Promise<void> {
  if (!mongodbUri) return;
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
