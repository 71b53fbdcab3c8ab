import { z } from 'zod';
import { ATTENDANCES, EVENT_STATUSES, type Event, eventSchema, GUEST_KINDS } from '../domain/event.ts';
import { LANGS, type Text } from '../text/text.ts';
import { call } from './event-file/call.ts';
import { Fields } from './event-file/fields.ts';
import { code, listOf, number, oneOf, type Reader, text, words, yesNo } from './event-file/readers.ts';
import { DEFAULT_REMINDERS, reminder } from './event-file/reminders.ts';
import { question, session } from './event-file/sections.ts';
import { type Problem, Source } from './event-file/source.ts';
import { type Place, refuseEndBeforeStart, refuseWindow, type Span, time } from './event-file/times.ts';

export { printEventFile } from './event-file/print.ts';
export type { Problem } from './event-file/source.ts';

export type EventFile = { readonly event: Omit<Event, 'id'> } | { readonly problems: readonly Problem[] };

const contentSchema = eventSchema.omit({ id: true });
const { shape } = contentSchema;
const KEYS = Object.keys(shape);

/**
 * Reads an event file (YAML). Local times are in the event's zone; relative ones count from `now`. A file that is
 * not right in every point gives all its problems and no event; whatever it holds, nothing is thrown.
 */
export function parseEventFile(source: string, now: Date): EventFile {
  const file = new Source(source);
  const read = file.problems.length === 0 ? readEvent(file, now) : undefined;
  if (file.problems.length > 0) return { problems: file.problems };
  const result = contentSchema.safeParse(read);
  return result.success ? { event: result.data } : { problems: result.error.issues.map(unforeseen) };
}

/** A rule of the domain that the readers here do not know: refused all the same, with less help. */
function unforeseen({ path, message }: z.core.$ZodIssue): Problem {
  return { path: z.core.toDotPath(path), line: 1, message };
}

function readEvent(source: Source, now: Date): Record<string, unknown> | undefined {
  const fields = Fields.read(source, source.root(), KEYS, 'an event file with office, code, title …');
  if (!fields) return undefined;
  const place: Place = { zone: fields.required('zone', zone), now };
  const span = readSpan(source, fields, place);
  const about = readAbout(fields);
  const programme = readProgramme(fields, place, span, about.place);
  return {
    zone: place.zone,
    ...span,
    ...about,
    ...readRules(fields),
    ...readWindow(source, fields, place, span),
    ...programme,
    takesGuests: fields.optional('takesGuests', true, yesNo),
    call: fields.optional(
      'call',
      null,
      call(
        place,
        span,
        programme.sessions?.map((one) => one.code),
      ),
    ),
    questions: fields.optional('questions', [], questions),
  };
}

const zone = words(shape.zone, 'an IANA time zone such as Asia/Shanghai');

const link: Reader<string> = (source, spot) => {
  const result = shape.onlineLink.unwrap().safeParse(source.written(spot));
  const isLink = result.success && !/\s/.test(source.written(spot) ?? '');
  return isLink ? result.data : source.expected(spot, 'a link such as https://live.example.org/talk');
};

function readSpan(source: Source, fields: Fields, place: Place): Span {
  const startsAt = fields.required('startsAt', time(place, null));
  const endsAt = fields.required('endsAt', time(place, startsAt));
  refuseEndBeforeStart(source, fields.spot('endsAt'), { startsAt, endsAt }, place.zone);
  return { startsAt, endsAt };
}

/** What it is, and what people read of it. */
function readAbout(fields: Fields) {
  return {
    office: fields.required('office', code),
    code: fields.required('code', code),
    status: fields.optional('status', 'open', oneOf(EVENT_STATUSES)),
    title: fields.required('title', text),
    place: fields.required('place', text),
    description: fields.optional('description', null, text),
    onlineLink: fields.optional('onlineLink', null, link),
    contact: fields.required('contact', text),
    privacy: fields.required('privacy', text),
  };
}

function some<const T extends string>(options: readonly T[]): Reader<T[]> {
  return listOf(oneOf(options), `values (${options.join(', ')})`, { min: 1, max: options.length });
}

const hours = `a number of hours above 0 and up to ${shape.offerHours.maxValue}`;

/** Who may register, and how. */
function readRules(fields: Fields) {
  const asked = oneOf(shape.phone.options);
  return {
    languages: fields.optional('languages', [...LANGS], some(LANGS)),
    attendance: fields.optional('attendance', ['onsite'], some(ATTENDANCES)),
    kinds: fields.optional('kinds', [...GUEST_KINDS], some(GUEST_KINDS)),
    capacity: fields.optional('capacity', null, number(shape.capacity.unwrap())),
    maxParty: fields.optional('maxParty', 5, number(shape.maxParty)),
    offerHours: fields.optional('offerHours', 2, number(shape.offerHours, hours)),
    phone: fields.optional('phone', 'optional', asked),
    email: fields.optional('email', 'optional', asked),
  };
}

function readWindow(source: Source, fields: Fields, place: Place, span: Span) {
  const opens = fields.optional('registrationOpensAt', null, time(place, span.startsAt));
  const closes = fields.optional('registrationClosesAt', null, time(place, span.startsAt));
  refuseWindow(source, fields, { opens, closes }, span, place.zone);
  return { registrationOpensAt: opens, registrationClosesAt: closes };
}

const questions = listOf(question, 'questions', { min: 0, max: 20 }, { key: 'id' });

/** The sessions, and the reminders that count from their starts. */
function readProgramme(fields: Fields, place: Place, span: Span, venue: Text | undefined) {
  const one = session(place, span, venue);
  const sessions = fields.optional(
    'sessions',
    [],
    listOf(one, 'sessions', { min: 0, max: 100 }, { key: 'code' }),
  );
  const starts = {
    zone: place.zone,
    event: span.startsAt,
    sessions: sessions?.map(({ startsAt }) => startsAt),
  };
  const rules = listOf(
    reminder(starts),
    'reminders',
    { min: 0, max: 20 },
    { key: 'id', fallback: ({ id }) => id },
  );
  return { sessions, reminders: fields.optional('reminders', DEFAULT_REMINDERS, rules) };
}
