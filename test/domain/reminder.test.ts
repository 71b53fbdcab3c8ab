import { describe, expect, it } from 'vitest';
import {
  dueAt,
  graceOf,
  occurrences,
  type ReminderRule,
  reminderRuleSchema,
} from '../../src/domain/reminder.ts';
import { at, event, later, session } from './examples.ts';

const weekBefore: ReminderRule = { id: 'week', kind: 'before', of: 'event', days: 7, minutes: 0 };
const eveningBefore: ReminderRule = { id: 'eve', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' };
const hourBefore: ReminderRule = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 };
const night = (daysBefore: number): ReminderRule => ({
  id: 'night',
  kind: 'at',
  of: 'event',
  daysBefore,
  time: '02:30',
});

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const SHANGHAI = 'Asia/Shanghai';

// Clocks go forward in Berlin on 29 March 2026 from 2 to 3 and back on 25 October from 3 to 2; in New York on
// 8 March from 2 to 3 and on 1 November from 2 to 1. Shanghai has no such days.
describe('a reminder', () => {
  it.each([
    ['in Shanghai', SHANGHAI, '2026-05-20T09:00+08:00', '2026-05-13T09:00+08:00'],
    [
      'in Shanghai over the days of change elsewhere',
      SHANGHAI,
      '2026-03-30T09:00+08:00',
      '2026-03-23T09:00+08:00',
    ],
    ['in Berlin over the change in spring', BERLIN, '2026-04-01T10:00+02:00', '2026-03-25T10:00+01:00'],
    ['in Berlin over the change in autumn', BERLIN, '2026-10-28T10:00+01:00', '2026-10-21T10:00+02:00'],
    ['in New York over the change in spring', NEW_YORK, '2026-03-10T10:00-04:00', '2026-03-03T10:00-05:00'],
    ['in New York over the change in autumn', NEW_YORK, '2026-11-04T10:00-05:00', '2026-10-28T10:00-04:00'],
  ])('7 days before keeps the local clock %s', (_, zone, start, due) => {
    expect(dueAt(weekBefore, at(start), zone)).toEqual(at(due));
  });

  it.each([
    ['in Shanghai', SHANGHAI, '2026-05-20T09:00+08:00', '2026-05-19T18:00+08:00'],
    ['in Shanghai for an event after midnight', SHANGHAI, '2026-05-20T00:30+08:00', '2026-05-19T18:00+08:00'],
    [
      'in Berlin with the change in the night between',
      BERLIN,
      '2026-03-29T10:00+02:00',
      '2026-03-28T18:00+01:00',
    ],
    ['in Berlin on the day of the change', BERLIN, '2026-03-30T10:00+02:00', '2026-03-29T18:00+02:00'],
    ['in Berlin in autumn', BERLIN, '2026-10-25T10:00+01:00', '2026-10-24T18:00+02:00'],
    ['in Berlin after a day of 23 hours', BERLIN, '2026-03-30T00:30+02:00', '2026-03-29T18:00+02:00'],
    ['in Berlin after a day of 25 hours', BERLIN, '2026-10-26T00:30+01:00', '2026-10-25T18:00+01:00'],
    ['in New York in spring', NEW_YORK, '2026-03-08T10:00-04:00', '2026-03-07T18:00-05:00'],
    ['in New York in autumn', NEW_YORK, '2026-11-01T10:00-05:00', '2026-10-31T18:00-04:00'],
  ])('the day before at 18:00 is 18:00 on the wall %s', (_, zone, start, due) => {
    expect(dueAt(eveningBefore, at(start), zone)).toEqual(at(due));
  });

  it.each([
    ['in Shanghai', SHANGHAI, '2026-05-20T09:00+08:00', '2026-05-20T08:00+08:00'],
    ['in Berlin over the skipped hour', BERLIN, '2026-03-29T03:30+02:00', '2026-03-29T01:30+01:00'],
    ['in Berlin over the repeated hour', BERLIN, '2026-10-25T02:30+01:00', '2026-10-25T02:30+02:00'],
    ['in New York over the skipped hour', NEW_YORK, '2026-03-08T03:30-04:00', '2026-03-08T01:30-05:00'],
    ['in New York over the repeated hour', NEW_YORK, '2026-11-01T01:30-05:00', '2026-11-01T01:30-04:00'],
  ])('1 hour before is 60 minutes before %s', (_, zone, start, due) => {
    expect(dueAt(hourBefore, at(start), zone)).toEqual(at(due));
  });

  it.each([
    ['in Berlin', BERLIN, night(1), '2026-03-30T09:00+02:00', '2026-03-29T03:30+02:00'],
    ['in New York', NEW_YORK, night(1), '2026-03-09T09:00-04:00', '2026-03-08T03:30-04:00'],
    ['in Berlin, a week before', BERLIN, weekBefore, '2026-04-05T02:30+02:00', '2026-03-29T03:30+02:00'],
  ])('at a local time that is skipped moves on by the skipped hour %s', (_, zone, rule, start, due) => {
    expect(dueAt(rule, at(start), zone)).toEqual(at(due));
  });

  it('at a local time that comes twice is at one of the two', () => {
    const due = dueAt(night(1), at('2026-10-26T09:00+01:00'), BERLIN).toISOString();
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(due);
  });

  it('takes days off the local clock first, then minutes off the time', () => {
    const rule: ReminderRule = { id: 'r', kind: 'before', of: 'event', days: 1, minutes: 90 };
    expect(dueAt(rule, at('2026-03-29T10:00+02:00'), BERLIN)).toEqual(at('2026-03-28T08:30+01:00'));
  });
});

