import { describe, expect, it } from 'vitest';
import { formatClock, formatSpan, formatWhen, isZone } from '../../src/domain/time.ts';
import { at } from './examples.ts';

const NINE = at('2026-11-27T09:00+08:00');

/** Newer rules of the platform write `Fri 27`, older ones `Fri, 27`: either reads well. */
const english = (text: string): string => text.replaceAll(/(?<=Fri|Sat|Thu|Sun),/g, '');

describe('a moment for a person', () => {
  it('names date, weekday, time and zone in Chinese', () => {
    expect(formatWhen(NINE, 'Asia/Shanghai', 'zh')).toBe('2026年11月27日周五 09:00（Asia/Shanghai）');
  });

  it('names date, weekday, time and zone in English', () => {
    expect(english(formatWhen(NINE, 'Asia/Shanghai', 'en'))).toBe(
      'Fri 27 November 2026 09:00 (Asia/Shanghai)',
    );
  });

  it('is told as clocks in the zone of the event show it, whatever the zone of the machine', () => {
    expect(formatWhen(NINE, 'America/New_York', 'zh')).toBe('2026年11月26日周四 20:00（America/New_York）');
    expect(english(formatWhen(NINE, 'America/New_York', 'en'))).toBe(
      'Thu 26 November 2026 20:00 (America/New_York)',
    );
  });

  it('just after midnight is 00, not 24', () => {
    const midnight = at('2026-11-27T00:05+08:00');
    expect(formatClock(midnight, 'Asia/Shanghai', 'zh')).toBe('00:05');
    expect(formatClock(midnight, 'Asia/Shanghai', 'en')).toBe('00:05');
  });

  it('follows daylight-saving time', () => {
    expect(formatWhen(at('2026-03-29T01:30Z'), 'Europe/Berlin', 'zh')).toContain('03:30');
    expect(formatWhen(at('2026-10-25T01:30Z'), 'Europe/Berlin', 'zh')).toContain('02:30');
  });
});

describe('a span', () => {
  it('within a day names the date and the zone once', () => {
    const to = at('2026-11-27T10:30+08:00');
    expect(formatSpan(NINE, to, 'Asia/Shanghai', 'zh')).toBe(
      '2026年11月27日周五 09:00–10:30（Asia/Shanghai）',
    );
    expect(english(formatSpan(NINE, to, 'Asia/Shanghai', 'en'))).toBe(
      'Fri 27 November 2026 09:00–10:30 (Asia/Shanghai)',
    );
  });

  it('over midnight names both dates, and the zone once', () => {
    const from = at('2026-11-27T22:00+08:00');
    const to = at('2026-11-28T01:30+08:00');
    expect(formatSpan(from, to, 'Asia/Shanghai', 'zh')).toBe(
      '2026年11月27日周五 22:00 – 2026年11月28日周六 01:30（Asia/Shanghai）',
    );
    expect(english(formatSpan(from, to, 'Asia/Shanghai', 'en'))).toBe(
      'Fri 27 November 2026 22:00 – Sat 28 November 2026 01:30 (Asia/Shanghai)',
    );
  });

  it('is over midnight or not by the clock of the place', () => {
    const from = at('2026-11-27T22:00+08:00');
    const to = at('2026-11-28T01:30+08:00');
    expect(formatSpan(from, to, 'Europe/Berlin', 'zh')).toBe(
      '2026年11月27日周五 15:00–18:30（Europe/Berlin）',
    );
  });
});

describe('a zone', () => {
  it('is known by its IANA name, not by an offset or a guess', () => {
    expect(['Asia/Shanghai', 'Europe/Berlin', 'UTC'].map(isZone)).toEqual([true, true, true]);
    expect(['', 'Mars/Olympus', '+08:00', 'Asia/Chengdu'].map(isZone)).toEqual([false, false, false, false]);
  });
});
