import { type EventSession, sessionSchema } from '../../domain/event.ts';
import { type ExtraQuestion, extraQuestionSchema } from '../../domain/questions.ts';
import type { Text } from '../../text/text.ts';
import { Fields } from './fields.ts';
import { choiceCode, code, listOf, number, oneOf, type Reader, text, yesNo } from './readers.ts';
import { type Place, refuseEndBeforeStart, refuseOtherDay, type Span, time } from './times.ts';

const SESSION = ['code', 'title', 'venue', 'startsAt', 'endsAt', 'capacity'];

/** A session within the days of its event; without a venue of its own it is at the event's place. */
export function session(place: Place, event: Span, venue: Text | undefined): Reader<EventSession> {
  return (source, spot) => {
    const fields = Fields.read(source, spot, SESSION, `a session with ${SESSION.join(', ')}`);
    if (!fields) return undefined;
    const startsAt = fields.required('startsAt', time(place, event.startsAt));
    const endsAt = fields.required('endsAt', time(place, startsAt));
    refuseOtherDay(source, fields.spot('startsAt'), startsAt, event, place.zone);
    refuseOtherDay(source, fields.spot('endsAt'), endsAt, event, place.zone);
    refuseEndBeforeStart(source, fields.spot('endsAt'), { startsAt, endsAt }, place.zone);
    const read = {
      code: fields.required('code', choiceCode),
      title: fields.required('title', text),
      venue: fields.has('venue') ? fields.required('venue', text) : venue,
      startsAt,
      endsAt,
      capacity: fields.optional('capacity', null, number(sessionSchema.shape.capacity.unwrap())),
    };
    return sessionSchema.safeParse(read).data;
  };
}

const QUESTION = ['id', 'kind', 'ask', 'label', 'optional', 'max', 'choices'];
const KINDS = ['text', 'choice', 'multi'] as const;
const DEFAULT_MAX = 200;
const [TEXT_QUESTION, CHOICE_QUESTION] = extraQuestionSchema.options;

const choice: Reader<{ value: string; label: Text }> = (source, spot) => {
  const fields = Fields.read(source, spot, ['value', 'label'], 'a choice with value, label');
  const value = fields?.required('value', choiceCode);
  const label = fields?.required('label', text);
  return value !== undefined && label ? { value, label } : undefined;
};
const choices = listOf(choice, 'choices', { min: 2, max: 30 }, { key: 'value' });

/** A question of the event's own: free text, or a choice of one or of many. */
export const question: Reader<ExtraQuestion> = (source, spot) => {
  const fields = Fields.read(source, spot, QUESTION, `a question with ${QUESTION.join(', ')}`);
  if (!fields) return undefined;
  const kind = fields.required('kind', oneOf(KINDS));
  const base = {
    id: fields.required('id', code),
    kind,
    ask: fields.required('ask', text),
    label: fields.required('label', text),
    optional: fields.optional('optional', false, yesNo),
  };
  const other = kind === 'text' ? 'choices' : 'max';
  if (kind && fields.has(other)) {
    source.expected(fields.spot(other), `no ${other} for a question of the kind ${kind}`);
  }
  if (kind === 'text') {
    const max = fields.optional('max', DEFAULT_MAX, number(TEXT_QUESTION.shape.max));
    return TEXT_QUESTION.safeParse({ ...base, max }).data;
  }
  return CHOICE_QUESTION.safeParse({ ...base, choices: kind && fields.required('choices', choices) }).data;
};
