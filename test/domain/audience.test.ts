import { describe, expect, it } from 'vitest';
import {
  type Audience,
  audienceSchema,
  type Condition,
  canonicalJson,
  conditionsOf,
  effectiveWhere,
  type Leaf,
  simplify,
} from '../../src/domain/audience.ts';
import { languageOf, matches, needsSeats, type Subject } from '../../src/domain/audience-match.ts';
import type { Details, Registration } from '../../src/domain/registration.ts';
import type { Entry } from '../../src/domain/seats.ts';
import { event, registration, STARTS, session } from './examples.ts';

const ANA = {
  id: 'ana',
  accounts: [],
  shut: [],
  lang: 'en',
  langChosen: true,
  notices: true,
  createdAt: STARTS,
} as const;

const FAIR = event({ sessions: [session('opening', { capacity: 9 }), session('roadshow')] });

function guest(
  details: Partial<Details> = {},
  given: Partial<Registration> & { seats?: Entry[] } = {},
): Subject {
  const { seats = [], ...rest } = given;
  const held = registration(rest);
  return {
    person: ANA,
    registration: { ...held, details: { ...held.details, ...details } },
    event: FAIR,
    account: { channel: 'telegram', bot: 'main', id: '1' },
    seats,
    projects: [],
  };
}

const entry = (pool: string, state: Entry['state']): Entry => ({
  registration: 'fair.ana',
  pool,
  seats: 1,
  state,
});
const NO_GUEST: Subject = {
  person: ANA,
  registration: null,
  event: null,
  account: undefined,
  seats: [],
  projects: [],
};

describe('a condition', () => {
  const opening = { sessions: ['opening'] };
  it.each<[Leaf, Subject, Subject]>([
    [{ state: ['pending', 'confirmed'] }, guest(), guest({}, { status: 'attended' })],
    [{ active: true }, guest({}, { status: 'waitlisted' }), guest({}, { status: 'cancelled' })],
    [{ attendance: 'online' }, guest({ attendance: 'online' }), guest()],
    [{ kind: 'investor' }, guest({ kind: 'investor' }), guest()],
    [{ session: 'opening' }, guest(opening), guest({ sessions: ['roadshow'] })],
    [{ seated: 'opening' }, guest(opening, { seats: [entry('session:opening', 'held')] }), guest(opening)],
    [{ seated: 'roadshow' }, guest({ sessions: ['roadshow'] }), guest(opening)],
    [
      { seated: 'opening' },
      guest({ ...opening, attendance: 'online' }),
      guest({ ...opening, attendance: 'online' }, { status: 'cancelled' }),
    ],
    [{ waits: true }, guest({}, { status: 'waitlisted' }), guest()],
    [
      { waits: true },
      guest(opening, { seats: [entry('session:opening', 'waiting')] }),
      guest(opening, { seats: [entry('session:opening', 'held')] }),
    ],
    [
      { waits: true },
      guest(opening, { seats: [entry('session:opening', 'offered')] }),
      guest(opening, { status: 'cancelled', seats: [entry('session:opening', 'waiting')] }),
    ],
    [{ checkedIn: true }, guest({}, { status: 'attended' }), guest()],
    [{ language: 'zh' }, guest({ lang: 'zh' }), guest({ lang: 'en' })],
    [{ language: 'en' }, NO_GUEST, guest({ lang: 'zh' })],
    [{ channel: 'telegram' }, guest(), { ...guest(), account: undefined }],
    [{ answer: { question: 'field', value: 'ai' } }, guest({ extra: { field: 'ai' } }), guest()],
    [
      { answer: { question: 'field', value: 'ai' } },
      guest({ extra: { field: ['bio', 'ai'] } }),
      guest({ extra: { field: ['bio'], other: 'ai' } }),
    ],
    [{ party: 3 }, guest({ party: 3 }), guest({ party: 2 })],
  ])('%j is true of one and false of another', (leaf, one, another) => {
    expect(matches(leaf, one)).toBe(true);
    expect(matches({ not: leaf }, one)).toBe(false);
    expect(matches(leaf, another)).toBe(false);
    expect(matches({ not: leaf }, another)).toBe(true);
  });

  it('says nothing true of a registration that is not there', () => {
    const of: Leaf[] = [{ active: true }, { attendance: 'onsite' }, { party: 1 }, { seated: 'opening' }];
    expect(of.filter((leaf) => matches(leaf, NO_GUEST))).toEqual([]);
    expect(languageOf(NO_GUEST)).toBe('en');
  });

  it('joins others by all, any and not', () => {
    const onsite: Leaf = { attendance: 'onsite' };
    const team: Leaf = { kind: 'team' };
    expect(matches({ all: [] }, NO_GUEST)).toBe(true);
    expect(matches({ any: [] }, guest())).toBe(false);
    expect(matches({ all: [onsite, team] }, guest())).toBe(false);
    expect(matches({ any: [onsite, team] }, guest())).toBe(true);
    expect(matches({ all: [onsite, { not: { any: [team, { party: 2 }] } }] }, guest())).toBe(true);
    expect(needsSeats({ all: [onsite, { not: { waits: true } }] })).toBe(true);
    expect(needsSeats({ any: [onsite, { session: 'opening' }] })).toBe(false);
  });
});

