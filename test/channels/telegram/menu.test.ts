import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBot, openBot } from './bot.ts';

const ENTRIES = [
  { command: 'notice', description: '群发通知' },
  { command: 'help', description: '帮助' },
];

describe('the menu of one chat', () => {
  let bot: OpenBot;
  beforeAll(async () => {
    bot = await openBot();
  });
  afterEach(() => bot.api.healFaults());
  afterAll(() => bot.close());
  const menuFor = async (chat: string, entries: typeof ENTRIES | null) =>
    bot.channel.menuFor?.(chat, entries);

  it('is set for that chat alone, and taken away', async () => {
    const [one, other] = [bot.api.person(), bot.api.person()];
    await menuFor(one.chat, ENTRIES);
    expect(bot.api.menus.get(one.chat)).toEqual(ENTRIES);
    expect(bot.api.menus.has(other.chat)).toBe(false);
    await menuFor(one.chat, null);
    expect(bot.api.menus.has(one.chat)).toBe(false);
  });

  it('is of no group, and of nothing that is no chat', async () => {
    const before = bot.api.calls.length;
    for (const account of [bot.api.group(), 'abc', '', '1e3']) await menuFor(account, ENTRIES);
    expect(bot.api.calls).toHaveLength(before);
  });

  it('that cannot be set is logged once in a row, and holds up nothing', async () => {
    const { chat } = bot.api.person();
    bot.api.fail({ is: 'refused', code: 400 }, { method: 'setMyCommands' });
    bot.api.fail({ is: 'refused', code: 500 }, { method: 'setMyCommands' });
    await menuFor(chat, ENTRIES);
    await menuFor(chat, ENTRIES);
    expect(bot.front.faults.map(({ message }) => message)).toEqual([
      'the menu of a chat could not be set in Telegram',
    ]);
    expect(bot.front.log).not.toContain(bot.api.token);
    await menuFor(chat, ENTRIES);
    expect(bot.api.menus.get(chat)).toEqual(ENTRIES);
  });
});
