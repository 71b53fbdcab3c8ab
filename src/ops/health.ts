import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** A part of the house that must work for it to take messages. Resolves when it does, rejects with the reason. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

const TIMEOUT_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: every part works; else 503 names those that do not. `/metrics`: Prometheus. */
export function healthRoutes(checks: readonly Check[], registry: Registry): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const results = await Promise.all(checks.map(probe));
    const failing = results.filter((one) => one !== undefined);
    return failing.length === 0 ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', failing }, 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  );
  return app;
}

async function probe({ name, run }: Check): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), TIMEOUT_MS);
  });
  try {
    await Promise.race([run(), late]);
    return undefined;
  } catch {
    return name;
  } finally {
    clearTimeout(timer);
  }
}

export function makeRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
