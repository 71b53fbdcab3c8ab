import { afterEach, describe, expect, it } from 'vitest';
import { TelegramApi } from '../../support/telegram-api.ts';
import { FakeFront, MENU, type OpenBot, openBot, wordsOf } from './bot.ts';

const bots: OpenBot[] = [];
const open = async (...args: Parameters<typeof openBot>) => {
  const bot = await openBot(...args);
  bots.push(bot);
  return bot;
};
const textsOf = ({ front }: OpenBot) =>
  front.accepted.map(({ input }) => (input.kind === 'text' ? input.text : input.kind));

afterEach(async () => {
  for (const bot of bots.splice(0)) {
    await bot.close();
    expect(bot.front.log).not.toContain(bot.api.token.split(':')[1]);
  }
});

describe('a Telegram bot that fetches its updates', () => {
  it('sets its menu in each language, and English for every other', async () => {
    const { api, channel } = await open();
    api.updates.webhook = { url: 'http://127.0.0.1:1/old', secret: '' };
    await channel.start();
    expect([...api.menus]).toEqual([
      ['', MENU.en],
      ['zh', MENU.zh],
      ['en', MENU.en],
    ]);
    expect(api.updates.webhook).toBeUndefined();
    await expect(channel.check()).resolves.toBeUndefined();
  });

  it('works without a menu when Telegram does not take it', async () => {
    const bot = await open();
    bot.api.fail(
      { is: 'refused', code: 400, description: 'Bad Request: BOT_COMMAND_INVALID' },
      { method: 'setMyCommands' },
    );
    await bot.channel.start();
    bot.api.person().says('hi');
    await bot.api.taken();
    expect(textsOf(bot)).toEqual(['hi']);
    expect(bot.front.log).toContain('BOT_COMMAND_INVALID');
  });

  it('takes what waited before it started, in order and together', async () => {
    const bot = await open();
    for (let i = 0; i < 120; i++) bot.api.person().says(`${i}`);
    await bot.channel.start();
    await bot.api.taken();
    expect(textsOf(bot)).toEqual(Array.from({ length: 120 }, (_, i) => `${i}`));
    expect(bot.front.batches.map((batch) => batch.length)).toEqual([100, 20]);
  });

  it('loses nothing while the house cannot store: it fetches the same again', async () => {
    const bot = await open();
    let refusals = 4;
    bot.front.before = async () => {
      if (refusals-- > 0) throw new Error('the store is away');
    };
    bot.api.person().says('one');
    bot.api.person().says('two');
    await bot.channel.start();
    await bot.api.taken();
    expect(textsOf(bot)).toEqual(['one', 'two']);
    expect(bot.waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(bot.front.faults).toHaveLength(1);
    expect(bot.front.log).toContain('the store is away');
  });

  it('confirms nothing before it is stored', async () => {
    const bot = await open();
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      bot.front.before = () => {
        resolve();
        return stored;
      };
    });
    await bot.channel.start();
    bot.api.person().says('one');
    await asked;
    expect(bot.api.updates.open).toBe(1);
    store();
    await bot.api.taken();
    expect(textsOf(bot)).toEqual(['one']);
  });

  it('waits out an outage, up to 30 seconds at a time, and as long as Telegram asks', async () => {
    const bot = await open();
    await bot.channel.start();
    bot.api.fail({ is: 'reset', counted: false }, { method: 'getUpdates', times: 6 });
    bot.api.fail({ is: 'refused', code: 429, parameters: { retry_after: 44 } }, { method: 'getUpdates' });
    bot.api.fail({ is: 'refused', code: 409 }, { method: 'getUpdates' });
    bot.api.fail({ is: 'refused', code: 502 }, { method: 'getUpdates' });
    bot.api.fail({ is: 'garbled' }, { method: 'getUpdates' });
    // Whatever poll is open ends with these, and the next ones meet the faults.
    const person = bot.api.person();
    person.says('before');
    await bot.api.until(() => bot.waits.length === 10);
    person.says('during');
    await bot.api.taken();
    expect(bot.waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 44_000, 30_000, 30_000, 30_000]);
    expect(textsOf(bot)).toEqual(['before', 'during']);
    expect(bot.front.faults).toHaveLength(1);
    await expect(bot.channel.check()).resolves.toBeUndefined();
  });

  it('says why it cannot receive while it cannot', async () => {
    const bot = await open({
      wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    });
    await expect(bot.channel.check()).rejects.toThrow('has not been started');
    bot.api.fail({ is: 'refused', code: 500 }, { method: 'getMe' });
    await bot.channel.start();
    await expect(bot.channel.check()).rejects.toThrow('getMe failed: 500');
  });

  it('starts by itself once Telegram is there', async () => {
    const bot = await open();
    bot.api.fail({ is: 'reset', counted: false }, { method: 'getMe', times: 3 });
    await bot.channel.start();
    bot.api.person().says('hi');
    await bot.api.taken();
    expect(textsOf(bot)).toEqual(['hi']);
    expect(bot.waits).toEqual([1_000, 2_000, 4_000]);
  });

  it('does not start with a token that Telegram refuses', async () => {
    const token = '4242:AAnother-secret-token';
    const bot = await open({ token });
    const error = await bot.channel.start().catch((reason: unknown) => reason);
    expect(String(error)).toContain("refuses the bot's token (401 Unauthorized)");
    expect(String(error)).toContain('set TELEGRAM_BOT_TOKEN');
    expect(wordsOf(error)).not.toContain('AAnother-secret-token');
    await expect(bot.channel.check()).rejects.toThrow('TELEGRAM_BOT_TOKEN');
  });

  it('gives up when its token is refused later, and says so', async () => {
    const bot = await open();
    await bot.channel.start();
    bot.api.fail({ is: 'refused', code: 401, description: 'Unauthorized' }, { method: 'getUpdates' });
    bot.api.person().says('hi');
    await bot.front.faulted;
    await bot.channel.stop();
    expect(bot.front.log).toContain('given up');
    await expect(bot.channel.check()).rejects.toThrow('TELEGRAM_BOT_TOKEN');
  });

  it('stops at once while it waits for updates, and lets what it is storing end', async () => {
    const bot = await open();
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      bot.front.before = () => {
        resolve();
        return stored;
      };
    });
    await bot.channel.start();
    bot.api.person().says('last');
    await asked;
    const stopping = bot.channel.stop();
    store();
    await stopping;
    expect(textsOf(bot)).toEqual(['last']);
    const calls = bot.api.calls.length;
    bot.api.person().says('too late');
    expect(bot.api.calls.length).toBe(calls);
  });

  it('stops in time when storing never ends', async () => {
    const bot = await open({ wait: async () => {} });
    const asked = new Promise<void>((resolve) => {
      bot.front.before = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    await bot.channel.start();
    bot.api.person().says('last');
    await asked;
    await bot.channel.stop();
    expect(bot.api.updates.open).toBe(1);
  });

  it('is delivered again what was stored and not confirmed, under the same id', async () => {
    const api = await TelegramApi.open();
    const front = new FakeFront();
    const first = await openBot({}, api, front);
    await first.channel.start();
    const before = new Promise<void>((resolve) => {
      front.before = async () => resolve();
    });
    api.fail({ is: 'reset', counted: false }, { method: 'getUpdates' });
    const number = api.person().says('hi');
    await before;
    await first.close();
    // Before the restart the offset may or may not have been confirmed: both are right, one id is what counts.
    const second = await openBot({}, api, front);
    await second.channel.start();
    await api.taken();
    await second.close();
    expect(new Set(front.accepted.map(({ id }) => id.split('/')[1]))).toEqual(new Set([`u${number}`]));
    await api.close();
  });
});
