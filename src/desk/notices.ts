import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { noticeFigures, recentNotices } from '../usecases/notice-figures.ts';
import { figuresJson, noticeJson } from './notice-json.ts';

interface Visited {
  Variables: { conversation: string };
}

/** Who comes to the desk: visitors of the web chat, known by the same token. */
export interface Door {
  /** Sets the conversation of whoever has a token, and refuses everybody else. */
  readonly known: MiddlewareHandler<Visited>;
  /** Resolves with a refusal when a conversation asks too often. */
  tooOften(c: Context, conversation: string): Promise<Response | undefined>;
  notFound(c: Context): Response;
}

export interface DeskParts {
  readonly door: Door;
  /** Whoever is met in a conversation. */
  personOf(conversation: string): Promise<string | undefined>;
  readonly verbs: {
    readonly noticeFigures: ReturnType<typeof noticeFigures>;
    readonly recentNotices: ReturnType<typeof recentNotices>;
  };
}

const numberSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}$/u)
  .transform(Number);

/**
 * The figures of notices, for programs of those who organize them. To everybody else there is nothing here: it is
 * not told whether there is such a notice.
 */
export function noticeRoutes({ door, personOf, verbs }: DeskParts): Hono {
  const app = new Hono<Visited>();

  const unkept: MiddlewareHandler = async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  };
  const spared: MiddlewareHandler<Visited> = async (c, next) =>
    (await door.tooOften(c, c.get('conversation'))) ?? next();

  app.use('/api/notices/*', unkept, door.known, spared);

  app.get('/api/notices', async (c) => {
    const person = await personOf(c.get('conversation'));
    const recent = person === undefined ? undefined : await verbs.recentNotices({ person });
    return recent?.ok ? c.json({ notices: recent.data.map(noticeJson) }) : door.notFound(c);
  });

  app.get('/api/notices/:number', async (c) => {
    const number = numberSchema.safeParse(c.req.param('number'));
    const person = await personOf(c.get('conversation'));
    if (!number.success || person === undefined) return door.notFound(c);
    const figures = await verbs.noticeFigures({ person, number: number.data });
    return figures.ok ? c.json(figuresJson(figures.data)) : door.notFound(c);
  });

  return new Hono().route('/', app);
}
