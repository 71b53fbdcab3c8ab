import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../../support/events.ts';
import { ENGINES, type OpenHouse, openHouse } from '../../support/house.ts';
import * as drive from './page-driver.ts';

const { TEST_CHROMIUM, TEST_SCREENSHOTS } = process.env;

const TEXTS = {
  zh: { name: '张工', organization: '某大学技术转移中心', done: '报名成功', again: '请问怎么称呼您' },
  en: {
    name: 'Guest of honour',
    organization: 'University Office',
    done: 'You are registered',
    again: 'What is your name',
  },
} as const;

const CASES = [
  { lang: 'zh', size: 'phone', viewport: drive.PHONE, touch: true, how: 'touch' },
  { lang: 'en', size: 'phone', viewport: drive.PHONE, touch: true, how: 'touch' },
  { lang: 'zh', size: 'desktop', viewport: drive.DESKTOP, touch: false, how: 'keyboard' },
  { lang: 'en', size: 'desktop', viewport: drive.DESKTOP, touch: false, how: 'keyboard' },
  { lang: 'en', size: 'phone', viewport: drive.PHONE, touch: false, how: 'keyboard' },
  { lang: 'zh', size: 'desktop', viewport: drive.DESKTOP, touch: true, how: 'touch' },
] as const;

const HANDS = {
  touch: { say: drive.answerByText, take: drive.tapChoice, tick: drive.tickChoices },
  keyboard: {
    say: drive.answerByTextWithKeyboard,
    take: drive.tapChoiceWithKeyboard,
    tick: drive.tickChoicesWithKeyboard,
  },
} as const;

describe.skipIf(!TEST_CHROMIUM)('the chat page in a real browser', () => {
  let house: OpenHouse;
  let browser: Browser;
  beforeAll(async () => {
    house = await openHouse(ENGINES[0] ?? { name: 'embedded', env: () => ({}) });
    const startsAt = new Date(Date.now() + 240 * 3_600_000);
    const session = (code: string, capacity: number | null) => ({
      code,
      title: { zh: `路演专场 ${code}`, en: `Roadshow ${code}` },
      venue: { zh: '主会场', en: 'Main hall' },
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      capacity,
    });
    await house.addEvent(
      anEvent({
        code: 'fair',
        startsAt,
        sessions: [session('a', null), session('b', 20)],
        phone: 'optional',
        maxParty: 3,
      }),
    );
    browser = await chromium.launch({ executablePath: TEST_CHROMIUM ?? '', args: drive.CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const shot = async (page: Page, name: string) => {
    if (TEST_SCREENSHOTS) await page.screenshot({ path: `${TEST_SCREENSHOTS}/${name}.png` });
  };

  it.each(CASES)(
    'registers by $how in $lang on a $size',
    { timeout: 60_000 },
    async ({ lang, viewport, touch, how, size }) => {
      const foreign: string[] = [];
      const errors: string[] = [];
      const page = await drive.open(browser, house.url, { lang, viewport, touch, event: 'fair' });
      page.on('request', (request) => {
        if (!request.url().startsWith(house.url) && !request.url().startsWith('blob:'))
          foreign.push(request.url());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      const { say, take, tick } = HANDS[how];
      const text = TEXTS[lang];
      await drive.waitForQuestion(page, 'language');
      await take(page, lang);
      await drive.waitForQuestion(page, 'name');
      await say(page, text.name);
      await drive.waitForQuestion(page, 'organization');
      await say(page, text.organization);
      await drive.waitForQuestion(page, 'kind');
      await take(page, 'guest');
      await drive.waitForQuestion(page, 'sessions');
      await shot(page, `${lang}-${size}-${how}-sessions`);
      await tick(page, ['a', 'b']);
      await drive.waitForQuestion(page, 'party');
      await say(page, '２');
      await drive.waitForQuestion(page, 'phone');
      await take(page, 'skip');
      await drive.waitForQuestion(page, 'consent');
      expect(await drive.axeFindings(page)).toEqual([]);
      await take(page, 'agree');
      await drive.waitForQuestion(page, '$review');
      await shot(page, `${lang}-${size}-${how}-review`);
      await take(page, 'confirm');
      await drive.waitForText(page, text.done);
      await page.locator('.msg.bot[data-kind="image"] img.picture').waitFor();
      await page.locator('.msg.bot[data-kind="file"] a[href*="/files/"]').waitFor();
      await shot(page, `${lang}-${size}-${how}-ticket`);
      expect(await drive.axeFindings(page)).toEqual([]);
      expect(foreign).toEqual([]);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  it('shows both sides again after a reload, and what arrived meanwhile', { timeout: 60_000 }, async () => {
    const page = await drive.open(browser, house.url, { lang: 'en', viewport: drive.PHONE, touch: true });
    await drive.waitForText(page, 'Hello');
    await drive.answerByText(page, 'agenda');
    await drive.waitForText(page, 'Matchmaking fair');
    await page.reload();
    await drive.waitUntilReady(page);
    await drive.waitForText(page, 'Matchmaking fair');
    const shown = await drive.lastMessages(page);
    expect(shown.map(({ from }) => from)).toEqual(['bot', 'guest', 'bot']);
    expect(shown[1]?.text).toContain('agenda');
    await page.context().close();
  });

  it('says that a file is not needed, in the language of the guest', { timeout: 60_000 }, async () => {
    const page = await drive.open(browser, house.url, { lang: 'zh', viewport: drive.DESKTOP });
    await drive.waitForText(page, '您好');
    await drive.sendFile(page, {
      name: '资料.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
    });
    await drive.waitForText(page, '资料.pdf');
    await page.context().close();
  });
});
