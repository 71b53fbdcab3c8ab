import type { Result } from '../domain/result.ts';
import { points, type Ranked } from '../domain/standing.ts';
import { fill, LANGS, type Lang, type Text, type Values } from '../text/text.ts';
import type { PublishedResult } from '../usecases/roadshow-ports.ts';
import { RESULT_TEXTS as T } from './result-texts.ts';

const escaped = (text: string) => text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);

/** Everything that is not markup goes through here, so nothing that somebody wrote is ever read as markup. */
const said = (text: Text, lang: Lang, values: Values = {}) => escaped(fill(text, lang, values));

const LANG_NAMES: Readonly<Record<Lang, string>> = { zh: '中文', en: 'English' };

function pageOf(lang: Lang, title: string, path: string, body: readonly string[]): string {
  const links = LANGS.filter((one) => one !== lang).map(
    (one) => `<a lang="${one}" hreflang="${one}" href="${escaped(path)}?lang=${one}">${LANG_NAMES[one]}</a>`,
  );
  return [
    `<!doctype html><html lang="${lang}"><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title><link rel="stylesheet" href="/results.css">`,
    `<header><nav>${links.join(' ')}</nav></header><main><h1>${title}</h1>`,
    ...body,
    '</main></html>\n',
  ].join('\n');
}

const titleIn = (result: Result, code: string, lang: Lang): string =>
  escaped(result.projects.find((one) => one.code === code)?.title[lang] ?? '');

