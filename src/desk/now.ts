import { Hono } from 'hono';
import { html } from 'hono/html';
import { formatClock, MINUTE } from '../domain/time.ts';
import type { TimedItem, TrackNow } from '../domain/track-now.ts';
import type { EventNow, showNow } from '../usecases/show-now.ts';
import { NOW_SCRIPT, NOW_STYLE, REFRESH_SECONDS } from './now-look.ts';

export type PageLang = 'zh' | 'en';

/** What the page says, in a language. */
export interface NowWords {
  readonly title: string;
  readonly onStage: string;
  readonly next: string;
  readonly nothing: string;
  readonly nobody: string;
  readonly last: string;
  readonly unknown: string;
  readonly other: { readonly lang: PageLang; readonly label: string };
  phase(now: TrackNow): string;
  /** How far it is from the plan. */
  delay(minutes: number): string;
  /** How the item on stage stands with its time. */
  clock(now: TrackNow): string;
  name(item: TimedItem): string;
  zone(zone: string): string;
}

export interface NowParts {
  readonly showNow: ReturnType<typeof showNow>;
  readonly words: (lang: PageLang) => NowWords;
  /** The language for a request's Accept-Language. */
  readonly langOf: (header: string | undefined) => PageLang;
}

type Markup = ReturnType<typeof html>;

const COMING_SHOWN = 3;
const CODE = /^[a-z0-9][a-z0-9-]{0,63}$/u;
const CACHED = 'public, max-age=2';

/** What is on stage and what comes next, for everybody: a page for a hall's screen, and the same for programs. */
export function nowRoutes({ showNow: show, words, langOf }: NowParts): Hono {
  const app = new Hono();
  const find = async (code: string) => (CODE.test(code) ? show(code) : undefined);

  app.get('/now/look.css', (c) => c.body(NOW_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/now/look.js', (c) =>
    c.body(NOW_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );

  app.get('/now/:code', async (c) => {
    const asked = c.req.query('lang');
    const lang = asked === 'zh' || asked === 'en' ? asked : langOf(c.req.header('accept-language'));
    const found = await find(c.req.param('code'));
    c.header('Vary', 'Accept-Language');
    c.header('Cache-Control', found ? CACHED : 'no-store');
    return c.html(pageOf(found, words(lang), lang), found ? 200 : 404);
  });

  app.get('/api/now/:code', async (c) => {
    const found = await find(c.req.param('code'));
    c.header('Cache-Control', found ? CACHED : 'no-store');
    return found ? c.json(nowJson(found)) : c.json({ error: 'not_found' }, 404);
  });

  return app;
}

function pageOf(found: EventNow | undefined, words: NowWords, lang: PageLang): Markup {
  const title = found ? found.event.title[lang] : words.title;
  return html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · ${title}</title>
<link rel="stylesheet" href="/now/look.css">
<script src="/now/look.js" defer></script>
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></noscript>
</head>
<body>
<header><h1>${title}</h1><a href="?lang=${words.other.lang}" lang="${words.other.lang}" hreflang="${words.other.lang}">${words.other.label}</a></header>
<main>${found ? bodyOf(found, words, lang) : html`<p>${words.unknown}</p>`}</main>
</body>
</html>`;
}

function bodyOf({ event, at, tracks }: EventNow, words: NowWords, lang: PageLang): Markup {
  const { zone } = event;
  return html`<p class="clock"><time datetime="${at.toISOString()}">${formatClock(at, zone, lang)}</time> ${words.zone(zone)}</p>
${tracks.length === 0 ? html`<p>${words.nothing}</p>` : ''}
${tracks.map(
  ({ track, now }) => html`<section aria-label="${track.name[lang]}">
<h2>${track.name[lang]} <span class="phase">${words.phase(now)}</span></h2>
<h3>${words.onStage}</h3>
${
  now.onStage
    ? html`<p class="stage">${words.name(now.onStage)}</p>${now.party ? html`<p class="party">${now.party[lang]}</p>` : ''}<p class="left">${words.clock(now)}</p>`
    : html`<p class="left">${words.nobody}</p>`
}
<h3>${words.next}</h3>
${
  now.coming.length > 0
    ? html`<ol>${now.coming
        .slice(0, COMING_SHOWN)
        .map(
          (one) =>
            html`<li><time datetime="${one.from.toISOString()}">${formatClock(one.from, zone, lang)}</time> ${words.name(one)}</li>`,
        )}</ol>`
    : html`<p>${words.last}</p>`
}
${now.phase === 'closed' ? '' : html`<p class="delay">${words.delay(now.delayMinutes)}</p>`}
</section>`,
)}`;
}

/** The same, for programs. */
function nowJson({ event, at, tracks }: EventNow) {
  const item = ({ about, from, to }: TimedItem) => ({
    ...{ code: about.id, kind: about.kind, title: about.title },
    ...{ from: from.toISOString(), to: to.toISOString() },
  });
  return {
    event: { code: event.code, title: event.title },
    zone: event.zone,
    at: at.toISOString(),
    tracks: tracks.map(({ track, now }) => ({
      ...{ code: track.code, name: track.name, phase: now.phase },
      onStage: now.onStage && { ...item(now.onStage), party: now.party },
      clock: now.clock && { part: now.clock.part, seconds: Math.round(now.clock.ms / (MINUTE / 60)) },
      next: now.coming.slice(0, COMING_SHOWN).map(item),
      delayMinutes: now.delayMinutes,
    })),
  };
}
