import type { Event } from '../../src/domain/event.ts';

const HOUR = 3_600_000;

/** An event for tests: what matters to a test is given, the rest is plain. Starts in 10 days unless told. */
export function anEvent(given: Partial<Omit<Event, 'id'>> = {}): Omit<Event, 'id'> {
  const startsAt = given.startsAt ?? new Date(Date.now() + 240 * HOUR);
  return {
    office: 'office',
    code: 'fair',
    status: 'open',
    title: { zh: '成果对接会', en: 'Matchmaking fair' },
    place: { zh: '会展中心一号厅', en: 'Convention centre, hall 1' },
    description: null,
    zone: 'Asia/Shanghai',
    languages: ['zh', 'en'],
    startsAt,
    endsAt: new Date(startsAt.getTime() + 4 * HOUR),
    registrationOpensAt: null,
    registrationClosesAt: null,
    attendance: ['onsite'],
    kinds: ['guest', 'enterprise'],
    capacity: null,
    maxParty: 1,
    offerHours: 2,
    phone: 'off',
    email: 'off',
    onlineLink: null,
    contact: { zh: '会务组 028-8512 3456', en: 'the event team, +86 28 8512 3456' },
    privacy: { zh: '您的信息只用于本次活动。', en: 'Your data is used for this event only.' },
    sessions: [],
    questions: [],
    reminders: [],
    takesGuests: true,
    call: null,
    ...given,
  };
}
