import type { Attendance, Event, EventSession } from '../domain/event.ts';
import { formatSpan, MINUTE } from '../domain/time.ts';
import { fill, type Lang, type Text } from '../text/text.ts';
import { component, property, textProperty, utc, write } from './calendar-lines.ts';

export interface CalendarInput {
  readonly event: Event;
  /** Those that the guest has a seat in; none: the event as a whole. */
  readonly sessions: readonly EventSession[];
  readonly ticket: string;
  readonly lang: Lang;
  readonly attendance: Attendance;
  /** When the file is made: a later one replaces what an earlier one put into a calendar. */
  readonly now: Date;
}

const TEXTS = {
  ticket: { zh: '票号：{ticket}', en: 'Ticket: {ticket}' },
  when: { zh: '时间：{when}', en: 'Time: {when}' },
  online: { zh: '线上参加：{link}', en: 'Join online: {link}' },
  linkFollows: { zh: '线上（链接另行通知）', en: 'Online (the link will follow)' },
  contact: { zh: '联系方式：{contact}', en: 'Contact: {contact}' },
  place: { zh: '{place} {venue}', en: '{venue}, {place}' },
} as const satisfies Record<string, Text>;

const SEQUENCE_EPOCH = Date.UTC(2025, 0, 1);

/**
 * The guest's calendar (RFC 5545) in one language: an entry for each session, times in UTC, an alarm an hour
 * before. Entries are known by ticket and session, so importing a later file moves them; those of a cancelled event
 * are marked as cancelled.
 */
export function calendarOf(input: CalendarInput): string {
  const { event, sessions } = input;
  const entries = sessions.length > 0 ? sessions.map((one) => entryOf(input, one)) : [entryOf(input, event)];
  return write(
    component('VCALENDAR', [
      property('VERSION', '2.0'),
      property('PRODID', `-//Luyan//Event calendar//${input.lang.toUpperCase()}`),
      property('CALSCALE', 'GREGORIAN'),
      property('METHOD', 'PUBLISH'),
      ...entries.flat(),
    ]),
  );
}

function entryOf(input: CalendarInput, entry: EventSession | Event): string[] {
  const { event, ticket, lang, attendance, now } = input;
  const isSession = 'venue' in entry;
  const title = isSession ? `${entry.title[lang]} · ${event.title[lang]}` : event.title[lang];
  const isCancelled = event.status === 'cancelled';
  const link = attendance === 'online' && event.onlineLink ? new URL(event.onlineLink).href : undefined;
  return component('VEVENT', [
    property('UID', isSession ? `${ticket}-${entry.code}@luyan` : `${ticket}@luyan`),
    property('DTSTAMP', utc(now)),
    // Calendars keep the entry with the higher sequence: minutes rise by themselves, without a counter to store.
    property('SEQUENCE', String(Math.max(0, Math.floor((now.getTime() - SEQUENCE_EPOCH) / MINUTE)))),
    property('DTSTART', utc(entry.startsAt)),
    property('DTEND', utc(entry.endsAt)),
    textProperty('SUMMARY', title),
    textProperty('LOCATION', locationOf(input, isSession ? entry.venue : undefined, link)),
    textProperty('DESCRIPTION', descriptionOf(input, entry, link)),
    ...(link ? [property('URL', link)] : []),
    property('STATUS', isCancelled ? 'CANCELLED' : 'CONFIRMED'),
    ...(isCancelled ? [] : alarm(title)),
  ]);
}

function locationOf(
  { event, lang, attendance }: CalendarInput,
  venue: Text | undefined,
  link?: string,
): string {
  if (attendance === 'online') return link ?? TEXTS.linkFollows[lang];
  const place = event.place[lang];
  if (!venue || venue[lang] === place) return place;
  return fill(TEXTS.place, lang, { place, venue: venue[lang] });
}

function descriptionOf(
  { event, ticket, lang }: CalendarInput,
  entry: EventSession | Event,
  link?: string,
): string {
  const when = formatSpan(entry.startsAt, entry.endsAt, event.zone, lang);
  return [
    fill(TEXTS.ticket, lang, { ticket }),
    fill(TEXTS.when, lang, { when }),
    ...(link ? [fill(TEXTS.online, lang, { link })] : []),
    fill(TEXTS.contact, lang, { contact: event.contact[lang] }),
  ].join('\n');
}

function alarm(text: string): string[] {
  return component('VALARM', [
    property('ACTION', 'DISPLAY'),
    property('TRIGGER', '-PT1H'),
    textProperty('DESCRIPTION', text),
  ]);
}
