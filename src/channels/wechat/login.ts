import type { Text } from '../../text/text.ts';

/** Where the login stands. `starting`: nothing was heard of WeChat yet. */
export type LoginState =
  | { readonly at: 'starting' }
  | { readonly at: 'scan'; readonly qr: string }
  | { readonly at: 'scanned' }
  | { readonly at: 'login'; readonly name: string }
  | { readonly at: 'logout' }
  | { readonly at: 'error' };

/**
 * What the owners are told. No address stands in it: other messengers fetch what they find in a message, and
 * would get the code.
 */
const NEWS: Readonly<Partial<Record<LoginState['at'], Text>>> = {
  scan: {
    zh: '微信机器人等待扫码登录：请打开服务器上的微信登录页，或查看启动终端。',
    en: 'The WeChat bot waits to be logged in: please open its login page, or look at the terminal.',
  },
  login: { zh: '微信机器人已登录。', en: 'The WeChat bot is logged in.' },
  logout: {
    zh: '微信机器人已退出登录，正在重新连接，可能需要再次扫码。',
    en: 'The WeChat bot was logged out. It is connecting again and may need a new scan.',
  },
  error: {
    zh: '微信机器人出错，正在重试；详情见日志。',
    en: 'The WeChat bot failed and is trying again; the log says why.',
  },
};

const MISSING: Readonly<Record<Exclude<LoginState['at'], 'login'>, string>> = {
  starting: 'it is starting',
  scan: 'it waits for a scan (open its login page and scan the code)',
  scanned: 'its code was scanned (confirm on the phone)',
  logout: 'it was logged out and is connecting again',
  error: 'it failed and is trying again (see the log)',
};

/** Keeps where the login stands, and has each change of it told once. */
export class Login {
  private now: LoginState = { at: 'starting' };
  private told: LoginState['at'] = 'starting';
  private readonly tell: (news: Text) => void;

  constructor(tell: (news: Text) => void) {
    this.tell = tell;
  }

  get state(): LoginState {
    return this.now;
  }

  /** Nothing leads out of this but a new start. */
  get isDown(): boolean {
    return this.now.at === 'logout' || this.now.at === 'error';
  }

  enter(state: LoginState): void {
    this.now = state;
    const news = NEWS[state.at];
    if (!news || state.at === this.told) return;
    this.told = state.at;
    this.tell(news);
  }

  /** Throws unless logged in. */
  check(): void {
    if (this.now.at !== 'login')
      throw new Error(`expected the WeChat bot to be logged in, received: ${MISSING[this.now.at]}`);
  }
}
