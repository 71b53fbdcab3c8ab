import { describe, expect, it } from 'vitest';
import { parseEmail, parsePhone, parseText, parseWords } from '../../flows/contact.ts';

const EXAMPLE = { zh: '张工', en: 'Ann' };

describe('a line of words', () => {
  it.each([
    ['张工', '张工'],
    ['  Ann   Lee ', 'Ann Lee'],
    ['Ann\nLee', 'Ann Lee'],
    ['مكتب', 'مكتب'],
    ['某大学（深圳）', '某大学（深圳）'],
    ['3M', '3M'],
  ])('is taken from “%s”', (text, ok) => expect(parseWords(text, 60, EXAMPLE, 'zh')).toEqual({ ok }));

  it.each(['123', '😀', '...', '\u200d'])('is not taken from “%s”', (text) => {
    expect(parseWords(text, 60, EXAMPLE, 'zh')).toEqual({ wrong: '请用文字回答，例如：张工' });
    expect(parseWords(text, 60, EXAMPLE, 'en')).toEqual({
      wrong: 'Please answer in words, for example: Ann',
    });
  });

  it('is counted in letters as people see them', () => {
    expect(parseWords('𠮷'.repeat(60), 60, EXAMPLE, 'zh')).toHaveProperty('ok');
    expect(parseWords('x'.repeat(10_000), 60, EXAMPLE, 'en')).toEqual({
      wrong: 'That is too long: 10,000 characters received, 60 at most. Please send a shorter one.',
    });
    expect(parseText('好'.repeat(10_000), 20, 'zh')).toEqual({
      wrong: '内容太长了：收到 10,000 字，最多 20 字。请缩短后再发。',
    });
  });
});

describe('a phone number', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['１３８ ００１３ ８０００', '+8613800138000'],
    ['138-0013-8000', '+8613800138000'],
    ['+86 28 8512 3456', '+862885123456'],
    ['028 8512 3456', '+862885123456'],
    ['0044 20 7946 0018', '+442079460018'],
    ['+44 20 7946 0018', '+442079460018'],
  ])('is read from “%s”', (text, ok) => expect(parsePhone(text, 'en')).toEqual({ ok }));

  it.each(['12345', 'my phone', '138001380001234567890', '+86', '{"$ne":1}', '9'.repeat(10_000)])(
    'is not read from “%s”',
    (text) => expect(parsePhone(text, 'en')).toHaveProperty('wrong'),
  );
});

describe('an e-mail address', () => {
  it.each([
    ['ann@Example.ORG', 'ann@example.org'],
    ['Ann.Lee+x@example.org', 'Ann.Lee+x@example.org'],
    ['ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'ann@example.org'],
    ['ann@example。org', 'ann@example.org'],
  ])('is read from “%s”', (text, ok) => expect(parseEmail(text, 'zh')).toEqual({ ok }));

  it.each(['ann', 'ann@', '@example.org', 'ann@example', 'ann example@x.org', `${'a'.repeat(300)}@x.org`])(
    'is not read from “%s”',
    (text) => expect(parseEmail(text, 'zh')).toHaveProperty('wrong'),
  );
});
