import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inbound, Reply } from '../../../src/channels/channel.ts';
import { perform } from '../../transcripts/dialogue.ts';
import { inOneBreath, readNumbered } from '../../transcripts/numbered.ts';
import { SceneClock } from '../../transcripts/web-replay.ts';
import { WechatReplay } from '../../transcripts/wechat-replay.ts';
import { Bench } from './bench.ts';

describe('a numbered menu is read', () => {
  it.each([
    ['您是？\n\n1. 甲\n2. 乙\n0. 返回', '您是？', ['甲', '乙']],
    ['Your name?\n\n0. Back', 'Your name?', []],
    ['First\n\nsecond\n\n1. A. b', 'First\n\nsecond', ['A. b']],
    ['Only words\n\nand more', 'Only words\n\nand more', []],
    ['On the list:\n3. Ana', 'On the list:\n3. Ana', []],
    ['', '', []],
  ])('from %j', (message, text, choices) => {
    expect(readNumbered(message)).toEqual({ text, choices });
  });
});

it('what is said in one breath is joined up to the next choices, file or words of the guest', () => {
  const chat = [
    'guest: hello',
    'luyan: One.',
    '',
    '  Still one.',
    'luyan: Two?',
    '  [1] yes',
    'luyan: Three.',
    'guest: 1',
    'luyan: Four.',
    'luyan: Your code',
    '  [a.png]',
    'luyan: ',
    '  [a.ics]',
  ];
  expect(inOneBreath(chat.join('\n')).split('\n')).toEqual([
    'guest: hello',
    'luyan: One.',
    '',
    '  Still one.',
    '',
    '  Two?',
    '  [1] yes',
    'luyan: Three.',
    'guest: 1',
    'luyan: Four.',
    '',
    '  Your code',
    '  [a.png]',
    'luyan: ',
    '  [a.ics]',
  ]);
});

describe('a chat in WeChat', () => {
  let bench: Bench;
  let sending: Promise<unknown> = Promise.resolve();
  const choices = ['日程', '报名'].map((label) => ({ value: label, label }));
  const file = { kind: 'ticket-qr', id: 't', name: 'fair.png', type: 'image/png' } as const;
  /** A house that says what it was told. */
  const answer = ({ input }: Inbound): readonly Reply[] => {
    const { kind } = input;
    const what = kind === 'text' ? input.text : kind === 'start' ? input.payload : kind;
    const menu = { seq: 2, kind: 'card', text: '还要什么？', choices } as const;
    return what === '二维码'
      ? [{ seq: 1, kind: 'image', text: '二维码', file }]
      : [{ seq: 1, kind: 'say', text: `收到 ${what}` }, menu];
  };

  beforeEach(async () => {
    bench = await Bench.open();
    bench.accept.mockImplementation(async (messages) => {
      for (const message of messages)
        for (const one of bench.channel.write(answer(message), 'zh'))
          sending = sending.then(() => bench.channel.send('ana', one));
    });
  });
  afterEach(() => bench.close());

  it('is replayed as the person has it', async () => {
    const house = { app: { settled: () => sending, verbs: {} } } as unknown as ConstructorParameters<
      typeof WechatReplay
    >[0]['house'];
    const replay = new WechatReplay({
      friend: bench.world.friend('ana'),
      house,
      clock: new SceneClock(),
      lang: 'zh',
      codes: ['fair'],
    });
    const turns = [
      { deed: 'opens', what: 'fair' },
      { deed: 'presses', what: '报名' },
      { deed: 'opens', what: 'beijing' },
      { deed: 'sends', what: 'plan.pdf' },
      { deed: 'says', what: '二维码' },
    ] as const;
    const menu = ['', '  还要什么？', '  [1] 日程', '  [2] 报名'];
    expect((await perform({ turns }, replay)).split('\n')).toEqual([
      'guest opens: fair',
      'luyan: 收到 fair',
      ...menu,
      'guest presses: 报名',
      'luyan: 收到 报名',
      ...menu,
      'guest opens: beijing',
      'luyan: 收到 报名 beijing',
      ...menu,
      'guest sends: plan.pdf',
      'luyan: 收到 file',
      ...menu,
      'guest: 二维码',
      'luyan: 二维码',
      '  [fair.png]',
    ]);
  });
});
