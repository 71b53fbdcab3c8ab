import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Outcome } from '../src/conversation/types.ts';
import type { DeliveryState } from '../src/domain/delivery.ts';
import type { Notice } from '../src/domain/notice.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Escalated } from '../src/usecases/escalate-notice.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { ReportRow, ReportWords } from '../src/usecases/ports.ts';
import type { Report, ReportRefusal } from '../src/usecases/report-notice.ts';
import { describeAudience } from './audience-sentence.ts';
import { causeName, causesText, lasting } from './notice-words.ts';
import { offer, type Said } from './telling.ts';

const TEXTS = {
  report: {
    zh: '通知 N{number} 的报告：\n{lines}',
    en: 'Report of notice N{number}:\n{lines}',
  },
  about: { zh: '活动：{title}', en: 'Event: {title}' },
  audience: { zh: '发给：{audience}', en: 'For: {audience}' },
  began: { zh: '开始：{when}', en: 'Began: {when}' },
  ended: { zh: '结束：{when}', en: 'Ended: {when}' },
  total: { zh: '应发 {total} 人', en: '{total, plural, one {# reader} other {# readers}}' },
  sent: { zh: '已发送：{sent}', en: 'Sent: {sent}' },
  receipts: { zh: '确认收到：{receipts}（共发送 {sent}）', en: 'Confirmed: {receipts} of {sent}' },
  failed: {
    zh: '失败：{failed}{why, select, none {} other {（{why}）}}',
    en: 'Failed: {failed}{why, select, none {} other { ({why})}}',
  },
  unknown: { zh: '结果未知：{unknown}（可能已送达）', en: 'Unknown: {unknown} (may have arrived)' },
  skipped: {
    zh: '跳过：{skipped}{why, select, none {} other {（{why}）}}',
    en: 'Skipped: {skipped}{why, select, none {} other { ({why})}}',
  },
  remaining: { zh: '剩余：{remaining}', en: 'To go: {remaining}' },
  lasted: { zh: '用时：{time}', en: 'Took: {time}' },
  since: { zh: '已用时：{time}', en: 'Under way for: {time}' },
  eta: { zh: '预计还需：{time}', en: 'Still needs about: {time}' },
  cut: {
    zh: '人数较多，表格只列出前 {listed} 行。',
    en: 'That is a large number: the table lists the first {listed} rows.',
  },
  again: { zh: '重发结果未知的', en: 'Resend what is unknown' },
  failedAgain: { zh: '重发失败的', en: 'Resend what failed' },
  escalate: { zh: '催促未确认的人', en: 'Follow up with those who have not confirmed' },
  sureEscalate: {
    zh: '将通过其他渠道，再给收到通知 N{number} 但还没有确认的人发送一次。确定吗？',
    en: 'Those who got notice N{number} and have not confirmed it will get it once more, by another channel. Go ahead?',
  },
  yes: { zh: '确定发送', en: 'Yes, send it' },
  no: { zh: '暂不发送', en: 'Not now' },
  escalated: {
    zh: '{count, plural, =0 {没有人可以通过其他渠道再次通知。} other {已通过其他渠道再次通知 # 人。}}',
    en: '{count, plural, =0 {Nobody can be written to by another channel.} one {It goes to # person once more, by another channel.} other {It goes to # people once more, by another channel.}}',
  },
  byHand: {
    zh: '以下 {count} 人没有其他渠道，请人工联系：\n{list}',
    en: '{count, plural, one {# person has} other {# people have}} no other channel, so somebody should call them:\n{list}',
  },
  reader: { zh: '{name}（票号 {ticket}）', en: '{name} (ticket {ticket})' },
  others: {
    zh: '以及另外 {count} 人，见报告表格。',
    en: 'and {count} more; the table of the report lists them.',
  },
  noReceipt: {
    zh: '通知 N{number} 没有“确认收到”按钮，无法催促。',
    en: 'Notice N{number} did not ask its readers to confirm, so there is nobody to follow up with.',
  },
  unknownNotice: {
    zh: '没有找到这条通知。发送“通知”可查看最近的通知。',
    en: 'That notice was not found. Send “notice” to see the latest ones.',
  },
  notAllowed: {
    zh: '只有主办方和管理员可以查看通知报告。如需权限，请联系管理员。',
    en: 'Only organizers and owners can see reports of notices. Please ask an owner if you need to.',
  },
  notStarted: {
    zh: '通知 N{number} 还没有开始发送，暂无报告。发送“通知 N{number}”可查看内容。',
    en: 'Notice N{number} has not begun to be sent, so there is nothing to report yet. Send “notice N{number}” to see it.',
  },
} as const satisfies Record<string, Text>;

