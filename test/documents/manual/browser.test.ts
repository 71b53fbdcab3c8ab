import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualWords } from '../../../flows/manual-words.ts';
import { manualHtml } from '../../../src/documents/manual/html.ts';
import { pagesOf } from '../../../src/documents/manual/pages.ts';
import { publicPage } from '../../../src/documents/manual/public-page.ts';
import { axeFindings, CHROMIUM_FLAGS } from '../../channels/web/page-driver.ts';
import { accepted, aFile, aManual, aPicture, manyProjects } from '../../support/manual.ts';
import { inPrint, PUBLIC_URL, readPdf, step } from './reading.ts';

const { TEST_CHROMIUM } = process.env;
const LONG = '项目团队在多个方向上持续投入研发力量并取得了阶段性成果。'.repeat(140);
const URL_OF = 'http://manual.test/';

function projects(count: number) {
  const all = manyProjects(count);
  const open = ['industrialization', 'market', 'contact', 'phone', 'email'];
  all[1] = accepted(2, {
    'title-zh': '长'.repeat(200),
    'title-en': '<b>long</b> '.repeat(60),
    'summary-zh': LONG,
    'summary-en': 'word '.repeat(800),
    industrialization: LONG,
    market: LONG,
    organization: '单位'.repeat(90),
    public: open,
    'image-1': aFile('a'),
  });
  return all;
}

describe.skipIf(!TEST_CHROMIUM)('the manual in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: TEST_CHROMIUM ?? '', args: CHROMIUM_FLAGS });
  });
  afterAll(() => browser?.close());

  async function open(html: string, policy: string, options: { javaScriptEnabled?: boolean } = {}) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('console', (message) => message.type() === 'error' && asked.push(message.text()));
    await page.route('**/*', (route) => {
      asked.push(route.request().url());
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': policy },
        body: html,
      });
    });
    await page.goto(URL_OF);
    return { page, asked };
  }

  it.each(['zh', 'en', 'both'] as const)(
    'prints one page for each project: %s',
    { timeout: 60_000 },
    async (langs) => {
      const edition = inPrint(aManual(projects(24), { langs }), [aPicture('a')]);
      const { page, asked } = await open(
        await manualHtml(edition, step),
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      );
      const { pages } = await readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      const planned = pagesOf(edition);
      expect(pages).toHaveLength(planned.total);
      for (const { sheet, page: number } of planned.sheets) expect(pages[number - 1]).toContain(sheet.code);
      // What stands at the foot of a project is on its page: nothing was pushed out.
      const foot = await page.evaluate(
        `(() => { document.body.style.width = '210mm'; return [...document.querySelectorAll('.project')].every((one) => one.scrollWidth <= one.clientWidth + 1); })()`,
      );
      expect(foot).toBe(true);
      expect(asked).toEqual([URL_OF]);
      await page.context().close();
    },
  );

  it('finds projects on its public page by keyboard, and needs no script to list them', {
    timeout: 60_000,
  }, async () => {
    const links = {
      files: [{ format: 'PDF', href: '/a.pdf' }],
      other: { lang: 'en', href: '?lang=en' },
      publicUrl: PUBLIC_URL,
    } as const;
    const { html, policy } = publicPage(aManual(projects(24)), 'zh', manualWords, links);
    const { page, asked } = await open(html, policy);
    const shown = () => page.locator('article:visible').count();
    expect(await shown()).toBe(24);
    await page.locator('#search').focus();
    await page.keyboard.type('盐碱地 Ｐ08');
    expect(await shown()).toBe(1);
    expect(await page.locator('[role=status]').textContent()).toBe('共 24 个项目，显示 1 个');
    expect(await page.locator('main > section:visible').count()).toBe(1);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    expect(await shown()).toBe(24);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await axeFindings(page, ['minor', 'moderate', 'serious', 'critical'])).toEqual([]);
    expect(asked).toEqual([URL_OF]);
    await page.context().close();

    const plain = await open(html, policy, { javaScriptEnabled: false });
    expect(await plain.page.locator('article:visible').count()).toBe(24);
    expect(await plain.page.locator('#search').isVisible()).toBe(false);
    await plain.page.context().close();
  });
});
