import { describe, expect, it } from 'vitest';
import { parseEventFile, printEventFile } from '../../src/documents/event-file.ts';
import { APPLICANTS, DEFAULT_ASKED, DEFAULT_FIELDS, DEFAULT_LIMITS } from '../../src/domain/call.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { anEvent } from '../support/events.ts';
import { eventOf, file, problemsOf } from './support/files.ts';

describe('an event file', () => {
  it('that says the least is an event with the usual rules', () => {
    expect(eventOf(file())).toEqual({
      office: 'local-cooperation',
      code: 'salon',
      status: 'open',
      title: { zh: '沙龙', en: 'Salon' },
      place: { zh: '会议室', en: 'Meeting room' },
      description: null,
      zone: 'Asia/Shanghai',
      languages: ['zh', 'en'],
      startsAt: new Date('2026-11-27T01:00:00Z'),
      endsAt: new Date('2026-11-27T09:30:00Z'),
      registrationOpensAt: null,
      registrationClosesAt: null,
      attendance: ['onsite'],
      kinds: ['guest', 'team', 'enterprise', 'investor'],
      capacity: null,
      maxParty: 5,
      offerHours: 2,
      phone: 'optional',
      email: 'optional',
      onlineLink: null,
      contact: { zh: '会务组', en: 'Conference office' },
      privacy: { zh: '仅用于会务。', en: 'For this event alone.' },
      sessions: [],
      questions: [],
      reminders: [
        { id: 'before-7d', kind: 'before', of: 'event', days: 7, minutes: 0 },
        { id: 'before-1d-at-1800', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' },
        { id: 'before-1h', kind: 'before', of: 'event', days: 0, minutes: 60 },
      ],
      takesGuests: true,
      call: null,
    });
  });

  it('that calls for projects has the six fields and the usual rules', () => {
    const { call, takesGuests } = eventOf(
      file({ takesGuests: 'false', call: '{ closesAt: 2026-11-20 18:00, asked: { deck: optional } }' }),
    );
    expect(takesGuests).toBe(false);
    expect(call).toEqual({
      opensAt: null,
      closesAt: new Date('2026-11-20T10:00:00Z'),
      fields: DEFAULT_FIELDS,
      applicants: APPLICANTS,
      asked: { ...DEFAULT_ASKED, deck: 'optional' },
      limits: DEFAULT_LIMITS,
      perPerson: 5,
      questions: [],
      tracks: [],
      reminders: [7, 3, 1].map((days) => ({
        id: `before-${days}d`,
        kind: 'before',
        of: 'event',
        days,
        minutes: 0,
      })),
      roadshow: DEFAULT_ROADSHOW,
    });
  });

  it('has sessions on its day and at its place, unless they say otherwise', () => {
    const sessions = `
  - { code: a, title: { zh: 甲, en: A }, startsAt: 09:00, endsAt: 10:30 }
  - { code: b, title: { zh: 乙, en: B }, startsAt: 2026-11-28 14:00, endsAt: 15:00, capacity: 30, venue: { zh: 厅, en: Hall } }`;
    expect(eventOf(file({ endsAt: '2026-11-28 17:00', sessions })).sessions).toEqual([
      {
        code: 'a',
        title: { zh: '甲', en: 'A' },
        venue: { zh: '会议室', en: 'Meeting room' },
        startsAt: new Date('2026-11-27T01:00:00Z'),
        endsAt: new Date('2026-11-27T02:30:00Z'),
        capacity: null,
      },
      {
        code: 'b',
        title: { zh: '乙', en: 'B' },
        venue: { zh: '厅', en: 'Hall' },
        startsAt: new Date('2026-11-28T06:00:00Z'),
        endsAt: new Date('2026-11-28T07:00:00Z'),
        capacity: 30,
      },
    ]);
  });

  it('has questions of three kinds', () => {
    const questions = `
  - { id: topic, kind: text, ask: { zh: 问, en: Ask }, label: { zh: 题, en: Topic } }
  - { id: meal, kind: choice, ask: { zh: 问, en: Ask }, label: { zh: 餐, en: Meal }, optional: true, choices: &two [
      { value: x, label: { zh: 一, en: One } }, { value: y, label: { zh: 二, en: Two } } ] }
  - { id: fields, kind: multi, ask: { zh: 问, en: Ask }, label: { zh: 域, en: Fields }, choices: *two }`;
    expect(eventOf(file({ questions })).questions).toMatchObject([
      { id: 'topic', kind: 'text', optional: false, max: 200 },
      { id: 'meal', kind: 'choice', optional: true, choices: [{ value: 'x' }, { value: 'y' }] },
      { id: 'fields', kind: 'multi', optional: false, choices: [{ value: 'x' }, { label: { zh: '二' } }] },
    ]);
  });

  it('has reminders before a start or at a local time, of the event or of each session', () => {
    const sessions = '[{ code: a, title: { zh: 甲, en: A }, startsAt: 10:00, endsAt: 11:00 }]';
    const reminders = `
  - { before: 2d3h }
  - { before: 1h30m, of: session }
  - { daysBefore: 0, at: 7:30, id: morning }`;
    expect(eventOf(file({ sessions, reminders })).reminders).toEqual([
      { id: 'before-2d3h', kind: 'before', of: 'event', days: 2, minutes: 180 },
      { id: 'session-before-1h30m', kind: 'before', of: 'session', days: 0, minutes: 90 },
      { id: 'morning', kind: 'at', of: 'event', daysBefore: 0, time: '07:30' },
    ]);
  });

  it('may say nothing after a key, and write a number where a text is asked', () => {
    const event = eventOf(
      file({ capacity: '', code: '2026', title: '{ zh: 2026, en: 2026 }', reminders: '[]' }),
    );
    expect([event.capacity, event.code, event.title.zh, event.reminders]).toEqual([null, '2026', '2026', []]);
  });

  it('may come from an editor on Windows', () => {
    expect(eventOf(`\ufeff${file().replaceAll('\n', '\r\n')}`)).toEqual(eventOf(file()));
  });
});

const TEXT = 'expected a text in both languages such as { zh: 报名, en: Registration }';
const WHEN = 'expected a local time such as 2026-11-27 09:00';

describe('a wrong event file is refused with path and line:', () => {
  const cases: [string, Record<string, string>, string[]][] = [
    [
      'a roadshow that nobody could score',
      {
        call: '{ closesAt: 2026-11-20 09:00, roadshow: { rubric: [{ code: a, name: { zh: 甲, en: A }, min: 10, max: 5 }], rules: { trimFrom: 2 } } }',
      },
      [
        'line 10 call.roadshow.rubric[0]: expected a highest score above the lowest, and a step above 0',
        'line 10 call.roadshow.rules.trimFrom: expected a whole number from 3 to 30, received 2',
      ],
    ],
    [
      'a call that closes before it opens, with a track of nothing',
      {
        call: '{ opensAt: 2026-11-20 09:00, closesAt: 2026-11-19 09:00, fields: [{ code: x, name: { zh: 甲, en: X } }], tracks: [{ code: a, name: { zh: 甲, en: A }, session: lost, fields: [y] }] }',
      },
      [
        'line 10 call.closesAt: expected a deadline after the opening of the call, received "2026-11-19 09:00"',
        'line 10 call.tracks: expected the session of track a to be one of the event’s, received lost',
        'line 10 call.tracks: expected the fields of track a to be among the call’s, received y',
      ],
    ],
    [
      'a text without a language',
      { title: '{ zh: 沙龙 }' },
      ['line 3 title.en: expected an English text of 1 to 4000 characters, received nothing'],
    ],
    ['a text in one language', { title: '沙龙' }, [`line 3 title: ${TEXT}, received "沙龙"`]],
    [
      'a text of spaces',
      { title: '{ zh: "  ", en: Salon }' },
      ['line 3 title.zh: expected a Chinese text of 1 to 4000 characters, received "  "'],
    ],
    [
      'a text in a third language',
      { title: '{ zh: 沙龙, en: Salon, fr: Salon }' },
      ['line 3 title.fr: expected one of the keys zh, en, received "fr"'],
    ],
    [
      'a code of other characters',
      { code: 'Ch 1' },
      ['line 2 code: expected a code of 1 to 32 of a-z, 0-9 and -, received "Ch 1"'],
    ],
    [
      'an unknown zone',
      { zone: 'Mars/Base' },
      ['line 5 zone: expected an IANA time zone such as Asia/Shanghai, received "Mars/Base"'],
    ],
    [
      'an unknown key',
      { capcity: '3' },
      [
        'line 10 capcity: expected one of the keys office, code, status, title, place, description, zone, languages, startsAt, endsAt, registrationOpensAt, registrationClosesAt, attendance, kinds, capacity, maxParty, offerHours, phone, email, onlineLink, contact, privacy, sessions, questions, reminders, takesGuests, call, received "capcity"',
      ],
    ],
    [
      'numbers out of range or no numbers',
      { capacity: '"300"', maxParty: '51', offerHours: '0' },
      [
        'line 10 capacity: expected a whole number from 0 to 100000, received "300"',
        'line 11 maxParty: expected a whole number from 1 to 50, received 51',
        'line 12 offerHours: expected a number of hours above 0 and up to 168, received 0',
      ],
    ],
    [
      'a choice that does not exist',
      { status: 'opne', phone: 'yes', kinds: '[guest, king]' },
      [
        'line 10 status: expected one of draft, open, running, closed, archived, cancelled, received "opne"',
        'line 11 phone: expected one of required, optional, off, received "yes"',
        'line 12 kinds[1]: expected one of guest, team, enterprise, investor, received "king"',
      ],
    ],
    [
      'a list that is empty, none, or says a thing twice',
      { languages: '[]', attendance: 'online', kinds: '[team, team]' },
      [
        'line 10 languages: expected 1 to 2 values (zh, en), received 0',
        'line 11 attendance: expected a list of values (onsite, online), received "online"',
        'line 12 kinds[1]: expected each only once, received "team" a second time',
      ],
    ],
    [
      'a link that is none',
      { onlineLink: 'javascript:alert(1)' },
      [
        'line 10 onlineLink: expected a link such as https://live.example.org/talk, received "javascript:alert(1)"',
      ],
    ],
    [
      'a link of two lines',
      { onlineLink: '"https://a.example/a\\nb"' },
      [
        'line 10 onlineLink: expected a link such as https://live.example.org/talk, received "https://a.example/a\\nb"',
      ],
    ],
    ['a time that is none', { startsAt: 'tomorrow' }, [`line 6 startsAt: ${WHEN}, received "tomorrow"`]],
    ['a start without its date', { startsAt: '09:00' }, [`line 6 startsAt: ${WHEN}, received "09:00"`]],
    ['a time in a list', { endsAt: '[2026-11-27 17:30]' }, [`line 7 endsAt: ${WHEN}, received a list`]],
    [
      'an end before the start',
      { endsAt: '2026-11-27 09:00' },
      ['line 7 endsAt: expected an end after the start (2026-11-27 09:00), received "2026-11-27 09:00"'],
    ],
    [
      'a registration that closes after the end',
      { registrationClosesAt: '2026-11-27 17:31' },
      [
        'line 10 registrationClosesAt: expected registration to close by the end of the event (2026-11-27 17:30), received "2026-11-27 17:31"',
      ],
    ],
    [
      'a registration that opens at the very end',
      { registrationOpensAt: '2026-11-27 17:30' },
      [
        'line 10 registrationOpensAt: expected registration to open before it closes (2026-11-27 17:30), received "2026-11-27 17:30"',
      ],
    ],
    [
      'a registration that opens when it has closed',
      {
        registrationOpensAt: '2026-11-26 08:00',
        registrationClosesAt: '2026-11-25 08:00',
      },
      [
        'line 10 registrationOpensAt: expected registration to open before it closes (2026-11-25 08:00), received "2026-11-26 08:00"',
      ],
    ],
  ];
  it.each(cases)('%s', (_, changes, expected) => {
    expect(problemsOf(file(changes))).toEqual(expected);
  });

  it('missing keys, on the line of what they are missing from', () => {
    expect(problemsOf('# a comment\noffice: a\nsessions:\n  - code: one\n')).toEqual([
      'line 2 zone: expected an IANA time zone such as Asia/Shanghai, received nothing',
      `line 2 startsAt: ${WHEN}, received nothing`,
      `line 2 endsAt: ${WHEN}, received nothing`,
      'line 2 code: expected a code of 1 to 32 of a-z, 0-9 and -, received nothing',
      `line 2 title: ${TEXT}, received nothing`,
      `line 2 place: ${TEXT}, received nothing`,
      `line 2 contact: ${TEXT}, received nothing`,
      `line 2 privacy: ${TEXT}, received nothing`,
      `line 4 sessions[0].startsAt: ${WHEN}, received nothing`,
      `line 4 sessions[0].endsAt: ${WHEN}, received nothing`,
      `line 4 sessions[0].title: ${TEXT}, received nothing`,
    ]);
  });

  it('sessions', () => {
    const sessions = `
  - { code: a, title: { zh: 甲, en: A }, startsAt: 09:00, endsAt: 08:00 }
  - { code: a, title: { zh: 甲, en: A }, startsAt: 2026-11-28 09:00, endsAt: 10:00 }
  - code: b
    title: { zh: 甲, en: A }
    startsAt: noon
    endsAt: 10:00
    capacity: -1
  - c`;
    expect(problemsOf(file({ sessions }))).toEqual([
      'line 11 sessions[0].endsAt: expected an end after the start (2026-11-27 09:00), received "08:00"',
      'line 12 sessions[1].startsAt: expected a time on the day of the event (2026-11-27), received "2026-11-28 09:00"',
      'line 12 sessions[1].endsAt: expected a time on the day of the event (2026-11-27), received "10:00"',
      'line 12 sessions[1].code: expected each only once, received "a" a second time',
      `line 15 sessions[2].startsAt: ${WHEN}, received "noon"`,
      'line 17 sessions[2].capacity: expected a whole number from 0 to 100000, received -1',
      'line 18 sessions[3]: expected a session with code, title, venue, startsAt, endsAt, capacity, received "c"',
    ]);
  });

  it('questions', () => {
    const questions = `
  - { id: a, kind: text, ask: { zh: 问, en: Ask }, label: { zh: 题, en: Topic }, choices: [] }
  - { id: a, kind: multi, ask: { zh: 问, en: Ask }, label: { zh: 题, en: Topic }, max: 3 }
  - { id: b, kind: essay, ask: { zh: 问, en: Ask }, label: { zh: 题, en: Topic }, optional: maybe }
  - id: c
    kind: choice
    ask: { zh: 问, en: Ask }
    label: { zh: 题, en: Topic }
    choices:
      - { value: x, label: { zh: 一, en: One } }
      - { value: x, label: { zh: 二, en: Two } }`;
    expect(problemsOf(file({ questions }))).toEqual([
      'line 11 questions[0].choices: expected no choices for a question of the kind text, received a list',
      'line 12 questions[1].max: expected no max for a question of the kind multi, received 3',
      'line 12 questions[1].choices: expected a list of choices, received nothing',
      'line 12 questions[1].id: expected each only once, received "a" a second time',
      'line 13 questions[2].kind: expected one of text, choice, multi, received "essay"',
      'line 13 questions[2].optional: expected true or false, received "maybe"',
      'line 20 questions[3].choices[1].value: expected each only once, received "x" a second time',
    ]);
  });

  it('reminders', () => {
    const reminders = `
  - { before: 7d, at: "18:00" }
  - { of: event }
  - { before: soon }
  - { before: 30h }
  - { daysBefore: 1, at: 18 }
  - { daysBefore: 0, at: "09:00" }
  - { before: 1h, of: session }
  - { before: 1h }
  - { before: 60m }
  - { before: 2h, id: before-1h }
  - { before: 0m, when: now }`;
    expect(problemsOf(file({ reminders }))).toEqual([
      'line 11 reminders[0]: expected either before (such as 7d), or daysBefore and at, received both',
      'line 12 reminders[1]: expected either before (such as 7d), or daysBefore and at, received neither',
      'line 13 reminders[2].before: expected a span such as 7d, 2h or 1h30m, received "soon"',
      'line 14 reminders[3].before: expected at most 365d, and 24h beside whole days, received "30h"',
      'line 15 reminders[4].at: expected a local time such as "18:00", received 18',
      'line 16 reminders[5]: expected a reminder that falls before its start, received 2026-11-27 09:00 for the start at 2026-11-27 09:00',
      'line 17 reminders[6]: expected a reminder that falls before its start, received a reminder of sessions without any session',
      'line 19 reminders[8]: expected each only once, received "before-1h" a second time',
      'line 20 reminders[9].id: expected each only once, received "before-1h" a second time',
      'line 21 reminders[10].when: expected one of the keys id, before, daysBefore, at, of, received "when"',
      'line 21 reminders[10]: expected a reminder that falls before its start, received 2026-11-27 09:00 for the start at 2026-11-27 09:00',
    ]);
  });

  it('problems of every kind at once, in the order of the file', () => {
    const wrong = file({ title: 'x', zone: 'x', startsAt: 'x', maxParty: 'x', reminders: 'x' });
    const lines = problemsOf(wrong).map((problem) => Number(/^line (\d+)/.exec(problem)?.[1]));
    expect(lines).toEqual([3, 5, 6, 10, 11]);
  });
});

describe('a code that a form needs for itself', () => {
  it('is refused among sessions and choices', () => {
    const source = printEventFile(
      anEvent({
        sessions: [],
        questions: [
          {
            id: 'done',
            kind: 'choice',
            ask: { zh: '问', en: 'Ask' },
            label: { zh: '问', en: 'Ask' },
            optional: false,
            choices: [
              { value: 'skip', label: { zh: '甲', en: 'A' } },
              { value: 'b', label: { zh: '乙', en: 'B' } },
            ],
          },
        ],
      }),
    );
    const read = parseEventFile(source, new Date('2026-11-20T00:00:00Z'));
    if (!('problems' in read)) throw new Error('expected problems, received none');
    expect(read.problems).toMatchObject([
      { path: 'questions[0].choices[0].value', message: expect.stringContaining('other than done and skip') },
    ]);
  });
});
