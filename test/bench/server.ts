import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { startApp } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';

// A house in a process of its own, for the benchmark: one event, no limits per visitor, replies as fast as they can.
const unlimited = { points: 1_000_000_000, duration: 1 };
const app = await startApp(readConfig(process.env), makeLog('error'), {
  limits: { messages: unlimited, visitors: unlimited },
  pace: { burst: 1, everyMs: 0, chatBurst: 1, chatEveryMs: 0 },
  examples: false,
});
await app.verbs.importEvent(anEvent({ code: 'bench', phone: 'optional', email: 'optional' }));
const url = `http://127.0.0.1:${app.port}`;
// Channels open in the background.
const isOpen = async () => {
  const { channels = {} } = (await (await fetch(`${url}/readyz`)).json()) as { channels?: object };
  return Object.values(channels).every((state) => state === 'ready');
};
while (!(await isOpen())) await sleep(20);
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.({ url });
