import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { manualDocx } from '../../../src/documents/manual/docx.ts';
import { manualHtml, proofHtml } from '../../../src/documents/manual/html.ts';
import { pagesOf } from '../../../src/documents/manual/pages.ts';
import { manualPdf } from '../../../src/documents/manual/pdf.ts';
import { accepted, aFile, aManual, aPicture, manyProjects } from '../../support/manual.ts';
import { inPrint, readPdf, someFonts, step, unzip } from './reading.ts';

const LONG = '项目团队在多个方向上持续投入研发力量并取得了阶段性成果。'.repeat(140);
const HOSTILE = '<script>alert(1)</script>"\'&amp;]]><!--\u0000\u202e$x';
const OPEN = {
  public: ['industrialization', 'market', 'capital', 'patents', 'cooperation', 'contact', 'phone', 'email'],
};

/** Twelve projects, one of them with more of everything than fits, one with hostile words, one with pictures. */
function projects() {
  const all = manyProjects(12);
  all[1] = accepted(2, {
    ...OPEN,
    'title-zh': '长'.repeat(200),
    'title-en': 'long '.repeat(90),
    'summary-zh': LONG,
    'summary-en': 'word '.repeat(800),
    industrialization: LONG,
    market: LONG,
    organization: '单位'.repeat(90),
  });
  all[2] = accepted(3, {
    ...OPEN,
    'title-zh': HOSTILE,
    'title-en': HOSTILE,
    'summary-zh': HOSTILE,
    organization: HOSTILE,
    contact: HOSTILE,
    capital: HOSTILE,
  });
  all[3] = accepted(4, {
    ...OPEN,
    'image-1': aFile('a'),
    'image-2': aFile('b'),
    'summary-zh': '减排 CO₂，𠮷 喆 堃',
  });
  return all;
}

const edition = () => inPrint(aManual(projects()), [aPicture('a'), aPicture('b', 90)]);

describe('the pages of a manual', () => {
  it('are a cover, the contents, a page for each project and the index, numbered through', () => {
    const pages = pagesOf(inPrint(aManual(manyProjects(200))));
    expect(pages.total).toBe(1 + pages.contents.length + 200 + pages.index.length);
    expect(pages.sheets[0]?.page).toBe(2 + pages.contents.length);
    const listed = pages.contents.flat().flatMap((row) => (row.kind === 'project' ? [row.page] : []));
    expect(listed).toEqual(pages.sheets.map(({ page }) => page));
    // No heading stands alone at the foot of a page.
    expect(pages.contents.map((rows) => rows.at(-1)?.kind)).not.toContain('field');
  });
});

describe('the manual as PDF', () => {
  it('has a page for each project, whatever its length, and can be read again', async () => {
    const print = edition();
    const bytes = await manualPdf(print, someFonts(), step);
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw.match(/\/FontFile3 /gu)).toHaveLength(2);
    expect(raw.match(/\/ToUnicode /gu)).toHaveLength(2);
    const { pages, links, outline } = await readPdf(bytes);
    const planned = pagesOf(print);
    expect(pages).toHaveLength(planned.total);
    for (const { sheet, page } of planned.sheets) expect(pages[page - 1]).toContain(sheet.code);
    expect(pages[0]).toContain('项目手册');
    expect(pages[1]).toMatch(/目录 Contents.*电子信息 · Electronic information/u);
    expect(pages.at(-1)).toContain('单位索引');
    expect(links[1]).toBeGreaterThan(5);
    expect(outline.map(([title]) => title).at(-1)).toBe('单位索引 Index of organizations');
    expect(outline.reduce((sum, [, count]) => sum + count, 0)).toBe(12);
    // What no page holds is cut, and it is said where the rest is.
    const page = planned.sheets.find(({ sheet }) => sheet.code === 'P02')?.page ?? 0;
    expect(pages[page - 1]).toContain('全文见网页版项目手册');
    expect(pages[page - 1]).toContain('team@example.org');
    expect(pages.filter((text) => text.includes('全文见网页版项目手册'))).toHaveLength(1);
  });
});

describe('the manual as a Word document', () => {
  it('is well-formed, with headings, bookmarks and a page break for each project', async () => {
    const files = unzip(await manualDocx(edition(), step));
    for (const [name, bytes] of files)
      if (/\.(xml|rels)$/u.test(name)) expect(XMLValidator.validate(bytes.toString('utf8')), name).toBe(true);
    const body = files.get('word/document.xml')?.toString('utf8') ?? '';
    expect(body.match(/w:val="Heading2"/gu)).toHaveLength(12);
    expect(body.match(/w:name="P\d\d"/gu)).toHaveLength(12);
    // A project is begun on a page of its own: by its own break, or by that of the field above it.
    const fields = body.match(/w:val="Heading1"/gu)?.length ?? 0;
    expect(body.match(/<w:pageBreakBefore\/>/gu)).toHaveLength(12 + 2);
    expect(fields).toBe(6);
    expect(body).not.toContain('<script>');
    const texts = JSON.stringify(new XMLParser({ ignoreAttributes: true }).parse(body));
    expect(texts).toContain('<script>alert(1)</script>');
    expect([...files.keys()].filter((name) => /media\/./u.test(name))).toHaveLength(2 + 12);
  });
});

describe('the manual as one page of HTML', () => {
  it('asks for nothing from anywhere and shows hostile words as words', async () => {
    const html = await manualHtml(edition(), step);
    expect(html).not.toMatch(/<script|<link|@import|<iframe|<form/iu);
    expect(html.match(/(?:src|url\()=?["']?(?!data:)[a-z]+:/giu)).toBeNull();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;amp;]]&gt;&lt;!--$x');
    expect(html.match(/<article /gu)).toHaveLength(12);
    expect(html.match(/<img /gu)).toHaveLength(2);
    // Nothing of a long text is missing on a screen.
    expect(html.replace(/<[^>]+>/gu, '').replaceAll('…', '')).toContain(LONG);
  });

  it('has the page of a single project, as it stands in the manual', async () => {
    const print = edition();
    const page = proofHtml(print, 'P03', 'Please check');
    const whole = await manualHtml(print, step);
    const article = /<article[\s\S]*<\/article>/u.exec(page ?? '')?.[0];
    expect(article).toContain('id="P03"');
    expect(whole).toContain(article);
    expect(page?.match(/<article/gu)).toHaveLength(1);
    expect(proofHtml(print, 'P99', '')).toBeUndefined();
  });
});
