import type { Context, Told } from '../src/conversation/flow.ts';
import type { Notice } from '../src/domain/notice.ts';
import { variablesIn } from '../src/domain/notice-text.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, LANGS, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { ShownNotice } from '../src/usecases/show-notice.ts';
import { progressLetter } from './notice-letters.ts';
import { tellPreview } from './notice-preview.ts';
import { ordersFor, standText } from './notice-states.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  scheduled: {
    zh: '通知 N{number} 已确认，将于 {when} 开始发送给 {count, number} 人。',
    en: 'Notice N{number} is confirmed and begins on {when}, for {count, plural, one {# person} other {# people}}.',
  },
  starting: {
    zh: '通知 N{number} 正在准备发送给 {count, number} 人。',
    en: 'Notice N{number} is about to leave for {count, plural, one {# person} other {# people}}.',
  },
  post: {
    zh: '下面这条消息可以直接粘贴到微信群：',
    en: 'The next message can be pasted into a WeChat group as it is:',
  },
  postOwn: {
    zh: '下面这条消息可以粘贴到微信群。其中的变量因人而异，请先改成对大家都合适的说法：',
    en: 'The next message can be pasted into a WeChat group. Its variables differ from reader to reader, so please put words in their place that fit everybody:',
  },
  sureUnknown: {
    zh: '通知 N{number} 有 {count, number} 人结果未知，可能已经送达。重发后他们可能收到两次。确定重发吗？',
    en: 'Notice N{number} may have reached {count, plural, one {# person} other {# people}} whose result is unknown. Sent again, it may arrive twice. Send it again?',
  },
  sureFailed: {
    zh: '通知 N{number} 有 {count, number} 人发送失败。确定重发吗？原因没有消除的仍会失败；个别人可能收到两次。',
    en: 'Notice N{number} failed for {count, plural, one {# person} other {# people}}. Send it again? Where the cause is still there, it fails again; for a few it may arrive twice.',
  },
  yes: { zh: '确定重发', en: 'Yes, send it again' },
  no: { zh: '不重发', en: 'Do not send it' },
  none: {
    zh: '通知 N{number} 没有需要重发的人，什么都没有发送。',
    en: 'There is nobody left to send notice N{number} to again, so nothing was sent.',
  },
} as const satisfies Record<string, Text>;

/** A notice as it stands, or the view of it that was asked for. */
export function tellShown(shown: ShownNotice, view: string, c: C): Told {
  if (view === 'post') return tellPost(shown, c);
  if (view === 'resend-unknown' || view === 'resend-failed') return askAgain(shown, view, c);
  if (shown.preview) return tellPreview(shown.preview, c);
  const { notice, progress, seconds } = shown;
  const { state } = notice;
  if (state === 'scheduled' || state === 'starting') return tellWaiting(notice, state, c);
  if (state === 'missed') return offer(standText(notice, c), ordersFor(notice, c.lang));
  const { text, choices = [] } = progressLetter(notice, progress, seconds, c.lang);
  return offer(text, choices);
}

function tellWaiting(notice: Notice, state: 'scheduled' | 'starting', { lang }: C): Told {
  const { number, counted, startsAt, zone } = notice;
  const when = startsAt ? formatWhen(startsAt, zone, lang) : '';
  const text = fill(TEXTS[state], lang, { number, when, count: counted });
  return offer(text, ordersFor(notice, lang));
}

/** The text for a group: one message that can be pasted, with nothing of any one reader in it. */
function tellPost({ plain }: ShownNotice, { lang }: C): Told {
  const texts = LANGS.flatMap((language) => plain[language]?.text ?? []);
  const text = texts.join('\n\n');
  const head = variablesIn(text).known.length > 0 ? TEXTS.postOwn : TEXTS.post;
  return {
    replies: [
      { kind: 'say', text: head[lang] },
      { kind: 'say', text },
    ],
  };
}

/** Asks before something is sent again that may arrive twice. */
function askAgain({ notice: { number, state }, progress }: ShownNotice, view: string, c: C): Told {
  const what = view === 'resend-failed' ? 'failed' : 'unknown';
  const count = progress[what];
  if (count === 0 || state === 'draft') return tell(TEXTS.none, c, { number });
  const text = fill(what === 'failed' ? TEXTS.sureFailed : TEXTS.sureUnknown, c.lang, { number, count });
  return offer(text, [
    { value: `notice N${number} resend ${what} yes`, label: TEXTS.yes[c.lang] },
    { value: `notice N${number} report`, label: TEXTS.no[c.lang] },
  ]);
}
