import type { Event, EventSession } from '../../src/domain/event.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { anEvent } from '../support/events.ts';

/** A moment written as people do, with its offset: `2026-05-20T09:00+08:00`. */
export function at(iso: string): Date {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) throw new Error(`expected a moment, received "${iso}"`);
  return date;
}

export const later = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

/** 20 May 2026, 9 to 17 o'clock in Chengdu. */
export const STARTS = at('2026-05-20T09:00+08:00');

export function event(given: Partial<Omit<Event, 'id'>> = {}): Event {
  return { id: 'fair', ...anEvent({ startsAt: STARTS, endsAt: later(STARTS, 480), ...given }) };
}

export function session(code: string, given: Partial<EventSession> = {}): EventSession {
  const startsAt = given.startsAt ?? STARTS;
  return {
    code,
    title: { zh: `场次 ${code}`, en: `Session ${code}` },
    venue: { zh: '主会场', en: 'Main hall' },
    startsAt,
    endsAt: later(startsAt, 90),
    capacity: null,
    ...given,
  };
}

export function registration(given: Partial<Registration> = {}): Registration {
  return {
    id: 'fair.ana',
    event: 'fair',
    person: 'ana',
    status: 'confirmed',
    ticket: '7K2M9QXA',
    details: {
      lang: 'zh',
      name: '王安',
      organization: '某某大学',
      kind: 'guest',
      attendance: 'onsite',
      sessions: [],
      party: 1,
      phone: null,
      email: null,
      extra: {},
    },
    consent: { at: at('2026-05-01T09:00+08:00'), text: 'digest' },
    runs: [],
    waitlist: { hall: false, sessions: false },
    history: [],
    createdAt: at('2026-05-01T09:00+08:00'),
    rev: 1,
    ...given,
  };
}
