import { describe, expect, it } from 'vitest';
import { accountOf, conversationOf } from '../../src/domain/person.ts';
import { detailsSchema, isActive, REGISTRATION_STATUSES } from '../../src/domain/registration.ts';
import { registration } from './examples.ts';

describe('a registration', () => {
  it('is active while the person takes part or waits to', () => {
    const active = REGISTRATION_STATUSES.filter((status) => isActive({ status }));
    expect(active).toEqual(['pending', 'confirmed', 'waitlisted', 'attended']);
  });

  const { details } = registration();

  it('takes what a guest fills in', () => {
    const filled = {
      ...details,
      extra: { diet: 'none', topics: ['ai', 'energy'] },
      phone: '+86 28 8512 3456',
    };
    expect(detailsSchema.parse(filled)).toEqual(filled);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a query where a name is asked', { name: { $ne: 1 } }],
    ['no name', { name: '' }],
    ['a name of 10,000 characters', { name: '王'.repeat(10_000) }],
    ['nobody in the party', { party: 0 }],
    ['half a person', { party: 1.5 }],
    ['a party beyond every hall', { party: 51 }],
    ['a session that is no code', { sessions: ['$where'] }],
    ['a language that is not spoken', { lang: 'fr' }],
    ['an answer that is an object', { extra: { diet: { $gt: '' } } }],
    ['a field of its own', { role: 'owner' }],
  ])('refuses %s', (_, wrong) => {
    expect(detailsSchema.safeParse({ ...details, ...wrong }).success).toBe(false);
  });
});

describe('the account of a person', () => {
  it.each([
    { channel: 'web', bot: 'main', id: 'abc' },
    { channel: 'telegram', bot: '7001', id: '-1001:22' },
  ])('$channel $id is found again from its conversation', (account) => {
    expect(accountOf(conversationOf(account))).toEqual(account);
  });

  it.each(['', 'web', 'web:main', ':main:abc'])('is not found in "%s"', (conversation) => {
    expect(() => accountOf(conversation)).toThrow('expected a conversation such as web:main:abc');
  });
});
