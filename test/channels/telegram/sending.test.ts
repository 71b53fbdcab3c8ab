import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BotApi } from '../../../src/channels/telegram/api.ts';
import { sender, sendingOf } from '../../../src/channels/telegram/send.ts';
import type { Outgoing } from '../../../src/channels/telegram/write.ts';
import { TelegramApi } from '../../support/telegram-api.ts';
import type { Fault } from '../../support/telegram-api-faults.ts';
import { FakeFront, type OpenBot, openBot } from './bot.ts';

const HELLO: Outgoing = { kind: 'text', text: 'Hello' };
const file = { kind: 'ticket-qr', id: 'T1', name: 'ticket.png', type: 'image/png' } as const;

describe('a message of a Telegram bot', () => {
  let bot: OpenBot;
  beforeAll(async () => {
    bot = await openBot();
    bot.front.files.set('T1', new Uint8Array(1_234));
  });
  afterEach(() => {
    bot.api.healFaults();
    expect(bot.front.log).not.toContain(bot.api.token);
  });
  afterAll(() => bot.close());

  it('carries a picture of more than 10 MB as a document', async () => {
    bot.front.files.set('large', new Uint8Array(10 * 1024 * 1024 + 1));
    const guest = bot.api.person();
    const photo = (id: string): Outgoing => ({ kind: 'photo', file: { ...file, id }, caption: '' });
    for (const id of ['T1', 'large'])
      expect(await bot.channel.send(guest.chat, photo(id))).toMatchObject({ result: 'sent' });
    expect(bot.api.calls.filter((method) => /^send/u.test(method))).toEqual(['sendPhoto', 'sendDocument']);
  });

  it('is seen with its buttons, and has an id', async () => {
    const guest = bot.api.person();
    const buttons = [[{ text: 'Yes', callback_data: 'p1:0' }], [{ text: 'No', callback_data: 'p1:1' }]];
    const sent = await bot.channel.send(guest.chat, { ...HELLO, buttons });
    expect(sent).toEqual({ result: 'sent', messageId: String(guest.seen[0]?.id) });
    expect(guest.seen).toMatchObject([
      { text: 'Hello', buttons: [[{ label: 'Yes', data: 'p1:0' }], [{ label: 'No', data: 'p1:1' }]] },
    ]);
  });

  it.each(['photo', 'document'] as const)('brings a %s with its name and words', async (kind) => {
    const guest = bot.api.person();
    const buttons = [[{ text: 'Mine', callback_data: 'p1:0' }]];
    const named = { ...file, name: '门"票\r\n.png' };
    const sent = await bot.channel.send(guest.chat, { kind, file: named, caption: '您的票', buttons });
    expect(sent.result).toBe('sent');
    expect(guest.seen).toMatchObject([
      { text: '您的票', buttons: [[{ label: 'Mine' }]], file: { kind, name: '门_票__.png', size: 1_234 } },
    ]);
  });

  it('whose file is gone fails, and one whose file cannot be opened is tried again', async () => {
    const guest = bot.api.person();
    const gone: Outgoing = { kind: 'photo', file: { ...file, id: 'gone' }, caption: 'Your ticket' };
    expect(await bot.channel.send(guest.chat, gone)).toEqual({ result: 'failed', cause: 'invalid' });
    const front = new FakeFront();
    front.openFile = () => Promise.reject(new Error('the store is away'));
    const api = new BotApi({ token: bot.api.token, apiRoot: bot.api.root, callMs: 10_000 });
    expect(await sender(api, front, String)(guest.chat, gone)).toMatchObject({ result: 'refused' });
    expect(guest.seen).toEqual([]);
  });

  const refused = (code: number, description: string, parameters?: Record<string, number>): Fault => ({
    is: 'refused',
    code,
    description,
    ...(parameters && { parameters }),
  });

  it.each([
    [
      'too many',
      refused(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
      { result: 'refused', retryAfterMs: 7_000, cause: 'too_many_requests' },
      0,
    ],
    [
      'shut out',
      refused(403, 'Forbidden: bot was blocked by the user'),
      { result: 'failed', cause: 'blocked' },
      0,
    ],
    [
      'never begun',
      refused(403, "Forbidden: bot can't initiate conversation with a user"),
      { result: 'failed', cause: 'blocked' },
      0,
    ],
    [
      'deactivated',
      refused(403, 'Forbidden: user is deactivated'),
      { result: 'failed', cause: 'deactivated' },
      0,
    ],
    ['unknown', refused(400, 'Bad Request: chat not found'), { result: 'failed', cause: 'not_found' }, 0],
    [
      'kicked',
      refused(403, 'Forbidden: bot was kicked from the group chat'),
      { result: 'failed', cause: 'blocked' },
      0,
    ],
    [
      'muted',
      refused(400, 'Bad Request: not enough rights to send text messages to the chat'),
      { result: 'failed', cause: 'blocked' },
      0,
    ],
    ['wrong', refused(400, 'Bad Request: message is too long'), { result: 'failed', cause: 'invalid' }, 0],
    ['too large', refused(413, 'Request Entity Too Large'), { result: 'failed', cause: 'invalid' }, 0],
    [
      'unauthorized',
      refused(401, 'Unauthorized'),
      { result: 'refused', retryAfterMs: 60_000, cause: 'token_refused' },
      0,
    ],
    ['an error of the server', refused(500, 'Internal Server Error'), { result: 'unsure', cause: '500' }, 0],
    ['a gateway', refused(502, 'Bad Gateway'), { result: 'unsure', cause: '502' }, 0],
    [
      'reset before it was read',
      { is: 'reset', counted: false },
      { result: 'unsure', cause: 'ECONNRESET' },
      0,
    ],
    ['reset after it arrived', { is: 'reset', counted: true }, { result: 'unsure', cause: 'ECONNRESET' }, 1],
    ['no JSON', { is: 'garbled' }, { result: 'unsure', cause: 'unreadable answer' }, 1],
  ] satisfies [string, Fault, object, number][])(
    'ends by %s as it should',
    async (_, fault, ended, arrived) => {
      const guest = bot.api.person();
      bot.front.told.length = 0;
      bot.api.fail(fault, { chat: guest.chat });
      expect(await bot.channel.send(guest.chat, HELLO)).toEqual(ended);
      expect(guest.seen).toHaveLength(arrived);
      const isBlocked = 'cause' in ended && ended.cause === 'blocked';
      expect(bot.front.told).toEqual(isBlocked ? [`telegram:4242:${guest.chat} not reachable`] : []);
    },
  );

  it('that is not answered in time may have arrived', async () => {
    const guest = bot.api.person();
    bot.api.fail({ is: 'silent' }, { chat: guest.chat });
    const api = new BotApi({ token: bot.api.token, apiRoot: bot.api.root, callMs: 50 });
    const ended = await sender(api, bot.front, String)(guest.chat, HELLO);
    expect(ended).toEqual({ result: 'unsure', cause: 'timeout' });
  });

  it('reaches a person who blocked the bot no more', async () => {
    const guest = bot.api.person();
    guest.blocks();
    expect(await bot.channel.send(guest.chat, HELLO)).toEqual({ result: 'failed', cause: 'blocked' });
    guest.unblocks();
    expect(await bot.channel.send(guest.chat, HELLO)).toMatchObject({ result: 'sent' });
  });

  it('to a group that moved goes to where it is now, and tells of the move', async () => {
    const group = bot.api.group();
    const moved = bot.api.migrate(group);
    bot.front.told.length = 0;
    expect(await bot.channel.send(group, HELLO)).toMatchObject({ result: 'sent' });
    expect(bot.front.told).toEqual([`telegram:4242:${group} moved to telegram:4242:${moved}`]);
    expect(await bot.channel.send(moved, HELLO)).toMatchObject({ result: 'sent' });
  });

  it('is what it was although the house cannot store what was learned', async () => {
    const guest = bot.api.person();
    guest.blocks();
    const front = new FakeFront();
    front.reachable = () => Promise.reject(new Error('the store is away'));
    const api = new BotApi({ token: bot.api.token, apiRoot: bot.api.root, callMs: 10_000 });
    expect(await sender(api, front, String)(guest.chat, HELLO)).toEqual({
      result: 'failed',
      cause: 'blocked',
    });
    expect(front.log).toContain('the store is away');
  });

  it.each(['abc', '1/2', '', '1;2'])('to "%s", which is no chat, leaves nowhere', async (account) => {
    const calls = bot.api.calls.length;
    expect(await bot.channel.send(account, HELLO)).toEqual({ result: 'failed', cause: 'not_found' });
    expect(bot.api.calls).toHaveLength(calls);
  });

  it('that never left is tried again', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const away = await openBot({ apiRoot: `http://127.0.0.1:${port}` });
    const ended = { result: 'refused', retryAfterMs: 5_000, cause: 'ECONNREFUSED' };
    expect(await away.channel.send('1', HELLO)).toEqual(ended);
    await away.close();
  });

  it('is cut off when the bot stops before it is answered', async () => {
    const slow = await openBot({ wait: async () => {}, callMs: 60_000 });
    const guest = slow.api.person();
    slow.api.fail({ is: 'silent' });
    const sending = slow.channel.send(guest.chat, HELLO);
    await slow.api.until(() => guest.seen.length === 1);
    await slow.channel.stop();
    expect(await sending).toEqual({ result: 'unsure', cause: 'timeout' });
    await slow.close();
  });
});

