import { FileBox } from 'file-box';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { types } from 'wechaty-puppet';
import { KEPT } from '../../../src/channels/wechat/intake.ts';
import { MEANING } from '../../../src/channels/wechat/reading.ts';
import { quiet, until, type WechatFriend } from '../../support/wechat-world.ts';
import { Bench, NOW } from './bench.ts';

let bench: Bench;
let ana: WechatFriend;
beforeEach(async () => {
  bench = await Bench.open();
  // With an alias already, so that nothing is waited for but what concerns a message.
  ana = bench.world.friend('ana', { alias: 'A guest of honour' });
});
afterEach(() => bench.close());

const passOnce = async () => {
  await until(() => bench.waits.now.length > 0);
  bench.waits.pass();
};

describe('a message from a contact', () => {
  it('is accepted as text, under the contact and the message', async () => {
    const id = ana.say('你好');
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '你好' }]);
    expect(bench.accepted[0]).toEqual({
      id: `wechat:main:ana/${id}`,
      conversation: 'wechat:main:ana',
      lang: 'zh',
      input: { kind: 'text', text: '你好' },
      arrivedAt: NOW,
    });
  });

  it('is cut where it is longer than a conversation takes', async () => {
    ana.say('长'.repeat(30_000));
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '长'.repeat(20_000) }]);
  });

  it('that is a file tells its name', async () => {
    ana.sendFile('plan.pdf');
    ana.send(types.Message.Image, { file: FileBox.fromBase64('AAAA', 'photo.jpg') as FileBox });
    expect(await bench.arrived(2)).toEqual([
      { kind: 'file', name: 'plan.pdf', type: 'application/pdf', size: 8, ref: expect.any(String) },
      { kind: 'file', name: 'photo.jpg', type: 'image/jpeg', size: 3, ref: expect.any(String) },
    ]);
    const plan = bench.kept.announced.find(({ name }) => name === 'plan.pdf');
    expect(Buffer.from(bench.kept.bytes.get(plan?.key ?? '') ?? []).toString()).toBe('%PDF-1.7');
  });

  it('whose file cannot be had is a file all the same', async () => {
    ana.send(types.Message.Attachment);
    expect(await bench.arrived(1)).toEqual([
      { kind: 'file', name: '', type: '', size: 0, problem: 'unavailable' },
    ]);
  });

  it('whose bytes cannot be had is a file all the same', async () => {
    const broken = FileBox.fromBase64('AAAA', 'plan.pdf');
    broken.toStream = () => Promise.reject(new Error('WeChat does not give it out'));
    vi.spyOn(bench.world.puppet, 'messageFile').mockResolvedValue(broken);
    ana.sendFile('plan.pdf');
    const [input] = await bench.arrived(1);
    expect(input).toMatchObject({ kind: 'file', name: 'plan.pdf', problem: 'unavailable' });
  });

  it('whose file cannot be stored is not lost for that', async () => {
    bench.kept.isDown = true;
    ana.sendFile('plan.pdf');
    expect(await bench.arrived(1)).toMatchObject([{ name: 'plan.pdf', problem: 'unavailable' }]);
    expect(bench.faults).toEqual([expect.stringContaining('could not be stored')]);
  });

  it('that hangs in its file does not hold up the next for long', async () => {
    vi.spyOn(bench.world.puppet, 'messageFile').mockReturnValue(new Promise(() => {}));
    ana.send(types.Message.Image);
    ana.say('你好');
    await until(() => bench.waits.now.includes(5_000));
    bench.waits.pass();
    expect(await bench.arrived(2)).toEqual([
      { kind: 'file', name: '', type: '', size: 0, problem: 'unavailable' },
      { kind: 'text', text: '你好' },
    ]);
  });

  it.each([
    ['Audio', 'voice'],
    ['Video', 'video'],
    ['Emoticon', 'sticker'],
    ['Location', 'location'],
    ['Contact', 'contact'],
    ['Url', 'unknown'],
    ['MiniProgram', 'unknown'],
    ['RedEnvelope', 'unknown'],
    ['Transfer', 'unknown'],
    ['ChatHistory', 'unknown'],
    ['GroupNote', 'unknown'],
    ['Post', 'unknown'],
  ] as const)('of the kind %s is “%s”', async (kind, what) => {
    ana.send(types.Message[kind], { text: '<xml/>' });
    expect(await bench.arrived(1)).toEqual([{ kind: 'other', what }]);
  });

  it.each(['Recalled', 'Unknown'] as const)('of the kind %s is met with silence', async (kind) => {
    ana.send(types.Message[kind], { text: '你已添加了ana' });
    ana.say('你好');
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '你好' }]);
  });

  it('has a meaning for every kind there is', () => {
    const kinds = Object.keys(types.Message).filter((name) => Number.isNaN(Number(name)));
    expect(Object.keys(MEANING).sort()).toEqual(kinds.sort());
  });

  it('of the bot itself, of an official account or of WeChat is not one', async () => {
    bench.world.post(bench.world.self, types.Message.Text, { text: 'own' });
    bench.world.friend('paper', { type: types.Contact.Official }).say('news');
    bench.world.friend('weixin').say('welcome');
    ana.say('你好');
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '你好' }]);
  });

  it('whose details come later than those of the next keeps its place', async () => {
    const { puppet } = bench.world;
    const real = puppet.messagePayload.bind(puppet);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = '';
    vi.spyOn(puppet, 'messagePayload').mockImplementation(async (id) => {
      if (id === first) await gate;
      return real(id);
    });
    puppet.prependOnceListener('message', ({ messageId }) => {
      first = messageId;
    });
    ana.say('1');
    ana.say('2');
    await quiet();
    expect(bench.accepted).toEqual([]);
    release();
    expect(await bench.arrived(2)).toEqual([
      { kind: 'text', text: '1' },
      { kind: 'text', text: '2' },
    ]);
  });

  it('that cannot be read at first is read again, and given up in the end', async () => {
    const { puppet } = bench.world;
    const real = puppet.messagePayload.bind(puppet);
    const payload = vi.spyOn(puppet, 'messagePayload').mockRejectedValue(new Error('out of reach'));
    ana.say('1');
    await until(() => bench.waits.now.length > 0);
    payload.mockImplementation(real);
    bench.waits.pass();
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '1' }]);
    payload.mockRejectedValue(new Error('out of reach'));
    ana.say('2');
    for (let attempt = 0; attempt < 3; attempt++) await passOnce();
    await until(() => bench.faults.includes('a WeChat message is lost'));
    payload.mockImplementation(real);
    ana.say('3');
    expect(await bench.arrived(2)).toEqual([
      { kind: 'text', text: '1' },
      { kind: 'text', text: '3' },
    ]);
  });
});

