import type { Sending } from '../channel.ts';
import type { Answer, Failure } from './api.ts';

/** How long the platform is left alone after a hiccup; and after what somebody must put right. */
const RETRY_MS = 1_000;
const CURE_MS = 30_000;

/** What the platform refuses for now, and for how long it is left alone then. */
const LATER: ReadonlyMap<number, number> = new Map([
  [-1, RETRY_MS],
  [45009, 60_000],
  [45011, 10_000],
]);

type FailCause = Extract<Sending, { result: 'failed' }>['cause'];
const FAILED: ReadonlyMap<number, FailCause> = new Map([
  [40003, 'not_found'],
  [43004, 'blocked'],
  [45015, 'window_closed'],
  [45047, 'window_closed'],
]);

/** How an attempt to send ended, by what the platform answered. */
export function sendingOf(answer: Answer, messageId: string): Sending {
  if (answer.kind === 'done') {
    const { msgid } = answer.data;
    const told = typeof msgid === 'string' || typeof msgid === 'number';
    return { result: 'sent', messageId: told ? String(msgid) : messageId };
  }
  if (answer.kind === 'unsure') return { result: 'unsure', cause: answer.cause };
  if (answer.kind === 'unsent') return refused(answer.code, answer.cause);
  if (LATER.has(answer.code)) return refused(answer.code, `errcode ${answer.code}`);
  return { result: 'failed', cause: FAILED.get(answer.code) ?? 'invalid' };
}

function refused(code: number | undefined, cause: string): Sending {
  const retryAfterMs = code === undefined ? RETRY_MS : (LATER.get(code) ?? CURE_MS);
  return { result: 'refused', retryAfterMs, cause };
}

const PLACE = 'mp.weixin.qq.com, 设置与开发 → 基本配置';
const CURES: ReadonlyMap<number, string> = new Map([
  [40013, `expected a known AppID; copy WECHAT_OA_APP_ID from ${PLACE}`],
  [40125, `expected its AppSecret; copy WECHAT_OA_APP_SECRET from ${PLACE}`],
  [40164, `expected a call from an allowed address; put this server on the IP list at ${PLACE}`],
  [48001, 'the account has no right to this interface; have it verified (微信认证), or do without it'],
]);

/** What went wrong and what to do about it, without anything secret. */
export function explain(failure: Failure): string {
  const code = 'code' in failure ? failure.code : undefined;
  if (code !== undefined)
    return `received errcode ${code}; ${CURES.get(code) ?? 'see the return codes at developers.weixin.qq.com'}`;
  const cause = failure.kind === 'error' ? '' : failure.cause;
  return `expected an answer of the API, received ${cause}; check the network and WECHAT_OA_API_ROOT`;
}
