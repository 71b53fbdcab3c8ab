import { z } from 'zod';
import { LANGS, type Text } from '../text/text.ts';
import { reminderRuleSchema } from './reminder.ts';
import { isZone } from './time.ts';

/** The kinds of guest of an event: each is a choice in the registration. */
export const GUEST_KINDS = ['guest', 'team', 'enterprise', 'investor'] as const;
export type GuestKind = (typeof GUEST_KINDS)[number];

export const ATTENDANCES = ['onsite', 'online'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export const EVENT_STATUSES = ['draft', 'open', 'running', 'closed', 'archived', 'cancelled'] as const;

/** Codes are typed by people and stand in links: lower case letters, digits and dashes. */
export const codeSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected 1 to 32 of a-z, 0-9 and -');

/** What a form itself offers beside an event's choices. */
const RESERVED: readonly string[] = ['done', 'skip'];

/** A code that stands among the choices of a question. */
export const choiceCodeSchema = codeSchema.refine(
  (code) => !RESERVED.includes(code),
  'expected another code than done and skip',
);

export const textSchema = z.strictObject({
  zh: z.string().trim().min(1).max(4000),
  en: z.string().trim().min(1).max(4000),
}) satisfies z.ZodType<Text>;

const capacitySchema = z.int().min(0).max(100_000).nullable();

export const sessionSchema = z.strictObject({
  code: choiceCodeSchema,
  title: textSchema,
  venue: textSchema,
  startsAt: z.date(),
  endsAt: z.date(),
  /** Seats on site; null: as many as the event has. */
  capacity: capacitySchema,
});
export type EventSession = z.infer<typeof sessionSchema>;

const QUESTION_BASE = { id: codeSchema, ask: textSchema, label: textSchema, optional: z.boolean() };
export const extraQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...QUESTION_BASE, kind: z.literal('text'), max: z.int().min(1).max(2000) }),
  z.strictObject({
    ...QUESTION_BASE,
    kind: z.enum(['choice', 'multi']),
    choices: z
      .array(z.strictObject({ value: choiceCodeSchema, label: textSchema }))
      .min(2)
      .max(30),
  }),
]);
export type ExtraQuestion = z.infer<typeof extraQuestionSchema>;

const ASKED = ['required', 'optional', 'off'] as const;

export const eventSchema = z.strictObject({
  id: z.string(),
  office: codeSchema,
  code: codeSchema,
  status: z.enum(EVENT_STATUSES),
  title: textSchema,
  place: textSchema,
  description: textSchema.nullable(),
  /** IANA zone of the place; every time that a person reads is in it. */
  zone: z.string().refine(isZone, 'expected an IANA time zone such as Asia/Shanghai'),
  languages: z.array(z.enum(LANGS)).min(1),
  startsAt: z.date(),
  endsAt: z.date(),
  registrationOpensAt: z.date().nullable(),
  registrationClosesAt: z.date().nullable(),
  attendance: z.array(z.enum(ATTENDANCES)).min(1),
  kinds: z.array(z.enum(GUEST_KINDS)).min(1),
  /** Seats in the hall, party members counted; null: no limit. */
  capacity: capacitySchema,
  maxParty: z.int().min(1).max(50),
  /** How long a freed seat is kept for the next on the waitlist. */
  offerHours: z.number().positive().max(168),
  phone: z.enum(ASKED),
  email: z.enum(ASKED),
  onlineLink: z.url({ protocol: /^https?$/ }).nullable(),
  contact: textSchema,
  privacy: textSchema,
  sessions: z.array(sessionSchema).max(100),
  questions: z.array(extraQuestionSchema).max(20),
  reminders: z.array(reminderRuleSchema).max(20),
});
export type Event = z.infer<typeof eventSchema>;

/** Announced and not yet over: people can take part in it. */
export function isLive({ status }: Pick<Event, 'status'>): boolean {
  return status === 'open' || status === 'running';
}

/** Why nobody can register just now, or undefined when they can. */
export function closedBecause(
  event: Event,
  now: Date,
): 'not-open' | 'not-yet' | 'over' | 'cancelled' | undefined {
  if (event.status === 'cancelled') return 'cancelled';
  if (!isLive(event)) return event.status === 'draft' ? 'not-open' : 'over';
  if (event.registrationOpensAt && now < event.registrationOpensAt) return 'not-yet';
  if (now >= (event.registrationClosesAt ?? event.endsAt)) return 'over';
  return undefined;
}

export function findSession(event: Event, code: string): EventSession | undefined {
  return event.sessions.find((session) => session.code === code);
}
