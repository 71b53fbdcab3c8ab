import { z } from 'zod';
import { LANGS } from '../text/text.ts';
import { type Call, callSchema } from './call.ts';
import { choiceCodeSchema, codeSchema, extraQuestionSchema, textSchema } from './questions.ts';
import { reminderRuleSchema } from './reminder.ts';
import { isZone } from './time.ts';

/** The kinds of guest of an event: each is a choice in the registration. */
export const GUEST_KINDS = ['guest', 'team', 'enterprise', 'investor'] as const;
export type GuestKind = (typeof GUEST_KINDS)[number];

export const ATTENDANCES = ['onsite', 'online'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export const EVENT_STATUSES = ['draft', 'open', 'running', 'closed', 'archived', 'cancelled'] as const;

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
  /** Whether guests can register at all: a mere call for projects has nobody to register. */
  takesGuests: z.boolean(),
  /** null: it takes no projects. */
  call: callSchema.nullable(),
});
export type Event = z.infer<typeof eventSchema>;

/** An event that calls for projects. */
export type CallingEvent = Event & { readonly call: Call };

/** The event, as one that calls for projects; undefined: it does not. */
export function calling(event: Event): CallingEvent | undefined {
  const { call } = event;
  return call ? { ...event, call } : undefined;
}

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
  if (!event.takesGuests) return 'not-open';
  if (event.registrationOpensAt && now < event.registrationOpensAt) return 'not-yet';
  if (now >= (event.registrationClosesAt ?? event.endsAt)) return 'over';
  return undefined;
}

export function findSession(event: Event, code: string): EventSession | undefined {
  return event.sessions.find((session) => session.code === code);
}
