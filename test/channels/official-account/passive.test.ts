import { describe, expect, it } from 'vitest';
import type { Sending } from '../../../src/channels/channel.ts';
import { conversationOf, NOW, openDesk, picture, routesOf, text } from './desk.ts';

const SENT: Sending = { result: 'sent', messageId: expect.any(String) as unknown as string };

describe('a reply', () => {
  it('that is ready leaves as the answer to the call', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    const sendings: Promise<Sending>[] = [];
    desk.front.onAccepted = () => sendings.push(desk.channel.send(them.openid, text('您好 ]]> &lt; \u0007')));
    const response = await them.says('你好');
    expect(response.headers.get('content-type')).toContain('xml');
    expect(them.chat).toEqual([{ way: 'passive', text: '您好 ]]> &lt; ' }]);
    expect(await Promise.all(sendings)).toEqual([
      { result: 'sent', messageId: `${them.openid}-${NOW.getTime()}` },
    ]);
    expect(desk.api.calls).toEqual([]);
  });

  it('that is late leaves as a message of its own', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    expect(await (await them.says('你好')).text()).toBe('success');
    expect(desk.waits).toEqual([4_500]);
    expect(await desk.channel.send(them.openid, text('您好'))).toEqual(SENT);
    expect(them.chat).toEqual([{ way: 'service', text: '您好' }]);
  });

  it('of several messages keeps their order', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    const sendings: Promise<Sending>[] = [];
    let answered: Promise<unknown> = Promise.resolve();
    desk.front.onAccepted = () => {
      answered = (async () => {
        for (const message of [text('一'), picture, text('三')])
          sendings.push(Promise.resolve(await desk.channel.send(them.openid, message)));
      })();
    };
    await them.says('你好');
    await answered;
    expect(them.chat.map(({ way, text: words, image }) => [way, words ?? image?.name])).toEqual([
      ['passive', '一'],
      ['service', 'fair-K7Q2M9XD.png'],
      ['service', '三'],
    ]);
    expect(desk.waits).toContain(200);
    expect(await Promise.all(sendings)).toEqual([SENT, SENT, SENT]);
  });

  it('that is a picture never leaves as an answer', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    desk.front.onAccepted = async () => {
      await desk.channel.send(them.openid, picture);
      await desk.channel.send(them.openid, text('完'));
    };
    await them.says('我的');
    expect(them.chat.map(({ way }) => way)).toEqual(['service', 'passive']);
  });

  it('goes to whom it is for', async () => {
    await using desk = await openDesk({ patient: true });
    const [ana, ben] = [desk.follower(), desk.follower()];
    desk.front.onAccepted = ({ conversation, input }) => {
      const openid = conversation.split(':')[2] ?? '';
      void desk.channel.send(openid, text(input.kind === 'text' ? input.text : ''));
    };
    await Promise.all([ana.says('a'), ben.says('b'), ana.says('c')]);
    expect(ana.chat.map((seen) => seen.text).toSorted()).toEqual(['a', 'c']);
    expect(ben.chat).toEqual([{ way: 'passive', text: 'b' }]);
  });
});

describe('a call that the platform makes again', () => {
  it('takes the place of the one before, and one reply is given', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    const message = them.message('text', { Content: '你好', MsgId: 24_000_000_000_009 });
    const first = them.post(them.call(message));
    desk.front.onAccepted = () => {
      if (desk.front.accepted.length === 2) void desk.channel.send(them.openid, text('您好'));
    };
    const second = them.post(them.call(message));
    expect(await (await first).text()).toBe('success');
    expect(await (await second).text()).toContain('您好');
    expect(them.chat).toEqual([{ way: 'passive', text: '您好' }]);
  });

  it('is not answered again', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    const message = them.message('text', { Content: '你好', MsgId: 24_000_000_000_009 });
    desk.front.onAccepted = () => {
      if (desk.front.accepted.length === 1) void desk.channel.send(them.openid, text('您好'));
    };
    await them.post(them.call(message));
    expect(await (await them.post(them.call(message))).text()).toBe('success');
    expect(them.chat).toHaveLength(1);
  });

  it('and was given up leaves the reply to a message of its own', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    const { query, body } = them.call(them.message('text', { Content: '你好', MsgId: 1 }));
    const platform = new AbortController();
    desk.front.onAccepted = () => platform.abort();
    await routesOf(desk.channel).request(`/wechat?${new URLSearchParams(query)}`, {
      method: 'POST',
      body,
      signal: platform.signal,
    });
    expect(await desk.channel.send(them.openid, text('您好'))).toEqual(SENT);
    expect(them.chat).toEqual([{ way: 'service', text: '您好' }]);
  });
});

describe('an account that is stopped', () => {
  it('answers what is open with nothing, takes nothing new and lets what is on its way arrive', async () => {
    await using desk = await openDesk({ patient: true });
    const them = desk.follower();
    let stopped: Promise<void> | undefined;
    let sending: Promise<Sending> | undefined;
    desk.front.onAccepted = () => {
      sending = desk.channel.send(them.openid, picture);
      stopped = desk.channel.stop();
    };
    expect(await (await them.says('我的')).text()).toBe('success');
    expect((await them.says('还在吗')).status).toBe(503);
    await stopped;
    expect(await sending).toEqual(SENT);
    expect(desk.front.accepted).toHaveLength(1);
  });

  it('gives up what does not end', async () => {
    await using desk = await openDesk();
    await desk.channel.check();
    desk.api.fail('/cgi-bin/message/custom/send', 'hang');
    const sending = desk.channel.send('oAna', text('您好'));
    await desk.api.stall();
    await desk.channel.stop();
    expect(await sending).toEqual({ result: 'unsure', cause: 'timeout' });
  });
});

describe('two accounts side by side', () => {
  it('take what is said to each, and answer each as itself', async () => {
    await using desk = await openDesk();
    const other = desk.account({ appId: 'wxother', token: 'other-token', path: '/wechat/wxother' });
    expect([desk.channel.bot, other.bot]).toEqual(['wx1234567890abcdef', 'wxother']);
    await desk.channel.send('oAna', text('1'));
    await other.send('oAna', text('2'));
    expect(desk.api.grants.map(({ appId }) => appId)).toEqual(['wx1234567890abcdef', 'wxother']);
    const them = desk.follower();
    await them.says('hi');
    expect(desk.front.accepted.map(({ conversation }) => conversation)).toEqual([
      conversationOf(them.openid),
    ]);
    const { query, body } = them.call(them.message('text', { Content: 'hi', MsgId: 1 }));
    const misled = await routesOf(other).request(`/wechat/wxother?${new URLSearchParams(query)}`, {
      method: 'POST',
      body,
    });
    expect(misled.status).toBe(403);
  });
});