describe('a failure of the network', () => {
  const api = new BotApi({ token: '1:secret-part', apiRoot: 'http://127.0.0.1:1/', callMs: 10_000 });
  const troubleOf = async (error: object) => {
    Object.assign(api, { client: { callApi: () => Promise.reject(error) } });
    const failed = (await api.call('getMe', {}).catch((reason: unknown) => reason)) as {
      trouble: Parameters<typeof sendingOf>[0];
      message: string;
    };
    expect(failed.message).not.toContain('secret-part');
    return sendingOf(failed.trouble).result;
  };
  const raised = (reason: string, code?: string) =>
    Object.assign(new Error(`request to http://x/bot1:secret-part/getMe failed, reason: ${reason}`), {
      code,
    });

  it.each([
    ['getaddrinfo ENOTFOUND api.telegram.org', 'ENOTFOUND', 'refused'],
    ['getaddrinfo EAI_AGAIN api.telegram.org', 'EAI_AGAIN', 'refused'],
    ['connect ETIMEDOUT 149.154.167.220:443', 'ETIMEDOUT', 'refused'],
    ['', 'ETIMEDOUT', 'refused'],
    [
      'Client network socket disconnected before secure TLS connection was established',
      'ECONNRESET',
      'refused',
    ],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'refused'],
    ['read ETIMEDOUT', 'ETIMEDOUT', 'unsure'],
    ['socket hang up', 'ECONNRESET', 'unsure'],
    ['write EPIPE', 'EPIPE', 'unsure'],
    ['something new', undefined, 'unsure'],
  ])('"%s" (%s) leaves a message %s', async (reason, code, result) => {
    expect(await troubleOf(raised(reason, code))).toBe(result);
  });
});

