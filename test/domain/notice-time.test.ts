import { describe, expect, it } from 'vitest';
import { parseStart } from '../../src/domain/notice-time.ts';
import { event } from '../flows/guest.ts';
import { at, session } from './examples.ts';

const NOW = at('2026-11-20T10:00+08:00');
const START = at('2026-11-27T09:00+08:00');
const opening = {
  ...session('opening'),
  title: { zh: '开幕式', en: 'Opening ceremony' },
  startsAt: START,
};
const FAIR = event('fair', { startsAt: START, sessions: [opening] });
const LONDON = event('london', { zone: 'Europe/London' });

const read = (text: string, of = FAIR, now = NOW) => parseStart(text, of, now);

describe('when a notice starts', () => {
  it.each(['now', 'Now', '现在', '立即', ' 马上。'])('is at once by “%s”', (said) => {
    expect(read(said)).toEqual({ at: null });
  });

  it.each([
    ['2026-11-27 18:00', '2026-11-27T18:00+08:00'],
    ['２０２６-11-27　18：00', '2026-11-27T18:00+08:00'],
    ['2026/11/27 18:00', '2026-11-27T18:00+08:00'],
    ['2026年11月27日 18:00', '2026-11-27T18:00+08:00'],
    ['11月27日18点', '2026-11-27T18:00+08:00'],
    ['11月27日下午6点半', '2026-11-27T18:30+08:00'],
    ['27.11. 18:00', '2026-11-27T18:00+08:00'],
    ['27.11.2026 18:00', '2026-11-27T18:00+08:00'],
    ['27 Nov 18:00', '2026-11-27T18:00+08:00'],
    ['27 November 2026, 6 pm', '2026-11-27T18:00+08:00'],
    ['5.1. 18:00', '2027-01-05T18:00+08:00'],
    ['明天 18:00', '2026-11-21T18:00+08:00'],
    ['明天晚上8点', '2026-11-21T20:00+08:00'],
    ['后天 9:05', '2026-11-22T09:05+08:00'],
    ['tomorrow 18:00', '2026-11-21T18:00+08:00'],
    ['tomorrow at 18:00', '2026-11-21T18:00+08:00'],
    ['tomorrow 12 am', '2026-11-21T00:00+08:00'],
    ['today 18:00', '2026-11-20T18:00+08:00'],
    ['今晚 7:30', '2026-11-20T19:30+08:00'],
    ['18:00', '2026-11-20T18:00+08:00'],
    ['opening -30m', '2026-11-27T08:30+08:00'],
    ['opening', '2026-11-27T09:00+08:00'],
    ['opening ceremony +1h30m', '2026-11-27T10:30+08:00'],
    ['开幕式前30分钟', '2026-11-27T08:30+08:00'],
    ['开幕式开始前半小时', '2026-11-27T08:30+08:00'],
    ['开幕式后 1 小时', '2026-11-27T10:00+08:00'],
    ['30 minutes before opening', '2026-11-27T08:30+08:00'],
    ['1 day before the event', '2026-11-26T09:00+08:00'],
    ['event -2d', '2026-11-25T09:00+08:00'],
    ['活动前1天', '2026-11-26T09:00+08:00'],
  ])('is read from “%s”', (said, when) => {
    expect(read(said)).toEqual({ at: at(when) });
  });

  it.each([
    '',
    '9',
    'soon',
    '明天',
    'tomorrow',
    '2026-11-27',
    'opening -',
    'opening - ceremony',
    '25',
    'x'.repeat(9_000),
  ])('is not read from “%.20s”', (said) => {
    expect(read(said)).toEqual({ wrong: 'unreadable' });
  });

  it.each(['2026-02-30 10:00', '31.11. 10:00', '2026-11-27 25:00', '11月27日 18:75'])(
    'is no date as “%s”',
    (said) => {
      expect(read(said)).toEqual({ wrong: 'no-date' });
    },
  );

  it.each([
    ['2026-11-20 10:00', '2026-11-20T10:00+08:00'],
    ['今天 9:00', '2026-11-20T09:00+08:00'],
    ['19.11. 18:00', '2026-11-19T18:00+08:00'],
    ['event -8d', '2026-11-19T09:00+08:00'],
  ])('is past as “%s”', (said, when) => {
    expect(read(said)).toEqual({ wrong: 'past', at: at(when) });
  });

  it('is refused where clocks are set forward over it', () => {
    expect(read('2027-03-28 01:30', LONDON)).toEqual({ wrong: 'skipped' });
    expect(read('2027-03-28 02:30', LONDON)).toEqual({ at: at('2027-03-28T02:30+01:00') });
  });

  it('is the earlier one where clocks are set back', () => {
    expect(read('2027-10-31 01:30', LONDON)).toEqual({ at: at('2027-10-31T01:30+01:00') });
  });
});
