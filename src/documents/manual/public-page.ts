import { createHash } from 'node:crypto';
import type { Manual } from '../../domain/manual.ts';
import { fill, type Lang, LOCALE } from '../../text/text.ts';
import type { ManualWords } from '../../usecases/manual-ports.ts';
import { escapeHtml } from './html.ts';
import { printed, type Section, type Sheet } from './printed.ts';

export interface PublicPage {
  readonly html: string;
  /** What the page may do: its own style and script, and nothing else. */
  readonly policy: string;
}

/** The page hides what does not match. Without it all is shown, and the field to search in is not. */
const SCRIPT = `
const box = document.querySelector('.search');
const field = box.querySelector('input');
const told = box.querySelector('[role=status]');
const cards = [...document.querySelectorAll('article')].map((card) => [card, card.textContent.normalize('NFKC').toLowerCase()]);
const fold = (text) => text.normalize('NFKC').toLowerCase().trim().split(/\\s+/u).filter(Boolean);
function search() {
  const words = fold(field.value);
  let shown = 0;
  for (const [card, text] of cards) {
    card.hidden = !words.every((word) => text.includes(word));
    if (!card.hidden) shown += 1;
  }
  for (const group of document.querySelectorAll('main > section')) group.hidden = !group.querySelector('article:not([hidden])');
  told.textContent = words.length > 0 ? told.dataset.pattern.replace('%s', shown) : '';
}
box.hidden = false;
field.addEventListener('input', search);
search();
`;

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #4d5868; --line: #d5dae1; --mark: #14508c; --paper: #fff; --tint: #f1f4f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #aab4c2; --line: #3a4350; --mark: #8ab8ec; --paper: #1b2129; --tint: #12161c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--tint); color: var(--ink); font: 1rem/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 52rem; margin: 0 auto; padding: 1rem; }
a { color: var(--mark); }
a:focus-visible, input:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem 1rem; }
h1 { font-size: 1.7rem; line-height: 1.3; margin: 0.5rem 0 0; }
h2 { font-size: 1.2rem; color: var(--mark); margin: 2rem 0 0.6rem; }
h3 { font-size: 1.1rem; margin: 0 0 0.4rem; line-height: 1.4; }
h4 { font-size: 0.95rem; color: var(--soft); margin: 0.8rem 0 0.1rem; }
p { margin: 0.2rem 0; white-space: pre-line; }
.soft, dt { color: var(--soft); }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem 1.2rem; }
.search label { display: block; font-weight: 600; }
.search input { font: inherit; width: 100%; padding: 0.6rem 0.8rem; border: 1px solid var(--soft); border-radius: 0.4rem; background: var(--paper); color: var(--ink); }
.search [role=status] { min-height: 1.6em; color: var(--soft); }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem 1.2rem; margin: 0 0 1rem; scroll-margin-top: 1rem; }
article:target { border-color: var(--mark); }
dl { margin: 0.4rem 0; display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dd { margin: 0; }
[hidden] { display: none !important; }
`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PublicLinks {
  readonly files: readonly { readonly format: string; readonly href: string }[];
  /** The page in the other language; undefined: the edition has one alone. */
  readonly other: { readonly lang: Lang; readonly href: string } | undefined;
  readonly publicUrl: string | null;
}

/** The manual as a page to read and to search in. It works without scripts too, as a list. */
export function publicPage(manual: Manual, lang: Lang, words: ManualWords, links: PublicLinks): PublicPage {
  const langs = manual.langs === 'both' ? lang : manual.langs;
  const edition = printed({ manual: { ...manual, langs }, pictures: [], publicUrl: links.publicUrl }, words);
  const total = edition.fields.reduce((sum, { sheets }) => sum + sheets.length, 0);
  const text = (
    one: keyof Pick<ManualWords, 'search' | 'download' | 'skip' | 'otherLanguage' | 'meet' | 'top'>,
  ) => escapeHtml(words[one][lang]);
  const pattern = fill(words.found, lang, { shown: '%s', all: total });
  const other = links.other
    ? `<li><a hreflang="${LOCALE[links.other.lang]}" lang="${LOCALE[links.other.lang]}" href="${escapeHtml(links.other.href)}">${text('otherLanguage')}</a></li>`
    : '';
  const files = links.files.map(
    ({ format, href }) =>
      `<li><a href="${escapeHtml(href)}">${text('download')} ${escapeHtml(format)}</a></li>`,
  );
  const groups = edition.fields.map(
    ({ name, sheets }) =>
      `<section><h2>${escapeHtml(name)}</h2>\n${sheets.map((one) => card(one, words.meet[lang])).join('\n')}</section>`,
  );
  const html = `<!doctype html>
<html lang="${LOCALE[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(edition.event)} · ${escapeHtml(edition.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#projects">${text('skip')}</a>
<header>
<p class="soft">${escapeHtml(edition.about.join(' · '))}</p>
<h1>${escapeHtml(edition.name)}</h1>
${edition.subtitles.map((one) => `<p>${escapeHtml(one.text)}</p>`).join('\n')}
${edition.texts.map((one) => `<p>${escapeHtml(one.text)}</p>`).join('\n')}
<p class="soft">${escapeHtml(edition.edition)}</p>
<nav aria-label="${text('download')}"><ul>${other}${files.join('')}</ul></nav>
<div class="search" role="search" hidden>
<label for="search">${text('search')}</label>
<input id="search" type="search" autocomplete="off">
<p role="status" data-pattern="${escapeHtml(pattern)}"></p>
</div>
</header>
<main id="projects" tabindex="-1">
${groups.join('\n')}
</main>
<footer><a href="#">${text('top')}</a></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
  return { html, policy: POLICY };
}

function card({ code, titles, facts, sections, contact, link }: Sheet, meet: string): string {
  const title = titles.map(({ text }) => escapeHtml(text)).join(' · ');
  const listed = [...facts, ...(contact ? [contact] : [])];
  return `<article id="${code}" aria-labelledby="${code}-title">
<h3 id="${code}-title"><a href="#${code}">${code}</a> ${title}</h3>
<dl>${listed.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
${sections.map(section).join('\n')}
${link ? `<p><a href="${escapeHtml(link)}" aria-label="${escapeHtml(meet)}: ${code}">${escapeHtml(meet)}</a></p>` : ''}
</article>`;
}

const section = ({ heading, paragraphs }: Section): string =>
  `<h4>${escapeHtml(heading)}</h4>\n${paragraphs.map(({ lang, text }) => `<p lang="${LOCALE[lang]}">${escapeHtml(text)}</p>`).join('\n')}`;