describe('while nothing can be stored', () => {
  it('messages are kept, and stored in order when it can be again', async () => {
    bench.accept.mockRejectedValueOnce(new Error('down')).mockRejectedValueOnce(new Error('down'));
    const said = ['1', '2', '3'];
    for (const text of said) ana.say(text);
    await passOnce();
    await passOnce();
    expect(await bench.arrived(3)).toEqual(said.map((text) => ({ kind: 'text', text })));
    expect(bench.waits.asked).toEqual(expect.arrayContaining([500, 1_000]));
    expect(bench.accept.mock.calls.map(([messages]) => messages.length)).toEqual([1, 1, 1, 1, 1]);
    expect(bench.faults).toHaveLength(1);
  });

  it('no more than a thousand are kept, and that is said once', async () => {
    bench.accept.mockRejectedValue(new Error('down'));
    for (let i = 0; i < KEPT + 20; i++) ana.say(`${i}`);
    await until(() => bench.faults.length >= 2);
    await quiet();
    expect(bench.faults.filter((fault) => fault.includes('too many wait'))).toHaveLength(1);
    bench.accept.mockImplementation(async (messages) => {
      bench.accepted.push(...messages);
    });
    bench.waits.pass();
    await until(() => bench.accepted.length === KEPT);
    expect(bench.accepted.at(-1)?.input).toEqual({ kind: 'text', text: `${KEPT - 1}` });
  });

  it('a stop tries once more and does not hang', async () => {
    bench.accept.mockRejectedValue(new Error('down'));
    ana.say('1');
    await until(() => bench.waits.now.length > 0);
    const calls = bench.accept.mock.calls.length;
    await bench.channel.stop();
    expect(bench.accept.mock.calls.length).toBe(calls + 1);
    expect(bench.faults).toContain('a WeChat message is lost');
  });
});

