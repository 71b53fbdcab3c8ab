import { Hono } from 'hono';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Explainer, Log } from './log.ts';

/** A part of the house that must work for it to take messages. Resolves when it does, rejects with the reason. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

const TIMEOUT_MS = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: every part works; else 503 names those that do not. Channels are told
 * and helpers are told of too, but one that is away is no reason to send nobody to the others. `/metrics`: Prometheus.
 */
export function healthRoutes(
  checks: readonly Check[],
  channels: readonly Check[],
  registry: Registry,
  helpers: readonly Check[] = [],
): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const [results, ofChannels, ofHelpers] = await Promise.all([
      Promise.all(checks.map(probe)),
      Promise.all(channels.map(stateOf)),
      Promise.all(helpers.map(stateOf)),
    ]);
    const failing = results.filter((one) => one !== undefined);
    const told = {
      ...(ofChannels.length > 0 && { channels: Object.fromEntries(ofChannels) }),
      ...(ofHelpers.length > 0 && { helpers: Object.fromEntries(ofHelpers) }),
    };
    return failing.length === 0
      ? c.json({ status: 'ready', ...told })
      : c.json({ status: 'not ready', failing, ...told }, 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  );
  return app;
}

/** A part with what is told of it. */
async function stateOf(check: Check): Promise<readonly [string, string]> {
  return [check.name, (await whyNot(check))?.message ?? 'ready'];
}

/** The name of a part that does not work. */
async function probe(check: Check): Promise<string | undefined> {
  return (await whyNot(check)) && check.name;
}

/** Why a part does not work. */
async function whyNot({ run }: Check): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(
      () => resolve(new Error(`expected an answer within ${TIMEOUT_MS} ms, received none`)),
      TIMEOUT_MS,
    );
  });
  const working = run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A service that the house leans on and that may be away. */
export interface Service extends Check {
  /** What a log calls it. */
  readonly title: string;
  readonly explains: Explainer['explains'];
}

/** A service under watch; as a check it asks, and what it finds is told. */
export interface Watch extends Explainer, Check {
  readonly isAway: boolean;
  /** Rejects at once while the service is away, and when the work takes longer than a caller can be kept waiting. */
  guard<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

/** What was asked of a service could not be done, as that is away or does not answer. */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
  readonly service: string;

  constructor(service: string, received: string, options?: ErrorOptions) {
    super(`expected ${service} to answer, received ${received}`, options);
    this.service = service;
  }
}

const GUARD_MS = 8_000;
const LOOK_EVERY_MS = 1_000;
/** For so long after an outage its last errors come in: calls that had been waiting, jobs that were cut. */
const AFTERMATH_MS = 15_000;

/**
 * Tells of a service's outage once when it begins and once when it is over, however many errors come of it. An
 * error is a suspicion only: the service is asked, and asked on until it answers.
 */
export function watchOver(service: Service, log: Log): Watch {
  const { title } = service;
  let looking = false;
  let isAway = false;
  let backAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let rest = (): void => {};
  let closed = false;
  const tick = () =>
    new Promise<void>((resolve) => {
      rest = resolve;
      timer = setTimeout(resolve, LOOK_EVERY_MS);
    });

  const look = async (error: unknown, tell: () => void): Promise<void> => {
    const since = performance.now();
    if (!(await whyNot(service))) {
      if (since - backAt > AFTERMATH_MS) tell();
      else log.debug({ err: error }, `${title} was away a moment ago, which is what this comes of`);
      return;
    }
    isAway = true;
    log.error({ err: error }, `${title} cannot be reached; it is tried again until it can`);
    do await tick();
    while (!closed && (await whyNot(service)));
    if (closed) return;
    isAway = false;
    backAt = performance.now();
    log.info(`${title} is back after ${Math.round((backAt - since) / 1_000)} s`);
  };

  const suspect: Watch['suspect'] = (error, tell) => {
    if (looking || closed) return;
    looking = true;
    void look(error, tell).finally(() => {
      looking = false;
    });
  };

  return {
    name: service.name,
    get isAway() {
      return isAway;
    },
    suspect,
    async run() {
      const cause = await whyNot(service);
      if (!cause) return;
      const error = new ServiceAway(title, 'no answer', { cause });
      suspect(error, () => {});
      throw error;
    },
    explains: (error) => (error instanceof ServiceAway ? error.service === title : service.explains(error)),
    async guard(work) {
      if (isAway) throw new ServiceAway(title, 'no answer since a while');
      let late: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new ServiceAway(title, `nothing within ${GUARD_MS} ms`)), GUARD_MS);
      });
      return Promise.race([work(), tooLong]).finally(() => clearTimeout(late));
    },
    close() {
      closed = true;
      clearTimeout(timer);
      rest();
    },
  };
}

export function makeRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Has `/metrics` tell how often each bot account's platform said that it was written to too often. */
export function countRefusals(registry: Registry, read: () => readonly (readonly [string, number])[]): void {
  new Counter({
    name: 'luyan_too_many_requests_total',
    help: 'Messages that a platform refused as too many, by bot account',
    labelNames: ['account'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [account, count] of read()) this.inc({ account }, count);
    },
  });
}
