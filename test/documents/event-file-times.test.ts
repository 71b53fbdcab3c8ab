import { describe, expect, it } from 'vitest';
import { inZone } from '../../src/domain/time.ts';
import { eventOf, file, NOW, problemsOf } from './support/files.ts';

/** The start as a clock in the zone shows it. */
function startOf(startsAt: string, zone = 'Asia/Shanghai', now = NOW): string {
  const event = eventOf(file({ zone, startsAt, endsAt: '2099-01-01 00:00', reminders: '[]' }), now);
  return inZone(event.startsAt, zone).toFormat('yyyy-MM-dd HH:mm:ss.SSS ZZ');
}

function refusal(startsAt: string, zone: string): string[] {
  return problemsOf(file({ zone, startsAt, endsAt: '2099-01-01 00:00' }));
}

describe('a time in an event file', () => {
  it.each([
    ['2026-11-27 09:00', '2026-11-27 09:00:00.000 +08:00'],
    ['2026-11-27T09:00', '2026-11-27 09:00:00.000 +08:00'],
    ['2026-1-5 9:05', '2026-01-05 09:05:00.000 +08:00'],
    ['２０２６-11-27 09：00', '2026-11-27 09:00:00.000 +08:00'],
    ['2026-11-27 09:00:30', '2026-11-27 09:00:30.000 +08:00'],
    ['2026-11-27 09:00:30.250', '2026-11-27 09:00:30.250 +08:00'],
  ])('%s is local to the zone', (written, read) => {
    expect(startOf(written)).toBe(read);
  });

  it.each([
    ['+7d 09:00', '2026-11-27 09:00:00.000 +08:00'],
    ['+0d 23:59', '2026-11-20 23:59:00.000 +08:00'],
    ['-1d 09:00', '2026-11-19 09:00:00.000 +08:00'],
  ])('%s counts from today in the zone', (written, read) => {
    expect(startOf(written)).toBe(read);
  });

  it('counts from the day that it is in the zone, not elsewhere', () => {
    expect(startOf('+1d 09:00', 'Asia/Tokyo')).toBe('2026-11-22 09:00:00.000 +09:00');
  });

  it.each([
    ['+75m', '2026-11-21 00:20:00.000 +08:00'],
    ['+2h', '2026-11-21 01:05:00.000 +08:00'],
    ['+1h30m', '2026-11-21 00:35:00.000 +08:00'],
    ['-30m', '2026-11-20 22:35:00.000 +08:00'],
  ])('%s counts from now, up to the next 5 minutes', (written, read) => {
    expect(startOf(written)).toBe(read);
  });

  it('stays on a full 5 minutes', () => {
    expect(startOf('+75m', 'Asia/Shanghai', new Date('2026-11-20T15:00:00Z'))).toContain(
      '2026-11-21 00:15:00.000',
    );
    expect(startOf('+75m', 'Asia/Shanghai', new Date('2026-11-20T15:00:00.001Z'))).toContain(
      '2026-11-21 00:20:00.000',
    );
  });

  it.each([
    '2026-11-27',
    '24:00',
    '2026-11-27 24:00',
    '2026-11-27 9am',
    '+7d',
    '+',
    '09:00 +7d',
    '1795741200',
  ])('%s is none', (written) => {
    const [problem] = refusal(written, 'Asia/Shanghai');
    expect(problem).toContain('line 6 startsAt: expected a local time such as 2026-11-27 09:00, received');
  });

  it('must be on a day that exists', () => {
    expect(refusal('2026-02-29 09:00', 'Asia/Shanghai')).toEqual([
      'line 6 startsAt: expected a date that exists, received "2026-02-29 09:00"',
    ]);
    expect(refusal('2011-12-30 09:00', 'Pacific/Apia')).toEqual([
      'line 6 startsAt: expected a time that exists in Pacific/Apia (the clocks there are set forward over it), received "2011-12-30 09:00"',
    ]);
  });
});

describe('a time on the day when clocks change', () => {
  it('is refused when the clocks are set forward over it', () => {
    expect(refusal('2027-03-28 02:30', 'Europe/Berlin')).toEqual([
      'line 6 startsAt: expected a time that exists in Europe/Berlin (the clocks there are set forward over it), received "2027-03-28 02:30"',
    ]);
    expect(startOf('2027-03-28 03:00', 'Europe/Berlin')).toBe('2027-03-28 03:00:00.000 +02:00');
  });

  it('needs its offset when it happens twice', () => {
    expect(refusal('2026-10-25 02:30', 'Europe/Berlin')).toEqual([
      'line 6 startsAt: expected 2026-10-25 02:30 +02:00 or 2026-10-25 02:30 +01:00 (the clocks are set back, so this time happens twice), received "2026-10-25 02:30"',
    ]);
    expect(startOf('2026-10-25 02:30 +02:00', 'Europe/Berlin')).toBe('2026-10-25 02:30:00.000 +02:00');
    expect(startOf('2026-10-25 02:30 +01:00', 'Europe/Berlin')).toBe('2026-10-25 02:30:00.000 +01:00');
  });

  it('may have an offset at any time, but only that of the zone', () => {
    expect(startOf('2026-11-27 09:00 +08:00')).toBe('2026-11-27 09:00:00.000 +08:00');
    expect(refusal('2026-11-27 09:00 +01:00', 'Asia/Shanghai')).toEqual([
      'line 6 startsAt: expected the offset that Asia/Shanghai has then (2026-11-27 09:00 +08:00), received "2026-11-27 09:00 +01:00"',
    ]);
  });
});