const TABLE = {
  file: { zh: '通知N{number}-发送报告.xlsx', en: 'notice-N{number}-report.xlsx' },
  title: { zh: '发送报告', en: 'Report' },
} as const satisfies Record<string, Text>;

const HEADINGS: Readonly<Record<keyof ReportRow, Text>> = {
  name: { zh: '姓名', en: 'Name' },
  organization: { zh: '单位', en: 'Organization' },
  ticket: { zh: '票号', en: 'Ticket' },
  channel: { zh: '渠道', en: 'Channel' },
  lang: { zh: '语言', en: 'Language' },
  state: { zh: '状态', en: 'State' },
  cause: { zh: '原因', en: 'Cause' },
  attempts: { zh: '尝试次数', en: 'Attempts' },
  sentAt: { zh: '发送时间（{zone}）', en: 'Sent at ({zone})' },
  confirmedAt: { zh: '确认时间（{zone}）', en: 'Confirmed at ({zone})' },
};

const STATES: Readonly<Record<DeliveryState, Text>> = {
  pending: { zh: '待发送', en: 'waiting' },
  claimed: { zh: '待发送', en: 'waiting' },
  sending: { zh: '发送中', en: 'being sent' },
  retry_wait: { zh: '等待重试', en: 'waiting to be tried again' },
  sent: { zh: '已发送', en: 'sent' },
  unknown: { zh: '结果未知', en: 'unknown' },
  failed: { zh: '失败', en: 'failed' },
  skipped: { zh: '跳过', en: 'skipped' },
};

const CHANNELS: Readonly<Record<string, Text>> = {
  web: { zh: '网页', en: 'web chat' },
  telegram: { zh: 'Telegram', en: 'Telegram' },
  wechat: { zh: '微信', en: 'WeChat' },
  'official-account': { zh: '公众号', en: 'official account' },
};

const LANGUAGES: Readonly<Record<Lang, Text>> = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
};

/** The words of a report's table. */
export const reportWords: ReportWords = {
  fileName: (number, lang) => fill(TABLE.file, lang, { number }),
  title: (lang) => TABLE.title[lang],
  heading: (column, zone, lang) => fill(HEADINGS[column], lang, { zone }),
  state: (state, lang) => STATES[state][lang],
  cause: causeName,
  channel: (channel, lang) =>
    (Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel]?.[lang] : undefined) ?? channel,
  language: (of, lang) => LANGUAGES[of][lang],
};

/** What is told when somebody asked how a notice went: its figures, with the table of its readers. */
export function tellReport(outcome: Outcome, c: Context<Facts>): Told {
  if (!outcome.ok) return tellRefusal(outcome, c.lang);
  const report = outcome.data as Report;
  const { number } = report.notice;
  const text = fill(TEXTS.report, c.lang, { number, lines: linesOf(report, c).join('\n') });
  const choices = choicesOf(report, c.lang);
  return {
    replies: [{ kind: 'file', text, file: report.file, ...(choices.length > 0 && { choices }) }],
  };
}

function linesOf(report: Report, { facts, lang }: Context<Facts>): string[] {
  const { notice, event, progress, failures, receipts, listed, eta } = report;
  const { total, sent, failed, unknown, skipped, remaining } = progress;
  const whyOf = (causes: Readonly<Record<string, number>>) => causesText(causes, lang) || 'none';
  const seconds = lastedFor(notice, facts.now);
  const { zone, beganAt, endedAt } = notice;
  return [
    fill(TEXTS.about, lang, { title: event.title[lang] }),
    fill(TEXTS.audience, lang, { audience: describeAudience(notice.audience, event, lang) }),
    ...(beganAt ? [fill(TEXTS.began, lang, { when: formatWhen(beganAt, zone, lang) })] : []),
    ...(endedAt ? [fill(TEXTS.ended, lang, { when: formatWhen(endedAt, zone, lang) })] : []),
    fill(TEXTS.total, lang, { total }),
    fill(TEXTS.sent, lang, { sent }),
    ...(asksReceipts(notice) ? [fill(TEXTS.receipts, lang, { receipts, sent })] : []),
    ...(failed > 0 ? [fill(TEXTS.failed, lang, { failed, why: whyOf(failures) })] : []),
    ...(unknown > 0 ? [fill(TEXTS.unknown, lang, { unknown })] : []),
    ...(skipped > 0 ? [fill(TEXTS.skipped, lang, { skipped, why: whyOf(skips(report)) })] : []),
    ...(remaining > 0 ? [fill(TEXTS.remaining, lang, { remaining })] : []),
    ...(seconds === undefined
      ? []
      : [fill(notice.endedAt ? TEXTS.lasted : TEXTS.since, lang, { time: lasting(seconds, lang).trim() })]),
    ...(eta === undefined ? [] : [fill(TEXTS.eta, lang, { time: lasting(eta, lang).trim() })]),
    ...(listed < total ? [fill(TEXTS.cut, lang, { listed })] : []),
  ];
}

