import { describe, expect, it } from 'vitest';
import type { Sending } from '../../../src/channels/channel.ts';
import { APP_ID, conversationOf, NOW, openDesk, picture, text } from './desk.ts';

const SEND = '/cgi-bin/message/custom/send';
const UPLOAD = '/cgi-bin/media/upload';
const TOKEN = '/cgi-bin/stable_token';
const MINUTE = 60_000;
const ANA = 'oAna';

const refused = (cause: string, retryAfterMs = 1_000) => ({ result: 'refused', retryAfterMs, cause });
const failed = (cause: string) => ({ result: 'failed', cause });
const unsure = (cause: string) => ({ result: 'unsure', cause });

describe('a message', () => {
  it('arrives', async () => {
    await using desk = await openDesk();
    const ended: Sending = await desk.channel.send(ANA, text('您好'));
    expect(ended).toEqual({ result: 'sent', messageId: `${ANA}-${NOW.getTime()}` });
    expect(desk.api.chat(ANA)).toEqual([{ way: 'service', text: '您好' }]);
  });

  it.each([
    [45015, failed('window_closed')],
    [45047, failed('window_closed')],
    [40003, failed('not_found')],
    [43004, failed('blocked')],
    [48001, failed('invalid')],
    [45009, refused('errcode 45009', MINUTE)],
    [45011, refused('errcode 45011', 10_000)],
    [-1, refused('errcode -1')],
    ['hang', unsure('timeout')],
    ['garbage', unsure('an answer that is not of the API')],
    ['bad gateway', unsure('HTTP 502')],
  ] as const)('that meets with %s ends as it is', async (trouble, ended) => {
    await using desk = await openDesk({ requestMs: trouble === 'hang' ? 50 : 8_000 });
    await desk.channel.check();
    desk.api.fail(SEND, trouble);
    expect(await desk.channel.send(ANA, text('您好'))).toEqual(ended);
    expect(desk.api.chat(ANA)).toEqual([]);
    expect(desk.api.calls.filter((path) => path === SEND)).toHaveLength(1);
  });

  it('may have arrived when the connection breaks', async () => {
    await using desk = await openDesk();
    await desk.channel.check();
    desk.api.fail(SEND, 'reset');
    expect(await desk.channel.send(ANA, text('您好'))).toMatchObject({ result: 'unsure' });
  });

  it('surely did not arrive when there is nobody to take it', async () => {
    await using desk = await openDesk();
    await desk.channel.check();
    await desk.api.close();
    expect(await desk.channel.send(ANA, text('您好'))).toEqual(refused('network: ECONNREFUSED'));
  });

  it('to a person who follows no more tells the house', async () => {
    await using desk = await openDesk();
    desk.api.fail(SEND, 43004);
    await desk.channel.send(ANA, text('您好'));
    expect(desk.front.told).toEqual([[conversationOf(ANA), false]]);
  });

  it('that the account has no right to send is explained', async () => {
    await using desk = await openDesk();
    desk.api.fail(SEND, 48001);
    await desk.channel.send(ANA, text('您好'));
    expect(desk.front.faults.join()).toContain('received errcode 48001; the account has no right');
  });
});

describe('a picture', () => {
  it('arrives with its name', async () => {
    await using desk = await openDesk();
    expect(await desk.channel.send(ANA, picture)).toMatchObject({ result: 'sent' });
    expect(desk.api.chat(ANA)).toEqual([
      { way: 'service', image: { name: 'fair-K7Q2M9XD.png', bytes: new Uint8Array([1, 2, 3]) } },
    ]);
  });

  it.each([
    ['reset', 'refused'],
    ['garbage', 'refused'],
    [45009, 'refused'],
    [40009, 'failed'],
  ] as const)(
    'that cannot be handed over for %s is %s, and nothing is seen of it',
    async (trouble, result) => {
      await using desk = await openDesk();
      desk.api.fail(UPLOAD, trouble);
      expect(await desk.channel.send(ANA, picture)).toMatchObject({ result });
      expect(desk.api.chat(ANA)).toEqual([]);
    },
  );

  it('that is gone is not sent', async () => {
    await using desk = await openDesk();
    desk.front.files.clear();
    expect(await desk.channel.send(ANA, picture)).toEqual(failed('invalid'));
  });

  it('that cannot be opened for now is sent later', async () => {
    await using desk = await openDesk();
    desk.front.isDown = true;
    expect(await desk.channel.send(ANA, picture)).toMatchObject({ result: 'refused' });
  });
});

