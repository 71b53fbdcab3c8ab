import type { Fields } from './fields.ts';
import { type Frame, isWithinDays, readMoment, resolve, writeMoment } from './moment.ts';
import type { Reader } from './readers.ts';
import type { Source, Spot } from './source.ts';

const EXAMPLE = '2026-11-27 09:00';

/** The zone and present that times are read in; without a valid zone only their form is checked. */
export interface Place {
  readonly zone: string | undefined;
  readonly now: Date;
}

/**
 * Reads an instant. A time of day alone belongs to the day of `start`; with `start` null it needs its date, with
 * undefined (refused elsewhere) only its form is checked.
 */
export function time({ zone, now }: Place, start: Date | undefined | null): Reader<Date> {
  return (source, spot) => {
    const moment = readMoment(source.written(spot) ?? '');
    if (!moment || (moment.kind === 'clock' && start === null)) {
      return source.expected(spot, `a local time such as ${EXAMPLE}`);
    }
    if (zone === undefined || (moment.kind === 'clock' && !start)) return undefined;
    const frame: Frame = { zone, now, day: start ?? undefined };
    const resolved = resolve(moment, frame);
    return 'at' in resolved ? resolved.at : source.expected(spot, resolved.wrong);
  };
}

/** A span of time, as far as it could be read. */
export interface Span {
  readonly startsAt: Date | undefined;
  readonly endsAt: Date | undefined;
}

export function refuseEndBeforeStart(source: Source, spot: Spot, span: Span, zone: string | undefined): void {
  const { startsAt, endsAt } = span;
  if (!startsAt || !endsAt || !zone || startsAt < endsAt) return;
  source.expected(spot, `an end after the start (${writeMoment(startsAt, zone)})`);
}

/** When registration opens and closes, as far as it could be read; null: not said. */
export interface Window {
  readonly opens: Date | null | undefined;
  readonly closes: Date | null | undefined;
}

/** Refuses a registration that closes after the event, or opens when it has closed or the event is over. */
export function refuseWindow(
  source: Source,
  fields: Fields,
  { opens, closes }: Window,
  { endsAt }: Span,
  zone: string | undefined,
): void {
  if (!zone) return;
  if (closes && endsAt && closes > endsAt) {
    const what = `registration to close by the end of the event (${writeMoment(endsAt, zone)})`;
    source.expected(fields.spot('registrationClosesAt'), what);
  }
  const end = closes ?? endsAt;
  if (opens && end && opens >= end) {
    const what = `registration to open before it closes (${writeMoment(end, zone)})`;
    source.expected(fields.spot('registrationOpensAt'), what);
  }
}

/** Refuses a session's time on a day that the event does not have. */
export function refuseOtherDay(
  source: Source,
  spot: Spot,
  at: Date | undefined,
  event: Span,
  zone: string | undefined,
): void {
  const { startsAt, endsAt } = event;
  if (!at || !startsAt || !endsAt || !zone || endsAt <= startsAt) return;
  if (isWithinDays(at, startsAt, endsAt, zone)) return;
  const [from, to] = [startsAt, endsAt].map((one) => writeMoment(one, zone).slice(0, 10));
  const days = from === to ? `the day of the event (${from})` : `the days of the event (${from} to ${to})`;
  source.expected(spot, `a time on ${days}`);
}
