import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import type { Parsed } from '../src/conversation/flow.ts';
import { clean, narrow } from '../src/conversation/words.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';

const TEXTS = {
  long: {
    zh: '内容太长了：收到 {got, number} 字，最多 {max, number} 字。请缩短后再发。',
    en: 'That is too long: {got, number} characters received, {max, number} at most. Please send a shorter one.',
  },
  words: { zh: '请用文字回答，例如：{example}', en: 'Please answer in words, for example: {example}' },
  phone: {
    zh: '没有看懂这个电话号码。请发送手机号或固定电话，例如 13800138000 或 +86 28 8512 3456。',
    en: 'I could not read that phone number. Please send a mobile or landline number, for example +86 138 0013 8000.',
  },
  email: {
    zh: '没有看懂这个邮箱地址。请发送完整的邮箱，例如：name@example.com',
    en: 'I could not read that e-mail address. Please send it in full, for example: name@example.com',
  },
} as const satisfies Record<string, Text>;

function tooLong(text: string, max: number, lang: Lang): Parsed | undefined {
  const got = [...text].length;
  return got > max ? { wrong: fill(TEXTS.long, lang, { got, max }) } : undefined;
}

/** A line of words of at most `max` characters, with at least one letter of any script. */
export function parseWords(text: string, max: number, example: Text, lang: Lang): Parsed {
  const line = clean(text).replace(/\s+/gu, ' ');
  const long = tooLong(line, max, lang);
  if (long) return long;
  return /\p{L}/u.test(line) ? { ok: line } : { wrong: fill(TEXTS.words, lang, { example: example[lang] }) };
}

/** Any text of at most `max` characters. */
export function parseText(text: string, max: number, lang: Lang): Parsed {
  return tooLong(clean(text), max, lang) ?? { ok: clean(text) };
}

/** A phone number as people write it; kept in E.164. A number without a country code is read as a Chinese one. */
export function parsePhone(text: string, lang: Lang): Parsed {
  const said = narrow(text);
  const number = said.length <= 40 ? parsePhoneNumberFromString(said, 'CN') : undefined;
  return number?.isValid() ? { ok: number.number } : { wrong: TEXTS.phone[lang] };
}

/** An e-mail address, its domain in lower case. */
export function parseEmail(text: string, lang: Lang): Parsed {
  const said = narrow(text).replace(/。/gu, '.');
  const at = said.lastIndexOf('@');
  const address = `${said.slice(0, at)}${said.slice(at).toLowerCase()}`;
  return said.length <= 254 && z.email().safeParse(address).success
    ? { ok: address }
    : { wrong: TEXTS.email[lang] };
}
