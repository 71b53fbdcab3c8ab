import type { Context } from '../src/conversation/flow.ts';
import type { Raw } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { HALL, poolOfSession } from '../src/domain/seats.ts';
import { fingerprint } from '../src/text/fingerprint.ts';
import type { Lang } from '../src/text/text.ts';
import type { Facts, MyRegistration } from '../src/usecases/load-facts.ts';
import { isFull, mineFor, sessionFull } from './facts.ts';

type C = Context<Facts>;

/** The event that the form is about, once it is known. */
export function eventOf({ answers, facts }: C): Event | undefined {
  const known = facts.events.find(({ event }) => event.id === answers.event);
  return known?.event ?? facts.registrations.find(({ event }) => event.id === answers.event)?.event;
}

export const partyOf = ({ answers }: C): number => Number(answers.party ?? 1);
export const onSite = ({ answers }: C): boolean => answers.attendance === 'onsite';

export function hallIsFull(c: C): boolean {
  const event = eventOf(c);
  return event !== undefined && onSite(c) && isFull(c.facts, event, HALL, partyOf(c));
}

/** Seats in the hall that the person has already: those that waiting for more would give up. */
export function heldInHall(c: C): number {
  const event = eventOf(c);
  const mine = event && mineFor(c.facts, event);
  return mine?.entries.find(({ pool, state }) => pool === HALL && state === 'held')?.seats ?? 0;
}

const chosenSessions = ({ answers }: C): readonly string[] =>
  Array.isArray(answers.sessions) ? answers.sessions : [];

/** Chosen sessions with too few seats left. Who waits for the hall is not asked about them. */
export function fullSessions(c: C): readonly string[] {
  const event = eventOf(c);
  if (!event || !onSite(c) || hallIsFull(c)) return [];
  return chosenSessions(c).filter((code) => sessionFull(c.facts, event, code, partyOf(c)));
}

/** Ids of an event's own questions must never meet those of the form. */
export const own = (id: string): string => `own-${id}`;

/** What an answer is about: to wait for so many seats, or for these sessions; to agree to this very text. */
export const aboutHall = (event: Event | undefined, party: number): string => `${event?.id} ${party}`;
export const aboutSessions = (event: Event | undefined, codes: readonly string[]): string =>
  [event?.id, ...codes].join(' ');
export const aboutConsent = (event: Event | undefined, lang: Lang): string =>
  `${event?.id} ${fingerprint(event?.privacy[lang] ?? '')}`;

/** The filled form as the registration it asks for. */
export function registering(c: C): { kind: 'register'; input: Record<string, unknown> } {
  const { answers } = c;
  const waitlist = { hall: answers['hall-full'] === 'wait', sessions: answers['sessions-full'] === 'wait' };
  return { kind: 'register', input: { event: answers.event, details: detailsOf(c), waitlist } };
}

function detailsOf(c: C): Record<string, unknown> {
  const { answers, lang } = c;
  const online = !onSite(c) || answers['hall-full'] === 'online';
  const left = answers['sessions-full'] === 'without' ? fullSessions(c) : [];
  const extra = (eventOf(c)?.questions ?? []).flatMap(({ id }) => {
    const answer = answers[own(id)];
    return answer === undefined || answer === null ? [] : [[id, answer] as const];
  });
  return {
    lang,
    name: answers.name,
    organization: answers.organization,
    kind: answers.kind,
    attendance: online ? 'online' : 'onsite',
    sessions: chosenSessions(c).filter((code) => !left.includes(code)),
    party: online ? 1 : partyOf(c),
    phone: answers.phone ?? null,
    email: answers.email ?? null,
    extra: Object.fromEntries(extra),
  };
}

const picked = (...values: string[]): Raw & { kind: 'picked' } => ({ kind: 'picked', values });
const text = (value: string | null): Raw =>
  value === null ? { kind: 'skipped' } : { kind: 'text', text: value };

/** A registration as answers that might just have been given. Whoever waits goes on waiting without being asked. */
export function answersOf({ registration, event, entries }: MyRegistration, lang: Lang): Record<string, Raw> {
  const { details } = registration;
  const waits = (pool: string) => entries.some((entry) => entry.pool === pool && entry.state === 'waiting');
  const waited = details.sessions.filter((code) => waits(poolOfSession(code)));
  return {
    event: picked(event.id),
    language: picked(details.lang),
    name: text(details.name),
    organization: text(details.organization),
    kind: picked(details.kind),
    attendance: picked(details.attendance),
    sessions: picked(...details.sessions),
    party: text(String(details.party)),
    phone: text(details.phone),
    email: text(details.email),
    ...Object.fromEntries(Object.entries(details.extra).map(([id, answer]) => ownAnswer(event, id, answer))),
    ...(waits(HALL) && { 'hall-full': { ...picked('wait'), about: aboutHall(event, details.party) } }),
    ...(waited.length > 0 && {
      'sessions-full': { ...picked('wait'), about: aboutSessions(event, waited) },
    }),
    consent: { ...picked('agree'), about: aboutConsent(event, lang) },
  };
}

function ownAnswer(event: Event, id: string, answer: string | readonly string[]): [string, Raw] {
  if (typeof answer !== 'string') return [own(id), picked(...answer)];
  const isChoice = event.questions.some((question) => question.id === id && question.kind === 'choice');
  return [own(id), isChoice ? picked(answer) : text(answer)];
}
