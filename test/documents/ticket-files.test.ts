import { describe, expect, it } from 'vitest';
import { ticketFiles } from '../../src/documents/ticket-files.ts';
import { session } from '../domain/examples.ts';
import { FAIR, House } from '../usecases/house.ts';

const SECRET = 'a secret that only this test knows, long enough';

/** The events of somebody's calendar file, by their titles. */
async function calendarOf(house: House, person: string): Promise<string[]> {
  const open = ticketFiles(house.stores, SECRET, house.clock);
  const { id } = await house.registrationOf(person);
  const bytes = await open({ kind: 'ticket-ics', id });
  return [
    ...Buffer.from(bytes ?? [])
      .toString()
      .matchAll(/^SUMMARY:(.*)\r$/gmu),
  ].map(([, title = '']) => title);
}

describe('the calendar file of a ticket', () => {
  it('holds the sessions one has a seat in, and those without a limit', async () => {
    const house = await House.with({
      sessions: [session('talk', { capacity: 1 }), session('salon'), session('tour')],
    });
    await house.register('ana', { sessions: ['talk', 'salon'] });
    await house.register('bo', { sessions: ['talk', 'salon'] });
    const titles = await calendarOf(house, 'ana');
    expect(titles.filter((title) => title.includes('Session'))).toHaveLength(2);
    const waiting = await calendarOf(house, 'bo');
    expect(waiting.filter((title) => title.includes('Session salon'))).toHaveLength(1);
    expect(waiting.filter((title) => title.includes('Session talk'))).toHaveLength(0);
  });

  it('is gone with the registration', async () => {
    const house = await House.with({});
    await house.register('ana');
    const { id } = await house.registrationOf('ana');
    await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
    expect(await ticketFiles(house.stores, SECRET, house.clock)({ kind: 'ticket-ics', id })).toBeUndefined();
  });
});
