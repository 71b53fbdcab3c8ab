import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import { announceChange, planReminders } from '../../src/domain/occasion.ts';
import type { ReminderRule } from '../../src/domain/reminder.ts';
import { at, event, later, STARTS, session } from './examples.ts';

const NOW = at('2026-05-10T10:00+08:00');
const hour: ReminderRule = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 };
const talks: ReminderRule = { id: 'talks', kind: 'before', of: 'session', days: 0, minutes: 15 };

describe('the plan of reminders', () => {
  const fair = event({ reminders: [hour, talks], sessions: [session('a'), session('b')] });

  it('has one for every rule and start, with the time until which it may leave', () => {
    expect(
      planReminders(fair).map(({ rule, session: of, dueAt, expiresAt, state }) => [
        rule,
        of,
        dueAt,
        expiresAt,
        state,
      ]),
    ).toEqual([
      ['hour', null, later(STARTS, -60), later(STARTS, -54), 'planned'],
      ['talks', 'a', later(STARTS, -15), later(STARTS, -10), 'planned'],
      ['talks', 'b', later(STARTS, -15), later(STARTS, -10), 'planned'],
    ]);
  });

  it('is the same each time, and another after a move', () => {
    const ids = (one: Event) => planReminders(one).map(({ id }) => id);
    expect(ids(fair)).toEqual(ids({ ...fair, title: { zh: '新名称', en: 'New name' } }));
    expect(new Set(ids(fair)).size).toBe(3);
    const moved = { ...fair, startsAt: later(STARTS, 30) };
    expect(ids(moved).filter((id) => ids(fair).includes(id))).toHaveLength(2);
  });

  it('is empty for an event that nobody can take part in', () => {
    for (const status of ['draft', 'closed', 'archived', 'cancelled'] as const) {
      expect(planReminders({ ...fair, status })).toEqual([]);
    }
  });
});

describe('a change of an event', () => {
  const fair = event({ sessions: [session('a'), session('b')] });
  const announced = (before: Event, after: Event, now = NOW) => announceChange(before, after, 3, now)?.kind;

  it.each<[string, Partial<Event>]>([
    ['the start', { startsAt: later(STARTS, 60) }],
    ['the end', { endsAt: later(STARTS, 600) }],
    ['the place', { place: { zh: '二号厅', en: 'Hall 2' } }],
    ['the zone', { zone: 'Europe/Berlin' }],
    ['the time of a session', { sessions: [session('a'), session('b', { startsAt: later(STARTS, 30) })] }],
    ['the venue of a session', { sessions: [session('a'), session('b', { venue: { zh: '乙', en: 'B' } })] }],
    ['the list of sessions', { sessions: [session('a')] }],
  ])('of %s is announced', (_, change) => {
    expect(announced(fair, { ...fair, ...change })).toBe('moved');
  });

  it.each<[string, Partial<Event>]>([
    ['the title', { title: { zh: '新名称', en: 'New name' } }],
    ['the capacity', { capacity: 10 }],
    ['the seats of a session', { sessions: [session('a', { capacity: 5 }), session('b')] }],
    ['the order of sessions in the file', { sessions: [session('b'), session('a')] }],
    ['the order of languages in the file', { place: { en: fair.place.en, zh: fair.place.zh } }],
    ['the reminders', { reminders: [hour] }],
    ['the status to running', { status: 'running' }],
  ])('of %s is not announced', (_, change) => {
    expect(announced(fair, { ...fair, ...change })).toBeUndefined();
  });

  it('is announced a moment later, for a day, and once for each revision', () => {
    const moved = { ...fair, startsAt: later(STARTS, 60) };
    expect(announceChange(fair, moved, 3, NOW)).toEqual({
      id: 'fair/moved/3',
      event: 'fair',
      kind: 'moved',
      rule: null,
      session: null,
      startsAt: later(STARTS, 60),
      dueAt: new Date(NOW.getTime() + 2_000),
      expiresAt: later(NOW, 24 * 60),
      state: 'planned',
    });
  });

  it('to cancelled is announced, also with other times, and not twice', () => {
    const cancelled: Event = { ...fair, status: 'cancelled', startsAt: later(STARTS, 60) };
    expect(announced(fair, cancelled)).toBe('cancelled');
    expect(announced(cancelled, { ...cancelled, startsAt: STARTS })).toBeUndefined();
  });

  it('from cancelled back to open is announced: those who were told must hear', () => {
    expect(announced({ ...fair, status: 'cancelled' }, fair)).toBe('moved');
  });

  it('of a draft, or of an event that is over, concerns nobody', () => {
    const moved = { ...fair, endsAt: later(STARTS, 500) };
    expect(announced({ ...fair, status: 'draft' }, { ...moved, status: 'draft' })).toBeUndefined();
    expect(announced(fair, { ...moved, status: 'closed' })).toBeUndefined();
    expect(announced(fair, moved, later(STARTS, 500))).toBeUndefined();
    expect(announced(fair, { ...fair, status: 'cancelled' }, later(STARTS, 500))).toBeUndefined();
    expect(
      announced(
        fair,
        { ...moved, startsAt: later(STARTS, 9_000), endsAt: later(STARTS, 9_500) },
        later(STARTS, 500),
      ),
    ).toBe('moved');
  });
});
