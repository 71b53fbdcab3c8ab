import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Log } from './log.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

export interface Unavailable {
  /** What a caller reads when the house failed; the cause is only logged. */
  readonly answer: (acceptLanguage: string | undefined) => unknown;
}

/** One application of all routes: with safe headers, and with failures caught once, here. */
export function makeSite(rooms: readonly Hono[], unavailable: Unavailable, log: Log): Hono {
  const site = new Hono();
  site.use('*', async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    await next();
  });
  for (const room of rooms) site.route('/', room);
  site.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'a request failed');
    return c.json(unavailable.answer(c.req.header('accept-language')) as object, 503, { 'Retry-After': '5' });
  });
  return site;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 15_000;

/** Serves a site. Rejects with a sentence when the address cannot be had. */
export function listen(site: Hono, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: site.fetch, hostname: host, port }) as Server;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.once('error', (cause) => {
      reject(
        new Error(`expected to listen on ${host}:${port}, but that failed; set HOST or PORT`, { cause }),
      );
    });
    server.once('listening', () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve({ port: actual, close: () => closeServer(server) });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // What is still under way gets a moment, then it is cut.
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
