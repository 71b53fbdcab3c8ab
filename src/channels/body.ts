import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

export const isForm = (c: Context): boolean =>
  (c.req.header('content-type') ?? '').startsWith('multipart/form-data');

/**
 * Refuses bodies beyond a size. One that tells its length is judged by it, as the server reads no more than that,
 * and is left unopened; any other is counted while it is read.
 */
export function sizeLimit(
  sizeOf: (c: Context) => number,
  refuse: (c: Context) => Response,
): MiddlewareHandler {
  return async (c, next) => {
    const maxSize = sizeOf(c);
    const length = Number(c.req.header('content-length'));
    const told =
      c.req.header('content-length') !== undefined && c.req.header('transfer-encoding') === undefined;
    if (!told) return bodyLimit({ maxSize, onError: refuse })(c, next);
    return length <= maxSize ? next() : refuse(c);
  };
}

/** JSON, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
