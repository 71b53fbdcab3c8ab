import { type Fit, fitSheet, type Room } from './fit.ts';
import { type ContentsRow, type IndexRow, pagesOf } from './pages.ts';
import type { Line, Printed, Sheet } from './printed.ts';
import { qrSvg } from './qr.ts';
import { STYLE } from './style.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (one) => ESCAPES[one] ?? one);

const TAG: Readonly<Record<Line['lang'], string>> = { zh: 'zh-CN', en: 'en' };

/** Breaks of a text stay where its writer made them. */
const broken = (text: string): string => escapeHtml(text).replace(/\n/gu, '<br>');

/**
 * The edition as one page that needs nothing else: styles, pictures and codes are in it. Printed, the cover, each
 * page of the contents, each project and each page of the index are a sheet of A4 of their own. `step` is awaited
 * after each project, so that others have their turn.
 */
export async function manualHtml(edition: Printed, step: () => Promise<void>): Promise<string> {
  const pages = pagesOf(edition);
  const parts = [head(edition), coverPage(edition)];
  let page = 1;
  for (const rows of pages.contents) parts.push(contentsPage(edition, rows, ++page));
  for (const { sheet, page: number } of pages.sheets) {
    parts.push(projectPage(edition, sheet, number));
    page = number;
    await step();
  }
  for (const rows of pages.index) parts.push(indexPage(edition, rows, ++page));
  parts.push('</main>\n</body>\n</html>\n');
  return parts.join('\n');
}

/** The page of one project alone, as it stands in the manual. `notice` is said above it. */
export function proofHtml(edition: Printed, code: string, notice: string): string | undefined {
  const found = pagesOf(edition).sheets.find(({ sheet }) => sheet.code === code);
  if (!found) return undefined;
  return [
    head(edition),
    `<p class="notice">${broken(notice)}</p>`,
    projectPage(edition, found.sheet, found.page),
    '</main>\n</body>\n</html>\n',
  ].join('\n');
}

function head({ lang, name, event }: Printed): string {
  return `<!doctype html>
<html lang="${TAG[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(event)} · ${escapeHtml(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>`;
}

const inLang = (tag: string, { lang, text }: Line, kind = ''): string =>
  `<${tag} lang="${TAG[lang]}"${kind && ` class="${kind}"`}>${broken(text)}</${tag}>`;

function coverPage({ titles, subtitles, texts, about, edition }: Printed): string {
  const [first, ...others] = titles;
  return `<section class="page cover">
<div class="band"></div>
${first ? inLang('h1', first) : ''}
${others.map((one) => inLang('p', one, 'second')).join('\n')}
${subtitles.map((one) => inLang('p', one, 'subtitle')).join('\n')}
<div class="texts">${texts.map((one) => inLang('p', one)).join('\n')}</div>
<div class="about">${about.map((one) => `<p>${escapeHtml(one)}</p>`).join('\n')}
<p class="edition">${escapeHtml(edition)}</p></div>
</section>`;
}

const runningHead = (left: string, right: string): string =>
  `<div class="running"><span>${escapeHtml(left)}</span><span>${escapeHtml(right)}</span></div>`;

const folio = ({ edition }: Printed, page: number): string =>
  `<div class="folio"><span>${escapeHtml(edition)}</span><span>${page}</span></div>`;

function contentsPage(edition: Printed, rows: readonly ContentsRow[], page: number): string {
  const isFirst = page === 2;
  const lines = rows.map((row) => {
    if (row.kind === 'field') return `<li class="field">${escapeHtml(row.name)}</li>`;
    const titles = row.titles.map((one) => inLang('span', one)).join('');
    return `<li><a href="#${row.code}"><b>${row.code}</b><span class="titles">${titles}</span><i>${row.page}</i></a></li>`;
  });
  return `<section class="page contents">
${runningHead(edition.event, edition.name)}
${isFirst ? `<h2>${escapeHtml(edition.contents)}</h2>` : ''}
<ul>${lines.join('\n')}</ul>
${folio(edition, page)}
</section>`;
}

function indexPage(edition: Printed, rows: readonly IndexRow[], page: number): string {
  const lines = rows.map(({ organization, entries }) => {
    const codes = entries.map(({ code, page: at }) => `<a href="#${code}">${code}<i>${at}</i></a>`);
    return `<li><span>${escapeHtml(organization)}</span><span class="codes">${codes.join(' ')}</span></li>`;
  });
  return `<section class="page index">
${runningHead(edition.event, edition.name)}
<h2>${escapeHtml(edition.index)}</h2>
<ul>${lines.join('\n')}</ul>
${folio(edition, page)}
</section>`;
}