describe('the access token', () => {
  it('is fetched once, by whoever needs it', async () => {
    await using desk = await openDesk();
    const twin = desk.account();
    await desk.channel.send(ANA, text('1'));
    await Promise.all([desk.channel, twin, desk.channel].map((channel) => channel.send(ANA, text('2'))));
    expect(desk.api.grants).toEqual([{ appId: APP_ID, forced: false }]);
    expect(desk.api.chat(ANA)).toHaveLength(4);
  });

  it('is fetched once for many who need it at the same time', async () => {
    await using desk = await openDesk();
    await Promise.all(Array.from({ length: 20 }, () => desk.channel.send(ANA, text('1'))));
    expect(desk.api.grants).toHaveLength(1);
  });

  it('is renewed five minutes before its end', async () => {
    await using desk = await openDesk();
    await desk.channel.send(ANA, text('1'));
    desk.front.at = new Date(NOW.getTime() + 114 * MINUTE);
    await desk.channel.send(ANA, text('2'));
    expect(desk.api.grants).toHaveLength(1);
    desk.front.at = new Date(NOW.getTime() + 116 * MINUTE);
    await desk.channel.send(ANA, text('3'));
    expect(desk.api.grants).toEqual([
      { appId: APP_ID, forced: false },
      { appId: APP_ID, forced: false },
    ]);
  });

  it.each([40001, 40014, 42001])(
    'that is called stale by %i is renewed, and the call made again',
    async (code) => {
      await using desk = await openDesk();
      await desk.channel.send(ANA, text('1'));
      desk.api.fail(SEND, code);
      expect(await desk.channel.send(ANA, text('2'))).toMatchObject({ result: 'sent' });
      expect(desk.api.grants.map(({ forced }) => forced)).toEqual([false, true]);
      expect(desk.api.chat(ANA).map((seen) => seen.text)).toEqual(['1', '2']);
    },
  );

  it('that somebody else made void is renewed', async () => {
    await using desk = await openDesk();
    await desk.channel.send(ANA, text('1'));
    desk.api.expireTokens();
    expect(await desk.channel.send(ANA, picture)).toMatchObject({ result: 'sent' });
    expect(desk.api.grants.map(({ forced }) => forced)).toEqual([false, true]);
  });

  it('that another process has renewed is taken from it', async () => {
    await using desk = await openDesk();
    const twin = desk.account();
    await desk.channel.send(ANA, text('1'));
    await twin.send(ANA, text('2'));
    desk.api.expireTokens();
    await desk.channel.send(ANA, text('3'));
    await twin.send(ANA, text('4'));
    expect(desk.api.grants.map(({ forced }) => forced)).toEqual([false, true]);
    expect(desk.api.chat(ANA)).toHaveLength(4);
  });

  it('is not asked for by force again and again', async () => {
    await using desk = await openDesk();
    await desk.channel.check();
    for (let i = 0; i < 3; i += 1) {
      desk.api.fail(SEND, 40001, 40001);
      const ended = await desk.channel.send(ANA, text('1'));
      expect(ended).toEqual(refused('access token: errcode 40001', 30_000));
    }
    expect(desk.api.grants.filter(({ forced }) => forced)).toHaveLength(1);
  });

  it.each([
    [40164, refused('access token: errcode 40164', 30_000)],
    [-1, refused('access token: errcode -1')],
    ['garbage', refused('access token: an answer that is not of the API')],
  ] as const)('that is not to be had for %s keeps messages for later', async (trouble, ended) => {
    await using desk = await openDesk();
    desk.api.fail(TOKEN, trouble);
    expect(await desk.channel.send(ANA, text('1'))).toEqual(ended);
  });

  it('is had although it cannot be shared', async () => {
    await using desk = await openDesk();
    desk.tokens.isDown = true;
    expect(await desk.channel.send(ANA, text('1'))).toMatchObject({ result: 'sent' });
    expect(desk.front.faults).toHaveLength(2);
  });
});