/** A table that scrolls by itself where it is wider than the page, by finger or by keys. */
function wideTable(label: Text, lang: Lang, heads: readonly string[], rows: readonly string[]): string {
  const table = `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return `<div class="wide" role="region" aria-label="${said(label, lang)}" tabindex="0">${table}</div>`;
}

function noteOf(one: Ranked, result: Result, lang: Lang): string {
  if (one.place === null) return said(T.few, lang, { min: result.rules.minValid });
  if (one.by) return said(T[one.by], lang);
  const isShared = result.standing.ranked.filter(({ place }) => place === one.place).length > 1;
  return isShared ? said(T.shared, lang) : '';
}

function standingTable(result: Result, lang: Lang): string {
  const rows = result.standing.ranked.map((one) => {
    const place = one.place === null ? said(T.none, lang) : String(one.place);
    const score = one.score ? points(one.score) : said(T.none, lang);
    return `<tr><td>${place}</td><th scope="row">${one.project} ${titleIn(result, one.project, lang)}</th><td>${score}</td><td>${one.sheets}</td><td>${noteOf(one, result, lang)}</td></tr>`;
  });
  const absent = result.absent.map(
    (code) =>
      `<tr><td>${said(T.none, lang)}</td><th scope="row">${escaped(code)} ${titleIn(result, code, lang)}</th><td>${said(T.none, lang)}</td><td>0</td><td>${said(T.absent, lang)}</td></tr>`,
  );
  const heads = [T.place, T.project, T.score, T.sheets, T.note].map(
    (one) => `<th scope="col">${said(one, lang)}</th>`,
  );
  return wideTable(T.standing, lang, heads, [...rows, ...absent]);
}

function cellOf(result: Result, project: string, judge: string, lang: Lang): string {
  if (result.recusals.some((one) => one.project === project && one.judge === judge))
    return said(T.recused, lang);
  const sheet = result.sheets.find((one) => one.project === project && one.judge === judge);
  if (!sheet) return said(T.none, lang);
  const total = (sheet.total / 100).toFixed(2);
  const mark = sheet.proxy ? `<abbr title="${said(T.proxy, lang)}">*</abbr>` : '';
  const dropped = result.standing.ranked.find((one) => one.project === project)?.dropped.includes(judge);
  return dropped ? `<s title="${said(T.dropped, lang)}">${total}</s>${mark}` : `${total}${mark}`;
}

function matrixTable(result: Result, lang: Lang): string {
  const heads = result.judges.map((judge) => `<th scope="col">${escaped(judge)}</th>`);
  const rows = result.projects
    .filter(({ code }) => !result.absent.includes(code))
    .map(({ code }) => {
      const cells = result.judges.map((judge) => `<td>${cellOf(result, code, judge, lang)}</td>`);
      return `<tr><th scope="row">${escaped(code)}</th>${cells.join('')}</tr>`;
    });
  const corner = `<th scope="col">${said(T.project, lang)}</th>`;
  return wideTable(T.matrix, lang, [corner, ...heads], rows);
}

function ruleOf({ rubric, rules, standing }: Result, lang: Lang): string[] {
  const criteria = rubric.map(({ name, weight, min, max }) => {
    const values = { name: name[lang], weight, min, max };
    return `<li>${said(T.criterion, lang, values)}</li>`;
  });
  const how = standing.trimmed ? said(T.trimmed, lang, { from: rules.trimFrom ?? 0 }) : said(T.mean, lang);
  return [
    `<p>${said(T.rubric, lang)}</p><ul>${criteria.join('')}</ul>`,
    `<p>${how} ${said(T.minimum, lang, { min: rules.minValid })} ${said(T.ties, lang)}</p>`,
  ];
}

const section = (heading: Text, lang: Lang, parts: readonly string[]): string[] =>
  parts.length > 0 ? [`<section><h2>${said(heading, lang)}</h2>`, ...parts, '</section>'] : [];

/** The page of one published result: all that it comes from, with nothing that only a script could show. */
export function resultPage({ result, sha256, awards, office }: PublishedResult, lang: Lang): string {
  const path = `/results/${result.event.code}/${result.track.code}`;
  const given = awards.map(({ project: code, name }) => {
    const title = result.projects.find((one) => one.code === code)?.title[lang] ?? '';
    return `<li>${said(T.award, lang, { name, code, title })}</li>`;
  });
  const decided = result.decisions.map(
    ({ order, reason }) => `<li>${said(T.decision, lang, { order: order.join(' '), reason })}</li>`,
  );
  const title = `${escaped(result.event.title[lang])} · ${escaped(result.track.name[lang])}`;
  return pageOf(lang, title, path, [
    `<p>${said(T.published, lang)} <time datetime="${result.publishedAt}">${result.publishedAt.slice(0, 16).replace('T', ' ')}</time></p>`,
    ...section(T.standing, lang, [standingTable(result, lang)]),
    ...section(T.awards, lang, given.length > 0 ? [`<ul>${given.join('')}</ul>`] : []),
    ...section(T.decisions, lang, decided.length > 0 ? [`<ul>${decided.join('')}</ul>`] : []),
    ...section(T.matrix, lang, [`<p>${said(T.matrixNote, lang)}</p>`, matrixTable(result, lang)]),
    ...section(T.rule, lang, ruleOf(result, lang)),
    ...section(T.check, lang, [
      `<p>SHA-256: <code>${escaped(sha256)}</code></p><p>${said(T.checkNote, lang)}</p>`,
      `<p><a href="${escaped(path)}.json?office=${encodeURIComponent(office)}" download>${said(T.download, lang)}</a></p>`,
    ]),
  ]);
}

/** The page of an event: its tracks whose results are published. */
export function resultIndex(code: string, published: readonly PublishedResult[], lang: Lang): string {
  const [first] = published;
  const title = first ? escaped(first.result.event.title[lang]) : said(T.title, lang);
  const links = published.map(
    ({ result }) =>
      `<li><a href="/results/${escaped(code)}/${escaped(result.track.code)}?lang=${lang}">${escaped(result.track.name[lang])}</a></li>`,
  );
  return pageOf(lang, title, `/results/${escaped(code)}`, [`<ul>${links.join('')}</ul>`]);
}

/** What somebody reads where nothing is published yet. */
export function noResultPage(path: string, lang: Lang): string {
  return pageOf(lang, said(T.title, lang), path, [`<p>${said(T.missing, lang)}</p>`]);
}

/** How the pages look: readable in the sun and in the dark, on a phone and on paper. */
export const RESULT_STYLE = `:root{color-scheme:light dark}
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.6 system-ui,sans-serif}
nav{text-align:right}
a{color:inherit}
h1{font-size:1.5rem;line-height:1.3}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #8888;padding:.4rem .6rem;text-align:left;vertical-align:top}
td{font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
code{overflow-wrap:anywhere}
`;
