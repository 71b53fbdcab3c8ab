import { chromium } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { proofs } from '../../src/channels/web/token.ts';
import { visitorDoor } from '../../src/channels/web/visitors.ts';
import { checkResultFile } from '../../src/documents/result-file.ts';
import { makeLog } from '../../src/ops/log.ts';
import { listen, makeSite } from '../../src/ops/server.ts';
import { boardFeed, resultRooms, ringing } from '../../src/wiring/results.ts';
import * as drive from '../channels/web/page-driver.ts';
import { idOf } from '../usecases/linking.ts';
import { Scoring } from '../usecases/scoring-house.ts';

const { TEST_CHROMIUM } = process.env;
const sealed = proofs('a secret that only this test knows, long enough');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openDesk() {
  const one = await Scoring.open();
  const bell: { ring?: (run: string) => void } = {};
  Object.assign(
    one.stores,
    ringing(one.stores, (run) => bell.ring?.(run)),
  );
  const verbs = one.made.house.verbsOn(one.stores);
  const guard = <T>(work: () => Promise<T>) => work();
  const feed = boardFeed(verbs, guard, (_, cause) => {
    throw cause;
  });
  bell.ring = (run) => feed.changed(run);
  const rooms = resultRooms({
    verbs,
    feed,
    door: visitorDoor(sealed, 'en'),
    proofs: { accountOf: (token) => /^token-of-(?<name>\w+)$/u.exec(token)?.groups?.name },
    limits: { points: 1_000, duration: 1 },
    guard,
    personOf: async (conversation) => `person-${conversation}`,
  });
  const site = makeSite(rooms, { answer: () => ({}) }, makeLog('silent'));
  const listening = await listen(site, '127.0.0.1', 0);
  closers.push(
    () => listening.close(),
    async () => feed.close(),
  );
  return { one, feed, url: `http://127.0.0.1:${listening.port}` };
}

async function published() {
  const desk = await openDesk();
  await desk.one.scoreAll();
  await desk.one.lock();
  await desk.one.publish((await desk.one.stored()).rev);
  return desk;
}

/** Boards as a listener gets them. */
async function listener(url: string, token?: string) {
  const ending = new AbortController();
  closers.push(async () => ending.abort());
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(url, { headers, signal: ending.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    async next(): Promise<
      { state: string; missing: number; projects: { code: string; place: number | null }[] } | undefined
    > {
      for (;;) {
        const found = /^data: (?<data>.*)\n(?:id: .*\n)?\n?/mu.exec(text);
        if (found?.groups?.data && text.includes('\n\n')) {
          text = text.slice(text.indexOf('\n\n') + 2);
          return JSON.parse(found.groups.data);
        }
        const read = await reader?.read();
        if (!read || read.done) return undefined;
        text += read.value;
      }
    },
    leave: () => reader?.cancel(),
  };
}

describe('a page of results', () => {
  it('has nothing before publication, and everything after it, in both languages', async () => {
    const before = await openDesk();
    await before.one.scoreAll();
    await before.one.lock();
    const none = await fetch(`${before.url}/results/fair/main`);
    expect([none.status, await none.text()]).toEqual([404, expect.not.stringContaining('90.00')]);

    const desk = await published();
    const zh = await (await fetch(`${desk.url}/results/fair/main?lang=zh`)).text();
    for (const said of ['排名', '90.00', '并列', 'SHA-256', '权重 40', '主赛道', 'P02'])
      expect(zh).toContain(said);
    const en = await (await fetch(`${desk.url}/results/fair/main`)).text();
    for (const said of ['Standing', 'Shared place', 'weight 40', 'href="/results/fair/main?lang=zh"'])
      expect(en).toContain(said);
    for (const page of [zh, en]) {
      expect(page).not.toMatch(/person-|评委j|<script|https?:/u);
      expect(page).toMatch(/<html lang="(?:zh|en)">/u);
    }
    expect(await (await fetch(`${desk.url}/results/fair`)).text()).toContain('/results/fair/main');
    expect((await fetch(`${desk.url}/results/fair/green`)).status).toBe(404);
    expect((await fetch(`${desk.url}/results/fair/__proto__`)).status).toBe(404);
  });

  it('offers the file that it can be computed again from', async () => {
    const desk = await published();
    const response = await fetch(`${desk.url}/results/fair/main.json`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="fair-main.json"');
    const checked = checkResultFile(await response.text());
    expect(checked.problems).toEqual([]);
    expect(checked.sha256).toBe((await desk.one.stored()).scoring.sha256);
  });

  it.skipIf(!TEST_CHROMIUM)('passes axe in a browser, wide and narrow', { timeout: 60_000 }, async () => {
    const { url } = await published();
    const browser = await chromium.launch({
      executablePath: TEST_CHROMIUM ?? '',
      args: drive.CHROMIUM_FLAGS,
    });
    closers.push(() => browser.close());
    for (const dark of [false, true]) {
      const lang = dark ? 'en' : 'zh';
      const viewport = dark ? drive.PHONE : drive.DESKTOP;
      const context = await drive.newGuest(browser, { dark, lang, viewport });
      const page = await context.newPage();
      const foreign: string[] = [];
      page.on('request', (request) => void (request.url().startsWith(url) || foreign.push(request.url())));
      for (const path of ['/results/fair', '/results/fair/main', '/results/fair/none']) {
        await page.goto(`${url}${path}`);
        expect(await drive.axeFindings(page, ['minor', 'moderate', 'serious', 'critical']), path).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
      }
      expect(foreign).toEqual([]);
      await context.close();
    }
  });
});

describe('a scoreboard', () => {
  const path = '/api/scoreboard/fair/main';
  const tokenOf = (name: string) => `token-of-${name}`;

  it('is followed by organizers and the chief scorer, and by everybody once it is published', async () => {
    const { one, url } = await openDesk();
    for (const token of [undefined, tokenOf('j1'), tokenOf('guest'), 'no token'])
      expect((await listener(url + path, token)).status).toBe(404);
    for (const name of ['ada', 'chief']) {
      const follows = await listener(url + path, tokenOf(name));
      expect(follows.status).toBe(200);
      await follows.leave();
    }
    await one.scoreAll();
    await one.lock();
    await one.publish((await one.stored()).rev);
    const all = await listener(url + path);
    expect((await all.next())?.state).toBe('published');
    await all.leave();
  });

  it('tells of every score, of the lock, and ends when the house closes', async () => {
    const { one, url, feed } = await openDesk();
    const follows = await listener(url + path, tokenOf('ada'));
    expect(await follows.next()).toMatchObject({ state: 'open', missing: 9 });
    await one.score('j1', 2);
    expect(await follows.next()).toMatchObject({ missing: 8 });
    await one.scoreAll();
    let last = await follows.next();
    while (last && last.missing > 0) last = await follows.next();
    expect(last?.projects.map(({ code, place }) => [code, place])).toEqual([
      ['P02', 1],
      ['P01', 2],
      ['P03', 2],
    ]);
    await one.verbs.lockTrack({ person: idOf('ada'), event: null, track: null, missing: null });
    let after = await follows.next();
    while (after && after.state !== 'locked') after = await follows.next();
    expect(after?.state).toBe('locked');
    feed.close();
    while (await follows.next());
    expect(feed.isClosed).toBe(true);
  });
});
