import type { Letter } from '../src/domain/delivery.ts';
import type { Event } from '../src/domain/event.ts';
import { type Notice, type NoticeButton, type Progress, percentOf } from '../src/domain/notice.ts';
import { fillText, type Variable } from '../src/domain/notice-text.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import { causesText, lasting } from './notice-words.ts';

const BUTTONS: Readonly<Record<NoticeButton, Text>> = {
  receipt: { zh: '确认收到', en: 'I have read this' },
  register: { zh: '报名', en: 'Register' },
  agenda: { zh: '活动日程', en: 'Agenda' },
};

const TEXTS = {
  running: {
    zh: '通知 N{number}：已完成 {percent}%。\n{counts}{eta}',
    en: 'Notice N{number}: {percent} % done.\n{counts}{eta}',
  },
  eta: { zh: '\n预计还需{time}。', en: '\nAbout {time} to go.' },
  done: { zh: '通知 N{number} 已发送完毕。\n{counts}', en: 'Notice N{number} has been sent.\n{counts}' },
  cancelled: {
    zh: '通知 N{number} 已取消，其余不再发送。\n{counts}',
    en: 'Notice N{number} is cancelled; the rest is not sent.\n{counts}',
  },
  paused: {
    zh: '通知 N{number} 已暂停。继续请发送“通知 N{number} 继续”。\n{counts}',
    en: 'Notice N{number} is paused. To go on, send “notice N{number} resume”.\n{counts}',
  },
  errors: {
    zh: '通知 N{number} 已自动暂停：最近的发送多数没有成功。请检查渠道后发送“通知 N{number} 继续”，或“通知 N{number} 取消”。\n{counts}',
    en: 'Notice N{number} was paused: most of the last attempts went wrong. Check the channel, then send “notice N{number} resume” or “notice N{number} cancel”.\n{counts}',
  },
  missed: {
    zh: '通知 N{number} 没有发送：原定时间 {when}，系统当时没有运行，现已过时。仍要发送，请发送“通知 N{number}”后修改时间。',
    en: 'Notice N{number} was not sent: it was due on {when}, when the system was not running, and it is too late now. To send it after all, send “notice N{number}” and change its time.',
  },
  counts: {
    zh: '共 {total} 人：已发送 {sent}，失败 {failed}，结果未知 {unknown}，跳过 {skipped}，剩余 {remaining}。{causes}',
    en: '{total} in all: {sent} sent, {failed} failed, {unknown} unknown, {skipped} skipped, {remaining} to go.{causes}',
  },
  causes: { zh: '\n原因：{list}', en: '\nCauses: {list}' },
  again: {
    zh: '\n“结果未知”的可能已送达。要再发一次，请发送“通知 N{number} 重发”；对方可能收到两次。',
    en: '\nWhat is unknown may have arrived. To send it once more, send “notice N{number} resend unknown”; it may then arrive twice.',
  },
  report: { zh: '查看报告', en: 'Report' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '继续', en: 'Resume' },
  cancel: { zh: '取消发送', en: 'Cancel' },
} as const satisfies Record<string, Text>;

/** What a button under a notice says. */
export function buttonName(button: NoticeButton, lang: Lang): string {
  return BUTTONS[button][lang];
}

/** A notice as one reader gets it: the organizer's words, and what there is to press. */
export function noticeLetter(
  { content, number }: Notice,
  event: Event,
  lang: Lang,
  values: Readonly<Partial<Record<Variable, string>>>,
): Letter {
  const text = [fillText(content.text[lang] ?? '', values), ...(content.link ? [content.link] : [])].join(
    '\n',
  );
  const orders: Readonly<Record<NoticeButton, string>> = {
    receipt: `received N${number}`,
    register: `register ${event.code}`,
    agenda: `agenda ${event.code}`,
  };
  const choices = content.buttons.map((button) => ({ value: orders[button], label: BUTTONS[button][lang] }));
  return { text, ...(choices.length > 0 && { choices }), ...(content.file && { file: content.file }) };
}

/** How the rows of a notice ended so far. */
export function countsText(progress: Progress, lang: Lang): string {
  const { total, sent, failed, unknown, skipped, remaining, causes } = progress;
  const list = causesText(causes, lang);
  const why = list === '' ? '' : fill(TEXTS.causes, lang, { list });
  return fill(TEXTS.counts, lang, { total, sent, failed, unknown, skipped, remaining, causes: why });
}

/** How a notice stands, for whoever wrote it, with what can be done about it. */
export function progressLetter(
  notice: Notice,
  progress: Progress,
  seconds: number | undefined,
  lang: Lang,
): Letter {
  const { number, state, pausedFor, zone, startsAt } = notice;
  const values = { number, counts: countsText(progress, lang), percent: percentOf(progress) };
  const eta = seconds === undefined ? '' : fill(TEXTS.eta, lang, { time: lasting(seconds, lang) });
  const act = (value: string, label: Text) => ({ value: `notice N${number} ${value}`, label: label[lang] });
  const report = act('report', TEXTS.report);
  if (state === 'missed') {
    const when = startsAt ? formatWhen(startsAt, zone, lang) : '';
    return { text: fill(TEXTS.missed, lang, { number, when }) };
  }
  if (state === 'paused') {
    const text = fill(pausedFor === 'errors' ? TEXTS.errors : TEXTS.paused, lang, values);
    return { text, choices: [act('resume', TEXTS.resume), act('cancel', TEXTS.cancel), report] };
  }
  if (state === 'done' || state === 'cancelled' || state === 'stopping') {
    const text = fill(state === 'done' ? TEXTS.done : TEXTS.cancelled, lang, values);
    const unknown = progress.unknown > 0 ? fill(TEXTS.again, lang, { number }) : '';
    return { text: `${text}${unknown}`, choices: [report] };
  }
  const text = fill(TEXTS.running, lang, { ...values, eta });
  return { text, choices: [act('pause', TEXTS.pause), act('cancel', TEXTS.cancel), report] };
}
