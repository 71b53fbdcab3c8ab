import type { DateTime } from 'luxon';

/** A day as it was written, and what followed it. */
export interface WrittenDate {
  /** undefined: it was left out. */
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
  readonly rest: string;
}

const DATES: readonly RegExp[] = [
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:t| |$)(?<rest>.*)$/u,
  /^(?:(?<year>\d{4}) ?年 ?)?(?<month>\d{1,2}) ?月 ?(?<day>\d{1,2}) ?[日号](?<rest>.*)$/u,
  /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})?(?: |$)(?<rest>.*)$/u,
];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAMED_MONTH = /^(?<day>\d{1,2}) (?<name>[a-z]{3})[a-z]*\.?(?: (?<year>\d{4}))?,? (?<rest>.*)$/u;
const DAYS: readonly (readonly [RegExp, number])[] = [
  [/^(?:today|今天|今日)/u, 0],
  [/^(?:tomorrow|明天|明日)/u, 1],
  [/^(?:the day after tomorrow|后天)/u, 2],
  [/^(?:今晚|tonight)/u, 0],
];

/** The day that a text begins with, in digits or as `tomorrow`; a time of day alone is today's. `today`: in the zone that is meant. */
export function readLocalDate(said: string, today: DateTime): WrittenDate | undefined {
  for (const pattern of DATES) {
    const found = pattern.exec(said)?.groups;
    if (found) return written(found.year, Number(found.month), Number(found.day), found.rest);
  }
  const named = NAMED_MONTH.exec(said)?.groups;
  const month = MONTHS.indexOf(named?.name ?? '') + 1;
  if (named && month > 0) return written(named.year, month, Number(named.day), named.rest);
  const [word, days] = DAYS.find(([pattern]) => pattern.test(said)) ?? [/^/u, 0];
  const { year, month: ofToday, day } = today.plus({ days });
  // “Tonight” says the half of the day too.
  const rest = said.replace(word, /^(?:今晚|tonight)/u.test(said) ? '晚上' : '');
  return { year, month: ofToday, day, rest };
}

function written(year: string | undefined, month: number, day: number, rest = ''): WrittenDate {
  return { year: year === undefined ? undefined : Number(year), month, day, rest };
}

const CLOCK =
  /^(?:at )?(?<half>凌晨|早上|上午|中午|下午|傍晚|晚上)? ?(?:at )?(?<hour>\d{1,2})(?:(?::(?<minutes>\d{2}))|(?: ?[点时](?:(?<half30>半)|(?<more>\d{1,2}) ?分?)?整?))? ?(?<noon>am|pm|a\.m\.|p\.m)?$/u;
const LATER_HALF = ['下午', '傍晚', '晚上', 'pm', 'p.m'];

/** A time of day: `18:00`, `6 pm`, `下午6点半`. An hour alone is none unless something says that it is one. */
export function readClock(said: string): { readonly hour: number; readonly minute: number } | undefined {
  const found = CLOCK.exec(said.trim())?.groups;
  const isTold = found && (/[:点时]/u.test(said) || found.noon !== undefined);
  if (!found || !isTold) return undefined;
  const half = found.half ?? found.noon ?? '';
  const written = Number(found.hour);
  const noonOnTwelve = written === 12 && half.startsWith('a') ? 0 : written;
  const hour = LATER_HALF.includes(half) && written < 12 ? written + 12 : noonOnTwelve;
  return { hour, minute: found.half30 ? 30 : Number(found.minutes ?? found.more ?? 0) };
}

const SIGN = /^(?:(?<minus>-|前|开始前|开始之前|之前|提前)|(?<plus>\+|后|开始后|之后))/u;
const WORD = /(?: (?<before>before)| (?<after>after))(?: the)?$/u;
const UNITS: readonly (readonly [RegExp, 'days' | 'minutes', number])[] = [
  [/^(\d{1,3}) ?(?:days?|d|天)/u, 'days', 1],
  [/^(\d{1,3}) ?(?:hours?|hrs?|h|个?小时|个?钟头)/u, 'minutes', 60],
  [/^(\d{1,4}) ?(?:minutes?|mins?|m|分钟?)/u, 'minutes', 1],
];

/** A span beside the name of a start: `-30m`, `+1h30m`, `前半小时`, `30 minutes before`. */
export function readLead(said: string): { readonly days: number; readonly minutes: number } | undefined {
  const sign = SIGN.exec(said) ?? WORD.exec(said);
  if (!sign) return undefined;
  const isBefore = sign.groups?.minus !== undefined || sign.groups?.before !== undefined;
  const span = { days: 0, minutes: 0 };
  let rest = said
    .replace(sign[0], '')
    .trim()
    .replace(/半个?小时/u, '30分钟');
  if (rest === '') return undefined;
  for (const [pattern, unit, times] of UNITS) {
    const found = pattern.exec(rest);
    if (!found) continue;
    span[unit] += Number(found[1]) * times;
    rest = rest.slice(found[0].length).trim();
  }
  if (rest !== '') return undefined;
  return isBefore ? { days: -span.days, minutes: -span.minutes } : span;
}
