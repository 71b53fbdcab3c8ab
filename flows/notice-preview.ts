import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Draft } from '../src/conversation/types.ts';
import type { Letter } from '../src/domain/delivery.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, LANGS, type Lang, list, sideBySide, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { LanePlan, Preview } from '../src/usecases/write-notice.ts';
import { channelName, describeAudience, languageName } from './audience-sentence.ts';
import { lasting } from './notice-words.ts';

type C = Context<Facts>;

const TEXTS = {
  copy: {
    zh: '预览（{language}读者收到的通知）：\n\n{text}{file, select, none {} other {\n\n附件：{file}}}{buttons, select, none {} other {\n\n按钮：{buttons}}}',
    en: 'Preview, as readers of {language} get it:\n\n{text}{file, select, none {} other {\n\nFile: {file}}}{buttons, select, none {} other {\n\nButtons: {buttons}}}',
  },
  head: { zh: '通知 N{number}（草稿，尚未发送）', en: 'Notice N{number} (a draft, not sent yet)' },
  event: { zh: '活动：{title}', en: 'Event: {title}' },
  whom: { zh: '发给：{audience}，共 {total, number} 人', en: 'For: {audience}, {total, number} in all' },
  channels: { zh: '渠道：{list}', en: 'By channel: {list}' },
  languages: { zh: '语言：{list}', en: 'By language: {list}' },
  counted: { zh: '{name} {count, number} 人', en: '{name} {count, number}' },
  out: { zh: '不发送：{list}', en: 'Left out: {list}' },
  unsubscribed: { zh: '已退订 {count, number} 人', en: '{count, number} unsubscribed' },
  unreachable: {
    zh: '无法联系 {count, number} 人',
    en: '{count, number} without an account that can be written to',
  },
  channelOut: {
    zh: '{channel} {count, number} 人（渠道已排除）',
    en: '{count, number} on {channel}, which is left out',
  },
  tickets: {
    zh: '查不到的票号：{list}',
    en: 'Tickets that belong to no event of yours: {list}',
  },
  lasts: { zh: '预计用时：约 {time}', en: 'Takes: about {time}' },
  atOnce: { zh: '发送时间：确认后立即发送', en: 'Begins: as soon as you confirm' },
  at: { zh: '发送时间：{when}', en: 'Begins: {when}' },
  delayed: {
    zh: '发送时间：{when}（22:00–8:00 不打扰，顺延到早上）',
    en: 'Begins: {when}, as nobody is written to from 22:00 to 8:00',
  },
  critical: {
    zh: '重要通知：不受免打扰时段限制，也会发给已退订的人。',
    en: 'Critical: it goes out at night too, and to those who unsubscribed.',
  },
  overLimit: {
    zh: '{channel}有 {count, number} 人，个人账号一次最多发 {limit, number} 人；按真人的速度需要{time}，账号还可能被封，因此不能这样发送。请排除这个渠道，或把文字粘贴到微信群。',
    en: 'There are {count, number} readers on {channel}, where a person’s own account may write to {limit, number} at once. At a person’s pace it would take {time} and could cost the account, so it cannot be sent like this. Leave that channel out, or post the text in a WeChat group.',
  },
  nobody: {
    zh: '现在没有人能收到这条通知。请修改受众。',
    en: 'Nobody would get this notice as it stands. Please change its audience.',
  },
  send: { zh: '发送给 {count, number} 人', en: 'Send to {count, plural, one {# person} other {# people}}' },
  test: { zh: '先发给我看看', en: 'Test: send it to me' },
  without: { zh: '不用{channel}发送', en: 'Leave {channel} out' },
  post: { zh: '生成微信群文字', en: 'Text for a WeChat group' },
  change: { zh: '修改', en: 'Change' },
  discard: { zh: '放弃这条通知', en: 'Discard' },
} as const satisfies Record<string, Text>;

export const channelOf = (lane: string): string => lane.split(':')[0] ?? lane;

/** A notice as it would go out: a copy for the readers of each language, then whom it reaches and what can be done. */
export function tellPreview(preview: Preview, c: C, note?: string): Told {
  const { letters } = preview;
  const copies = LANGS.flatMap((language): Draft[] => {
    const letter = letters[language];
    return letter ? [{ kind: 'say', text: copyText(letter, language, c.lang) }] : [];
  });
  const lines = [...(note === undefined ? [] : [note, '']), ...summary(preview, c.lang)];
  const asked: Draft = { kind: 'ask', text: lines.join('\n'), choices: choicesFor(preview, c.lang) };
  return { replies: [...copies, asked] };
}

function copyText({ text, file, choices = [] }: Letter, language: Lang, lang: Lang): string {
  return fill(TEXTS.copy, lang, {
    language: languageName(language, lang),
    text,
    file: file?.name ?? 'none',
    buttons:
      choices.length > 0
        ? sideBySide(
            choices.map(({ label }) => label),
            lang,
          )
        : 'none',
  });
}

