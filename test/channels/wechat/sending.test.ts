import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { split } from '../../../src/channels/split.ts';
import type { Outgoing } from '../../../src/channels/wechat/index.ts';
import { SEND_MS } from '../../../src/channels/wechat/sending.ts';
import { TEXT_MAX, write } from '../../../src/channels/wechat/writing.ts';
import type { FileRef, Reply } from '../../../src/conversation/types.ts';
import { until, type WechatFriend } from '../../support/wechat-world.ts';
import { Bench } from './bench.ts';

const QR: FileRef = { kind: 'ticket-qr', id: 't1', name: 'fair-1.png', type: 'image/png' };
const text = (words: string): Outgoing => ({ kind: 'text', text: words });

const say = (words: string, more: Partial<Reply> = {}): Reply => ({
  seq: 1,
  kind: 'say',
  text: words,
  ...more,
});
const choices = ['甲', '乙'].map((label) => ({ value: label, label }));

describe('replies are written', () => {
  it('with their choices numbered, and 0 for the way back', () => {
    const ask = say('您是？', { kind: 'ask', flow: 'register', question: 'kind', choices });
    expect(write([ask], 'zh')).toEqual([text('您是？\n\n1. 甲\n2. 乙\n0. 返回')]);
  });

  it('in one message where they follow one another, and never two menus in one', () => {
    const menu = say('还要什么？', { kind: 'card', choices });
    expect(write([say('好的。'), say('已改。'), menu, say('再见。')], 'zh')).toEqual([
      text('好的。\n\n已改。\n\n还要什么？\n\n1. 甲\n2. 乙'),
      text('再见。'),
    ]);
  });

  it('with a file after its words', () => {
    const image = say('入场二维码', { kind: 'image', file: QR });
    expect(write([say('已报名'), image, say('再见')], 'zh')).toEqual([
      text('已报名\n\n入场二维码'),
      { kind: 'file', file: QR },
      text('再见'),
    ]);
    expect(write([say('', { kind: 'file', file: QR })], 'zh')).toEqual([{ kind: 'file', file: QR }]);
  });

  it('in several messages where they are long', () => {
    const paragraph = '一'.repeat(900);
    const long = say([paragraph, paragraph, paragraph].join('\n\n'));
    expect(write([long], 'zh')).toEqual([text(`${paragraph}\n\n${paragraph}`), text(paragraph)]);
    for (const words of ['a'.repeat(5_000), 'line\n'.repeat(1_000), '👨‍👩‍👧'.repeat(700)]) {
      const parts = split(words, TEXT_MAX);
      expect(parts.every((part) => part.length <= TEXT_MAX && part.trim() !== '')).toBe(true);
      expect(parts.join('').replaceAll('\n', '')).toBe(words.replaceAll('\n', ''));
      expect(parts.every((part) => !part.startsWith('\u200d'))).toBe(true);
    }
  });

  it('as nothing where nothing is said', () => {
    expect(write([say('')], 'zh')).toEqual([]);
  });
});

describe('a message', () => {
  let bench: Bench;
  let ana: WechatFriend;
  const send = (message: Outgoing = text('你好'), account = 'ana') => bench.channel.send(account, message);
  beforeEach(async () => {
    bench = await Bench.open();
    ana = bench.world.friend('ana');
  });
  afterEach(() => bench.close());

  it('arrives with a contact, a file too', async () => {
    expect(await send()).toEqual({ result: 'sent', messageId: expect.stringMatching(/^wechat-/u) });
    expect((await send({ kind: 'file', file: QR })).result).toBe('sent');
    await until(() => ana.heard.length === 2);
    expect(ana.heard).toEqual([{ text: '你好' }, { text: '', file: 'fair-1.png' }]);
    expect(bench.openFile).toHaveBeenCalledWith(QR);
    expect(bench.waits.now).toEqual([]);
  });

  it('arrives in a room', async () => {
    const room = bench.world.room(ana);
    expect((await send(text('日程'), room.room.id)).result).toBe('sent');
    await until(() => room.heard.length === 1);
  });

  it('keeps the id that the puppet gives it', async () => {
    vi.spyOn(bench.world.puppet, 'messageSendText').mockResolvedValue('m1' as never);
    expect(await send()).toEqual({ result: 'sent', messageId: 'm1' });
  });

  it('is refused while nobody is logged in', async () => {
    await bench.world.logout();
    const cause = 'WeChat is not logged in';
    expect(await send()).toEqual({ result: 'refused', retryAfterMs: 10_000, cause });
  });

  it('to nobody has failed; to somebody who cannot be looked up it is refused', async () => {
    expect(await send(text('你好'), 'nobody')).toEqual({ result: 'failed', cause: 'not_found' });
    vi.spyOn(bench.world.puppet, 'contactList').mockRejectedValue(new Error('down'));
    expect((await send(text('你好'), 'nobody')).result).toBe('refused');
  });

  it('with a file that is gone has failed; with one that cannot be read it is refused', async () => {
    bench.openFile.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('down'));
    expect(await send({ kind: 'file', file: QR })).toEqual({ result: 'failed', cause: 'invalid' });
    expect((await send({ kind: 'file', file: QR })).result).toBe('refused');
  });

  it('is refused when nothing was ready in time, unsure when no answer came, or a wrong one', async () => {
    bench.openFile.mockReturnValueOnce(new Promise(() => {}));
    const unready = send({ kind: 'file', file: QR });
    await until(() => bench.openFile.mock.calls.length > 0 && bench.waits.now.includes(SEND_MS));
    bench.waits.pass();
    expect((await unready).result).toBe('refused');
    const call = vi.spyOn(bench.world.puppet, 'messageSendText').mockReturnValueOnce(new Promise(() => {}));
    const hanging = send();
    await until(() => call.mock.calls.length > 0 && bench.waits.now.includes(SEND_MS));
    bench.waits.pass();
    expect(await hanging).toEqual({ result: 'unsure', cause: 'no answer within 15 s' });
    call.mockRejectedValueOnce(new Error('reset'));
    expect(await send()).toEqual({ result: 'unsure', cause: 'reset' });
  });

  it('leaves as slowly as a person writes', () => {
    const { everyMs, jitterMs = 0, burst, chatBurst, chatEveryMs } = bench.channel.pace;
    const perMinute = burst + 60_000 / (everyMs + jitterMs / 2);
    expect(perMinute).toBeGreaterThan(30);
    expect(perMinute).toBeLessThan(42);
    expect([burst, chatBurst, chatEveryMs]).toEqual([3, 3, 1_000]);
  });
});