describe('a check', () => {
  it('passes when a token can be had', async () => {
    await using desk = await openDesk();
    await expect(desk.channel.check()).resolves.toBeUndefined();
  });

  it.each([
    [40013, /copy WECHAT_OA_APP_ID from mp\.weixin\.qq\.com/u],
    [40125, /copy WECHAT_OA_APP_SECRET from/u],
    [40164, /put this server on the IP list/u],
    ['reset', /expected an answer of the API, received network: .*; check the network/u],
  ] as const)('says what to do about %s', async (trouble, cure) => {
    await using desk = await openDesk();
    desk.api.fail(TOKEN, trouble);
    await expect(desk.channel.check()).rejects.toThrow(cure);
  });

  it('never tells a secret or a token', async () => {
    await using desk = await openDesk({ secret: 'wrong-secret', menu: [{ label: '报名', text: '报名' }] });
    await desk.channel.start();
    const complaint = await desk.channel.check().catch(String);
    await desk.account({ secret: 'app-secret' }).check();
    desk.api.fail(SEND, 40001, 40001, 'reset', 40013);
    const endings = [];
    for (let i = 0; i < 3; i += 1) endings.push(await desk.account().send(ANA, text('x')));
    const told = JSON.stringify([complaint, endings, desk.front.faults]);
    expect(desk.front.faults).not.toEqual([]);
    expect(told).not.toMatch(/wrong-secret|app-secret|token-wx|access_token/u);
  });
});

describe('the menu under the chat', () => {
  const command = (label: string) => ({ label, text: label });

  it('is made of up to three commands', async () => {
    await using desk = await openDesk({ menu: [command('报名'), command('日程'), command('我的')] });
    await desk.channel.start();
    expect(desk.api.menus.get(APP_ID)).toEqual({
      button: ['报名', '日程', '我的'].map((name) => ({ type: 'click', name, key: name })),
    });
    expect(desk.front.faults).toEqual([]);
  });

  it('puts more behind a third, with names as long as there is room', async () => {
    const names = ['语言 / Language', '一二三四五六', '三', '四', '五', '六', '七'.repeat(30), '八'];
    await using desk = await openDesk({ menu: names.map(command) });
    await desk.channel.start();
    expect(desk.api.menus.get(APP_ID)).toEqual({
      button: [
        { type: 'click', name: '语言 / Languag', key: '语言 / Language' },
        { type: 'click', name: '一二三四五', key: '一二三四五六' },
        {
          name: '更多',
          sub_button: [
            ...['三', '四', '五', '六'].map((name) => ({ type: 'click', name, key: name })),
            { type: 'click', name: '七'.repeat(20), key: '七'.repeat(30) },
          ],
        },
      ],
    });
  });

  it('that may not be set stops nothing', async () => {
    await using desk = await openDesk({ menu: [command('报名')] });
    desk.api.fail('/cgi-bin/menu/create', 48001);
    await desk.channel.start();
    expect(desk.front.faults).toEqual([
      'official account wx1234567890abcdef: the menu under the chat was not set: received errcode 48001; the account has no right to this interface; have it verified (微信认证), or do without it',
    ]);
  });

  it('is left alone when there are no commands', async () => {
    await using desk = await openDesk();
    await desk.channel.start();
    expect(desk.api.calls).toEqual([]);
  });
});
