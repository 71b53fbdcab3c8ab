import { z } from 'zod';
import { LANGS } from '../text/text.ts';
import { ATTENDANCES, type Event, GUEST_KINDS } from './event.ts';
import { codeSchema } from './questions.ts';
import { hasSeat, poolOfSession, type Seats } from './seats.ts';

export const REGISTRATION_STATUSES = [
  'pending',
  'confirmed',
  'waitlisted',
  'rejected',
  'cancelled',
  'attended',
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** A person takes part, or waits to. */
export const ACTIVE: readonly RegistrationStatus[] = ['pending', 'confirmed', 'waitlisted', 'attended'];

const answerSchema = z.union([z.string().max(2000), z.array(z.string().max(64)).max(30)]);

/** What a guest fills in. */
export const detailsSchema = z.strictObject({
  lang: z.enum(LANGS),
  name: z.string().min(1).max(100),
  organization: z.string().min(1).max(200),
  kind: z.enum(GUEST_KINDS),
  attendance: z.enum(ATTENDANCES),
  /** Sessions wished for; which of them have a seat is known by the seats alone. */
  sessions: z.array(codeSchema).max(100),
  party: z.int().min(1).max(50),
  phone: z.string().max(32).nullable(),
  email: z.string().max(254).nullable(),
  /** Answers to the event's own questions. */
  extra: z.record(codeSchema, answerSchema),
});
export type Details = z.infer<typeof detailsSchema>;

export interface HistoryEntry {
  readonly at: Date;
  readonly what:
    | 'registered'
    | 'changed'
    | 'confirmed'
    | 'waitlisted'
    | 'offered'
    | 'accepted'
    | 'lapsed'
    | 'cancelled'
    | 'declined';
  readonly detail: string | null;
}

export interface Registration {
  readonly id: string;
  readonly event: string;
  readonly person: string;
  readonly status: RegistrationStatus;
  /** What a person shows at the door; unique. */
  readonly ticket: string;
  readonly details: Details;
  /** The privacy text agreed to, by its SHA-256, and when. */
  readonly consent: { readonly at: Date; readonly text: string };
  /** Ids of the runs whose effect has been stored: the same confirmation never acts twice. */
  readonly runs: readonly string[];
  /** Whether a full hall or session was agreed to be waited for. */
  readonly waitlist: { readonly hall: boolean; readonly sessions: boolean };
  readonly history: readonly HistoryEntry[];
  readonly createdAt: Date;
  readonly rev: number;
}

export function isActive({ status }: Pick<Registration, 'status'>): boolean {
  return ACTIVE.includes(status);
}

/** Confirmed, and not only waiting to be. */
export function isComing({ status }: Pick<Registration, 'status'>): boolean {
  return status === 'confirmed' || status === 'attended';
}

/** Whether somebody comes to a session that they wished for: online, or with a seat in it. */
export function takesPart(
  registration: Registration,
  event: Event,
  session: string,
  seats: Seats | undefined,
): boolean {
  const { id, details } = registration;
  if (!isComing(registration) || !details.sessions.includes(session)) return false;
  return details.attendance === 'online' || hasSeat(seats, event, id, poolOfSession(session));
}
