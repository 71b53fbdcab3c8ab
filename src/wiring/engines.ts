import { resolve } from 'node:path';
import type { JobService } from '../../jobs/backend.ts';
import type { Config } from '../config.ts';
import { type Embedded, joinEmbedded, startEmbedded } from '../embedded/index.ts';
import type { Log } from '../ops/log.ts';
import type { Closers } from './closers.ts';

export interface Engines {
  readonly mongodbUri: string;
  readonly jobs: JobService;
  readonly embedded: Embedded | undefined;
}

/** The services that the configuration names, and embedded ones for the rest. */
export async function openEngines(
  config: Config,
  log: Log,
  onFatal: (error: Error) => void,
): Promise<Engines> {
  const wanted = { mongodb: !config.mongodbUri, postgres: !config.redisUrl };
  const needed = wanted.mongodb || wanted.postgres;
  const embedded = needed
    ? await startEmbedded({ dataDir: resolve(config.dataDir), log, ...wanted })
    : undefined;
  embedded?.failed.then(onFatal, onFatal);
  const mongodbUri = config.mongodbUri ?? embedded?.mongodbUri;
  const postgres = embedded?.postgres;
  if (!mongodbUri || !(config.redisUrl || postgres))
    throw new Error('expected an engine for each half, received none');
  const jobs: JobService = config.redisUrl
    ? { kind: 'redis', url: config.redisUrl }
    : { kind: 'postgres', address: postgres as NonNullable<typeof postgres> };
  return { mongodbUri, jobs, embedded };
}

/** MongoDB for a command-line tool: that of the configuration, of the running house, or an embedded one for as long as it runs. */
export async function toolsUri(config: Config, log: Log, closers: Closers): Promise<string> {
  if (config.mongodbUri) return config.mongodbUri;
  const dataDir = resolve(config.dataDir);
  const running = await joinEmbedded(dataDir);
  if (running?.mongodbUri) return running.mongodbUri;
  const embedded = await startEmbedded({ dataDir, log, mongodb: true, postgres: false });
  closers.add(() => embedded.close());
  if (!embedded.mongodbUri) throw new Error('expected the embedded MongoDB side, received none');
  return embedded.mongodbUri;
}
