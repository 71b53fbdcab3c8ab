import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotApi } from '../../../src/channels/telegram/api.ts';
import { TelegramApi } from '../../support/telegram-api.ts';
import type { Fault } from '../../support/telegram-api-faults.ts';
import { FakeFront, type OpenBot, openBot, wordsOf } from './bot.ts';

const BYTES = Buffer.from('%PDF-1.7 and more');

/** A bot that has not begun yet, whose downloads end when it is said. */
async function openBusyBot() {
  const [api, front, hanging] = [
    await TelegramApi.open({ retryMs: 1 }),
    new FakeFront(),
    new AbortController(),
  ];
  const { keep } = front.kept;
  front.keep = (file, fetch) => keep(file, () => fetch(hanging.signal));
  const bot = await openBot({}, api, front);
  const close = async () => {
    await bot.close();
    await api.close();
  };
  return { api, front, hanging, channel: bot.channel, [Symbol.asyncDispose]: close };
}

describe('a file that is sent to a Telegram bot', () => {
  let bot: OpenBot;
  beforeEach(async () => {
    bot = await openBot();
    await bot.channel.start();
  });
  afterEach(() => bot.close());

  const inputs = () => bot.front.accepted.map(({ input }) => input);

  it('is fetched and kept before its message is taken', async () => {
    const person = bot.api.person();
    person.sendsDocument('计划.pdf', BYTES);
    await bot.api.taken();
    const [ref = ''] = bot.front.kept.bytes.keys();
    expect(bot.front.kept.bytes.get(ref)).toEqual(BYTES);
    expect(inputs()).toEqual([
      { kind: 'file', name: '计划.pdf', type: 'application/pdf', size: BYTES.length, ref },
    ]);
    expect(bot.front.kept.announced).toMatchObject([
      { conversation: `telegram:4242:${person.id}`, key: ref, size: BYTES.length },
    ]);
  });

  it('is the largest size of a photo, and fetched once when its update comes again', async () => {
    const person = bot.api.person();
    const photo = person.message(person.privateChat, {
      photo: [
        { file_id: bot.api.newFile(9), file_unique_id: 'small', file_size: 9 },
        { file_id: bot.api.newFile(BYTES), file_unique_id: 'large', file_size: BYTES.length },
      ],
    });
    for (let times = 0; times < 2; times++) bot.api.updates.add({ message: photo });
    await bot.api.taken();
    expect([...bot.front.kept.bytes]).toEqual([['large', BYTES]]);
  });

  it.each<[string, Fault, string]>([
    ['is not told where', { is: 'refused', code: 500 }, 'getFile'],
    ['is refused', { is: 'refused', code: 404 }, 'file'],
    ['breaks off', { is: 'reset', counted: false }, 'file'],
  ])(
    'whose download %s is told to be unavailable, and no word of the token',
    async (_what, fault, method) => {
      bot.api.fail(fault, { method });
      bot.api.person().sendsDocument('plan.pdf', BYTES);
      await bot.api.taken();
      expect(inputs()).toMatchObject([{ name: 'plan.pdf', problem: 'unavailable' }]);
      const words = bot.front.kept.failures.map(wordsOf).join('\n');
      expect(words).toContain('failed');
      expect(words).not.toContain(bot.api.token.split(':')[1]);
    },
  );

  it('holds up its own chat and no other', async () => {
    await using busy = await openBusyBot();
    const { api, front, channel, hanging } = busy;
    const [slow, quick] = [api.person(), api.person()];
    slow.sendsDocument('plan.pdf', BYTES);
    slow.says('sent it');
    quick.says('hello');
    api.fail({ is: 'silent' }, { method: 'file' });
    await channel.start();
    await vi.waitUntil(() => front.accepted.length > 0 && api.calls.includes('file'));
    const inputsOf = (chat: string) =>
      front.accepted
        .filter(({ conversation }) => conversation === `telegram:4242:${chat}`)
        .map(({ input }) => input);
    expect([inputsOf(quick.chat), inputsOf(slow.chat)]).toEqual([[{ kind: 'text', text: 'hello' }], []]);
    hanging.abort();
    await api.taken();
    expect(inputsOf(slow.chat)).toMatchObject([{ problem: 'unavailable' }, { text: 'sent it' }]);
  });

  it('in a group is not fetched', async () => {
    const person = bot.api.person();
    const chat = { id: Number(bot.api.group()), type: 'supergroup', title: 'Group' };
    const document = { file_id: bot.api.newFile(BYTES), file_unique_id: 'u', file_name: 'plan.pdf' };
    const caption = `@${bot.api.user.username} agenda`;
    const caption_entities = [{ type: 'mention', offset: 0, length: bot.api.user.username.length + 1 }];
    bot.api.updates.add({ message: person.message(chat, { document, caption, caption_entities }) });
    await bot.api.taken();
    expect(inputs()).toEqual([{ kind: 'text', text: 'agenda', room: true }]);
    expect(bot.front.kept.announced).toEqual([]);
  });
});

describe('a Bot API server of one’s own', () => {
  it('may name a file on the disk that it shares; Telegram’s may not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'luyan-bot-api-'));
    const path = join(folder, 'document');
    writeFileSync(path, BYTES);
    const calling = (apiRoot: string) => {
      const api = new BotApi({ token: '1:secret', apiRoot, callMs: 1_000 });
      Object.assign(api, { call: async () => ({ file_path: path }) });
      return api.download('f', AbortSignal.timeout(1_000));
    };
    expect(await calling('http://127.0.0.1:1')).toEqual(BYTES);
    rmSync(folder, { recursive: true });
    await expect(calling('http://127.0.0.1:1')).rejects.toThrow('download failed');
  });
});
