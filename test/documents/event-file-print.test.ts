import { describe, expect, it } from 'vitest';
import { printEventFile } from '../../src/documents/event-file.ts';
import { exampleEvents } from '../../src/documents/example-event.ts';
import { APPLICANTS, DEFAULT_ASKED, DEFAULT_LIMITS } from '../../src/domain/call.ts';
import { ATTENDANCES, EVENT_STATUSES, type Event, eventSchema, GUEST_KINDS } from '../../src/domain/event.ts';
import { occurrences, type ReminderRule } from '../../src/domain/reminder.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { DAY, inZone } from '../../src/domain/time.ts';
import { LANGS } from '../../src/text/text.ts';
import fc from '../support/any.ts';
import { eventOf, file, NOW } from './support/files.ts';

describe('a printed event file', () => {
  it('reads as a person would write it', () => {
    const event = eventOf(
      file({
        startsAt: '+7d 09:00',
        endsAt: '17:30',
        registrationClosesAt: '-1d 18:00',
        privacy: '{ zh: "第一行。\\n第二行。", en: For this event alone. }',
        sessions: '[{ code: opening, title: { zh: 开幕式, en: Opening }, startsAt: 09:00, endsAt: 10:00 }]',
        reminders: '[{ before: 90m }, { daysBefore: 1, at: 18:00, of: session, id: eve }]',
      }),
    );
    const printed = printEventFile({ id: 'e1', ...event });
    expect(printed.split('\n').filter((line) => line.startsWith('#')).length).toBeGreaterThan(5);
    expect(printed.replace(/^#.*\n/gm, '').trim()).toBe(`office: local-cooperation
code: salon
status: open
title: { zh: 沙龙, en: Salon }
place: { zh: 会议室, en: Meeting room }
zone: Asia/Shanghai
languages: [ zh, en ]
startsAt: 2026-11-27 09:00
endsAt: 2026-11-27 17:30
registrationClosesAt: 2026-11-19 18:00
attendance: [ onsite ]
kinds: [ guest, team, enterprise, investor ]
maxParty: 5
offerHours: 2
phone: optional
email: optional
contact: { zh: 会务组, en: Conference office }
privacy:
  zh: |-
    第一行。
    第二行。
  en: For this event alone.
sessions:
  - code: opening
    title: { zh: 开幕式, en: Opening }
    venue: { zh: 会议室, en: Meeting room }
    startsAt: 2026-11-27 09:00
    endsAt: 2026-11-27 10:00
questions: []
reminders:
  - { before: 1h30m }
  - { id: eve, daysBefore: 1, at: "18:00", of: session }`);
  });

  it('of an example stays the same event at a later time', () => {
    for (const event of exampleEvents(NOW)) {
      const later = new Date(NOW.getTime() + 40 * DAY);
      expect(eventOf(printEventFile(event), later)).toEqual(event);
    }
  });

  it('tells the two hours apart when clocks are set back', () => {
    const hours = ['2026-10-25 02:30 +02:00', '2026-10-25 02:30 +01:00'];
    for (const startsAt of hours) {
      const event = eventOf(file({ zone: 'Europe/Berlin', startsAt, endsAt: '2026-10-25 09:00' }));
      const printed = printEventFile(event);
      expect(printed).toContain(`startsAt: ${startsAt}\n`);
      expect(printed).toContain('endsAt: 2026-10-25 09:00\n');
      expect(eventOf(printed)).toEqual(event);
    }
  });

  it('writes out what is said twice', () => {
    const same = { zh: '会务组', en: 'Office' };
    expect(printEventFile({ ...eventOf(file()), place: same, contact: same })).toContain(
      'contact: { zh: 会务组, en: Office }',
    );
  });

  it('of the fullest event is not too much to read', () => {
    const [event] = exampleEvents(NOW);
    const [session] = event?.sessions ?? [];
    const question = event?.questions.find(({ kind }) => kind === 'multi');
    if (!event || !session || question?.kind !== 'multi') throw new Error('expected a fuller example');
    const times = <T>(count: number, of: (code: string) => T): T[] =>
      Array.from({ length: count }, (_, i) => of(`n${i}`));
    const choices = times(30, (value) => ({
      value,
      label: { zh: '一个很长的选项', en: 'A rather long choice' },
    }));
    const full = {
      ...event,
      call: null,
      sessions: times(100, (code) => ({ ...session, code })),
      questions: times(20, (id) => ({ ...question, id, choices })),
      reminders: times(20, (id) => ({
        id,
        kind: 'at' as const,
        of: 'session' as const,
        daysBefore: 1,
        time: '18:00',
      })),
    };
    expect(eventOf(printEventFile(full))).toEqual(full);
  });

  it('parses back to any event, with unseen characters named', () => {
    fc.assert(
      fc.property(anyEvent, ({ id: _, ...event }) => {
        const printed = printEventFile(event);
        expect(printed).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(eventOf(printed)).toEqual(event);
      }),
      { numRuns: 200 },
    );
  });
});

const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];

const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@`\\ \n\r\t~0-9a-z<=]{1,40}$/),
    fc.constantFrom(
      'null',
      'true',
      '09:00',
      '1e3',
      '0x1F',
      'No',
      '- a',
      '2026-11-27',
      '=',
      '<<',
      '...',
      '---',
    ),
  )
  .filter((text) => text.trim() !== '');
const text = fc.record({ zh: words, en: words });
const code = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/).filter((one) => one !== 'done' && one !== 'skip');
const capacity = fc.option(fc.nat({ max: 100_000 }));
const some = <T>(options: readonly T[]) => fc.shuffledSubarray([...options], { minLength: 1 });
const asked = fc.constantFrom('required', 'optional', 'off');

const question = fc.oneof(
  fc.record({
    id: code,
    kind: fc.constant('text'),
    ask: text,
    label: text,
    optional: fc.boolean(),
    max: fc.integer({ min: 1, max: 2000 }),
  }),
  fc.record({
    id: code,
    kind: fc.constantFrom('choice', 'multi'),
    ask: text,
    label: text,
    optional: fc.boolean(),
    choices: fc.uniqueArray(fc.record({ value: code, label: text }), {
      minLength: 2,
      maxLength: 5,
      selector: ({ value }) => value,
    }),
  }),
);

const of = fc.constantFrom('event' as const, 'session' as const);
const rule: fc.Arbitrary<ReminderRule> = fc.oneof(
  fc.record({
    id: code,
    kind: fc.constant('before' as const),
    of,
    days: fc.nat({ max: 365 }),
    minutes: fc.nat({ max: 1440 }),
  }),
  fc.record({
    id: code,
    kind: fc.constant('at' as const),
    of,
    daysBefore: fc.nat({ max: 365 }),
    time: fc.constantFrom('00:00', '07:05', '18:00', '23:59'),
  }),
);

/** Instants to the minute for the most, and on some days when clocks change. */
const instant = fc.oneof(
  fc
    .integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2100, 0) / 60_000 })
    .map((minute) => minute * 60_000),
  fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
  fc
    .integer({ min: Date.UTC(2026, 9, 24, 22) / 60_000, max: Date.UTC(2026, 9, 25, 3) / 60_000 })
    .map((minute) => minute * 60_000),
);

