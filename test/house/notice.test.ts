import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Writing } from '../../src/usecases/write-notice.ts';
import { type ChannelHouse, openChannelHouse, Platforms } from '../support/channel-house.ts';
import { anEvent } from '../support/events.ts';
import type { Guest } from '../support/guest.ts';
import { ENGINES } from '../support/house.ts';
import type { TelegramPerson } from '../support/telegram-api-person.ts';
import { FAIR, filled } from '../usecases/house.ts';

/** Slow enough to look in between: fourteen readers by Telegram take a second and a half. */
const PACE = { burst: 1, everyMs: 100, chatBurst: 100, chatEveryMs: 0 };
const BY_TELEGRAM = 14;
const BY_WEB = 2;
const READERS = BY_TELEGRAM + BY_WEB;
const PATIENCE = { timeout: 20_000, interval: 20 };

describe.each(ENGINES)('a notice by the web chat and Telegram, on $name', (engine) => {
  let platforms: Platforms;
  let house: ChannelHouse;
  let author: Guest;
  let authorOnTelegram: TelegramPerson;
  let readers: readonly TelegramPerson[];
  let visitors: readonly Guest[];

  const personAt = async (id: string): Promise<string> => {
    const account = { channel: 'telegram', bot: String(platforms.telegram.user.id), id };
    return (await house.app.stores.people.ensure(account, 'zh', new Date())).id;
  };

  const registered = async (person: string): Promise<void> => {
    const done = await house.app.verbs.registerGuest(filled(person, `run of ${person}`, { lang: 'zh' }));
    if (!done.ok) throw new Error(`expected to register ${person}, received ${done.reason}`);
  };

  beforeAll(async () => {
    platforms = await Platforms.open();
    house = await openChannelHouse(engine, platforms, platforms.polling(), { pace: PACE });
    await house.addEvent(anEvent());
    author = await house.arrive('zh');
    authorOnTelegram = platforms.telegram.person();
    readers = Array.from({ length: BY_TELEGRAM }, () => platforms.telegram.person());
    visitors = await Promise.all(Array.from({ length: BY_WEB }, () => house.arrive('zh')));
    for (const { chat } of readers) await registered(await personAt(chat));
    for (const { person } of visitors) await registered(person);
    for (const person of [author.person, await personAt(authorOnTelegram.chat)])
      await house.app.stores.grants.add({
        id: `grant of ${person}`,
        person,
        role: 'owner',
        office: null,
        event: null,
        part: null,
        note: null,
        by: null,
        at: new Date(),
        ended: null,
      });
  });
  afterAll(async () => {
    await house?.close();
    await platforms.close();
  });

  /** Writes a notice to everybody and confirms it; returns its number. */
  async function announce(person: string, conversation: string, text: string): Promise<number> {
    const writing: Writing = {
      id: crypto.randomUUID(),
      person,
      conversation,
      edits: null,
      event: FAIR,
      audience: { source: { kind: 'event', event: FAIR }, where: { all: [] } },
      text: { zh: text, en: text },
      file: null,
      buttons: ['receipt'],
      link: null,
      // Whatever time it is here.
      critical: true,
      without: [],
      startsAt: null,
    };
    const written = await house.app.verbs.writeNotice(writing);
    if (!written.ok) throw new Error(`expected a draft, received ${written.reason}`);
    const { number } = written.data.notice;
    const confirmed = await house.app.verbs.confirmNotice({ person, number, counted: READERS });
    expect(confirmed).toMatchObject({ ok: true });
    return number;
  }

  const noticeOf = async (number: number) => {
    const notice = await house.app.stores.notices.byNumber(number);
    if (!notice) throw new Error(`expected notice N${number}, received none`);
    return notice;
  };
  const rowsOf = async (number: number): Promise<Delivery[]> =>
    house.app.stores.deliveries.ofNotice((await noticeOf(number)).id, '', 100);
  const countOf = async (number: number, ...states: Delivery['state'][]): Promise<number> =>
    (await rowsOf(number)).filter(({ state }) => states.includes(state)).length;
  /** Who was written to by Telegram, by how often. */
  const heard = (text: string): number[] =>
    readers.map(({ seen }) => seen.filter((one) => one.text === text).length);
  /** Looks after notices more often than the jobs do, until a condition holds. */
  const tended = (is: () => Promise<boolean>): Promise<unknown> =>
    vi.waitUntil(async () => {
      await house.app.verbs.runNotices();
      return is();
    }, PATIENCE);
  const ended = (number: number) => async () =>
    ['done', 'cancelled'].includes((await noticeOf(number)).state);
  const saysEnd = (text: string) => /已发送完毕|已取消，/u.test(text);

  it('reaches everybody once, and its author in the web chat hears of its quarters and its end', async () => {
    const number = await announce(author.person, await conversationOf(author), '请走东门。');
    await tended(ended(number));
    await vi.waitUntil(async () => {
      await author.listen(1);
      return author.heard.some(({ text }) => saysEnd(text));
    }, PATIENCE);
    expect(heard('请走东门。')).toEqual(readers.map(() => 1));
    for (const visitor of visitors) {
      await visitor.listen(1);
      expect(visitor.heard.map(({ text, choices }) => [text, choices?.map(({ label }) => label)])).toEqual([
        ['请走东门。', ['确认收到']],
      ]);
    }
    const told = author.heard.map(({ text }) => text);
    expect(told.at(-1)).toBe(
      '通知 N1 已发送完毕。\n共 16 人：已发送 16，失败 0，结果未知 0，跳过 0，剩余 0。',
    );
    const quarters = told.slice(0, -1).map((text) => Number(/已完成 (?<n>\d+)%/u.exec(text)?.groups?.n));
    expect(quarters.length).toBeGreaterThan(0);
    expect(quarters.length).toBeLessThanOrEqual(3);
    expect(quarters.map((percent) => percent >= 25)).toEqual(quarters.map(() => true));
    expect(quarters).toEqual([...new Set(quarters)].sort((a, b) => a - b));
  });

  it('is followed on Telegram by one message that changes, and a report in the end', async () => {
    const conversation = `telegram:${platforms.telegram.user.id}:${authorOnTelegram.chat}`;
    const number = await announce(await personAt(authorOnTelegram.chat), conversation, '茶歇推迟。');
    const shown = () => authorOnTelegram.seen.map(({ text }) => text.split('\n')[0]);
    await tended(async () => shown().length > 0);
    const [first] = authorOnTelegram.seen;
    expect(first?.text).toMatch(/^通知 N2：已完成 \d+%。/u);
    expect(first?.buttons.flat().map(({ label }) => label)).toEqual(['暂停', '取消发送', '查看报告']);
    await tended(async () => (await countOf(number, 'sent')) > READERS / 2);
    house.clock.pass(3_000);
    await tended(async () => authorOnTelegram.seen[0]?.text !== first?.text);
    expect(authorOnTelegram.seen).toHaveLength(1);
    await tended(ended(number));
    await vi.waitUntil(() => shown().length === 2 && saysEnd(shown()[0] ?? ''), PATIENCE);
    expect(shown()).toEqual(['通知 N2 已发送完毕。', '通知 N2 已发送完毕。']);
    expect(authorOnTelegram.seen[0]?.id).toBe(first?.id);
    expect(platforms.telegram.calls.filter((name) => name === 'editMessageText').length).toBeGreaterThan(1);
    expect(heard('茶歇推迟。')).toEqual(readers.map(() => 1));
  });

  it('stops within a second when it is paused, goes on, and ends when it is cancelled', async () => {
    const steer = (act: 'pause' | 'resume' | 'cancel', number: number) =>
      house.app.verbs.steerNotice({ person: author.person, number, act });
    const number = await announce(author.person, await conversationOf(author), '大会改期。');
    await tended(async () => (await countOf(number, 'sent')) > 4);
    expect(await steer('pause', number)).toMatchObject({ ok: true });
    const at = performance.now();
    await vi.waitUntil(async () => (await countOf(number, 'claimed', 'sending')) === 0, PATIENCE);
    expect(performance.now() - at).toBeLessThan(3_000);
    const paused = await countOf(number, 'sent');
    expect(paused).toBeLessThan(READERS);
    expect(await countOf(number, 'pending')).toBe(READERS - paused);

    expect(await steer('resume', number)).toMatchObject({ ok: true });
    await tended(async () => (await countOf(number, 'sent')) > paused);
    expect(await steer('cancel', number)).toMatchObject({ ok: true });
    await tended(ended(number));
    await vi.waitUntil(async () => (await countOf(number, 'claimed', 'sending')) === 0, PATIENCE);
    const sent = await countOf(number, 'sent');
    expect(await countOf(number, 'skipped')).toBe(READERS - sent);
    for (const row of (await rowsOf(number)).filter(({ state }) => state === 'skipped'))
      expect(row.cause).toBe('cancelled');
    expect(heard('大会改期。').every((times) => times <= 1)).toBe(true);
    await vi.waitUntil(async () => {
      await author.listen(1);
      return author.heard.some(({ text }) => text.startsWith('通知 N3 已取消，其余不再发送。'));
    }, PATIENCE);
  });

  async function conversationOf(guest: Guest): Promise<string> {
    const [found] = await house.app.stores.people.byId([guest.person]);
    const [account] = found?.accounts ?? [];
    if (!account) throw new Error('expected the account of a visitor, received none');
    return `${account.channel}:${account.bot}:${account.id}`;
  }
});
