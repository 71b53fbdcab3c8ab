import { fill, type Lang, sideBySide, type Text } from '../src/text/text.ts';

/** Why a row failed or was skipped, in words. */
const CAUSES: Readonly<Record<string, Text>> = {
  blocked: { zh: '对方已屏蔽', en: 'blocked by the reader' },
  deactivated: { zh: '账号已注销', en: 'account deactivated' },
  not_found: { zh: '账号不存在', en: 'account not found' },
  invalid: { zh: '内容被平台拒绝', en: 'refused by the platform' },
  window_closed: { zh: '超出公众号回复时限', en: 'outside the official account’s window' },
  unsubscribed: { zh: '已退订', en: 'unsubscribed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  missed: { zh: '已过时', en: 'too late' },
  duplicate_person: { zh: '同一人重复', en: 'the same person twice' },
  no_account: { zh: '没有可用账号', en: 'no account' },
  channel_left_out: { zh: '渠道已排除', en: 'channel left out' },
  superseded: { zh: '内容已更新', en: 'superseded' },
  interrupted: { zh: '发送中断', en: 'interrupted while it was being sent' },
  timeout: { zh: '平台没有回应', en: 'no answer from the platform' },
  too_many_requests: { zh: '平台限流', en: 'slowed down by the platform' },
  token_refused: { zh: '机器人凭证无效', en: 'the bot’s token was refused' },
  file_unavailable: { zh: '附件暂时无法读取', en: 'the file could not be read' },
};
const OTHER: Text = { zh: '其他（{cause}）', en: 'other ({cause})' };
const CAUSE_LINE: Text = { zh: '{cause} {count}', en: '{cause} {count}' };

const TIMES = {
  seconds: { zh: ' {n} 秒', en: '{n, plural, one {# second} other {# seconds}}' },
  minutes: { zh: ' {n} 分钟', en: '{n, plural, one {# minute} other {# minutes}}' },
  hours: { zh: ' {n} 小时', en: '{n, plural, one {# hour} other {# hours}}' },
} as const satisfies Record<string, Text>;

export function causeName(cause: string, lang: Lang): string {
  const known = Object.hasOwn(CAUSES, cause) ? CAUSES[cause] : undefined;
  return known?.[lang] ?? fill(OTHER, lang, { cause });
}

/** `已屏蔽 3、已退订 2`: the causes with their counts, the most frequent first. */
export function causesText(causes: Readonly<Record<string, number>>, lang: Lang): string {
  const lines = Object.entries(causes)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, count]) => fill(CAUSE_LINE, lang, { cause: causeName(cause, lang), count }));
  return sideBySide(lines, lang);
}

/** How long something lasts, in the unit that a person would use. */
export function lasting(seconds: number, lang: Lang): string {
  if (seconds < 90) return fill(TIMES.seconds, lang, { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 90 * 60) return fill(TIMES.minutes, lang, { n: Math.round(seconds / 60) });
  return fill(TIMES.hours, lang, { n: Math.round(seconds / 3_600) });
}
