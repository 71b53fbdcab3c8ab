import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { type Config, readConfig } from '../../src/config.ts';
import type { Event } from '../../src/domain/event.ts';
import { makeLog } from '../../src/ops/log.ts';
import { type App, type Extras, startApp } from '../../src/wiring.ts';
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
  close(): Promise<void>;
}

const GENEROUS = { messages: { points: 10_000, duration: 1 }, visitors: { points: 10_000, duration: 1 } };

/** Opens a house in this process, on a free port and a folder of its own. */
export async function openHouse(
  engine: Engine,
  extras: Extras = {},
  env: Record<string, string> = {},
): Promise<OpenHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'luyan-'));
  const full = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...engine.env(), ...env };
  const config = readConfig(full);
  const app = await startApp(config, makeLog(config.logLevel), {
    limits: GENEROUS,
    examples: false,
    ...extras,
  });
  return {
    app,
    url: app.url,
    env: full,
    arrive: (lang) => Guest.arrive(app.url, lang),
    addEvent: async (event) => {
      await app.verbs.importEvent(event);
    },
    async close() {
      await app.close();
      await dropDatabase(config);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function dropDatabase({ mongodbUri }: Pick<Config, 'mongodbUri'>): Promise<void> {
  if (!mongodbUri) return;
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
