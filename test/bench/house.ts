import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { type App, type Extras, startApp } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';

const unlimited = { points: 1_000_000_000, duration: 1 };

/** A house in a process of its own, for the benchmark: one event, no limits per visitor. It ends with its parent. */
export async function serveHouse(extras: Extras = {}): Promise<App> {
  const app = await startApp(readConfig(process.env), makeLog('error'), {
    limits: { messages: unlimited, visitors: unlimited },
    examples: false,
    ...extras,
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
  return app;
}
