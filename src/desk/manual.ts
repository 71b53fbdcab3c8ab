import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Edition, MANUAL_FORMATS } from '../domain/edition.ts';
import { codeSchema } from '../domain/questions.ts';
import type { PublicManual } from '../usecases/read-manual.ts';

type Lang = 'zh' | 'en';

export interface ManualParts {
  readonly openPublicManual: (office: string, code: string) => Promise<PublicManual | undefined>;
  /** The page of a public edition, with what it may do. */
  page(found: PublicManual, lang: Lang): { readonly html: string; readonly policy: string };
  readonly openFile: (id: string) => Promise<Uint8Array | undefined>;
  /** The page that a sealed text opens for a team; undefined: it opens none. */
  readonly proof: (sealed: string, lang: Lang) => Promise<string | undefined>;
  languageOf(header: string | undefined): Lang;
  notFound(c: Context): Response;
}

const pathSchema = z.strictObject({ office: codeSchema, code: codeSchema });
const formatSchema = z.enum(MANUAL_FORMATS);
const langSchema = z.enum(['zh', 'en']).optional().catch(undefined);

const SAFE = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' } as const;
const PROOF_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGES_KEPT = 4;

/** The published manual for everybody, and the page of a project for its team alone. */
export function manualRoutes(parts: ManualParts): Hono {
  const app = new Hono();
  const pages = new Map<string, ReturnType<ManualParts['page']>>();

  const find = async (c: Context): Promise<PublicManual | undefined> => {
    const path = pathSchema.safeParse({ office: c.req.param('office'), code: c.req.param('code') });
    return path.success ? parts.openPublicManual(path.data.office, path.data.code) : undefined;
  };

  /** A built edition never changes, so its page is made once. */
  const pageOf = (found: PublicManual, lang: Lang) => {
    const key = `${found.edition.id} ${lang}`;
    const known = pages.get(key) ?? parts.page(found, lang);
    pages.delete(key);
    pages.set(key, known);
    for (const oldest of pages.keys()) {
      if (pages.size <= PAGES_KEPT) break;
      pages.delete(oldest);
    }
    return known;
  };

  app.get('/manual/:office/:code', async (c) => {
    const found = await find(c);
    if (!found) return parts.notFound(c);
    const lang = langSchema.parse(c.req.query('lang')) ?? parts.languageOf(c.req.header('accept-language'));
    const { html, policy } = pageOf(found, lang);
    const headers = {
      ...SAFE,
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Language',
    };
    return c.html(html, 200, headers);
  });

  app.get('/manual/:office/:code/:file', async (c) => {
    const found = await find(c);
    const format = formatSchema.safeParse(c.req.param('file').split('.').at(-1));
    const file = found && format.success ? fileOf(found.edition, format.data) : undefined;
    const bytes = file && file.name === c.req.param('file') ? await parts.openFile(file.ref) : undefined;
    if (!file || !bytes) return parts.notFound(c);
    return c.body(new Uint8Array(bytes), 200, {
      ...SAFE,
      'Content-Type': file.type,
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-cache',
    });
  });

  app.get('/proof/:sealed', async (c) => {
    const lang = parts.languageOf(c.req.header('accept-language'));
    const html = await parts.proof(c.req.param('sealed'), lang);
    if (html === undefined) return parts.notFound(c);
    const headers = {
      ...SAFE,
      'Content-Security-Policy': PROOF_POLICY,
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    };
    return c.html(html, 200, headers);
  });

  return app;
}

const fileOf = ({ files }: Edition, format: (typeof MANUAL_FORMATS)[number]) => files?.[format];
