import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { startApp } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';
import { aCall } from '../support/projects.ts';

// A house in a process of its own whose only event calls for projects; no limits per visitor.
const unlimited = { points: 1_000_000_000, duration: 1 };
const app = await startApp(readConfig(process.env), makeLog('error'), {
  limits: { messages: unlimited, visitors: unlimited },
  examples: false,
});
await app.verbs.importEvent(anEvent({ code: 'roadshow', call: aCall(), takesGuests: false }));
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.({ url: `http://127.0.0.1:${app.port}` });
