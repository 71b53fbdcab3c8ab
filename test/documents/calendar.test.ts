import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/documents/calendar.ts';
import type { Event } from '../../src/domain/event.ts';
import { eventOf, file, NOW } from './support/files.ts';

const SESSIONS = `
  - code: opening
    title: { zh: 开幕式, en: Opening ceremony }
    venue: { zh: 主会场, en: Main hall }
    startsAt: 09:00
    endsAt: 09:40
  - code: digital
    title: { zh: 路演沙龙：数字经济与电子信息, en: "Digital Economy; Electronic Information" }
    startsAt: 15:45
    endsAt: 17:30`;

const event: Event = {
  id: 'e1',
  ...eventOf(
    file({
      title: '{ zh: 第六届科技成果对接大会, en: Matchmaking Conference }',
      place: '{ zh: 成都会议中心, en: "Convention Centre, Chengdu" }',
      contact: '{ zh: "会务组，电话 028-0000", en: "Office, phone 028-0000; e-mail\\\\fax" }',
      onlineLink: 'https://live.example.org/talk?a=1,2;b=会',
      sessions: SESSIONS,
    }),
  ),
};

const base = { event, sessions: event.sessions, ticket: '7K3M9QXA', attendance: 'onsite', now: NOW } as const;
const zh = (changes: Partial<Parameters<typeof calendarOf>[0]> = {}) =>
  calendarOf({ ...base, lang: 'zh', ...changes });
const en = (changes: Partial<Parameters<typeof calendarOf>[0]> = {}) =>
  calendarOf({ ...base, lang: 'en', ...changes });

const unfolded = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');

/** Every value of a property, unescaped as a calendar shows it. */
function values(calendar: string, name: string): string[] {
  return unfolded(calendar)
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/\\(.)/g, (_, mark) => (mark === 'n' ? '\n' : mark)));
}

describe('the calendar of a guest', () => {
  it('has an entry for each session, at its time in UTC', () => {
    expect(values(zh(), 'SUMMARY')).toEqual([
      '开幕式 · 第六届科技成果对接大会',
      '路演沙龙：数字经济与电子信息 · 第六届科技成果对接大会',
    ]);
    expect(values(zh(), 'DTSTART')).toEqual(['20261127T010000Z', '20261127T074500Z']);
    expect(values(zh(), 'DTEND')).toEqual(['20261127T014000Z', '20261127T093000Z']);
  });

  it('has one entry for an event without sessions', () => {
    const calendar = en({ sessions: [] });
    expect(values(calendar, 'SUMMARY')).toEqual(['Matchmaking Conference']);
    expect(values(calendar, 'DTSTART')).toEqual(['20261127T010000Z']);
    expect(values(calendar, 'DTEND')).toEqual(['20261127T093000Z']);
    expect(values(calendar, 'LOCATION')).toEqual(['Convention Centre, Chengdu']);
  });

  it('tells ticket, time with zone and contact, in one language', () => {
    expect(values(zh(), 'DESCRIPTION')[0]).toBe(
      '票号：7K3M9QXA\n时间：2026年11月27日周五 09:00–09:40（Asia/Shanghai）\n联系方式：会务组，电话 028-0000',
    );
    expect(values(en(), 'DESCRIPTION')[0]).toMatch(
      /^Ticket: 7K3M9QXA\nTime: .*27 November 2026.* 09:00–09:40 \(Asia\/Shanghai\)\nContact: Office, phone 028-0000; e-mail\\fax$/,
    );
    expect(en()).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('leads those on site to the venue and those online to the link', () => {
    expect(values(zh(), 'LOCATION')).toEqual(['成都会议中心 主会场', '成都会议中心']);
    expect(values(en(), 'LOCATION')[0]).toBe('Main hall, Convention Centre, Chengdu');
    expect(values(zh(), 'URL')).toEqual([]);
    const online = zh({ attendance: 'online' });
    const link = 'https://live.example.org/talk?a=1,2;b=%E4%BC%9A';
    expect(values(online, 'LOCATION')).toEqual([link, link]);
    expect(values(online, 'URL')).toEqual([link, link]);
    expect(values(online, 'DESCRIPTION')[0]).toContain(`线上参加：${link}`);
    const later = zh({ attendance: 'online', event: { ...event, onlineLink: null } });
    expect(values(later, 'LOCATION')[0]).toBe('线上（链接另行通知）');
  });

  it('rings an hour before each entry', () => {
    expect(values(zh(), 'TRIGGER')).toEqual(['-PT1H', '-PT1H']);
    expect(values(zh(), 'ACTION')).toEqual(['DISPLAY', 'DISPLAY']);
  });
});

describe('a calendar file imported again', () => {
  it('has the same ids and a higher sequence, so that it replaces the earlier one', () => {
    const later = zh({ now: new Date(NOW.getTime() + 60_000) });
    expect(values(zh(), 'UID')).toEqual(['7K3M9QXA-opening@luyan', '7K3M9QXA-digital@luyan']);
    expect(values(later, 'UID')).toEqual(values(zh(), 'UID'));
    expect(Number(values(later, 'SEQUENCE')[0])).toBe(Number(values(zh(), 'SEQUENCE')[0]) + 1);
    expect(values(zh(), 'DTSTAMP')).toEqual(['20261120T150230Z', '20261120T150230Z']);
  });

  it('is the same for the same input', () => {
    expect(zh()).toBe(zh());
  });

  it('takes back a cancelled event, without an alarm', () => {
    expect(values(zh(), 'STATUS')).toEqual(['CONFIRMED', 'CONFIRMED']);
    const cancelled = zh({ event: { ...event, status: 'cancelled' } });
    expect(values(cancelled, 'STATUS')).toEqual(['CANCELLED', 'CANCELLED']);
    expect(cancelled).not.toContain('VALARM');
  });
});

describe('the form of a calendar file', () => {
  it('folds lines at 75 octets without breaking a character', () => {
    const title = `${'第六届科技成果对接大会🎉'.repeat(20)}${'a'.repeat(300)}`;
    const calendar = zh({ sessions: [], event: { ...event, title: { zh: title, en: title } } });
    const lines = Buffer.from(calendar).toString('latin1').split('\r\n');
    expect(lines.filter((line) => line.length > 75)).toEqual([]);
    expect(lines.filter((line) => Buffer.from(line, 'latin1').toString().includes('\ufffd'))).toEqual([]);
    expect(values(calendar, 'SUMMARY')).toEqual([title]);
  });

  it('opens and closes every part', () => {
    const marks = unfolded(zh()).filter((line) => /^(BEGIN|END):/.test(line));
    const entry = ['BEGIN:VEVENT', 'BEGIN:VALARM', 'END:VALARM', 'END:VEVENT'];
    expect(marks).toEqual(['BEGIN:VCALENDAR', ...entry, ...entry, 'END:VCALENDAR']);
    expect(zh().endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(zh().startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:')).toBe(true);
  });

  it('lets no text begin a line of its own', () => {
    const text = 'a\r\nATTACH:x\nURL:y\rEND:VEVENT\u2028\u0000z';
    const calendar = en({ sessions: [], event: { ...event, title: { zh: text, en: text } } });
    expect(unfolded(calendar).filter((line) => /^(ATTACH|URL)/.test(line))).toEqual([]);
    expect(values(calendar, 'SUMMARY')).toEqual(['a\nATTACH:x\nURL:y\nEND:VEVENT\nz']);
  });
});