/** What is no failure among the causes. */
function skips({ progress, failures }: Report): Record<string, number> {
  const left = Object.entries(progress.causes).map(
    ([cause, n]) => [cause, n - (failures[cause] ?? 0)] as const,
  );
  return Object.fromEntries(left.filter(([, n]) => n > 0));
}

const asksReceipts = ({ content }: Notice): boolean => content.buttons.includes('receipt');

function lastedFor({ beganAt, endedAt }: Notice, now: Date): number | undefined {
  return beganAt ? ((endedAt ?? now).getTime() - beganAt.getTime()) / 1_000 : undefined;
}

/** Where something can still be done about a notice. */
const AGAIN: readonly Notice['state'][] = ['running', 'paused', 'done', 'cancelled'];

function choicesOf({ notice, progress, receipts }: Report, lang: Lang): Choice[] {
  const choice = (value: string, label: Text) => ({
    value: `notice N${notice.number} ${value}`,
    label: label[lang],
  });
  const isSilent = asksReceipts(notice) && receipts < progress.sent;
  return [
    ...(progress.unknown > 0 && AGAIN.includes(notice.state) ? [choice('resend unknown', TEXTS.again)] : []),
    ...(progress.failed > 0 && AGAIN.includes(notice.state)
      ? [choice('resend failed', TEXTS.failedAgain)]
      : []),
    ...(isSilent && notice.state === 'done' ? [choice('escalate', TEXTS.escalate)] : []),
  ];
}

const BY_HAND_LISTED = 30;

/** Asks before silent readers are written to once more. */
export function askEscalation(number: number, lang: Lang): Said {
  return offer(fill(TEXTS.sureEscalate, lang, { number }), [
    { value: `notice N${number} escalate yes`, label: TEXTS.yes[lang] },
    { value: `notice N${number} report`, label: TEXTS.no[lang] },
  ]);
}

/** What is told when silent readers are followed up with: how many, and whom somebody should call. */
export function tellEscalated(outcome: Outcome, { lang }: Context<Facts>): Told {
  if (!outcome.ok) return tellRefusal(outcome, lang);
  const { count, unreached } = outcome.data as Escalated;
  const readers = unreached
    .slice(0, BY_HAND_LISTED)
    .map(({ name, ticket, person }) =>
      fill(TEXTS.reader, lang, { name: name ?? person, ticket: ticket ?? '-' }),
    );
  const rest = unreached.length - readers.length;
  const list = [...readers, ...(rest > 0 ? [fill(TEXTS.others, lang, { count: rest })] : [])].join('\n');
  const byHand = fill(TEXTS.byHand, lang, { count: unreached.length, list });
  const said = [fill(TEXTS.escalated, lang, { count }), ...(unreached.length > 0 ? [byHand] : [])];
  return { replies: said.map((text) => ({ kind: 'say' as const, text })) };
}

const REFUSED: Readonly<Record<ReportRefusal | 'no-receipt' | 'wrong-state', Text>> = {
  'no-receipt': TEXTS.noReceipt,
  'wrong-state': TEXTS.notStarted,
  'unknown-notice': TEXTS.unknownNotice,
  'not-allowed': TEXTS.notAllowed,
  'not-started': TEXTS.notStarted,
};

function tellRefusal({ reason, data }: Extract<Outcome, { ok: false }>, lang: Lang): Told {
  const { number, notice } = (data ?? {}) as { number?: number; notice?: Notice };
  const text = fill(REFUSED[reason as keyof typeof REFUSED], lang, { number: notice?.number ?? number ?? 0 });
  return { replies: [{ kind: 'say', text }] };
}
