import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/channels/channel.ts';
import { CONTENTS, TelegramPerson } from '../../support/telegram-api-person.ts';
import { NOW, type OpenBot, openBot } from './bot.ts';

describe('what reaches a Telegram bot', () => {
  let bot: OpenBot;
  beforeAll(async () => {
    bot = await openBot();
    await bot.channel.start();
  });
  afterEach(() => expect(bot.front.log).toBe(''));
  afterAll(() => bot.close());

  /** What is accepted of what a person does. */
  const heardAfter = async (deed: (person: TelegramPerson) => void, lang?: string): Promise<Inbound[]> => {
    const before = bot.front.accepted.length;
    deed(lang === '' ? new TelegramPerson(bot.api, 77, undefined) : bot.api.person(lang));
    await bot.api.taken();
    return bot.front.accepted.slice(before);
  };
  const inputs = async (deed: (person: TelegramPerson) => void) =>
    (await heardAfter(deed)).map(({ input }) => input);

  it('is named by bot, chat and update', async () => {
    const person = bot.api.person();
    let update = 0;
    const [message] = await heardAfter(() => {
      update = person.says('报名');
    });
    const conversation = `telegram:4242:${person.id}`;
    expect(message).toEqual({
      id: `${conversation}/u${update}`,
      conversation,
      lang: 'zh',
      input: { kind: 'text', text: '报名' },
      arrivedAt: NOW,
    });
  });

  it.each([
    ['zh-hans', 'zh'],
    ['zh', 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['de', 'en'],
    ['zhx', 'en'],
  ])('from a phone in "%s" begins in %s', async (code, lang) => {
    expect((await heardAfter((person) => person.says('hi'), code))[0]?.lang).toBe(lang);
  });

  it.each([
    ['/start chengdu_s2', { kind: 'start', payload: 'chengdu_s2' }],
    ['/start', { kind: 'start', payload: '' }],
    ['/start@Luyan_Bot fair', { kind: 'start', payload: 'fair' }],
    [`/start ${'x'.repeat(80)}`, { kind: 'start', payload: 'x'.repeat(64) }],
    ['/startle me', { kind: 'text', text: '/startle me' }],
    ['/register@luyan_bot fair', { kind: 'text', text: '/register fair' }],
    ['/register@other_bot fair', { kind: 'text', text: '/register@other_bot fair' }],
    ['{"$ne":1}', { kind: 'text', text: '{"$ne":1}' }],
    ['', { kind: 'text', text: '' }],
  ])('as "%s" is taken for what it means', async (text, input) => {
    expect(await inputs((person) => person.says(text))).toEqual([input]);
  });

  it('as a photo or a document is a file, even one of 25 MB', async () => {
    expect(await inputs((person) => person.sendsPhoto(90_000))).toEqual([
      { kind: 'file', name: 'photo.jpg', type: 'image/jpeg', size: 90_000, ref: expect.any(String) },
    ]);
    const size = 25 * 1024 * 1024;
    expect(await inputs((person) => person.sendsDocument('计划.pdf', size))).toEqual([
      { kind: 'file', name: '计划.pdf', type: 'application/pdf', size, problem: 'too_big' },
    ]);
    const nameless = { kind: 'file', name: 'file', type: 'application/octet-stream', size: 0 };
    expect(await inputs((person) => person.sendsContent({ document: {} }))).toEqual([nameless]);
  });

  it('as an album is one file each', async () => {
    const album = { media_group_id: 'a1' };
    const files = await inputs((person) => {
      for (let i = 0; i < 3; i++) person.sendsPhoto(900 * (i + 1), album);
    });
    expect(files.map((one) => one.kind === 'file' && one.size)).toEqual([900, 1_800, 2_700]);
  });

  it.each([
    ['sticker', 'sticker'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['animation', 'video'],
    ['location', 'location'],
    ['venue', 'location'],
    ['contact', 'contact'],
    ['poll', 'unknown'],
    ['dice', 'unknown'],
  ] as const)('as %s is something other: %s', async (content, what) => {
    expect(Object.keys(CONTENTS)).toContain(content);
    expect(await inputs((person) => person.sends(content))).toEqual([{ kind: 'other', what }]);
  });

  it('as a press is a choice, and the button is told so', async () => {
    expect(await inputs((person) => person.pressesData('p12:3'))).toEqual([
      { kind: 'pick', prompt: 'p12', index: 3 },
    ]);
    await bot.api.until(() => bot.api.turning === 0);
  });

  it('as a press of a button that is none of ours says nothing, and the button is told so', async () => {
    expect(await inputs((person) => person.pressesData('{"$gt":""}'))).toEqual([]);
    await bot.api.until(() => bot.api.turning === 0);
  });

  it('as a press that cannot be acknowledged any more is a choice all the same', async () => {
    bot.api.fail({ is: 'refused', code: 400, description: 'Bad Request: query is too old' });
    expect(await inputs((person) => person.pressesData('p1:0'))).toHaveLength(1);
    bot.api.healFaults();
  });

  it('is ignored when it is no message to the bot', async () => {
    const heard = await heardAfter((person) => {
      person.edits('报名表');
      bot.api.updates.add({ edited_message: person.message(person.privateChat, { text: 'x' }) });
      const channel = { id: -1001, type: 'channel' };
      bot.api.updates.add({ channel_post: person.message(channel, { text: 'x' }) });
      bot.api.updates.add({ message: person.message(channel, { text: 'x' }) });
      bot.api.updates.add({
        message: { ...person.message(person.privateChat, { text: 'x' }), from: bot.api.user },
      });
      bot.api.updates.add({
        message: { ...person.message(person.privateChat, { text: 'x' }), from: undefined },
      });
      person.sendsContent({ pinned_message: { message_id: 1 } });
      bot.api.updates.add({ callback_query: { id: bot.api.newCallback(), from: person.user, data: 'p1:0' } });
    });
    expect(heard).toEqual([]);
  });

  it('as something that Telegram does not send is passed over, and the next is taken', async () => {
    const heard = await heardAfter((person) => {
      bot.api.updates.add({ message: { chat: { id: { $ne: 1 } }, text: 'a secret' } });
      person.says('next');
    });
    expect(heard.map(({ input }) => input)).toEqual([{ kind: 'text', text: 'next' }]);
    expect(bot.front.log).toContain('message.chat.id');
    expect(bot.front.log).not.toContain('a secret');
    bot.front.faults.length = 0;
  });

  it('tells when a person shuts the bot out, and lets it in again', async () => {
    const person = bot.api.person();
    await heardAfter(() => person.blocks());
    await heardAfter(() => person.unblocks());
    const conversation = `telegram:4242:${person.id}`;
    expect(bot.front.told.splice(0)).toEqual([`${conversation} not reachable`, `${conversation} reachable`]);
  });
});

describe('what is said in a Telegram group', () => {
  let bot: OpenBot;
  beforeAll(async () => {
    bot = await openBot();
    await bot.channel.start();
  });
  afterAll(() => bot.close());

  const inRoom = async (text: string, how = {}) => {
    const before = bot.front.accepted.length;
    const group = bot.api.group();
    bot.api.person().saysIn(group, text, how);
    await bot.api.taken();
    return bot.front.accepted.slice(before).map(({ conversation, input }) => {
      expect(conversation).toBe(`telegram:4242:${group}`);
      return input;
    });
  };
  const room = (text: string) => [{ kind: 'text', text, room: true }];

  it.each([
    ['@luyan_bot 日程', '日程'],
    ['when does @Luyan_Bot it start?', 'when does it start?'],
    ['/agenda@luyan_bot fair', '/agenda fair'],
    ['/start@luyan_bot fair', '/start fair'],
    ['@luyan_bot', ''],
  ])('to the bot as "%s" is heard as "%s"', async (text, heard) => {
    expect(await inRoom(text)).toEqual(room(heard));
  });

  it('in reply to the bot is heard', async () => {
    expect(await inRoom('thanks  all', { replyToBot: true })).toEqual(room('thanks  all'));
  });

  it.each(['hello all', '/agenda', '/agenda@other_bot', 'a@luyan_bot_2 b', '@luyan_bott hi'])(
    'to others as "%s" is not',
    async (text) => {
      expect(await inRoom(text)).toEqual([]);
    },
  );

  it('by pressing a button, or without words, is not', async () => {
    const person = bot.api.person();
    const chat = { id: -5, type: 'group', title: 'Group' };
    const message = { message_id: 1, date: 0, chat };
    const id = bot.api.newCallback();
    bot.api.updates.add({ callback_query: { id, from: person.user, data: 'p1:0', message } });
    const reply = { reply_to_message: { from: bot.api.user }, ...CONTENTS.sticker };
    bot.api.updates.add({ message: person.message(chat, reply) });
    bot.api.updates.add({
      my_chat_member: { chat, from: person.user, new_chat_member: { status: 'kicked' } },
    });
    const before = bot.front.accepted.length;
    await bot.api.taken();
    expect(bot.front.accepted).toHaveLength(before);
    expect(bot.front.told).toEqual([]);
  });

  it('goes on in another group, in the order of events', async () => {
    const group = bot.api.group();
    const person = bot.api.person();
    const before = bot.front.batches.length;
    bot.front.before = async () => {
      bot.front.told.push('accepted');
    };
    person.saysIn(group, '@luyan_bot before');
    const moved = bot.api.migrate(group);
    person.saysIn(moved, '@luyan_bot after');
    await bot.api.taken();
    expect(bot.front.batches.slice(before).flat()).toHaveLength(2);
    expect(bot.front.told).toEqual([
      'accepted',
      `telegram:4242:${group} moved to telegram:4242:${moved}`,
      'accepted',
    ]);
  });
});
