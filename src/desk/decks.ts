import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { DeckFile, openDecks } from '../usecases/export-decks.ts';
import type { Decks } from '../usecases/export-ports.ts';

export interface DecksDesk {
  /** The text of a seal that is ours and still valid. */
  unseal(sealed: string): string | undefined;
  readonly openDecks: ReturnType<typeof openDecks>;
  /** Packs files while it is read. */
  pack(files: AsyncIterable<DeckFile>): ReadableStream<Uint8Array>;
  refuse(c: Context, reason: 'expired' | 'gone' | 'busy'): Response | Promise<Response>;
}

const sealedSchema = z.strictObject({
  decks: z.string().max(128),
  person: z.string().max(255),
  images: z.boolean(),
});

/** Archives that are under way: each has a file or two in memory. */
const AT_ONCE = 3;

/** What a link to decks is a seal of. */
export const decksText = ({ event, person, images }: Decks): string =>
  JSON.stringify({ decks: event, person, images });

export const decksPath = (sealed: string, name: string): string =>
  `/exports/${sealed}/${encodeURIComponent(name)}`;

function decksOf(text: string | undefined): Decks | undefined {
  if (!text?.startsWith('{')) return undefined;
  const { decks: event, ...rest } = sealedSchema.parse(JSON.parse(text));
  return { event, ...rest };
}

/** Archives by signed links: who made one must still organize the event when it is opened. */
export function deckRoutes({ unseal, openDecks: open, pack, refuse }: DecksDesk): Hono {
  const app = new Hono();
  let underWay = 0;

  async function* counted(files: AsyncIterable<DeckFile>): AsyncGenerator<DeckFile> {
    underWay++;
    try {
      yield* files;
    } finally {
      underWay--;
    }
  }

  app.get('/exports/:sealed/:name', async (c) => {
    const decks = decksOf(unseal(c.req.param('sealed')));
    if (!decks) return refuse(c, 'expired');
    if (underWay >= AT_ONCE) return refuse(c, 'busy');
    const files = await open(decks);
    if (!files) return refuse(c, 'gone');
    const headers = {
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="decks.zip"',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    };
    // Whoever only looks whether it is there reads nothing, so nothing is begun.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    return c.body(pack(counted(files)), 200, headers);
  });

  return app;
}
