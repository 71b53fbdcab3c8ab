import type { Event } from '../src/domain/event.ts';
import { HALL, poolOfSession } from '../src/domain/seats.ts';
import { formatSpan, inZone } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { EventFacts, Facts } from '../src/usecases/load-facts.ts';
import { byCode, isFull, mineFor, sessionLine } from './facts.ts';

const TEXTS = {
  none: { zh: '近期没有活动安排。', en: 'There are no events coming up.' },
  mine: { zh: '✓ {line}', en: '✓ {line}' },
  full: { zh: '{line}（已满，可候补）', en: '{line} (full, waitlist open)' },
  hallFull: { zh: '现场名额已满，可候补', en: 'On-site seats are full, waitlist open' },
  how: { zh: '报名请发送“报名 {code}”。', en: 'To register, send “register {code}”.' },
  day: { zh: '第 {day} 天', en: 'Day {day}' },
} as const satisfies Record<string, Text>;

/** The programme of an event, or of every live one. */
export function agendaText(facts: Facts, code: string, lang: Lang): string {
  const one = byCode(facts, code);
  const shown = one ? [one] : facts.events;
  return shown.length > 0
    ? shown.map((known) => programme(facts, known, lang)).join('\n\n')
    : TEXTS.none[lang];
}

function programme(facts: Facts, { event, closed }: EventFacts, lang: Lang): string {
  const mine = mineFor(facts, event);
  const head = [
    event.title[lang],
    formatSpan(event.startsAt, event.endsAt, event.zone, lang),
    event.place[lang],
  ];
  const lines = [...event.sessions]
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .flatMap((session) => [
      ...dayHead(event, session.code, lang),
      sessionShown(facts, event, session.code, mine?.registration.details.sessions ?? [], lang),
    ]);
  const hall = isFull(facts, event, HALL, 1) ? [TEXTS.hallFull[lang]] : [];
  const how = closed || mine ? [] : [fill(TEXTS.how, lang, { code: event.code })];
  return [...head, ...lines, ...hall, ...how].join('\n');
}

function sessionShown(facts: Facts, event: Event, code: string, mine: readonly string[], lang: Lang): string {
  const line = sessionLine(event, code, lang);
  if (mine.includes(code)) return fill(TEXTS.mine, lang, { line });
  return isFull(facts, event, poolOfSession(code), 1) ? fill(TEXTS.full, lang, { line }) : line;
}

/** A heading where a new day begins, for events of several days. */
function dayHead(event: Event, code: string, lang: Lang): string[] {
  const days = event.sessions.map(({ startsAt }) => inZone(startsAt, event.zone).startOf('day').toMillis());
  const all = [...new Set(days)].sort((a, b) => a - b);
  const index = event.sessions.findIndex((session) => session.code === code);
  const day = days[index] ?? 0;
  const starts = event.sessions.map(({ startsAt }) => startsAt.getTime());
  const first = Math.min(...starts.filter((_, i) => days[i] === day)) === starts[index];
  return all.length > 1 && first ? [fill(TEXTS.day, lang, { day: all.indexOf(day) + 1 })] : [];
}
