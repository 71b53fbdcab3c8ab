import { book } from '../../flows/book.ts';
import { closedBecause, type Event } from '../../src/domain/event.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Registration } from '../../src/domain/registration.ts';
import type { Entry } from '../../src/domain/seats.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts, MyRegistration } from '../../src/usecases/load-facts.ts';
import { anEvent } from '../support/events.ts';
import { Chat } from '../support/talk.ts';

export const NOW = new Date('2026-05-10T10:00:00+08:00');
const START = new Date('2026-05-20T09:00:00+08:00');

export type Given = Partial<Omit<Event, 'id'>>;

export function event(code: string, given: Given = {}): Event {
  return { id: `id-${code}`, ...anEvent({ code, startsAt: START, languages: ['zh'], ...given }) };
}

const PERSON: Person = {
  id: 'person',
  accounts: [],
  lang: 'en',
  langChosen: false,
  notices: true,
  shut: [],
  createdAt: NOW,
};

export interface Circumstances {
  readonly taken?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly registrations?: readonly MyRegistration[];
  readonly projects?: Facts['projects'];
  readonly grants?: Facts['grants'];
  readonly templates?: Facts['templates'];
  readonly judged?: Facts['judged'];
  readonly person?: Partial<Person>;
}

/** Facts as they are loaded for a person: these events, so many seats taken of them. */
export function facts(
  events: readonly Event[],
  {
    taken = {},
    registrations = [],
    projects = [],
    grants = [],
    templates = [],
    judged = [],
    person,
  }: Circumstances = {},
): Facts {
  return {
    now: NOW,
    person: { ...PERSON, ...person },
    events: events.map((one) => ({
      event: one,
      taken: taken[one.code] ?? {},
      closed: closedBecause(one, NOW),
    })),
    registrations,
    projects,
    runs: [],
    grants,
    templates,
    judged,
  };
}

export function registered(
  of: Event,
  details: Partial<Registration['details']> = {},
  entries: readonly (Pick<Entry, 'pool' | 'state'> & { readonly seats?: number })[] = [],
): MyRegistration {
  const registration: Registration = {
    id: `${of.id}.person`,
    event: of.id,
    person: 'person',
    status: entries.some(({ pool, state }) => pool === 'hall' && state !== 'held')
      ? 'waitlisted'
      : 'confirmed',
    ticket: '7K2M9QXA',
    details: {
      lang: 'en',
      name: 'Ann',
      organization: 'Office',
      kind: 'guest',
      attendance: 'onsite',
      sessions: [],
      party: 1,
      phone: null,
      email: null,
      extra: {},
      ...details,
    },
    consent: { at: NOW, text: '' },
    runs: [],
    waitlist: { hall: false, sessions: false },
    history: [],
    createdAt: NOW,
    rev: 1,
  };
  return {
    registration,
    event: of,
    entries: entries.map((entry) => ({
      registration: registration.id,
      seats: registration.details.party,
      ...entry,
      position: entry.state === 'waiting' ? 1 : undefined,
      ...(entry.state === 'offered' && { until: new Date(NOW.getTime() + 7_200_000) }),
    })),
  };
}

export function guest(known: Facts, lang: Lang = 'en'): Chat<Facts> {
  return new Chat(book, known, lang);
}

export const texts = (replies: readonly { readonly text: string }[]): string[] =>
  replies.map(({ text }) => text);

const ANSWERS: Readonly<Record<string, string>> = {
  name: 'Ann',
  organization: 'Office',
  kind: 'Guest',
  attendance: 'On site',
  sessions: '1',
  party: '1',
  phone: '13800138000',
  email: 'skip',
  consent: 'I agree',
};

/** Answers what is asked until this question, or the review. Returns what was asked on the way. */
export function fillTo(
  chat: Chat<Facts>,
  question = '$review',
  answers: Readonly<Record<string, string>> = {},
): string[] {
  const asked: string[] = [];
  for (let turns = 0; chat.question !== question; turns++) {
    const { question: open = '' } = chat;
    const answer = answers[open] ?? ANSWERS[open];
    if (answer === undefined || turns > 20)
      throw new Error(`expected to be asked for ${question}, not ${open}`);
    asked.push(open);
    chat.say(answer);
  }
  return asked;
}
