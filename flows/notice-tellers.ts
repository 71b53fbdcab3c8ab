import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Notice } from '../src/domain/notice.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { ListedNotice } from '../src/usecases/list-notices.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { OpenedNotice } from '../src/usecases/open-notice.ts';
import type { ShownNotice } from '../src/usecases/show-notice.ts';
import type { Preview } from '../src/usecases/write-notice.ts';
import { notAllowed } from './notice-command.ts';
import { formOf } from './notice-open.ts';
import { tellPreview } from './notice-preview.ts';
import { tellConfirmRefusal, tellNoticeRefusal, tellWriteRefusal } from './notice-refusals.ts';
import { tellEscalated, tellReport } from './notice-report.ts';
import { tellShown } from './notice-shown.ts';
import { orders, ordersFor, STATE_NAMES, standText } from './notice-states.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  list: {
    zh: '以下是最近的通知。请选择一条查看，或新建通知。',
    en: 'These are the latest notices. Choose one to see it, or write a new one.',
  },
  none: { zh: '还没有通知。现在就写一条吗？', en: 'There are no notices yet. Would you like to write one?' },
  line: {
    zh: 'N{number} {state}{total, select, 0 {} other { {sent}/{total}}}：{words}',
    en: 'N{number} {state}{total, select, 0 {} other { {sent}/{total}}}: {words}',
  },
  start: { zh: '新建通知', en: 'Write a notice' },
  begins: {
    zh: '好的，通知 N{number} 现在开始发送给 {count, number} 人，进度会在这里告诉您。',
    en: 'Fine, notice N{number} is on its way to {count, plural, one {# person} other {# people}}. Its progress is told here.',
  },
  scheduled: {
    zh: '好的，通知 N{number} 将于 {when} 开始发送给 {count, number} 人。届时进度会在这里告诉您。',
    en: 'Fine, notice N{number} begins on {when}, for {count, plural, one {# person} other {# people}}. Its progress is told here.',
  },
  test: {
    zh: '通知 N{number} 马上发给您一份，和读者收到的一样。其他人不会收到。',
    en: 'Notice N{number} is being sent to you as its readers would get it. Nobody else gets it.',
  },
  paused: {
    zh: '通知 N{number} 已暂停。已经发出的不受影响。',
    en: 'Notice N{number} is paused. What has left is not called back.',
  },
  resumed: { zh: '通知 N{number} 继续发送。', en: 'Notice N{number} goes on.' },
  dropped: {
    zh: '好的，通知 N{number} 已放弃，没有发给任何人。',
    en: 'Fine, notice N{number} is discarded. Nobody got it.',
  },
  stopping: {
    zh: '通知 N{number} 正在取消：已经发出的不受影响，其余不再发送。',
    en: 'Notice N{number} is being cancelled: what has left is not called back, the rest is not sent.',
  },
  again: {
    zh: '通知 N{number} 正在重新发送给 {count, number} 人。',
    en: 'Notice N{number} is being sent once more to {count, plural, one {# person} other {# people}}.',
  },
  nobodyAgain: {
    zh: '通知 N{number} 没有需要重发的人，什么都没有发送。',
    en: 'There is nobody left to send notice N{number} to again, so nothing was sent.',
  },
  received: { zh: '谢谢，已记录。', en: 'Thank you, noted.' },
  unknownReceived: {
    zh: '没有编号为 N{number} 的通知。请点通知下面的“确认收到”，或检查编号后再发送。',
    en: 'There is no notice N{number}. Please tap “I have read this” under the notice, or check the number.',
  },
} as const satisfies Record<string, Text>;

const WORDS_SHOWN = 18;

/** The first words of a notice, for a list. */
function firstWords({ content: { text } }: Notice, lang: Lang): string {
  const words = (text[lang] ?? text.zh ?? text.en ?? '').replace(/\s+/gu, ' ').trim();
  const letters = [...words];
  return letters.length > WORDS_SHOWN ? `${letters.slice(0, WORDS_SHOWN).join('')}…` : words;
}

function tellList(listed: readonly ListedNotice[], { lang }: C): Told {
  const lines = listed.map(({ notice, progress: { sent, total } }) => ({
    value: `notice N${notice.number}`,
    label: fill(TEXTS.line, lang, {
      number: notice.number,
      state: STATE_NAMES[notice.state][lang],
      sent,
      total,
      words: firstWords(notice, lang),
    }),
  }));
  const start = { value: 'notice new', label: TEXTS.start[lang] };
  return offer((lines.length > 0 ? TEXTS.list : TEXTS.none)[lang], [...lines, start]);
}

function tellConfirmed(notice: Notice, { facts, lang }: C): Told {
  const { number, startsAt, zone, counted } = notice;
  const isLater = startsAt !== null && startsAt > facts.now;
  if (!isLater)
    return offer(
      fill(TEXTS.begins, lang, { number, count: counted }),
      orders(number, ['pause', 'cancel'], lang),
    );
  const when = formatWhen(startsAt, zone, lang);
  return offer(fill(TEXTS.scheduled, lang, { number, when, count: counted }), ordersFor(notice, lang));
}

function tellSteered(notice: Notice, { lang }: C): Told {
  const { number, state } = notice;
  const text = {
    paused: TEXTS.paused,
    running: TEXTS.resumed,
    stopping: TEXTS.stopping,
    cancelled: TEXTS.dropped,
  };
  const found = Object.hasOwn(text, state) ? text[state as keyof typeof text] : undefined;
  if (!found) return offer(standText(notice, { lang }), ordersFor(notice, lang));
  return offer(fill(found, lang, { number }), state === 'cancelled' ? [] : ordersFor(notice, lang));
}

/** Tells a success by one function, and every refusal as it is told of any notice. */
function telling<T>(told: (data: T, c: C, effect: Effect) => Told): Teller {
  return (outcome, c, effect) =>
    outcome.ok ? told(outcome.data as T, c, effect) : tellNoticeRefusal(outcome, c, effect);
}

/** What is told of notices, by effect. */
export const noticeTellers: Readonly<Record<string, Teller>> = {
  'write-notice': (outcome, c, effect) =>
    outcome.ok ? tellPreview(outcome.data as Preview, c) : tellWriteRefusal(outcome, c, effect),
  notices: (outcome, c) =>
    outcome.ok
      ? tellList(outcome.data as readonly ListedNotice[], c)
      : { replies: notAllowed(c).replies ?? [] },
  'show-notice': telling<ShownNotice>((shown, c, { input }) => tellShown(shown, String(input.view), c)),
  'open-notice': telling<OpenedNotice>((opened, { lang }) => ({ replies: [], start: formOf(opened, lang) })),
  'report-notice': tellReport,
  'escalate-notice': tellEscalated,
  'leave-out': telling<Preview>((preview, c) => tellPreview(preview, c)),
  'send-notice': (outcome, c, effect) =>
    outcome.ok ? tellConfirmed(outcome.data as Notice, c) : tellConfirmRefusal(outcome, c, effect),
  'test-notice': telling<Notice>(({ number }, c) => tell(TEXTS.test, c, { number })),
  'steer-notice': telling<Notice>(tellSteered),
  'resend-notice': telling<{ notice: Notice; count: number }>(({ notice: { number }, count }, c) =>
    tell(count > 0 ? TEXTS.again : TEXTS.nobodyAgain, c, { number, count }),
  ),
  'notice-received': (outcome, c, { input }) =>
    outcome.ok ? tell(TEXTS.received, c) : tell(TEXTS.unknownReceived, c, { number: Number(input.number) }),
};
