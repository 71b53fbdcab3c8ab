import { describe, expect, it } from 'vitest';
import type { FileRef, Reply } from '../../../src/channels/channel.ts';
import { type Outgoing, TEXT_BYTES, write } from '../../../src/channels/official-account/outgoing.ts';
import fc from '../../support/any.ts';
import { ICS, QR } from './desk.ts';

const LINK = 'https://events.example/files/s/fair-K7Q2M9XD.ics';
const link = ({ name }: FileRef) => (name === ICS.name ? LINK : undefined);
const say = (text: string, more: Partial<Reply> = {}): Reply => ({ seq: 1, kind: 'say', text, ...more });
const choices = (...labels: string[]) => labels.map((label) => ({ value: label, label }));
const texts = (messages: readonly Outgoing[]) =>
  messages.map((message) => (message.kind === 'text' ? message.text : `[${message.file.name}]`));
const written = (...replies: Reply[]) => texts(write(replies, 'zh', link));

describe('replies as messages', () => {
  it('are one text as long as they are texts', () => {
    expect(written(say('好的。'), say('请选择'), say(''))).toEqual(['好的。\n\n请选择']);
    expect(written()).toEqual([]);
  });

  it('number what can be chosen', () => {
    const menu = say('请点选：', { kind: 'ask', prompt: 'p', choices: choices('报名：大会', '日程') });
    expect(written(menu)).toEqual(['请点选：\n\n1. 报名：大会\n2. 日程']);
  });

  it('show the way back beside the choices of a form', () => {
    const ask = say('身份？', { kind: 'ask', flow: 'register', question: 'kind', choices: choices('嘉宾') });
    const review = { ...ask, kind: 'review' } as const;
    const name = say('姓名？', { kind: 'ask', flow: 'register', question: 'name' });
    expect(written(ask)).toEqual(['身份？\n\n1. 嘉宾\n0. 返回']);
    expect(texts(write([review], 'en', link))).toEqual(['身份？\n\n1. 嘉宾\n0. Back']);
    expect(written(name)).toEqual(['姓名？']);
  });

  it('send pictures, and tell the link of other files', () => {
    const image = say('入场二维码', { kind: 'image', file: QR });
    const file = say('日历文件', { kind: 'file', file: ICS });
    expect(written(say('报名成功。'), image, file, say('回头见'))).toEqual([
      '报名成功。\n\n入场二维码',
      '[fair-K7Q2M9XD.png]',
      `日历文件\n${LINK}\n\n回头见`,
    ]);
    expect(texts(write([file], 'zh', () => undefined))).toEqual(['日历文件']);
  });

  it('tell the link of a picture that the platform does not show', () => {
    const file = { kind: 'stored', id: 'f', name: 'a.webp', type: 'image/webp' } as const;
    expect(texts(write([say('海报', { kind: 'image', file })], 'zh', () => LINK))).toEqual([`海报\n${LINK}`]);
  });

  it('begin a new message where there is no room', () => {
    const [long, short] = ['长'.repeat(600), '短'.repeat(100)];
    expect(written(say(long), say(short), say(short))).toEqual([long, `${short}\n\n${short}`]);
  });

  it('are cut between paragraphs, then lines, words and characters', () => {
    const paragraph = '段'.repeat(500);
    expect(written(say(`${paragraph}\n\n${paragraph}\n一行`))).toEqual([paragraph, `${paragraph}\n一行`]);
    const line = '行'.repeat(400);
    expect(written(say(`${line}\n${line}`))).toEqual([line, line]);
    const word = 'w'.repeat(1_500);
    expect(written(say(`${word} ${word}`))).toEqual([word, word]);
    const family = '👨‍👩‍👧‍👦';
    const [first = '', ...rest] = written(say(family.repeat(200)));
    expect(Buffer.byteLength(first)).toBe(Math.floor(TEXT_BYTES / 25) * 25);
    expect([first, ...rest].join('')).toBe(family.repeat(200));
    expect(written(say(`e${'\u0301'.repeat(3_000)}`)).join('')).toBe(`e${'\u0301'.repeat(3_000)}`);
  });

  it('always fit, and lose nothing but the blanks between them', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', '字', '😀', ' ', '\n', 'e\u0301'),
      maxLength: 3_000,
    });
    const solid = (all: readonly string[]) => all.join('').replace(/\s/gu, '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const messages = written(...lines.map((one) => say(one)));
        for (const message of messages) {
          expect(Buffer.byteLength(message)).toBeLessThanOrEqual(TEXT_BYTES);
          expect(message.trim()).not.toBe('');
        }
        expect(solid(messages)).toBe(solid(lines));
      }),
      { numRuns: 60 },
    );
  });
});
