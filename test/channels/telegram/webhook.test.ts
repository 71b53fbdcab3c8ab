import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TelegramPerson } from '../../support/telegram-api-person.ts';
import type { Update } from '../../support/telegram-api-updates.ts';
import { type OpenBot, openBot, SECRET, wordsOf } from './bot.ts';

const post = (bot: OpenBot, body: string, headers: Record<string, string> = {}) =>
  bot.channel.routes?.request('/telegram', { method: 'POST', body, headers }) ?? new Response();
const header = 'x-telegram-bot-api-secret-token';

describe('a Telegram bot whose updates are posted', () => {
  let bot: OpenBot;
  let guest: TelegramPerson;
  beforeAll(async () => {
    bot = await openBot({ mode: 'webhook' });
    await bot.channel.start();
    guest = bot.api.person('en');
  });
  afterAll(async () => {
    await bot.close();
    expect(bot.front.log).not.toContain(bot.api.token);
    expect(bot.front.log).not.toContain(SECRET);
  });

  const update = (text: string): Update =>
    bot.api.updates.make({ message: guest.message(guest.privateChat, { text }) });
  const postUpdate = async (content: unknown, secret = SECRET) =>
    (await post(bot, JSON.stringify(content), { [header]: secret })).status;

  it('tells Telegram where and with which secret, and what it wants', async () => {
    expect(bot.api.updates.webhook).toMatchObject({
      secret: SECRET,
      url: expect.stringMatching(/\/telegram$/u),
    });
    expect(bot.api.updates.allowed).toEqual(['message', 'callback_query', 'my_chat_member']);
    await expect(bot.channel.check()).resolves.toBeUndefined();
  });

  it('takes what Telegram posts', async () => {
    const number = guest.says('hello');
    await bot.api.taken();
    expect(bot.front.accepted.at(-1)).toMatchObject({
      id: `telegram:4242:${guest.id}/u${number}`,
      lang: 'en',
      input: { kind: 'text', text: 'hello' },
    });
  });

  it.each(['', 'wrong', `${SECRET}x`, SECRET.slice(1), SECRET.toUpperCase()])(
    'refuses the secret "%s", whatever comes with it',
    async (secret) => {
      const before = bot.front.batches.length;
      expect(await postUpdate(update('forged'), secret)).toBe(401);
      expect(await postUpdate('{', secret)).toBe(401);
      expect((await post(bot, JSON.stringify(update('forged')))).status).toBe(401);
      expect(bot.front.batches).toHaveLength(before);
    },
  );

  it('refuses what is no update, or too large', async () => {
    const secret = { [header]: SECRET };
    expect((await post(bot, '{"update_id":', secret)).status).toBe(400);
    expect(await postUpdate([])).toBe(400);
    expect(await postUpdate({ update_id: { $gt: 0 } })).toBe(400);
    expect((await post(bot, 'x'.repeat(1024 * 1024 + 1), secret)).status).toBe(413);
  });

  it('answers 200 to what it does not know, so that it does not come again', async () => {
    const before = bot.front.batches.length;
    expect(await postUpdate(bot.api.updates.make({ poll_answer: { poll_id: '1' } }))).toBe(200);
    expect(await postUpdate(bot.api.updates.make({ message: 'what' }))).toBe(200);
    expect(bot.front.batches).toHaveLength(before);
    expect(bot.front.faults.splice(0)).toHaveLength(1);
  });

  it('answers 503 when it could not be stored, and takes it when it comes again', async () => {
    let refusals = 2;
    bot.front.before = async () => {
      if (refusals-- > 0) throw new Error('the store is away');
    };
    const posts = bot.api.updates.statuses.length;
    guest.says('again');
    await bot.api.taken();
    expect(bot.api.updates.statuses.slice(posts)).toEqual([503, 503, 200]);
    expect(bot.front.accepted.at(-1)?.input).toEqual({ kind: 'text', text: 'again' });
    expect(bot.front.faults.splice(0)).toHaveLength(2);
    bot.front.before = async () => {};
  });

  it('has one id for an update, however often it is posted', async () => {
    const before = bot.front.accepted.length;
    const twice = update('twice');
    expect([await postUpdate(twice), await postUpdate(twice)]).toEqual([200, 200]);
    const ids = bot.front.accepted.slice(before).map(({ id }) => id);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('takes a storm of 2,000 updates from 200 chats, shuffled and with duplicates, each under its id', async () => {
    const people = Array.from({ length: 200 }, () => bot.api.person());
    const updates = people.flatMap((person, p) =>
      Array.from({ length: 10 }, (_, i) =>
        bot.api.updates.make({ message: person.message(person.privateChat, { text: `${p}/${i}` }) }),
      ),
    );
    const storm = [...updates, ...updates.filter((_, i) => i % 4 === 0)];
    for (let i = storm.length - 1; i > 0; i--) {
      const j = randomInt(i + 1);
      [storm[i], storm[j]] = [storm[j] as Update, storm[i] as Update];
    }
    const before = bot.front.accepted.length;
    const statuses = await Promise.all(storm.map((one) => bot.api.updates.post(one)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const accepted = bot.front.accepted.slice(before);
    expect(accepted).toHaveLength(storm.length);
    const byId = new Map(accepted.map((one) => [one.id, one]));
    expect(byId.size).toBe(2_000);
    for (const { update_id, message } of updates) {
      const { chat, text } = message as { chat: { id: number }; text: string };
      expect(byId.get(`telegram:4242:${chat.id}/u${update_id}`)?.input).toEqual({ kind: 'text', text });
    }
  });

  it('takes nothing more once it stops, so that it is posted again to whoever comes next', async () => {
    const stopped = await openBot({ mode: 'webhook' });
    await stopped.channel.start();
    await stopped.close();
    expect((await post(stopped, '{"update_id":1}', { [header]: SECRET })).status).toBe(503);
  });
});

describe('a Telegram webhook that cannot be', () => {
  it('without an address or a secret is told so at the start', async () => {
    for (const lacking of ['publicUrl', 'webhookSecret']) {
      const bot = await openBot({ mode: 'webhook', [lacking]: '' });
      await expect(bot.channel.start()).rejects.toThrow('set PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET');
      await bot.close();
    }
  });

  it('at an address that Telegram refuses is told so at the start', async () => {
    const bot = await openBot({ mode: 'webhook', publicUrl: 'ftp://events.example.org' });
    const error = await bot.channel.start().catch((reason: unknown) => reason);
    expect(String(error)).toContain('refuses the webhook ftp://events.example.org/telegram');
    expect(String(error)).toContain('set PUBLIC_URL');
    expect(wordsOf(error)).not.toContain(SECRET);
    await bot.close();
  });

  it('is not ready before Telegram was there, and asks for what comes early to come again', async () => {
    const waiting = (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const bot = await openBot({ mode: 'webhook', wait: waiting });
    bot.api.fail({ is: 'refused', code: 500 }, { method: 'getMe' });
    await bot.channel.start();
    await expect(bot.channel.check()).rejects.toThrow('getMe failed: 500');
    expect((await post(bot, '{"update_id":1}', { [header]: SECRET })).status).toBe(503);
    await bot.close();
  });
});
