import { readConfig } from '../src/config.ts';
import { makeLog } from '../src/ops/log.ts';
import { untilStopped } from '../src/ops/start.ts';
import { startApp } from '../src/wiring.ts';

// The worker process: background work without channels, on the services that every process shares.
const config = readConfig({ ...process.env, ROLE: 'worker' });
const log = makeLog(config.logLevel);
const app = await startApp(config, log);
const stopped = untilStopped(app, log, new Promise(() => {}));
log.info('the worker is ready');
process.exit(await stopped);
