import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { startApp } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';

// A house in a process of its own, for the benchmark: one event, no limits per visitor.
const unlimited = { points: 1_000_000_000, duration: 1 };
const config = readConfig(process.env);
const app = await startApp(config, makeLog('error'), {
  limits: { messages: unlimited, visitors: unlimited },
  examples: false,
});
await app.verbs.importEvent(anEvent({ code: 'bench', phone: 'optional', email: 'optional' }));
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.({ url: app.url });
