import type { Event } from '../src/domain/event.ts';
import { isActive } from '../src/domain/registration.ts';
import { capacityOf, HALL, poolOfSession } from '../src/domain/seats.ts';
import { formatClock, formatSpan } from '../src/domain/time.ts';
import type { Lang, Text } from '../src/text/text.ts';
import type { EventFacts, Facts, MyRegistration } from '../src/usecases/load-facts.ts';

const TEXTS = {
  hall: { zh: '现场名额', en: 'a seat on site' },
} as const satisfies Record<string, Text>;

/** Events that a person can register for now. */
export function openEvents(facts: Facts): readonly EventFacts[] {
  return facts.events.filter(({ closed }) => closed === undefined);
}

export function myActive(facts: Facts): readonly MyRegistration[] {
  return facts.registrations
    .filter(
      ({ registration, event }) =>
        isActive(registration) && event.endsAt > facts.now && event.status !== 'cancelled',
    )
    .sort((a, b) => a.event.startsAt.getTime() - b.event.startsAt.getTime());
}

export function mineFor(facts: Facts, event: Event): MyRegistration | undefined {
  return facts.registrations.find((mine) => mine.event.id === event.id && isActive(mine.registration));
}

/** Finds an event by what a person typed: its code, whatever the case. */
export function byCode(facts: Facts, code: string): EventFacts | undefined {
  const wanted = code.trim().toLowerCase();
  return facts.events.find(({ event }) => event.code === wanted);
}

/** Whether a pool has too few seats left for a party, this person's own seats counted as free. */
export function isFull(facts: Facts, event: Event, pool: string, party: number): boolean {
  const capacity = capacityOf(event, pool);
  if (capacity === null) return false;
  const known = facts.events.find((one) => one.event.id === event.id);
  const own = mineFor(facts, event)?.entries.find(
    ({ pool: of, state }) => of === pool && (state === 'held' || state === 'offered'),
  );
  return capacity - (known?.taken[pool] ?? 0) + (own?.seats ?? 0) < party;
}

export function sessionFull(facts: Facts, event: Event, code: string, party: number): boolean {
  return isFull(facts, event, poolOfSession(code), party);
}

const lines = new WeakMap<Event, Map<string, string>>();

/** `09:00–10:30 开幕式 · 主会场`. Written once per event as it was loaded: a form reads its choices many times a turn. */
export function sessionLine(event: Event, code: string, lang: Lang): string {
  const known = lines.get(event) ?? new Map<string, string>();
  lines.set(event, known);
  const key = `${lang} ${code}`;
  const line = known.get(key) ?? writeSessionLine(event, code, lang);
  known.set(key, line);
  return line;
}

function writeSessionLine(event: Event, code: string, lang: Lang): string {
  const session = event.sessions.find((one) => one.code === code);
  if (!session) return code;
  const from = formatClock(session.startsAt, event.zone, lang);
  const to = formatClock(session.endsAt, event.zone, lang);
  return `${from}–${to} ${session.title[lang]} · ${session.venue[lang]}`;
}

/** Title, time and place of an event, a line each. */
export function eventLines(event: Event, lang: Lang): string {
  return [
    event.title[lang],
    formatSpan(event.startsAt, event.endsAt, event.zone, lang),
    event.place[lang],
  ].join('\n');
}

/** What a pool of seats is called: the hall, or the session's time and title. */
export function seatName(event: Event, pool: string, lang: Lang): string {
  return pool === HALL ? TEXTS.hall[lang] : sessionLine(event, sessionOfPool(pool) ?? pool, lang);
}

function sessionOfPool(pool: string): string | undefined {
  return pool === HALL ? undefined : pool.replace(poolOfSession(''), '');
}

/** How a person refers to a seat of theirs: the ticket, with the session's code where it is one of a session. */
export function referenceOf(ticket: string, pool: string): string {
  return [ticket, sessionOfPool(pool)].filter((part) => part !== undefined).join(' ');
}
