import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { parseJson, sizeLimit } from '../body.ts';
import type { Intake } from './intake.ts';
import { numberOf } from './updates.ts';

export const WEBHOOK_PATH = '/telegram';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const BODY_MAX_BYTES = 1024 * 1024;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Where Telegram posts updates: 200 once they are stored, 503 when that failed, so that it posts them again. Who
 * does not know the secret is refused before anything is read.
 */
export function webhookRoutes(secret: string, intake: Intake, onFailure: (cause: unknown) => void): Hono {
  const expected = digest(secret);
  const app = new Hono();
  app.use(WEBHOOK_PATH, async (c, next) => {
    // Digests are of one length, so that comparing tells nothing of the secret.
    const known = timingSafeEqual(digest(c.req.header(SECRET_HEADER) ?? ''), expected);
    return known ? next() : c.body(null, 401);
  });
  app.post(
    WEBHOOK_PATH,
    sizeLimit(
      () => BODY_MAX_BYTES,
      (c) => c.body(null, 413),
    ),
    async (c) => {
      // Nothing is wrong: it is posted again.
      if (!intake.isOpen) return c.body(null, 503);
      const update = parseJson(await c.req.text());
      if (numberOf(update) === undefined) return c.body(null, 400);
      try {
        await intake.take([update]);
        return c.body(null, 200);
      } catch (cause) {
        onFailure(cause);
        return c.body(null, 503);
      }
    },
  );
  return app;
}