function summary(preview: Preview, lang: Lang): string[] {
  const { notice, event, count, reach } = preview;
  const whom = describeAudience(notice.audience, event, lang);
  const over = preview.lanes.filter(isOver);
  return [
    fill(TEXTS.head, lang, { number: notice.number }),
    fill(TEXTS.event, lang, { title: event.title[lang] }),
    fill(TEXTS.whom, lang, { audience: whom, total: count.total }),
    ...countLines(preview, lang),
    ...outLines(preview, lang),
    ...(count.unknownTickets.length > 0
      ? [fill(TEXTS.tickets, lang, { list: list(count.unknownTickets, lang) })]
      : []),
    ...(over.length === 0 ? timeLines(preview, lang) : []),
    ...(notice.critical ? [TEXTS.critical[lang]] : []),
    ...over.map((lane) => overText(lane, lang)),
    ...(reach === 0 ? [TEXTS.nobody[lang]] : []),
  ];
}

const isOver = ({ count, limit }: LanePlan): boolean => limit !== undefined && count > limit;

function overText({ lane, count, limit, seconds }: LanePlan, lang: Lang): string {
  return fill(TEXTS.overLimit, lang, {
    channel: channelName(channelOf(lane), lang),
    count,
    limit: limit ?? count,
    time: lasting(seconds, lang),
  });
}

/** How many are reached by each channel, and in each language. */
function countLines({ lanes, count }: Preview, lang: Lang): string[] {
  const channels = new Map<string, number>();
  for (const { lane, count: of } of lanes)
    channels.set(channelOf(lane), (channels.get(channelOf(lane)) ?? 0) + of);
  const counted = (name: string, of: number) => fill(TEXTS.counted, lang, { name, count: of });
  const byChannel = [...channels].map(([channel, of]) => counted(channelName(channel, lang), of));
  const byLanguage = LANGS.filter((one) => (count.languages[one] ?? 0) > 0).map((one) =>
    counted(languageName(one, lang), count.languages[one] ?? 0),
  );
  return [
    ...(byChannel.length > 0 ? [fill(TEXTS.channels, lang, { list: sideBySide(byChannel, lang) })] : []),
    ...(byLanguage.length > 0 ? [fill(TEXTS.languages, lang, { list: sideBySide(byLanguage, lang) })] : []),
  ];
}

/** Who does not get it, and why. */
function outLines({ notice, count }: Preview, lang: Lang): string[] {
  const left = Object.entries(count.lanes).filter(([lane]) => notice.without.includes(channelOf(lane)));
  const out = [
    ...(count.unsubscribed > 0 && !notice.critical
      ? [fill(TEXTS.unsubscribed, lang, { count: count.unsubscribed })]
      : []),
    ...(count.unreachable > 0 ? [fill(TEXTS.unreachable, lang, { count: count.unreachable })] : []),
    ...left.map(([lane, of]) =>
      fill(TEXTS.channelOut, lang, { channel: channelName(channelOf(lane), lang), count: of }),
    ),
  ];
  return out.length > 0 ? [fill(TEXTS.out, lang, { list: sideBySide(out, lang) })] : [];
}

function timeLines({ lanes, begins, isDelayed, notice }: Preview, lang: Lang): string[] {
  const seconds = Math.max(0, ...lanes.map((lane) => lane.seconds));
  const when = begins ? formatWhen(begins, notice.zone, lang) : '';
  const begin = begins === null ? TEXTS.atOnce : isDelayed ? TEXTS.delayed : TEXTS.at;
  return [fill(TEXTS.lasts, lang, { time: lasting(seconds, lang).trim() }), fill(begin, lang, { when })];
}

/** What can be done with a draft. What is beyond the limit of a person's own account is not offered to be sent. */
function choicesFor({ notice, lanes, reach }: Preview, lang: Lang): Choice[] {
  const act = (order: string, text: Text, values = {}): Choice => ({
    value: `notice N${notice.number} ${order}`,
    label: fill(text, lang, values),
  });
  const over = [...new Set(lanes.filter(isOver).map(({ lane }) => channelOf(lane)))];
  const send = over.length === 0 && reach > 0 ? [act(`send ${reach}`, TEXTS.send, { count: reach })] : [];
  const instead = over.map((channel) =>
    act(`without ${channel}`, TEXTS.without, { channel: channelName(channel, lang) }),
  );
  return [
    ...send,
    ...instead,
    ...(over.length > 0 ? [act('post', TEXTS.post)] : []),
    act('test', TEXTS.test),
    act('change', TEXTS.change),
    act('cancel', TEXTS.discard),
  ];
}
