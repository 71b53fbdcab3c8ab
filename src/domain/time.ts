import { DateTime, IANAZone } from 'luxon';
import type { Lang } from '../text/text.ts';
import { LOCALE } from '../text/text.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** A moment seen from a zone. */
export function inZone(at: Date, zone: string): DateTime {
  return DateTime.fromJSDate(at, { zone });
}

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly millisecond?: number;
}

/**
 * The moments at which clocks in a zone show a local time: one as a rule, none where they are set forward over it,
 * two, the earlier first, where they are set back. undefined: there is no such date or time of day.
 */
export function momentsOf(local: LocalTime, zone: string): DateTime[] | undefined {
  const time = DateTime.fromObject({ second: 0, millisecond: 0, ...local }, { zone });
  if (!time.isValid) return undefined;
  const isShown = time.day === local.day && time.hour === local.hour && time.minute === local.minute;
  return isShown ? time.getPossibleOffsets() : [];
}

const DATE_TIME = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `2026年11月27日周五 09:00（Asia/Shanghai）`: a moment for a person, always with the event's zone named. */
export function formatWhen(at: Date, zone: string, lang: Lang): string {
  return named(dayAndClock(at, zone, lang), zone, lang);
}

/** `2026年11月27日周五 09:00–10:30（Asia/Shanghai）`; both dates when the span crosses midnight. */
export function formatSpan(from: Date, to: Date, zone: string, lang: Lang): string {
  const sameDay = inZone(from, zone).hasSame(inZone(to, zone), 'day');
  const end = sameDay ? `–${formatClock(to, zone, lang)}` : ` – ${dayAndClock(to, zone, lang)}`;
  return named(`${dayAndClock(from, zone, lang)}${end}`, zone, lang);
}

function dayAndClock(at: Date, zone: string, lang: Lang): string {
  return `${inZone(at, zone).setLocale(LOCALE[lang]).toLocaleString(DATE_TIME)} ${formatClock(at, zone, lang)}`;
}

function named(text: string, zone: string, lang: Lang): string {
  return lang === 'zh' ? `${text}（${zone}）` : `${text} (${zone})`;
}

/** `2026-05-10 09:00` in the zone: as people type it. */
export function writeLocal(at: Date, zone: string): string {
  return inZone(at, zone).toFormat('yyyy-MM-dd HH:mm');
}

/** `09:00` in the zone. */
export function formatClock(at: Date, zone: string, lang: Lang): string {
  return inZone(at, zone).setLocale(LOCALE[lang]).toLocaleString(CLOCK);
}

/** `2026年5月10日` or `10 May 2026`, in a zone. */
export function formatDay(at: Date, zone: string, lang: Lang): string {
  return inZone(at, zone)
    .setLocale(lang === 'zh' ? 'zh-CN' : 'en-GB')
    .toLocaleString(DateTime.DATE_FULL);
}
