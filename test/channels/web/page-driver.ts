import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export interface OpenOptions {
  viewport?: { width: number; height: number };
  lang?: 'zh' | 'en';
  touch?: boolean;
  dark?: boolean;
  /** The value of `?event=`. */
  event?: string;
}

export interface Shown {
  from: 'bot' | 'guest';
  kind: string;
  question: string;
  prompt: string;
  /** What a sighted guest reads in the bubble. */
  text: string;
  /** Labels of the choices that can still be taken. */
  choices: string[];
  /** Of the guest's own messages: queued, sending, later, sent, failed or refused. */
  state: string;
}

export interface Finding {
  id: string;
  impact: string;
  help: string;
  nodes: string[];
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** The DOM's name for it is not at hand outside the browser: Node.DOCUMENT_POSITION_FOLLOWING. */
const FOLLOWING = 4;
const OPEN_QUESTION = '.msg.bot:is([data-kind="ask"], [data-kind="review"])';

/** Opens the page as a new guest. The context is the guest's browser: `page.context().close()` ends it. */
export async function open(browser: Browser, url: string, options: OpenOptions = {}): Promise<Page> {
  const context = await newGuest(browser, options);
  const page = await context.newPage();
  await visit(page, url, options);
  return page;
}

export function newGuest(browser: Browser, options: OpenOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: options.viewport ?? DESKTOP,
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
    locale: options.lang === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: options.dark ? 'dark' : 'light',
  });
}

export async function visit(page: Page, url: string, options: OpenOptions = {}): Promise<void> {
  const address = new URL(url);
  if (options.lang) address.searchParams.set('lang', options.lang);
  if (options.event !== undefined) address.searchParams.set('event', options.event);
  await page.goto(address.href);
  await waitUntilReady(page);
}

/** The history is shown and the guest can write. */
export async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('body[data-ready="true"]').waitFor();
}

/** The newest question is this one. Returns its message. */
export async function waitForQuestion(page: Page, question: string): Promise<Locator> {
  const asked = page.locator(OPEN_QUESTION).last();
  await asked.and(page.locator(`[data-question=${JSON.stringify(question)}]`)).waitFor();
  return asked;
}

export async function waitForText(page: Page, text: string | RegExp): Promise<Locator> {
  const message = page.locator('.msg.bot').filter({ hasText: text }).last();
  await message.waitFor();
  return message;
}

export async function answerByText(page: Page, text: string): Promise<void> {
  await page.locator('#input').fill(text);
  await page.locator('#send').click();
}

/** Takes a choice as the page is used: by finger where it has a touch screen, else with the mouse. */
export async function tapChoice(page: Page, value: string): Promise<void> {
  await press(page, choice(page, value));
}

export async function tickChoices(page: Page, values: string[]): Promise<void> {
  for (const value of values) await press(page, choice(page, value));
  await press(page, choice(page, 'done'));
}

export async function sendFile(
  page: Page,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator('#picker').setInputFiles(file);
}

export async function answerByTextWithKeyboard(page: Page, text: string): Promise<void> {
  await focusWithKeyboard(page, page.locator('#input'));
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

export async function tapChoiceWithKeyboard(page: Page, value: string): Promise<void> {
  await focusWithKeyboard(page, choice(page, value));
  await page.keyboard.press('Enter');
}

export async function tickChoicesWithKeyboard(page: Page, values: string[]): Promise<void> {
  for (const value of values) {
    await focusWithKeyboard(page, choice(page, value));
    await page.keyboard.press('Space');
  }
  await tapChoiceWithKeyboard(page, 'done');
}

/** Reaches an element with the Tab key alone, in the direction in which it lies. */
export async function focusWithKeyboard(page: Page, target: Locator): Promise<void> {
  const element = target.first();
  await element.waitFor();
  for (let presses = 0; presses < 200; presses++) {
    const way = await element.evaluate((node, following) => {
      const { activeElement: here, body } = node.ownerDocument;
      if (here === node) return 'there';
      if (!here || here === body || here.contains(node)) return 'on';
      return node.compareDocumentPosition(here) & following ? 'back' : 'on';
    }, FOLLOWING);
    if (way === 'there') return;
    await page.keyboard.press(way === 'back' ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`The Tab key does not lead to ${target}`);
}

/** The newest messages of both sides, oldest first. */
export async function lastMessages(page: Page, count = 10): Promise<Shown[]> {
  const all = await page.locator('.msg').all();
  return Promise.all(all.slice(-count).map(read));
}

/** What axe-core holds to be serious or critical, unless other impacts are asked for. */
export async function axeFindings(page: Page, impacts = ['serious', 'critical']): Promise<Finding[]> {
  // What is still fading in has no contrast of its own yet.
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))');
  // Evaluated and not added as a script, so that the page keeps its content security policy.
  await page.evaluate(`${await readFile(AXE, 'utf8')};0`);
  const { violations } = await page.evaluate<AxeResult>('axe.run(document)');
  return violations
    .map(({ id, impact, help, nodes }) => ({
      id,
      impact: impact ?? 'minor',
      help,
      nodes: nodes.map((node) => node.html),
    }))
    .filter((finding) => impacts.includes(finding.impact));
}

interface AxeResult {
  violations: { id: string; impact: string | null; help: string; nodes: { html: string }[] }[];
}

function choice(page: Page, value: string): Locator {
  return page.locator(`.choices[data-open="true"] [data-value=${JSON.stringify(value)}]`).last();
}

async function read(message: Locator): Promise<Shown> {
  const attribute = async (name: string) => (await message.getAttribute(name)) ?? '';
  const open = message.locator('.choices[data-open="true"] .label');
  return {
    from: (await attribute('data-own')) ? 'guest' : 'bot',
    kind: await attribute('data-kind'),
    question: await attribute('data-question'),
    prompt: await attribute('data-prompt'),
    text: (await message.locator('.bubble').allInnerTexts()).join('').trim(),
    choices: await open.allInnerTexts(),
    state: await attribute('data-state'),
  };
}

async function press(page: Page, target: Locator): Promise<void> {
  const hasTouch = await page.evaluate<boolean>('navigator.maxTouchPoints > 0');
  if (hasTouch) await target.tap();
  else await target.click();
}
