import { inZone, type LocalTime, MINUTE, momentsOf } from '../../domain/time.ts';

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** A point in time as it is written in a file, before its zone is known. */
export type Moment =
  | {
      readonly kind: 'date';
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly clock: Clock;
      /** Minutes east of UTC: tells which of two, where clocks are set back. */
      readonly offset: number | undefined;
    }
  | { readonly kind: 'from-today'; readonly days: number; readonly clock: Clock }
  | { readonly kind: 'from-now'; readonly minutes: number }
  | { readonly kind: 'clock'; readonly clock: Clock };

const CLOCK = String.raw`([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?`;
const DATE = new RegExp(String.raw`^(\d{4})-(\d\d?)-(\d\d?)[ T]+${CLOCK}(?: ?([+-])(\d\d):([0-5]\d))?$`);
const FROM_TODAY = new RegExp(String.raw`^([+-]\d{1,4})d +${CLOCK}$`);
const FROM_NOW = /^([+-])(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/;
const CLOCK_ALONE = new RegExp(`^${CLOCK}$`);
const EVERY = 5 * MINUTE;

/** Reads a written moment; full-width digits and colons are fine. Undefined when it is none. */
export function readMoment(written: string): Moment | undefined {
  const text = written.normalize('NFKC').trim();
  const date = DATE.exec(text);
  if (date) {
    const [, year, month, day, , , , , sign, hours, minutes] = date;
    const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : undefined;
    const clock = clockOf(date.slice(4));
    return { kind: 'date', year: Number(year), month: Number(month), day: Number(day), clock, offset };
  }
  const today = FROM_TODAY.exec(text);
  if (today) return { kind: 'from-today', days: Number(today[1]), clock: clockOf(today.slice(2)) };
  const now = FROM_NOW.exec(text);
  if (now && text.length > 1) {
    const minutes = Number(now[2] ?? 0) * 60 + Number(now[3] ?? 0);
    return { kind: 'from-now', minutes: now[1] === '-' ? -minutes : minutes };
  }
  const clock = CLOCK_ALONE.exec(text);
  return clock ? { kind: 'clock', clock: clockOf(clock.slice(1)) } : undefined;
}

function clockOf([hour, minute, second, millisecond]: readonly (string | undefined)[]): Clock {
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: Number(millisecond ?? 0),
  };
}

/** Where a written moment is read: the zone, the present, and the day that a time of day alone belongs to. */
export interface Frame {
  readonly zone: string;
  readonly now: Date;
  readonly day: Date | undefined;
}

export type Resolved = { readonly at: Date } | { readonly wrong: string };

/**
 * The instant of a moment. Refuses, by what was expected: a date or local time that does not exist, and one that
 * happens twice (clocks set back) unless its offset says which.
 */
export function resolve(moment: Moment, { zone, now, day }: Frame): Resolved {
  if (moment.kind === 'from-now') {
    return { at: new Date(Math.ceil((now.getTime() + moment.minutes * MINUTE) / EVERY) * EVERY) };
  }
  const { clock } = moment;
  if (moment.kind === 'date') return resolveLocal({ ...moment, ...clock }, zone, moment.offset);
  const date = inZone(moment.kind === 'clock' ? (day ?? now) : now, zone);
  const moved = moment.kind === 'from-today' ? date.plus({ days: moment.days }) : date;
  return resolveLocal({ year: moved.year, month: moved.month, day: moved.day, ...clock }, zone, undefined);
}

function resolveLocal(
  { year, month, day, hour, minute, second, millisecond }: LocalTime & Clock,
  zone: string,
  offset: number | undefined,
): Resolved {
  const candidates = momentsOf({ year, month, day, hour, minute, second, millisecond }, zone);
  if (!candidates) return { wrong: 'a date that exists' };
  if (candidates.length === 0)
    return { wrong: `a time that exists in ${zone} (the clocks there are set forward over it)` };
  const meant = offset === undefined ? candidates : candidates.filter((one) => one.offset === offset);
  const [only, other] = meant;
  const choices = candidates.map((one) => one.toFormat('yyyy-MM-dd HH:mm ZZ')).join(' or ');
  if (!only) return { wrong: `the offset that ${zone} has then (${choices})` };
  if (other) return { wrong: `${choices} (the clocks are set back, so this time happens twice)` };
  return { at: only.toJSDate() };
}

/** `2026-11-27 09:00` in the zone, so that it is read as the same instant: seconds and offset only when needed. */
export function writeMoment(at: Date, zone: string): string {
  const time = inZone(at, zone);
  const seconds = at.getTime() % MINUTE === 0 ? '' : at.getTime() % 1000 === 0 ? ':ss' : ':ss.SSS';
  const offset = time.getPossibleOffsets().length > 1 ? ' ZZ' : '';
  return time.toFormat(`yyyy-MM-dd HH:mm${seconds}${offset}`);
}

/** Whether a moment falls on one of the days from `from` to `to`, in the zone. */
export function isWithinDays(at: Date, from: Date, to: Date, zone: string): boolean {
  const first = inZone(from, zone).startOf('day').toMillis();
  const last = inZone(to, zone).endOf('day').toMillis();
  return first <= at.getTime() && at.getTime() <= last;
}

/** A span before a start: whole days, and minutes beside them. */
export interface Lead {
  readonly days: number;
  readonly minutes: number;
}

/** Reads `7d`, `1h30m` or `2d3h`; undefined when it is none of these. */
export function readLead(written: string): Lead | undefined {
  const match = /^(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,4})m)?$/.exec(written.normalize('NFKC').trim());
  if (!match?.[0]) return undefined;
  return { days: Number(match[1] ?? 0), minutes: Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) };
}

export function writeLead({ days, minutes }: Lead): string {
  const hours = Math.floor(minutes / 60);
  const parts = [days ? `${days}d` : '', hours ? `${hours}h` : '', minutes % 60 ? `${minutes % 60}m` : ''];
  return parts.join('') || '0m';
}
