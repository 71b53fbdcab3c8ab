import { chromium } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { nowPageWords } from '../../flows/now-page.ts';
import { acceptedLanguage } from '../../src/channels/web/refusals.ts';
import { nowRoutes } from '../../src/desk/now.ts';
import { makeLog } from '../../src/ops/log.ts';
import { listen, makeSite } from '../../src/ops/server.ts';
import * as drive from '../channels/web/page-driver.ts';
import { parts, WRITTEN } from '../support/projects.ts';
import { Showing } from '../usecases/showing.ts';

const { TEST_CHROMIUM } = process.env;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The page of a day on which P01 is on stage, before a server. */
async function openPage() {
  const day = await Showing.open((number) =>
    number === 2 ? { parts: parts({ ...WRITTEN, 'title-zh': '<script>alert(1)</script>' }) } : {},
  );
  await day.plan();
  day.at('14:30');
  await day.next();
  day.at('14:33');
  const routes = nowRoutes({
    showNow: day.verbs.showNow,
    words: nowPageWords,
    langOf: (header) => acceptedLanguage(header, 'zh'),
  });
  const listening = await listen(
    makeSite([routes], { answer: () => ({}) }, makeLog('silent')),
    '127.0.0.1',
    0,
  );
  closers.push(() => listening.close());
  return { day, url: `http://127.0.0.1:${listening.port}` };
}

describe('now and next', () => {
  it('is a page that anybody reads in either language, without a script', async () => {
    const { url } = await openPage();
    const page = async (lang: string) =>
      (await fetch(`${url}/now/fair`, { headers: { 'Accept-Language': lang } })).text();
    const zh = await page('zh-CN');
    expect(zh).toContain('<html lang="zh-CN">');
    for (const words of [
      '主赛道',
      'P01《盐碱地改良技术》',
      '陈述还剩 5 分钟',
      '14:45',
      'Asia/Shanghai',
      '与计划一致',
    ])
      expect(zh).toContain(words);
    expect(zh).toContain('&lt;script&gt;alert(1)');
    expect(zh).not.toContain('<script>alert');
    expect(zh).not.toMatch(/(?:src|href)="(?:https?:)?\/\//u);
    expect(zh).toContain('<noscript><meta http-equiv="refresh"');
    const en = await page('en');
    for (const words of ['Main track', 'Soil improvement', '5 min of the pitch left', 'On time'])
      expect(en).toContain(words);
    expect(
      await (await fetch(`${url}/now/fair?lang=zh`, { headers: { 'Accept-Language': 'en' } })).text(),
    ).toContain('与计划一致');
  });

  it('is the same for programs', async () => {
    const { url } = await openPage();
    const found = await (await fetch(`${url}/api/now/fair`)).json();
    expect(found).toMatchObject({
      zone: 'Asia/Shanghai',
      tracks: [
        {
          code: 'main',
          phase: 'live',
          onStage: { code: 'P01', from: '2026-05-20T06:30:00.000Z', party: null },
          clock: { part: 'pitch', seconds: 300 },
          next: [{ code: 'P02', from: '2026-05-20T06:45:00.000Z' }, { code: 'P03' }, { code: 'P04' }],
          delayMinutes: 0,
        },
      ],
    });
    expect(JSON.stringify(found)).not.toMatch(/person-|team@example/u);
  });

  it('knows no other event', async () => {
    const { url } = await openPage();
    for (const path of ['/now/none', '/api/now/none', '/now/%3Cb%3E', '/api/now/..%2f'])
      expect((await fetch(`${url}${path}`)).status).toBe(404);
  });

  it.skipIf(!TEST_CHROMIUM)(
    'passes axe in a browser, and takes the news in',
    { timeout: 60_000 },
    async () => {
      const { day, url } = await openPage();
      const browser = await chromium.launch({
        executablePath: TEST_CHROMIUM ?? '',
        args: drive.CHROMIUM_FLAGS,
      });
      closers.push(() => browser.close());
      for (const dark of [false, true]) {
        const context = await drive.newGuest(browser, { dark, lang: 'en' });
        const page = await context.newPage();
        const foreign: string[] = [];
        page.on('request', (request) => void (request.url().startsWith(url) || foreign.push(request.url())));
        await page.goto(`${url}/now/fair`);
        expect(await drive.axeFindings(page, ['minor', 'moderate', 'serious', 'critical'])).toEqual([]);
        await day.next();
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        const next = dark ? 'P03' : 'P02';
        await page.locator('.stage', { hasText: next }).waitFor();
        expect(foreign).toEqual([]);
        await context.close();
      }
    },
  );
});
