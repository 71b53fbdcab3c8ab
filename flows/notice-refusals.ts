import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Notice } from '../src/domain/notice.ts';
import { TEXT_MAX, VARIABLES, type Variable } from '../src/domain/notice-text.ts';
import { fill, LANGS, type Lang, type Text, type Values } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { channelName, languageName } from './audience-sentence.ts';
import { textId, unknownVariables } from './notice-answers.ts';
import { channelOf } from './notice-preview.ts';
import { orders, ordersFor, standText } from './notice-states.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Refusal = Extract<Outcome, { ok: false }>;

const TEXTS = {
  notYours: {
    zh: '在您可以管理的通知里没有 N{number}。发送“通知”可查看；需要帮助，请联系：{contact}',
    en: 'N{number} is not among the notices that you can manage. Send “notice” to see those; for help: {contact}',
  },
  owners: { zh: '管理员', en: 'an owner' },
  notAllowed: {
    zh: '您不能为这个活动发送通知，没有保存也没有发送。需要权限，请联系：{contact}',
    en: 'You cannot send notices for this event, so nothing was kept or sent. To get the right: {contact}',
  },
  missingLanguage: {
    zh: '还缺{language}正文，请补充。',
    en: 'The text in {language} is missing. Please add it.',
  },
  tooLong: {
    zh: '正文太长（上限 {max, number} 字），没有发送。请重新发送一段较短的正文。',
    en: 'That text is too long, and nothing was sent: at most {max, number} characters are possible. Please send a shorter one.',
  },
  lacking: {
    zh: '有 {count, number} 位收件人没有报名信息，无法填写变量“{variable}”，所以没有发送。请从正文中删去这个变量，或把受众改为已报名的嘉宾。',
    en: 'For {count, plural, one {# reader} other {# readers}} there is no registration to fill in “{variable}” from, so nothing was sent. Please take it out of the text, or choose registered guests.',
  },
  past: {
    zh: '发送时间已经过去，没有发送。请给一个将来的时间，或回复“现在”。',
    en: 'The time is past by now, and nothing was sent. Please give a time to come, or reply “now”.',
  },
  pastDraft: {
    zh: '通知 N{number} 的发送时间已经过去，没有发送。请修改时间。',
    en: 'The time of notice N{number} is past, and nothing was sent. Please change the time.',
  },
  empty: {
    zh: '这样的受众现在没有人能收到，没有发送。请重新选择发给谁，例如：全部',
    en: 'Nobody can be reached in that audience, so nothing was sent. Please choose another one, for example: everybody',
  },
  emptyDraft: {
    zh: '通知 N{number} 现在没有人能收到，没有发送。请修改受众。',
    en: 'Nobody would get notice N{number} as things stand, so nothing was sent. Please change its audience.',
  },
  fileGone: {
    zh: '附件已过期，没有发送。请重新发送文件，或跳过。',
    en: 'The file is no longer here, and nothing was sent. Please send it again, or skip it.',
  },
  started: {
    zh: '这条通知已经开始发送或已结束，不能再修改。需要时请新建一条。',
    en: 'That notice has started or ended, so it can no longer be changed. If need be, please write a new one.',
  },
  countChanged: {
    zh: '通知 N{number} 的收件人数变了：确认时是 {before, number} 人，现在是 {after, number} 人，所以还没有发送。仍要发送吗？',
    en: 'The readers of notice N{number} have changed: you confirmed {before, number}, now it would be {after, number}. Nothing was sent yet. Send it all the same?',
  },
  send: { zh: '发送给 {count, number} 人', en: 'Send to {count, plural, one {# person} other {# people}}' },
  overLimit: {
    zh: '{channel}有 {count, number} 人，个人账号一次最多发 {limit, number} 人，所以没有发送。请查看通知 N{number}，排除这个渠道。',
    en: 'There are {count, number} readers on {channel}, where at most {limit, number} may be written to at once, so nothing was sent. Show notice N{number} to leave that channel out.',
  },
} as const satisfies Record<string, Text>;

/** Who can help: those whom the events name, or an owner. */
function contactOf({ facts, lang }: C, event?: unknown): string {
  const known = facts.events.find((one) => one.event.id === event) ?? facts.events[0];
  return known?.event.contact[lang] ?? TEXTS.owners[lang];
}

const numberOf = ({ input }: Effect): number => Number(input.number);

/** A refusal that any order about a notice can meet. One of another office is spoken of as one that is not there. */
export function tellNoticeRefusal({ reason, data }: Refusal, c: C, effect: Effect): Told {
  if (reason === 'wrong-state') {
    const { notice } = data as { notice: Notice };
    return offer(standText(notice, c), ordersFor(notice, c.lang));
  }
  return tell(TEXTS.notYours, c, { number: numberOf(effect), contact: contactOf(c) });
}

/** Why a confirmed notice does not go out. */
export function tellConfirmRefusal(refusal: Refusal, c: C, effect: Effect): Told {
  const { reason, data } = refusal;
  const number = numberOf(effect);
  const { lang } = c;
  if (reason === 'count-changed') {
    const { before, after } = data as { before: number; after: number };
    const send = {
      value: `notice N${number} send ${after}`,
      label: fill(TEXTS.send, lang, { count: after }),
    };
    const text = fill(TEXTS.countChanged, lang, { number, before, after });
    return offer(text, [send, ...orders(number, ['show', 'change'], lang)]);
  }
  const change = (text: Text, values: Values = {}) =>
    offer(fill(text, lang, { number, ...values }), orders(number, ['show', 'change'], lang));
  if (reason === 'past') return change(TEXTS.pastDraft);
  if (reason === 'empty-audience') return change(TEXTS.emptyDraft);
  if (reason !== 'over-limit') return tellNoticeRefusal(refusal, c, effect);
  const { lane, count, limit } = data as { lane: string; count: number; limit: number };
  return change(TEXTS.overLimit, { channel: channelName(channelOf(lane), lang), count, limit });
}

/** Why a written notice is not kept, and which answer is asked for again. What was written stays. */
export function tellWriteRefusal({ reason, data }: Refusal, c: C, effect: Effect): Told {
  const again = (text: Text, reopen: readonly string[], values: Values = {}): Told => ({
    ...tell(text, c, values),
    reopen,
  });
  const { lang } = c;
  if (reason === 'missing-language') {
    const language = langOf((data as { lang: unknown }).lang);
    return again(TEXTS.missingLanguage, [textId(language)], { language: languageName(language, lang) });
  }
  if (reason === 'too-long')
    return again(TEXTS.tooLong, [textId(langOf((data as { lang: unknown }).lang))], { max: TEXT_MAX });
  if (reason === 'unknown-variable') {
    const text = unknownVariables((data as { names: string[] }).names, lang);
    return { replies: [{ kind: 'say', text }], reopen: [] };
  }
  if (reason === 'lacking') {
    const { variable, count } = data as { variable: Variable; count: number };
    return again(TEXTS.lacking, [], { variable: VARIABLES[variable][lang], count });
  }
  if (reason === 'past') return again(TEXTS.past, ['when']);
  if (reason === 'empty-audience') return again(TEXTS.empty, ['audience']);
  if (reason === 'file-gone') return again(TEXTS.fileGone, ['file']);
  if (reason === 'not-editable' || reason === 'unknown-notice') return tell(TEXTS.started, c);
  return tell(TEXTS.notAllowed, c, { contact: contactOf(c, effect.input.event) });
}

const langOf = (lang: unknown): Lang => LANGS.find((one) => one === lang) ?? 'zh';
