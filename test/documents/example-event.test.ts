import { describe, expect, it } from 'vitest';
import { exampleEvents } from '../../src/documents/example-event.ts';
import { closedBecause, type Event } from '../../src/domain/event.ts';
import { occurrences } from '../../src/domain/reminder.ts';
import { formatSpan, HOUR, inZone, MINUTE } from '../../src/domain/time.ts';
import { NOW } from './support/files.ts';

function examples(now: Date): { chengdu: Event; salon: Event } {
  const [chengdu, salon] = exampleEvents(now).map((event) => ({ id: event.code, ...event }));
  if (!chengdu || !salon) throw new Error('expected two example events');
  return { chengdu, salon };
}

const { chengdu, salon } = examples(NOW);

describe('the example conference', () => {
  it('is a day in Chengdu a week from now, for 300 guests on site and more online', () => {
    expect(chengdu.title.zh).toBe('第六届科技成果对接大会');
    expect(chengdu.title.en).toBe('6th Matchmaking Conference on Scientific and Technological Achievements');
    expect(formatSpan(chengdu.startsAt, chengdu.endsAt, chengdu.zone, 'zh')).toBe(
      '2026年11月27日周五 09:00–17:30（Asia/Shanghai）',
    );
    expect([chengdu.office, chengdu.code, chengdu.capacity]).toEqual(['local-cooperation', 'chengdu', 300]);
    expect(chengdu.attendance).toEqual(['onsite', 'online']);
    expect(chengdu.languages).toEqual(['zh', 'en']);
  });

  it('has the programme in order, with few seats at the matchmaking and two venues at once', () => {
    expect(chengdu.sessions.map(({ code, capacity }) => [code, capacity])).toEqual([
      ['opening', null],
      ['investment', null],
      ['signing', null],
      ['keynotes', null],
      ['alumni', 30],
      ['roadshow', null],
      ['digital', 120],
      ['green', 120],
    ]);
    const starts = chengdu.sessions.map(({ startsAt }) => startsAt.getTime());
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    const [digital, green] = chengdu.sessions.slice(-2);
    expect(digital?.startsAt).toEqual(green?.startsAt);
    expect(digital?.venue).not.toEqual(green?.venue);
  });

  it('asks for the six fields of the project manual', () => {
    const fields = chengdu.questions.find(({ id }) => id === 'fields');
    expect(fields?.kind === 'multi' && fields.choices.map(({ label }) => label.zh)).toEqual([
      '电子信息',
      '能源环境',
      '生物医药',
      '先进制造',
      '新材料',
      '交通规划',
    ]);
  });

  it('has reminders ahead', () => {
    const ahead = occurrences(chengdu).filter(({ dueAt }) => dueAt > NOW);
    expect(ahead.map(({ dueAt }) => inZone(dueAt, chengdu.zone).toFormat('MM-dd HH:mm'))).toEqual([
      '11-26 18:00',
      '11-27 08:00',
    ]);
  });
});

describe('the example salon', () => {
  it('starts in a little more than an hour, on a full five minutes, for 20 guests on site and online', () => {
    expect(formatSpan(salon.startsAt, salon.endsAt, salon.zone, 'zh')).toBe(
      '2026年11月21日周六 00:20–02:20（Asia/Shanghai）',
    );
    expect([salon.code, salon.capacity, salon.attendance]).toEqual(['salon', 20, ['onsite', 'online']]);
  });
});

describe('at any time of any day', () => {
  const moments = Array.from(
    { length: 100 },
    (_, i) => new Date(NOW.getTime() + i * 22 * HOUR + i * 7 * MINUTE),
  );

  it('both events are open and ahead', () => {
    for (const now of moments) {
      const { chengdu: conference, salon: small } = examples(now);
      expect([closedBecause(conference, now), closedBecause(small, now)]).toEqual([undefined, undefined]);
      expect(conference.startsAt > now && small.startsAt > now).toBe(true);
    }
  });

  it('a reminder of the salon is due 15 to 20 minutes from now', () => {
    for (const now of moments) {
      const [first] = occurrences(examples(now).salon);
      const wait = ((first?.dueAt.getTime() ?? 0) - now.getTime()) / MINUTE;
      expect(wait).toBeGreaterThanOrEqual(15);
      expect(wait).toBeLessThan(20);
    }
  });
});
