import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { openBoard } from '../usecases/scoreboard.ts';
import type { BoardFeed } from './board-feed.ts';

export interface BoardDesk {
  /** The conversation of whoever has a token; undefined: they have none, or it is not ours. */
  conversationOf(c: Context): string | undefined;
  personOf(conversation: string): Promise<string | undefined>;
  /** Resolves with a refusal when somebody asks too often. */
  tooOften(c: Context): Promise<Response | undefined>;
  notFound(c: Context): Response;
  busy(c: Context): Response;
  readonly openBoard: ReturnType<typeof openBoard>;
  readonly feed: BoardFeed;
}

const HEARTBEAT_MS = 15_000;
const CODE = /^[a-z0-9][a-z0-9-]{0,31}$/u;

/** How a track stands, as server-sent events: for those who see to its scoring, and for everybody once it is published. */
export function boardRoutes(desk: BoardDesk): Hono {
  const { feed } = desk;
  const app = new Hono();

  app.get('/api/scoreboard/:code/:track', async (c) => {
    c.header('Cache-Control', 'no-store');
    const refused = await desk.tooOften(c);
    if (refused) return refused;
    const { code, track } = c.req.param();
    const conversation = desk.conversationOf(c);
    const person = conversation === undefined ? undefined : await desk.personOf(conversation);
    const isCode = CODE.test(code) && CODE.test(track);
    const run = isCode ? await desk.openBoard({ code, track, person }) : undefined;
    if (run === undefined) return desk.notFound(c);
    if (feed.isFull) return desk.busy(c);
    const { signal } = c.req.raw;
    return streamSSE(
      c,
      async (stream) => {
        const follower = feed.join(run);
        try {
          let seen: string | undefined;
          while (!stream.aborted && !signal.aborted && !feed.isClosed) {
            const shown = await follower.next(seen, HEARTBEAT_MS, signal);
            if (shown) {
              await stream.writeSSE({ event: 'board', id: shown.mark, data: JSON.stringify(shown.board) });
              seen = shown.mark;
              continue;
            }
            if (feed.isClosed) break;
            await stream.write(': waiting\n\n');
          }
        } finally {
          follower.leave();
        }
      },
      // What fails ends the stream; a browser opens it again.
      async () => {},
    );
  });

  return app;
}
