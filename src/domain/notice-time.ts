import type { Event } from './event.ts';
import { readClock, readLead, readLocalDate } from './notice-time-words.ts';
import { DAY, inZone, momentsOf } from './time.ts';

/** When a notice is to start; null: as soon as it is confirmed. */
export type StartTime =
  | { readonly at: Date | null }
  /** `skipped`: clocks are set forward over it. `past`: it was at that time. */
  | { readonly wrong: 'unreadable' | 'no-date' | 'skipped' }
  | { readonly wrong: 'past'; readonly at: Date };

const NOW = /^(?:now|at once|immediately|现在|立即|立刻|马上|即刻|立即发送)$/u;

/** A date without a year that lies further back is meant for the next year. */
const LONG_PAST = 180 * DAY;

/**
 * Reads when a notice is to start, as an organizer writes it in either language: `now`, `2026-11-27 18:00`,
 * `27.11. 18:00`, `明天 18:00`, or relative to the start of the event or one of its sessions, by code or title:
 * `opening -30m`, `开幕式前30分钟`. Local times are in the event's zone; one that comes twice, as clocks are set back,
 * is the earlier of the two.
 */
export function parseStart(text: string, event: Event, now: Date): StartTime {
  const said = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/[.。!]$/u, '');
  if (NOW.test(said)) return { at: null };
  const relative = fromStart(said, event);
  if (relative) return notPast(relative, now);
  return localStart(said, event.zone, now);
}

function notPast(at: Date, now: Date): StartTime {
  return at <= now ? { wrong: 'past', at } : { at };
}

function localStart(said: string, zone: string, now: Date): StartTime {
  const date = readLocalDate(said, inZone(now, zone));
  const clock = date && readClock(date.rest);
  if (!date || !clock) return { wrong: 'unreadable' };
  const { month, day } = date;
  const inYear = (year: number) => momentsOf({ year, month, day, ...clock }, zone);
  const year = date.year ?? inZone(now, zone).year;
  const moments = inYear(year);
  if (!moments) return { wrong: 'no-date' };
  const [first] = moments;
  if (!first) return { wrong: 'skipped' };
  const isLongPast = date.year === undefined && now.getTime() - first.toMillis() > LONG_PAST;
  const meant = isLongPast ? inYear(year + 1)?.[0] : first;
  return meant ? notPast(meant.toJSDate(), now) : { wrong: 'no-date' };
}

/** A moment told from a start: `NAME`, `NAME -30m`, `30m before NAME`, `NAME前30分钟`. */
function fromStart(said: string, event: Event): Date | undefined {
  for (const [name, startsAt] of startsOf(event)) {
    const rest = restBeside(said, name);
    const shift = rest === '' ? { days: 0, minutes: 0 } : rest === undefined ? undefined : readLead(rest);
    if (shift) return inZone(startsAt, event.zone).plus(shift).toJSDate();
  }
  return undefined;
}

/** What is said before or after a name; undefined: the name is not there, or on both sides there is something. */
function restBeside(said: string, name: string): string | undefined {
  if (said.startsWith(name)) return said.slice(name.length).trim();
  return said.endsWith(name) ? said.slice(0, -name.length).trim() : undefined;
}

/** Every start by its names, the longer ones first, as one may begin with another. */
function startsOf({ startsAt, sessions }: Event): (readonly [string, Date])[] {
  const own = ['event', 'the event', '活动'].map((name) => [name, startsAt] as const);
  const named = sessions.flatMap(({ code, title, startsAt: from }) =>
    [code, title.zh, title.en].map((name) => [name.normalize('NFKC').toLowerCase(), from] as const),
  );
  return [...named, ...own].sort(([a], [b]) => b.length - a.length);
}
