import { describe, expect, it } from 'vitest';
import type { Follower } from '../../support/official-account-api-follower.ts';
import { conversationOf, NOW, openDesk } from './desk.ts';

const other = (what: string) => ({ kind: 'other', what });

describe('a person', () => {
  it.each<[string, (them: Follower) => Promise<Response>, object]>([
    ['writes', (them) => them.says('报名'), { kind: 'text', text: '报名' }],
    ['writes nothing', (them) => them.says(''), { kind: 'text', text: '' }],
    [
      'sends a picture without its name',
      (them) => them.sends('image', { PicUrl: 'http://x/' }),
      { kind: 'file', name: 'photo.jpg', type: 'image/jpeg', size: 1 },
    ],
    [
      'sends a file',
      (them) => them.sendsFile('简历.pdf', 26_214_400),
      { kind: 'file', name: '简历.pdf', type: 'application/octet-stream', size: 26_214_400 },
    ],
    ['speaks', (them) => them.sends('voice', { MediaId: 'm', Format: 'amr' }), other('voice')],
    ['films', (them) => them.sends('video', { MediaId: 'm', ThumbMediaId: 't' }), other('video')],
    ['films a little', (them) => them.sends('shortvideo', { MediaId: 'm' }), other('video')],
    ['says where they are', (them) => them.sends('location', { Location_X: 30 }), other('location')],
    ['shares a link', (them) => them.sends('link', { Title: 'T', Url: 'http://x/' }), other('unknown')],
    ['sends what is new', (them) => them.sends('hologram'), other('unknown')],
    ['follows', (them) => them.follows(), { kind: 'start', payload: '' }],
    ['follows by a code', (them) => them.follows('chengdu_s2'), { kind: 'start', payload: 'chengdu_s2' }],
    ['scans a code', (them) => them.scans('fair'), { kind: 'start', payload: 'fair' }],
    ['presses the menu', (them) => them.clicks('日程'), { kind: 'text', text: '日程' }],
  ])('%s', async (_name, act, input) => {
    await using desk = await openDesk();
    const them = desk.follower();
    expect(await (await act(them)).text()).toBe('success');
    const conversation = conversationOf(them.openid);
    expect(desk.front.accepted).toEqual([
      { id: expect.stringContaining(`${conversation}/`), conversation, lang: 'zh', input, arrivedAt: NOW },
    ]);
  });

  it('opens a page, or does what does not matter here', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    for (const event of ['VIEW', 'LOCATION', 'TEMPLATESENDJOBFINISH', 'novelty']) {
      expect(await (await them.does(event, { EventKey: 'x' })).text()).toBe('success');
    }
    expect(desk.front.accepted).toEqual([]);
  });

  it('follows and leaves', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    await them.follows();
    await them.leaves();
    const conversation = conversationOf(them.openid);
    expect(desk.front.told).toEqual([
      [conversation, true],
      [conversation, false],
    ]);
    expect(desk.front.accepted).toHaveLength(1);
    expect(them.chat).toEqual([]);
  });

  it('writes more than there is room for', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    await them.says(`a${'😀'.repeat(15_000)}`);
    await them.scans('s'.repeat(70));
    await them.sendsFile('😀'.repeat(300));
    const [words, scene, file] = desk.front.accepted.map(({ input }) => input);
    expect(words).toEqual({ kind: 'text', text: `a${'😀'.repeat(9_999)}` });
    expect(scene).toEqual({ kind: 'start', payload: 's'.repeat(64) });
    expect(file).toMatchObject({ name: '😀'.repeat(127) });
  });
});

describe('a message that comes again', () => {
  it('has the same id, by its number or by its second', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    const messages = [
      them.message('text', { Content: '1', MsgId: 24_000_000_000_009 }),
      them.message('event', { Event: 'SCAN', EventKey: 'fair' }),
    ];
    for (const message of messages) {
      await them.post(them.call(message));
      await them.post(them.call(message));
    }
    const ids = desk.front.accepted.map(({ id }) => id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe(`${conversationOf(them.openid)}/24000000000009`);
  });

  it('differs from another one of the same second', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    const event = them.message('event', { Event: 'SCAN', EventKey: 'fair' });
    for (const change of [{}, { EventKey: 'salon' }, { Event: 'CLICK' }, { CreateTime: 1 }])
      await them.post(them.call({ ...event, ...change }));
    expect(new Set(desk.front.accepted.map(({ id }) => id)).size).toBe(4);
  });
});
