import { fill, LANGS, type Lang, type Text, type Values } from '../../text/text.ts';

const TEXTS = {
  unauthorized: {
    zh: '会话已失效，请刷新页面重新开始。',
    en: 'This session is not valid. Please reload the page to begin again.',
  },
  malformed: {
    zh: '消息格式不对，没有收下。应为 {expected}',
    en: 'The message was not understood and not taken. Expected {expected}',
  },
  too_large: {
    zh: '内容太大，没有收下：文字最多 20,000 字，文件最多 20 MB。',
    en: 'That is too large and was not taken: text up to 20,000 characters, files up to 20 MB.',
  },
  too_many: {
    zh: '消息发得太快了，请 {seconds} 秒后再发；之前的都已收到。',
    en: 'Too many messages. Please wait {seconds, plural, one {# second} other {# seconds}}; everything before was received.',
  },
  too_often: {
    zh: '请求太频繁了，请 {seconds} 秒后再试。',
    en: 'Too many requests. Please wait {seconds, plural, one {# second} other {# seconds}}.',
  },
  unavailable: {
    zh: '服务暂时不可用，这条消息没有收下，请稍后再发。',
    en: 'The service is not available just now and this message was not taken. Please try again shortly.',
  },
  not_found: { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  link_expired: {
    zh: '链接已失效，请在对话里重新打开。',
    en: 'This link has expired. Please open it again from the chat.',
  },
} as const satisfies Record<string, Text>;
export type RefusalCode = keyof typeof TEXTS;

export interface Refusal {
  readonly error: { readonly code: RefusalCode; readonly text: string };
}

export function refusal(code: RefusalCode, lang: Lang, values: Values = {}): Refusal {
  return { error: { code, text: fill(TEXTS[code], lang, values) } };
}

/** The first language of an Accept-Language header that we speak. */
export function acceptedLanguage(header: string | undefined, fallback: Lang): Lang {
  for (const part of (header ?? '').split(',').slice(0, 10)) {
    const primary = part.trim().slice(0, 2).toLowerCase();
    const known = LANGS.find((lang) => lang === primary);
    if (known) return known;
  }
  return fallback;
}
