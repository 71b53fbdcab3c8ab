import type { Event } from '../src/domain/event.ts';
import { parseStart } from '../src/domain/notice-time.ts';
import { readLead } from '../src/domain/notice-time-words.ts';

/** Until when, or for how long, as an organizer writes it. */
export type Wanted =
  | { readonly until: Date }
  | { readonly by: { readonly days: number; readonly minutes: number } }
  | { readonly wrong: 'unreadable' | 'past' };

/** `2d`, `48小时`, `2026-11-28 18:00`, `明天 18:00`; local times are those of the event's zone. `now` is now. */
export function readWanted(text: string, event: Event, now: Date): Wanted {
  const said = text.normalize('NFKC').toLowerCase().trim();
  const span = /^\d/u.test(said) ? readLead(`+${said}`) : undefined;
  if (span) return span.days + span.minutes > 0 ? { by: span } : { wrong: 'unreadable' };
  const time = parseStart(text, event, now);
  if ('wrong' in time) return { wrong: time.wrong === 'past' ? 'past' : 'unreadable' };
  return { until: time.at ?? now };
}
