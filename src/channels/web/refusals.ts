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
  file_gone: {
    zh: '文件已不存在，请在对话里重新获取。',
    en: 'This file is no longer there. Please ask for it again in the chat.',
  },
  link_expired: {
    zh: '链接已失效或不完整，请在对话里重新打开。',
    en: 'This link has expired or is not complete. Please open it again from the chat.',
  },
  busy: {
    zh: '同时下载的人较多，请过几分钟再打开这个链接。',
    en: 'Several downloads are under way. Please open this link again in a few minutes.',
  },
} as const satisfies Record<string, Text>;
export type RefusalCode = keyof typeof TEXTS;
/** Why a link opens nothing. */
export type LinkRefusal = Extract<RefusalCode, 'not_found' | 'file_gone' | 'link_expired' | 'busy'>;

export interface Refusal {
  readonly error: { readonly code: RefusalCode; readonly text: string };
}

export function refusal(code: RefusalCode, lang: Lang, values: Values = {}): Refusal {
  return { error: { code, text: fill(TEXTS[code], lang, values) } };
}

/** What somebody reads who opened a link in a browser: nobody knows their language, so it is said in each. */
export function refusalPage(code: LinkRefusal): string {
  const said = LANGS.map((lang) => `<p lang="${lang}">${fill(TEXTS[code], lang)}</p>`);
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Luyan</title>
${said.join('\n')}
</html>
`;
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
