import { describe, expect, it } from 'vitest';
import { clip, split } from '../../../src/channels/split.ts';
import { readPress } from '../../../src/channels/telegram/keyboard.ts';
import { write } from '../../../src/channels/telegram/write.ts';
import type { Reply } from '../../../src/conversation/types.ts';
import fc from '../../support/any.ts';

const reply = (more: Partial<Reply>): Reply => ({ seq: 1, kind: 'say', text: 'Hello', ...more });
const choices = (...labels: string[]) => labels.map((label, i) => ({ value: `v${i}`, label }));
const rows = (...labels: string[]) => {
  const [message] = write([reply({ kind: 'ask', prompt: 'p7', choices: choices(...labels) })]);
  return message?.buttons?.map((row) => row.map(({ text }) => text));
};
const file = { kind: 'ticket-qr', id: 'T1', name: 'ticket.png', type: 'image/png' } as const;

describe('a reply in Telegram', () => {
  it('is its words, and several stay several', () => {
    expect(write([reply({}), reply({ text: 'Again' })])).toEqual([
      { kind: 'text', text: 'Hello' },
      { kind: 'text', text: 'Again' },
    ]);
  });

  it('has its choices as buttons that name their asking', () => {
    const [message] = write([reply({ prompt: 'p7', choices: choices('Opening ceremony', 'Keynotes') })]);
    expect(message?.buttons).toEqual([
      [
        { text: 'Opening ceremony', callback_data: 'p7:0' },
        { text: 'Keynotes', callback_data: 'p7:1' },
      ],
    ]);
  });

  it('has no buttons without a prompt, as nothing could be meant by them', () => {
    expect(write([reply({ choices: choices('Yes') })])).toEqual([{ kind: 'text', text: 'Hello' }]);
  });

  it('puts short labels in one row, at most three, and as many as a phone shows', () => {
    expect(rows('Yes', 'No', 'Maybe', 'Never')).toEqual([['Yes', 'No', 'Maybe'], ['Never']]);
    expect(rows('Yes', 'A label of seventeen', 'No')).toEqual([['Yes'], ['A label of seventeen'], ['No']]);
    expect(rows('电子信息技术领域', '能源与环境', '生物医药')).toEqual([
      ['电子信息技术领域', '能源与环境'],
      ['生物医药'],
    ]);
  });

  it('cuts a label at 64 characters, and the buttons at the hundred that Telegram takes', () => {
    expect(rows('x'.repeat(80))).toEqual([[`${'x'.repeat(63)}…`]]);
    expect(rows(...Array.from({ length: 120 }, (_, i) => `${i}`))?.flat()).toHaveLength(100);
  });

  it('puts the buttons of a long text under its last part', () => {
    const text = `${'a'.repeat(4_000)}\n\n${'b'.repeat(4_000)}`;
    const messages = write([reply({ text, prompt: 'p1', choices: choices('Yes') })]);
    expect(messages.map((one) => ('text' in one ? one.text[0] : ''))).toEqual(['a', 'b']);
    expect(messages.map(({ buttons }) => buttons?.length)).toEqual([undefined, 1]);
  });

  it('that offers something without words has something to hang it on; one that says nothing is nothing', () => {
    expect(write([reply({ text: ' ' })])).toEqual([]);
    expect(write([reply({ text: '', prompt: 'p1', choices: choices('Yes') })])).toMatchObject([
      { text: '…' },
    ]);
  });

  it('is a photo or a document with its words beneath', () => {
    expect(write([reply({ kind: 'image', text: 'Your ticket', file })])).toEqual([
      { kind: 'photo', file, caption: 'Your ticket' },
    ]);
    expect(write([reply({ kind: 'file', text: '', file })])).toEqual([
      { kind: 'document', file, caption: '' },
    ]);
  });

  it('is a photo only if Telegram shows it as it is', () => {
    const stored = (type: string) => ({ kind: 'stored' as const, id: 'f', name: 'picture', type });
    const kinds = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/heic'].map(
      (type) => write([reply({ kind: 'image', text: '', file: stored(type) })])[0]?.kind,
    );
    expect(kinds).toEqual(['photo', 'photo', 'document', 'document', 'document']);
  });

  it('says first what is too long for a caption', () => {
    const messages = write([
      reply({ kind: 'image', text: 'x'.repeat(1_025), file, prompt: 'p1', choices: choices('Yes') }),
    ]);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'photo']);
    expect(messages[0]?.buttons).toBeUndefined();
    expect(messages[1]).toMatchObject({ caption: '', buttons: [[{ callback_data: 'p1:0' }]] });
  });
});

describe('a long text', () => {
  it('is parted between paragraphs, else lines, else words or sentences', () => {
    expect(split('one two\n\nthree\nfour', 16)).toEqual(['one two', 'three\nfour']);
    expect(split('one two\nthree four', 12)).toEqual(['one two', 'three four']);
    expect(split('one two three', 8)).toEqual(['one two', 'three']);
    expect(split('大会开始。请入座', 6)).toEqual(['大会开始。', '请入座']);
    expect(split('0123456789', 4)).toEqual(['0123', '4567', '89']);
  });

  it('keeps every character, in parts that fit, whatever it is made of', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', '字', '😀', ' ', '\n', '\n\n', '。'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, max) => {
        const parts = split(text, max);
        const bare = (one: string) => one.replace(/\s/gu, '');
        expect(bare(parts.join(''))).toBe(bare(text));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(max);
          expect(part.trim()).not.toBe('');
          expect(part).not.toMatch(/[\uD800-\uDFFF]/u);
        }
      }),
    );
  });

  it('is clipped between characters', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('ab😀def', 4)).toBe('ab…');
  });
});

describe('a press', () => {
  it('is read as the choice of its asking', () => {
    expect(readPress('p7:12')).toEqual({ prompt: 'p7', index: 12 });
  });

  it.each(['', 'p7', 'p7:', ':1', 'p7:1000', 'p7:-1', 'p7:1:2', `${'p'.repeat(33)}:1`])(
    'of "%s" is none of ours',
    (data) => {
      expect(readPress(data)).toBeUndefined();
    },
  );
});