describe('in a room', () => {
  it('only what is said to the bot is heard, without its name', async () => {
    const room = bench.world.room(ana);
    room.say(ana, '大家好');
    room.say(ana, '@Luyan\u2005日程', bench.world.self);
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '日程', room: true }]);
    expect(bench.accepted[0]?.conversation).toBe(`wechat:main:${room.room.id}`);
  });

  it('the bot is understood under another name, and when only called', async () => {
    const room = bench.world.room(ana);
    room.say(ana, '@活动小助手\u2005日程 fair', bench.world.self);
    room.say(ana, '@Luyan', bench.world.self);
    expect(await bench.arrived(2)).toEqual([
      { kind: 'text', text: '日程 fair', room: true },
      { kind: 'text', text: '', room: true },
    ]);
  });

  it('a mention of somebody else is not heard', async () => {
    const bo = bench.world.friend('bo');
    bench.world.room(ana, bo).say(ana, '@bo\u2005你好', bo.contact);
    ana.say('日程');
    expect(await bench.arrived(1)).toEqual([{ kind: 'text', text: '日程' }]);
  });

  it('whoever joins is greeted, once for all who join together', async () => {
    const room = bench.world.room(ana);
    room.join(bench.world.friend('bo'), bench.world.friend('cy'));
    await until(() => room.heard.length > 0);
    await quiet();
    expect(room.heard).toEqual([{ text: '大家好，我是活动助手。' }]);
  });

  it('a greeting that cannot be sent stops nothing', async () => {
    vi.spyOn(bench.world.puppet, 'messageSendText').mockRejectedValue(new Error('blocked'));
    bench.world.room(ana).join(bench.world.friend('bo'));
    await until(() => bench.faults.length > 0);
    ana.say('你好');
    await bench.arrived(1);
  });
});

describe('a friend request', () => {
  it.each([
    ['我要报名 FAIR', 'fair'],
    ['我要报名ｆａｉｒ＿ｓ２', 'fair_s2'],
  ])('that says “%s” is accepted and begins with %s', async (hello, code) => {
    const accept = vi.spyOn(bench.world.puppet, 'friendshipAccept');
    const id = await ana.befriend(hello);
    expect(await bench.arrived(1)).toEqual([{ kind: 'start', payload: code }]);
    expect(accept).toHaveBeenCalledExactlyOnceWith(id);
    expect(bench.accepted[0]?.conversation).toBe('wechat:main:ana');
  });

  it('is greeted once, although WeChat confirms it', async () => {
    await ana.befriend('fair');
    await bench.arrived(1);
    await ana.befriend('', types.Friendship.Confirm);
    await quiet();
    expect(bench.accepted).toHaveLength(1);
  });

  it('that names no event is left to the owners, and greeted when they accept', async () => {
    const accept = vi.spyOn(bench.world.puppet, 'friendshipAccept');
    await ana.befriend('我是 {ana}');
    await until(() => bench.news.some(({ en }) => en.includes('asked to be')));
    expect(accept).not.toHaveBeenCalled();
    expect(JSON.stringify(bench.news)).not.toContain('{ana}');
    await ana.befriend('', types.Friendship.Confirm);
    expect(await bench.arrived(1)).toEqual([{ kind: 'start', payload: '' }]);
  });

  it('is looked at again when the events are out of reach', async () => {
    bench.keywords.mockRejectedValueOnce(new Error('down'));
    await ana.befriend('salon');
    await passOnce();
    expect(await bench.arrived(1)).toEqual([{ kind: 'start', payload: 'salon' }]);
  });
});
