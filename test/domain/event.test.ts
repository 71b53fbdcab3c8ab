import { describe, expect, it } from 'vitest';
import { closedBecause, type Event, eventSchema, findSession } from '../../src/domain/event.ts';
import { codeSchema } from '../../src/domain/questions.ts';
import { at, event, later, STARTS, session } from './examples.ts';

const NOW = at('2026-05-10T10:00+08:00');

describe('registration for an event', () => {
  it('is open while the event is open or running, up to its end', () => {
    expect(closedBecause(event(), NOW)).toBeUndefined();
    expect(closedBecause(event({ status: 'running' }), later(STARTS, 60))).toBeUndefined();
    expect(closedBecause(event({ status: 'running' }), later(STARTS, 480))).toBe('over');
  });

  it.each([
    ['draft', 'not-open'],
    ['closed', 'over'],
    ['archived', 'over'],
    ['cancelled', 'cancelled'],
  ] as const)('is closed for an event that is %s', (status, reason) => {
    expect(closedBecause(event({ status }), NOW)).toBe(reason);
  });

  it('is not yet open before its first moment, and is from then on', () => {
    const fair = event({ registrationOpensAt: NOW });
    expect(closedBecause(fair, later(NOW, -1))).toBe('not-yet');
    expect(closedBecause(fair, NOW)).toBeUndefined();
  });

  it('is over from its last moment on', () => {
    const fair = event({ registrationClosesAt: NOW });
    expect(closedBecause(fair, later(NOW, -1))).toBeUndefined();
    expect(closedBecause(fair, NOW)).toBe('over');
  });
});

describe('an event', () => {
  const fair = event({ sessions: [session('opening'), session('roadshow')] });

  it('knows its sessions by their codes', () => {
    expect(findSession(fair, 'roadshow')?.title.en).toBe('Session roadshow');
    expect(findSession(fair, 'salon')).toBeUndefined();
  });

  it('is taken when it is right', () => {
    expect(eventSchema.parse(fair)).toEqual(fair);
  });

  it.each<[string, Partial<Record<keyof Event, unknown>>]>([
    ['a zone that does not exist', { zone: 'Asia/Chengdu' }],
    ['a text that misses a language', { title: { zh: '成果对接会' } }],
    ['a text that is blank in a language', { title: { zh: '成果对接会', en: '  ' } }],
    ['seats below none', { capacity: -1 }],
    ['half a seat', { capacity: 1.5 }],
    ['no kind of guest', { kinds: [] }],
    ['an offer that lasts no time', { offerHours: 0 }],
    ['a link that runs code', { onlineLink: 'javascript:alert(1)' }],
    ['a status of its own', { status: 'maybe' }],
    ['a field of its own', { ['owner' as keyof Event]: 'me' }],
  ])('is refused with %s', (_, wrong) => {
    expect(eventSchema.safeParse({ ...fair, ...wrong }).success).toBe(false);
  });

  it.each(['chengdu', '2026-spring', 'a', 'x'.repeat(32)])('may have the code %s', (code) => {
    expect(codeSchema.safeParse(code).success).toBe(true);
  });

  it.each(['', 'Chengdu', '成都', '-spring', 'a b', 'a/b', 'x'.repeat(33), '$ne'])(
    'may not have the code "%s"',
    (code) => {
      expect(codeSchema.safeParse(code).success).toBe(false);
    },
  );
});
