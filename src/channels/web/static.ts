import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Hono } from 'hono';

const FOLDER = join(import.meta.dirname, 'page');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The chat page and its parts, read once. */
export function pageRoutes(): Hono {
  const app = new Hono();
  const files = new Map(
    readdirSync(FOLDER).flatMap((name) => {
      const type = TYPES[extname(name)];
      return type ? [[name, { type, body: readFileSync(join(FOLDER, name), 'utf8') }] as const] : [];
    }),
  );
  const index = files.get('index.html');
  if (!index) throw new Error(`expected index.html in ${FOLDER}, found none`);
  app.get('/', (c) => c.body(index.body, 200, { 'Content-Type': index.type }));
  app.get('/page/:name', (c) => {
    const file = files.get(c.req.param('name'));
    return file
      ? c.body(file.body, 200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' })
      : c.notFound();
  });
  return app;
}