const ASKED = ['required', 'optional', 'off'] as const;

const anyEvent: fc.Arbitrary<Event> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    start: instant,
    length: fc.integer({ min: 1, max: 3 * DAY }),
    parts: fc.uniqueArray(
      fc.record({
        code,
        title: text,
        venue: text,
        capacity,
        from: fc.double({ min: 0, max: 0.9, noNaN: true }),
      }),
      { maxLength: 4, selector: (part) => part.code },
    ),
    window: fc.record({
      opens: fc.option(fc.nat({ max: 30 * DAY })),
      closes: fc.option(fc.nat({ max: 30 * DAY })),
    }),
    rules: fc.uniqueArray(rule, { maxLength: 5, selector: ({ id }) => id }),
    rest: fc.record({
      id: fc.constant('e1'),
      office: code,
      code,
      status: fc.constantFrom(...EVENT_STATUSES),
      title: text,
      place: text,
      description: fc.option(text),
      languages: some(LANGS),
      attendance: some(ATTENDANCES),
      kinds: some(GUEST_KINDS),
      capacity,
      maxParty: fc.integer({ min: 1, max: 50 }),
      offerHours: fc.double({ min: 0.001, max: 168, noNaN: true }),
      phone: asked,
      email: asked,
      onlineLink: fc.option(fc.webUrl({ withQueryParameters: true, withFragments: true })),
      contact: text,
      privacy: text,
      questions: fc.uniqueArray(question, { maxLength: 4, selector: ({ id }) => id }),
      takesGuests: fc.boolean(),
    }),
    call: fc.option(
      fc.record({
        opens: fc.option(fc.nat({ max: 30 * DAY })),
        asked: fc.constantFrom(...ASKED),
        limit: fc.integer({ min: 20, max: 4_000 }),
        perPerson: fc.integer({ min: 1, max: 20 }),
        fields: fc.uniqueArray(fc.record({ code, name: text }), {
          minLength: 1,
          maxLength: 4,
          selector: (one) => one.code,
        }),
        capacity: fc.option(fc.integer({ min: 1, max: 200 })),
        questions: fc.uniqueArray(question, { maxLength: 2, selector: ({ id }) => id }),
      }),
    ),
  })
  .map(({ zone, start, length, parts, window, rules, call, rest }) => {
    const end = start + length;
    const closes = window.closes === null ? null : end - window.closes;
    const event = eventSchema.parse({
      ...rest,
      zone,
      startsAt: new Date(start),
      endsAt: new Date(end),
      registrationClosesAt: closes === null ? null : new Date(closes),
      registrationOpensAt: window.opens === null ? null : new Date((closes ?? end) - 1 - window.opens),
      sessions: parts.map(({ from, ...part }) => ({
        ...part,
        startsAt: new Date(start + Math.floor(from * length)),
        endsAt: new Date(end),
      })),
      reminders: [],
      call: call && {
        opensAt: call.opens === null ? null : new Date(start - 1 - call.opens),
        closesAt: new Date(start),
        fields: call.fields,
        applicants: [...APPLICANTS],
        asked: { ...DEFAULT_ASKED, images: call.asked },
        limits: { ...DEFAULT_LIMITS, summary: call.limit },
        perPerson: call.perPerson,
        questions: call.questions,
        tracks: call.fields.map((field, i) => ({
          ...field,
          session: parts[i]?.code ?? null,
          fields: i % 2 === 0 ? [field.code] : [],
          capacity: call.capacity,
        })),
        roadshow: {
          ...DEFAULT_ROADSHOW,
          votes: call.perPerson % 10,
          rules: { trimFrom: call.asked === 'off' ? null : 7, minValid: 2 },
        },
        reminders: [{ id: 'soon', kind: 'before', of: 'event', days: 1, minutes: 0 }],
      },
    });
    return {
      ...event,
      reminders: rules.filter((one) => occurrences({ ...event, reminders: [one] }).length > 0),
    };
  })
  .filter(({ zone, startsAt }) => inZone(startsAt, zone).isValid);
