import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { untilStopped } from '../../src/ops/start.ts';
import { startApp } from '../../src/wiring.ts';

// The worker process with a pace for platforms that are stubs: PACE_MS between messages.
const config = readConfig({ ...process.env, ROLE: 'worker', PACE_MS: undefined });
const log = makeLog(config.logLevel);
const everyMs = Number(process.env.PACE_MS ?? 0);
const app = await startApp(config, log, {
  pace: { burst: 1, everyMs, chatBurst: 1, chatEveryMs: 0 },
  sweepEveryMs: 1_000,
});
const stopped = untilStopped(app, log, new Promise(() => {}));
log.info('the worker is ready');
process.exit(await stopped);
