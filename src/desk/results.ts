import { type Context, Hono } from 'hono';
import { LANGS, type Lang } from '../text/text.ts';
import type { openResults } from '../usecases/open-result.ts';
import type { PublishedResult } from '../usecases/roadshow-ports.ts';
import { noResultPage, RESULT_STYLE, resultIndex, resultPage } from './result-page.ts';

export interface ResultDesk {
  readonly openResults: ReturnType<typeof openResults>;
  /** The language that a browser asks for. */
  langOf(c: Context): Lang;
  /** Writes the file that a result can be computed again from. */
  write(published: PublishedResult): string;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,31}$/u;

/** Published results, for everybody. What is not published is told apart from what is not there by nobody. */
export function resultRoutes({ openResults: open, langOf, write }: ResultDesk): Hono {
  const app = new Hono();

  const wanted = (c: Context): Lang => LANGS.find((one) => one === c.req.query('lang')) ?? langOf(c);
  const find = async (c: Context, code: string, track: string | null) => {
    if (!CODE.test(code) || (track !== null && !CODE.test(track))) return [];
    return open({ code, track, office: c.req.query('office') });
  };

  app.get('/results.css', (c) =>
    c.body(RESULT_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );

  app.get('/results/:code', async (c) => {
    const code = c.req.param('code');
    const found = await find(c, code, null);
    c.header('Cache-Control', 'no-cache');
    if (found.length === 0) return c.html(noResultPage(c.req.path, wanted(c)), 404);
    const inOrder = [...found].sort((a, b) => (a.track < b.track ? -1 : 1));
    return c.html(resultIndex(code, inOrder, wanted(c)));
  });

  app.get('/results/:code/:name', async (c) => {
    const name = c.req.param('name');
    const isFile = name.endsWith('.json');
    const track = isFile ? name.slice(0, -'.json'.length) : name;
    const [found] = await find(c, c.req.param('code'), track);
    c.header('Cache-Control', 'no-cache');
    if (!found) return c.html(noResultPage(c.req.path, wanted(c)), 404);
    if (!isFile) return c.html(resultPage(found, wanted(c)));
    const file = `${found.code}-${found.track}.json`;
    return c.body(write(found), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file}"`,
    });
  });

  return app;
}