function projectPage(edition: Printed, sheet: Sheet, page: number): string {
  const { code, titles, facts, contact, link } = sheet;
  const [first, ...others] = titles;
  const fitted = fitSheet(sheet, roomOf(sheet));
  const code2d = link
    ? `<a class="qr" href="${escapeHtml(link)}">${qrSvg(link)}<span>${escapeHtml(edition.meet)}</span></a>`
    : '';
  return `<article class="page project" id="${code}" style="--size:${fitted.size}pt;--pictures:${fitted.pictures}pt">
${runningHead(edition.event, sheet.field)}
<header><div><p class="code">${code}</p>
${first ? inLang('h2', first) : ''}
${others.map((one) => inLang('p', one, 'second')).join('\n')}
<dl>${facts.map(({ label, value }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('\n')}</dl></div>${code2d}</header>
${sections(fitted)}
${fitted.cut ? `<p class="cut">${escapeHtml(edition.cut)}</p>` : ''}
${pictures(sheet)}
${contact ? `<p class="contact"><b>${escapeHtml(contact.label)}</b> ${escapeHtml(contact.value)}</p>` : ''}
${folio(edition, page)}
</article>`;
}

/** On a screen a text is there as a whole; on paper what does not fit is hidden. */
function sections(fitted: Fit): string {
  const paragraph = ({ lang, text, shown }: Line & { readonly shown: string }): string => {
    if (shown === text) return inLang('p', { lang, text });
    const kept = shown.slice(0, -1);
    const rest = `<span class="rest">${broken(text.slice(kept.length))}</span><span class="more">…</span>`;
    return `<p lang="${TAG[lang]}">${broken(kept)}${rest}</p>`;
  };
  return fitted.sections
    .map(
      ({ heading, paragraphs }) => `<h3>${escapeHtml(heading)}</h3>\n${paragraphs.map(paragraph).join('\n')}`,
    )
    .join('\n');
}

function pictures({ pictures: all, titles }: Sheet): string {
  if (all.length === 0) return '';
  const name = escapeHtml(titles[0]?.text ?? '');
  const shown = all.map(({ type, bytes }, i) => {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    return `<img alt="${name} ${i + 1}" src="data:${type};base64,${data}">`;
  });
  return `<div class="pictures">${shown.join('\n')}</div>`;
}

const PAGE_WIDTH = 178;
const PAGE_HEIGHT = 262;
const POINT = 25.4 / 72;
/** Fonts of readers differ: what is reckoned is a little more than any of them takes. */
const SAFE = 1.06;

/** What the page of a project leaves, reckoned from the widths that letters have on average. */
function roomOf({ titles, facts, contact, link }: Sheet): Room {
  const beside = link ? PAGE_WIDTH - 36 : PAGE_WIDTH;
  const linesIn = (text: string, size: number, width: number) =>
    text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil((ems(line) * size * POINT * SAFE) / width)), 0);
  const high = (lines: number, size: number, leading: number) => lines * size * POINT * leading;
  const heading =
    titles.reduce(
      (sum, { text }, i) =>
        sum + high(Math.min(3, linesIn(text, i ? 12 : 18, beside)), i ? 12 : 18, 1.35) + 1,
      0,
    ) +
    facts.reduce(
      (sum, { label, value }) =>
        sum + high(Math.min(2, linesIn(`${label}${value}`, 9.5, beside - 12)), 9.5, 1.45) + 0.6,
      0,
    );
  const top = 12 + 9 + Math.max(heading, link ? 38 : 0) + 5;
  const foot =
    10 +
    (contact ? high(linesIn(`${contact.label} ${contact.value}`, 9.5, PAGE_WIDTH - 8), 9.5, 1.45) + 8 : 0);
  return {
    height: (PAGE_HEIGHT - top - foot) / POINT,
    paragraph: (text, size) => high(linesIn(text, size, PAGE_WIDTH), size, 1.5) / POINT + size * 0.4,
    heading: (size) => (size + 0.5) * 1.4 + size * 0.85,
    note: (size) => size * 2.2,
  };
}

/** How wide a text is, in sizes of its letters. */
function ems(text: string): number {
  let width = 0;
  for (const one of text) width += one < '\u2000' ? (one >= 'A' && one <= 'Z' ? 0.66 : 0.53) : 1;
  return width;
}
