import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import QRCode from 'qrcode';
import type { Text } from '../../text/text.ts';
import type { LoginState } from './login.ts';

const STYLE =
  'body{margin:10vh auto;max-width:24rem;padding:0 1rem;text-align:center;font:1rem/1.6 system-ui,sans-serif}' +
  'svg{width:16rem;height:16rem}';

const digest = (text: string) => createHash('sha256').update(text).digest();

const HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${digest(STYLE).toString('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
} as const;

const SENTENCES: Readonly<Record<LoginState['at'], Text>> = {
  starting: { zh: '正在启动，请稍候。', en: 'Starting, please wait.' },
  scan: { zh: '请用机器人的微信扫码登录。', en: 'Please scan with the bot’s WeChat to log in.' },
  scanned: { zh: '已扫码，请在手机上确认。', en: 'Scanned. Please confirm on the phone.' },
  login: { zh: '已登录', en: 'Logged in' },
  logout: { zh: '已退出登录，正在重新连接。', en: 'Logged out, connecting again.' },
  error: { zh: '出错了，正在重试；详情见日志。', en: 'Failed, trying again; the log says why.' },
};

const REFRESH_SECONDS = 3;

const escaped = (text: string) => text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);

async function pageOf(state: LoginState): Promise<string> {
  const { zh, en } = SENTENCES[state.at];
  const name = state.at === 'login' && state.name !== '' ? `: ${escaped(state.name)}` : '';
  const picture = state.at === 'scan' ? await QRCode.toString(state.qr, { type: 'svg' }) : '';
  return [
    '<!doctype html><html lang="zh"><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">`,
    `<title>微信登录 · WeChat login</title><style>${STYLE}</style>`,
    `<main data-state="${state.at}"><p>${zh}${name}</p><p lang="en">${en}${name}</p>${picture}</main></html>`,
  ].join('\n');
}

/** The owners' login page: the code as part of the page itself, for no other server to see. */
export function loginPage(secretPath: string, stateOf: () => LoginState): Hono {
  const secret = digest(secretPath);
  const app = new Hono();
  app.get('/wechat-login/:secret', async (c) => {
    if (!timingSafeEqual(digest(c.req.param('secret')), secret)) return c.notFound();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    return c.html(await pageOf(stateOf()));
  });
  return app;
}