describe('the reminders of an event', () => {
  const startsAt = at('2026-05-20T09:00+08:00');
  const forSession: ReminderRule = { id: 'talk', kind: 'before', of: 'session', days: 0, minutes: 15 };

  it('come earliest first, for the event and for each session by its own start', () => {
    const fair = event({
      startsAt,
      reminders: [hourBefore, forSession, eveningBefore],
      sessions: [session('late', { startsAt: later(startsAt, 120) }), session('early', { startsAt })],
    });
    expect(occurrences(fair)).toEqual([
      { rule: 'eve', session: null, startsAt, dueAt: at('2026-05-19T18:00+08:00') },
      { rule: 'hour', session: null, startsAt, dueAt: later(startsAt, -60) },
      { rule: 'talk', session: 'early', startsAt, dueAt: later(startsAt, -15) },
      { rule: 'talk', session: 'late', startsAt: later(startsAt, 120), dueAt: later(startsAt, 105) },
    ]);
  });

  it('are in the zone of the event', () => {
    const fair = event({ startsAt, zone: NEW_YORK, reminders: [eveningBefore] });
    expect(occurrences(fair).map(({ dueAt: due }) => due)).toEqual([at('2026-05-18T18:00-04:00')]);
  });

  it('leave out what would fall on or after the start', () => {
    const atStart: ReminderRule = { id: 'zero', kind: 'before', of: 'event', days: 0, minutes: 0 };
    const sameDay = (time: string): ReminderRule => ({
      id: time,
      kind: 'at',
      of: 'event',
      daysBefore: 0,
      time,
    });
    const fair = event({
      startsAt,
      reminders: [atStart, sameDay('08:59'), sameDay('09:00'), sameDay('18:00')],
    });
    expect(occurrences(fair).map(({ rule }) => rule)).toEqual(['08:59']);
  });
});

describe('a late reminder', () => {
  const startsAt = at('2026-05-20T09:00+08:00');
  it.each([
    ['7 days before', 7 * 24 * 60, 120],
    ['the day before at 18:00', 15 * 60, 90],
    ['1 hour before', 60, 6],
    ['15 minutes before', 15, 5],
    ['2 minutes before', 2, 2],
  ])('%s may still leave for a while, never past the start', (_, lead, minutes) => {
    const grace = graceOf({ rule: 'r', session: null, startsAt, dueAt: later(startsAt, -lead) });
    expect(grace).toBe(minutes * 60_000);
  });
});

describe('a reminder rule', () => {
  it('is taken when it is one', () => {
    for (const rule of [weekBefore, eveningBefore, hourBefore]) {
      expect(reminderRuleSchema.parse(rule)).toEqual(rule);
    }
  });

  it.each([
    ['a time that no clock shows', { ...eveningBefore, time: '24:00' }],
    ['a time without its zero', { ...eveningBefore, time: '8:00' }],
    ['half a day', { ...weekBefore, days: 0.5 }],
    ['days after', { ...weekBefore, days: -1 }],
    ['an unknown kind', { ...weekBefore, kind: 'after' }],
    ['an id that cannot stand in a key', { ...weekBefore, id: 'a/b' }],
  ])('is refused with %s', (_, rule) => {
    expect(reminderRuleSchema.safeParse(rule).success).toBe(false);
  });
});
