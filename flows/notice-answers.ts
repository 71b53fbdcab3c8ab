import { z } from 'zod';
import type { Context, Parsed } from '../src/conversation/flow.ts';
import { narrow } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { TEXT_MAX, VARIABLES, variablesIn } from '../src/domain/notice-text.ts';
import { parseStart } from '../src/domain/notice-time.ts';
import { formatDay, formatWhen, writeLocal } from '../src/domain/time.ts';
import { fill, type Lang, list, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { parseAudience } from './audience.ts';
import { eventOf } from './details.ts';

type C = Context<Facts>;

const TEXTS = {
  tooLong: {
    zh: '正文太长：收到 {length, number} 字，上限 {max, number} 字。请精简后重新发送。',
    en: 'That text is too long: {length, number} characters, and at most {max, number} are possible. Please send a shorter one.',
  },
  unknownVariable: {
    zh: '没有这些变量：{names}。可用的变量：{known}。请修改后重新发送整段正文。',
    en: 'These variables are not known: {names}. You can use {known}. Please correct the text and send it again.',
  },
  link: {
    zh: '没有看懂这个链接。请发送以 http:// 或 https:// 开头的完整网址，例如：https://example.org/live',
    en: 'I could not read that link. Please send the whole address, for example: https://example.org/live',
  },
  noEvent: { zh: '请先选择活动。', en: 'Please choose the event first.' },
  unreadable: {
    zh: '没有看懂这个时间。请回复“现在”，或按这些写法发送：2026-11-27 18:00、明天 18:00、{name}前30分钟。',
    en: 'I could not read that time. Reply “now”, or write it like one of these: 2026-11-27 18:00, 27.11. 18:00, tomorrow 18:00, {name} -30m.',
  },
  noDate: {
    zh: '没有这个日期或时间。请检查后重新发送，例如：2026-11-27 18:00',
    en: 'There is no such date or time. Please check it and send it again, for example: 2026-11-27 18:00',
  },
  skipped: {
    zh: '当地（{zone}）因切换夏令时，那天没有这个时刻。请把时间提前或推后一小时。',
    en: 'Clocks in {zone} are set forward over that time, so it does not exist on that day. Please send a time an hour earlier or later.',
  },
  past: {
    zh: '这个时间已经过去：{when}。请发送一个将来的时间，或回复“现在”，确认后立即发送。',
    en: '{when} is in the past. Please send a time to come, or reply “now” to send it as soon as you confirm.',
  },
  event: { zh: '活动', en: 'event' },
} as const satisfies Record<string, Text>;

const NAMES_SHOWN = 5;
const NAME_SHOWN = 30;

/** Events that a person can write notices for. */
export function organizedEvents({ facts }: Pick<C, 'facts'>): readonly Event[] {
  return facts.events.map(({ event }) => event).filter(({ office }) => organizes(facts.grants, office));
}

const inBraces = (name: string): string => `{${name}}`;

/** `{姓名}、{单位}`: the variables as they are typed in a text of a language. */
export function variableNames(language: Lang, lang: Lang): string {
  return list(
    Object.values(VARIABLES).map((name) => inBraces(name[language])),
    lang,
  );
}

/** The text of a notice: not too long, and with no variable that is none. */
export function parseNoticeText(text: string, { lang }: Pick<C, 'lang'>): Parsed {
  if (text.length > TEXT_MAX)
    return { wrong: fill(TEXTS.tooLong, lang, { length: text.length, max: TEXT_MAX }) };
  const { unknown } = variablesIn(text);
  return unknown.length === 0 ? { ok: text } : { wrong: unknownVariables(unknown, lang) };
}

/** Says which variables there are instead of those. */
export function unknownVariables(unknown: readonly string[], lang: Lang): string {
  const names = unknown.slice(0, NAMES_SHOWN).map((name) => inBraces(name.slice(0, NAME_SHOWN)));
  return fill(TEXTS.unknownVariable, lang, { names: list(names, lang), known: variableNames(lang, lang) });
}

/** Who a notice goes to, in the organizer's own words. */
export function parseWhom(text: string, c: C): Parsed {
  const event = eventOf(c);
  if (!event) return { wrong: TEXTS.noEvent[c.lang] };
  const read = parseAudience(text, event, c.lang);
  return 'problem' in read ? { wrong: read.problem } : { ok: text };
}

const linkSchema = z.url({ protocol: /^https?$/ }).max(2_000);

export function parseLink(text: string, { lang }: Pick<C, 'lang'>): Parsed {
  const said = narrow(text);
  const isLink = !/\s/u.test(said) && linkSchema.safeParse(said).success;
  return isLink ? { ok: said } : { wrong: TEXTS.link[lang] };
}

/** The answer that means “as soon as it is confirmed”. */
export const NOW = 'now';

/** When a notice starts: `now`, or a local time of the event's zone with its date. */
export function parseWhen(text: string, c: C): Parsed {
  const event = eventOf(c);
  if (!event) return { wrong: TEXTS.noEvent[c.lang] };
  const read = parseStart(text, event, c.facts.now);
  if ('at' in read && !('wrong' in read))
    return { ok: read.at === null ? NOW : writeLocal(read.at, event.zone) };
  return { wrong: wrongWhen(read, event, c.lang) };
}

type Wrong = Extract<ReturnType<typeof parseStart>, { wrong: unknown }>;

function wrongWhen(read: Wrong, event: Event, lang: Lang): string {
  if (read.wrong === 'past') return fill(TEXTS.past, lang, { when: formatWhen(read.at, event.zone, lang) });
  if (read.wrong === 'skipped') return fill(TEXTS.skipped, lang, { zone: event.zone });
  if (read.wrong === 'no-date') return TEXTS.noDate[lang];
  const [session] = event.sessions;
  const name = lang === 'zh' ? session?.title.zh : session?.code;
  return fill(TEXTS.unreadable, lang, { name: name ?? TEXTS.event[lang] });
}

/** “Tomorrow” means another day tomorrow: what was said holds on the day it was said. */
export function dayOf(event: Event | undefined, now: Date): string {
  return event ? formatDay(now, event.zone, 'en') : '';
}

/** The filled form as the notice that it asks for. */
export function writing(c: C): { kind: 'write-notice'; input: Record<string, unknown> } {
  const { answers } = c;
  const event = eventOf(c);
  if (!event) throw new Error(`expected the event of a filled form, received ${String(answers.event)}`);
  const read = parseAudience(String(answers.audience), event, c.lang);
  if ('problem' in read) throw new Error(`expected an audience that was read before: ${read.problem}`);
  const start = parseStart(String(answers.when), event, c.facts.now);
  return {
    kind: 'write-notice',
    input: {
      edits: typeof answers.edits === 'string' ? Number(answers.edits) : null,
      event: event.id,
      audience: read.audience,
      text: Object.fromEntries(event.languages.map((lang) => [lang, answers[textId(lang)]])),
      file: fileOf(answers.file),
      buttons: Array.isArray(answers.buttons) ? answers.buttons : [],
      link: answers.link ?? null,
      critical: answers.critical === 'critical',
      without: [],
      startsAt: 'at' in start ? (start.at?.toISOString() ?? null) : null,
    },
  };
}

function fileOf(answer: C['answers'][string] | undefined): Record<string, unknown> | null {
  if (typeof answer !== 'object' || answer === null || !('ref' in answer)) return null;
  return { kind: 'stored', id: answer.ref, name: answer.name, type: answer.type };
}

/** The question for the text in a language. */
export const textId = (lang: Lang): string => `text-${lang}`;
