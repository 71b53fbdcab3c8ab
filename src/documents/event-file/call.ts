import {
  APPLICANTS,
  ASKABLE,
  type Call,
  callSchema,
  DEFAULT_ASKED,
  DEFAULT_FIELDS,
  DEFAULT_LIMITS,
  LIMITED,
  trackSchema,
} from '../../domain/call.ts';
import { DEFAULT_ROADSHOW } from '../../domain/roadshow.ts';
import { Fields } from './fields.ts';
import { choiceCode, code, listOf, number, oneOf, type Reader, text } from './readers.ts';
import { named, reminder } from './reminders.ts';
import { roadshow } from './roadshow.ts';
import { question } from './sections.ts';
import type { Source } from './source.ts';
import { type Place, type Span, time } from './times.ts';

const { shape } = callSchema;
const KEYS = Object.keys(shape);
const TRACK = Object.keys(trackSchema.shape);

/** Of a call whose file says nothing of reminders: a week, three days and a day before the deadline. */
export const CALL_REMINDERS: Call['reminders'] = [7, 3, 1].map((days) =>
  named({ id: '', kind: 'before', of: 'event', days, minutes: 0 }),
);

const field: Reader<Call['fields'][number]> = (source, spot) => {
  const fields = Fields.read(source, spot, ['code', 'name'], 'a field with code, name');
  const value = fields?.required('code', choiceCode);
  const name = fields?.required('name', text);
  return value !== undefined && name ? { code: value, name } : undefined;
};

/** Some values by key; those that are not named are as they are without a file. */
function some<const K extends string, T>(
  keys: readonly K[],
  usual: Readonly<Record<K, T>>,
  read: Reader<T>,
): Reader<Record<K, T>> {
  return (source, spot) => {
    const fields = Fields.read(source, spot, keys, `values for some of ${keys.join(', ')}`);
    if (!fields) return undefined;
    const values: Record<K, T> = { ...usual };
    for (const key of keys) values[key] = fields.optional(key, usual[key], read) ?? usual[key];
    return values;
  };
}

const track: Reader<Call['tracks'][number]> = (source, spot) => {
  const fields = Fields.read(source, spot, TRACK, `a track with ${TRACK.join(', ')}`);
  if (!fields) return undefined;
  const read = {
    code: fields.required('code', choiceCode),
    name: fields.required('name', text),
    session: fields.optional('session', null, code),
    fields: fields.optional('fields', [], listOf(choiceCode, 'fields', { min: 0, max: 20 })),
    capacity: fields.optional('capacity', null, number(trackSchema.shape.capacity.unwrap())),
  };
  return trackSchema.safeParse(read).data;
};

/** The call for projects of an event whose sessions have these codes; undefined: they could not be read. */
export function call(place: Place, event: Span, sessions: readonly string[] | undefined): Reader<Call> {
  return (source, spot) => {
    const fields = Fields.read(source, spot, KEYS, `a call for projects with closesAt, fields, tracks …`);
    if (!fields) return undefined;
    const opensAt = fields.optional('opensAt', null, time(place, event.startsAt));
    const closesAt = fields.required('closesAt', time(place, event.startsAt));
    if (opensAt && closesAt && opensAt >= closesAt)
      source.expected(fields.spot('closesAt'), 'a deadline after the opening of the call');
    const deadline = { zone: place.zone, event: closesAt, sessions: undefined };
    const rules = listOf(
      reminder(deadline),
      'reminders',
      { min: 0, max: 10 },
      { key: 'id', fallback: ({ id }) => id },
    );
    const read = {
      opensAt,
      closesAt,
      fields: fields.optional(
        'fields',
        [...DEFAULT_FIELDS],
        listOf(field, 'fields', { min: 1, max: 20 }, { key: 'code' }),
      ),
      applicants: fields.optional(
        'applicants',
        [...APPLICANTS],
        listOf(oneOf(APPLICANTS), `values (${APPLICANTS.join(', ')})`, { min: 1, max: APPLICANTS.length }),
      ),
      asked: fields.optional(
        'asked',
        DEFAULT_ASKED,
        some(ASKABLE, DEFAULT_ASKED, oneOf(['required', 'optional', 'off'])),
      ),
      limits: fields.optional('limits', DEFAULT_LIMITS, some(LIMITED, DEFAULT_LIMITS, number(limit))),
      perPerson: fields.optional('perPerson', 5, number(shape.perPerson)),
      questions: fields.optional(
        'questions',
        [],
        listOf(question, 'questions', { min: 0, max: 20 }, { key: 'id' }),
      ),
      tracks: fields.optional('tracks', [], listOf(track, 'tracks', { min: 0, max: 20 }, { key: 'code' })),
      reminders: fields.optional('reminders', CALL_REMINDERS, rules),
      roadshow: fields.optional('roadshow', DEFAULT_ROADSHOW, roadshow),
    };
    refuseUnknown(source, fields, read, sessions);
    return callSchema.safeParse(read).data;
  };
}

const limit = shape.limits.valueType;

/** Refuses tracks of sessions or fields that there are not. */
function refuseUnknown(
  source: Source,
  fields: Fields,
  {
    fields: known,
    tracks,
  }: { readonly fields: Call['fields'] | undefined; readonly tracks: Call['tracks'] | undefined },
  sessions: readonly string[] | undefined,
): void {
  const codes = known?.map((one) => one.code);
  for (const one of tracks ?? []) {
    if (one.session !== null && sessions && !sessions.includes(one.session))
      source.refuse(
        fields.spot('tracks'),
        `expected the session of track ${one.code} to be one of the event’s, received ${one.session}`,
      );
    const odd = one.fields.find((name) => codes && !codes.includes(name));
    if (odd !== undefined)
      source.refuse(
        fields.spot('tracks'),
        `expected the fields of track ${one.code} to be among the call’s, received ${odd}`,
      );
  }
}