const of = (where: Condition, source: Audience['source'] = { kind: 'event', event: 'fair' }): Audience => ({
  source,
  where,
});

describe('an audience', () => {
  it('of events means those who take part, unless it speaks of the state of a registration', () => {
    const active: Condition = { active: true };
    expect(effectiveWhere(of({ all: [] }))).toEqual(active);
    expect(effectiveWhere(of({ all: [] }, { kind: 'office', office: 'office' }))).toEqual(active);
    expect(effectiveWhere(of({ not: { checkedIn: true } }))).toEqual({
      all: [active, { not: { checkedIn: true } }],
    });
    expect(effectiveWhere(of({ all: [{ state: ['cancelled'] }] }))).toEqual({ state: ['cancelled'] });
    for (const source of [
      { kind: 'tickets', tickets: ['7K2M9QXA'] },
      { kind: 'roles', roles: ['organizer'], office: 'office' },
    ] as const satisfies readonly unknown[])
      expect(effectiveWhere(of({ all: [] }, audienceSchema.shape.source.parse(source)))).toEqual({ all: [] });
  });

  it('loses nesting that says nothing', () => {
    const a: Leaf = { party: 1 };
    const b: Leaf = { party: 2 };
    expect(simplify({ all: [{ all: [a, { all: [] }] }, { any: [b] }] })).toEqual({ all: [a, b] });
    expect(simplify({ not: { not: { any: [a, { any: [b, { any: [] }] }] } } })).toEqual({ any: [a, b] });
    expect(simplify({ all: [a, { not: { all: [] } }] })).toEqual({ any: [] });
    expect(simplify({ any: [a, { not: { any: [] } }] })).toEqual({ all: [] });
  });

  it('has one text, whatever its order and brackets', () => {
    const one = canonicalJson(of({ all: [{ state: ['pending', 'confirmed'] }, { party: 2 }, { party: 2 }] }));
    const twin = canonicalJson({
      where: { all: [{ all: [{ party: 2 }] }, { state: ['confirmed', 'pending', 'pending'] }] },
      source: { event: 'fair', kind: 'event' },
    });
    expect(twin).toBe(one);
    expect(JSON.parse(one)).toEqual(of({ all: [{ party: 2 }, { state: ['confirmed', 'pending'] }] }));
    expect(canonicalJson(of({ not: { party: 2 } }))).not.toBe(canonicalJson(of({ party: 2 })));
  });

  it('is refused beyond 5 levels, 50 conditions and 5,000 tickets', () => {
    const nested = (depth: number): unknown => (depth === 0 ? { party: 1 } : { not: nested(depth - 1) });
    const many = (count: number) => ({ any: Array.from({ length: count }, () => ({ party: 1 })) });
    const tickets = (count: number) => Array.from({ length: count }, () => '7K2M9QXA');
    const accepts = (where: unknown, source: unknown = { kind: 'event', event: 'fair' }) =>
      audienceSchema.safeParse({ source, where }).success;
    expect([accepts(nested(5)), accepts(nested(6)), accepts(nested(5_000))]).toEqual([true, false, false]);
    expect([accepts(many(50)), accepts(many(51))]).toEqual([true, false]);
    expect([accepts({ all: [many(26), many(24)] }), accepts({ all: [many(26), many(25)] })]).toEqual([
      true,
      false,
    ]);
    const listed = (count: number) => ({ kind: 'tickets', tickets: tickets(count) });
    expect([0, 1, 5_000, 5_001].map((count) => accepts({ all: [] }, listed(count)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it.each([
    { party: 0 },
    { party: 1, kind: 'team' },
    { state: [] },
    { state: 'confirmed' },
    { active: false },
    { session: '$where' },
    { answer: { question: 'a' } },
    { all: {} },
    { every: [] },
    null,
  ])('refuses %j', (where) => {
    expect(audienceSchema.safeParse({ source: { kind: 'event', event: 'fair' }, where }).success).toBe(false);
  });

  it('lists its conditions from left to right', () => {
    expect(conditionsOf({ all: [{ party: 1 }, { any: [{ not: { party: 2 } }, { party: 3 }] }] })).toEqual([
      { party: 1 },
      { party: 2 },
      { party: 3 },
    ]);
  });
});