describe("Telegram's stand-in", () => {
  it('holds its limits when asked to, and says how long to wait', async () => {
    let now = 1_000_000;
    const api = await TelegramApi.open({ limits: true, now: () => now });
    const bot = await openBot({}, api);
    const guest = api.person();
    const send = () => bot.channel.send(guest.chat, HELLO);
    for (let i = 0; i < 3; i++) expect((await send()).result).toBe('sent');
    expect(await send()).toMatchObject({ result: 'refused', retryAfterMs: 1_000 });
    now += 1_000;
    expect((await send()).result).toBe('sent');
    expect(api.counts.get(guest.chat)).toBe(4);
    expect(api.limits).toMatchObject({ calls: 5, refused: 1 });
    await bot.close();
    await api.close();
  });

  it('gives files to whoever asks, up to 20 MB', async () => {
    const api = await TelegramApi.open();
    const calls = new BotApi({ token: api.token, apiRoot: api.root, callMs: 1_000 });
    const { file_path } = await calls.call('getFile', { file_id: api.newFile(77) });
    const response = await fetch(`${api.root}/file/bot${api.token}/${file_path}`);
    expect((await response.arrayBuffer()).byteLength).toBe(77);
    const large = api.newFile(25 * 1024 * 1024);
    await expect(calls.call('getFile', { file_id: large })).rejects.toThrow('file is too big');
    await api.close();
  });
});
