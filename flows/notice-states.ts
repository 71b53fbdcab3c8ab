import type { Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import type { Notice, NoticeState } from '../src/domain/notice.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

type C = Context<Facts>;

/** How a notice stands, where something was asked of it that it is not in a state for. */
const STANDS: Readonly<Record<NoticeState, Text>> = {
  draft: {
    zh: '通知 N{number} 还是草稿，没有发送。请先查看它现在的预览。',
    en: 'Notice N{number} is a draft, and nothing was sent. Please look at its preview as it is now.',
  },
  scheduled: {
    zh: '通知 N{number} 已确认，将于 {when} 开始发送，无需再次确认。',
    en: 'Notice N{number} is confirmed already and begins on {when}; there is nothing more to confirm.',
  },
  starting: {
    zh: '通知 N{number} 已经开始发送，不会重复发送。',
    en: 'Notice N{number} is on its way already; it is not sent twice.',
  },
  running: {
    zh: '通知 N{number} 正在发送，不会重复发送。',
    en: 'Notice N{number} is on its way already; it is not sent twice.',
  },
  paused: {
    zh: '通知 N{number} 已暂停。可以继续发送，也可以取消。',
    en: 'Notice N{number} is paused. It can be resumed or cancelled.',
  },
  stopping: {
    zh: '通知 N{number} 正在取消，其余不再发送。',
    en: 'Notice N{number} is being cancelled; the rest is not sent.',
  },
  done: { zh: '通知 N{number} 已经发送完毕。', en: 'Notice N{number} has been sent already.' },
  cancelled: {
    zh: '通知 N{number} 已取消。需要时请新建一条通知。',
    en: 'Notice N{number} is cancelled. If you need it after all, please write a new one.',
  },
  missed: {
    zh: '通知 N{number} 错过了发送时间，没有发送。修改时间后可重新确认。',
    en: 'Notice N{number} missed its time and was not sent. Give it a new time to confirm it again.',
  },
};

/** A state in a list. */
export const STATE_NAMES: Readonly<Record<NoticeState, Text>> = {
  draft: { zh: '草稿', en: 'draft' },
  scheduled: { zh: '待发送', en: 'scheduled' },
  starting: { zh: '准备发送', en: 'starting' },
  running: { zh: '发送中', en: 'sending' },
  paused: { zh: '已暂停', en: 'paused' },
  stopping: { zh: '正在取消', en: 'stopping' },
  done: { zh: '已发送', en: 'sent' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  missed: { zh: '已错过', en: 'missed' },
};

const ORDERS = {
  show: { zh: '查看', en: 'Show it' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '继续', en: 'Resume' },
  cancel: { zh: '取消发送', en: 'Cancel it' },
  change: { zh: '修改', en: 'Change' },
  test: { zh: '先发给我看看', en: 'Test: send it to me' },
  report: { zh: '查看报告', en: 'Report' },
  'resend unknown': { zh: '重发结果未知的', en: 'Resend the unknown ones' },
  'resend failed': { zh: '重发失败的', en: 'Resend the failed ones' },
} as const satisfies Record<string, Text>;
type OrderName = keyof typeof ORDERS;

/** What can be done with a notice in a state. */
const OFFERED: Readonly<Record<NoticeState, readonly OrderName[]>> = {
  draft: ['show', 'change'],
  scheduled: ['test', 'change', 'cancel'],
  starting: ['cancel'],
  running: ['pause', 'cancel', 'report'],
  paused: ['resume', 'cancel', 'report'],
  stopping: ['report'],
  done: ['report'],
  cancelled: ['report'],
  missed: ['change'],
};

/** Choices under what is said of a notice. */
export function orders(number: number, names: readonly OrderName[], lang: Lang): Choice[] {
  return names.map((name) => ({
    value: name === 'show' ? `notice N${number}` : `notice N${number} ${name}`,
    label: ORDERS[name][lang],
  }));
}

export function ordersFor({ number, state }: Notice, lang: Lang): Choice[] {
  return orders(number, OFFERED[state], lang);
}

/** How a notice stands, in a sentence. */
export function standText({ number, state, startsAt, zone }: Notice, { lang }: Pick<C, 'lang'>): string {
  const when = startsAt ? formatWhen(startsAt, zone, lang) : '';
  return fill(STANDS[state], lang, { number, when });
}
