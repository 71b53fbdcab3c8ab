import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { anEvent } from '../support/events.ts';
import type { Guest } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { aCall, aProject } from '../support/projects.ts';

const HOUR = 3_600_000;
const ONE_HOUR_BEFORE = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const;

/** Listens until a message says so; the house is given a minute at most. */
async function hears(guest: Guest, text: string): Promise<string> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const found = guest.heard.find((message) => message.text.includes(text));
    if (found) return found.text;
    await guest.listen(20);
  }
  throw new Error(
    `expected to hear “${text}”, heard ${JSON.stringify(guest.heard.map((message) => message.text))}`,
  );
}

describe.each(ENGINES)('deadlines of projects, on $name', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.close());

  const calling = (code: string, closesInMs: number): Omit<Event, 'id'> =>
    anEvent({
      code,
      call: aCall({ closesAt: new Date(Date.now() + closesInMs), reminders: [ONE_HOUR_BEFORE] }),
    });

  /** A draft of somebody who lacks a deck. */
  async function draftOf(guest: Guest, code: string): Promise<void> {
    const event = eventId('office', code);
    const members = [{ person: guest.person, lead: true, at: new Date() }];
    const createdAt = new Date(Date.now() - HOUR);
    await house.app.stores.projects.save(aProject({ id: `draft-${code}`, event, members, createdAt }));
  }

  const reminders = ({ heard }: Guest) => heard.filter(({ text }) => text.startsWith('A reminder')).length;

  it('are told of by themselves, once, also when the queue was emptied', { timeout: 120_000 }, async () => {
    const lead = await house.arrive('en');
    await draftOf(lead, 'due');
    await house.addEvent(calling('due', HOUR + 4_000));
    await house.emptyQueues();
    const heard = await hears(lead, 'A reminder: the deadline for your project');
    expect(heard).toContain('Still missing: Deck');
    expect(heard).toContain('(Asia/Shanghai)');
    expect(reminders(lead)).toBe(1);
  });

  it('reach a team whom an organizer chases and gives more time', { timeout: 120_000 }, async () => {
    const [lead, organizer] = [await house.arrive('en'), await house.arrive('en')];
    await draftOf(lead, 'chased');
    await house.addEvent(calling('chased', 90 * HOUR));
    await house.app.verbs.offerOwnership('FIRST-OWNER-CODE');
    await organizer.say('claim FIRST-OWNER-CODE');
    await organizer.say('late chased');
    expect(organizer.last.text).toContain('1 not submitted, 0 submitted but lacking something');
    await organizer.say('chase send 1 chased');
    expect(await hears(lead, 'The organizers remind you')).toContain('P01');
    await organizer.say('extend P01 2d chased');
    expect(organizer.last.text).toContain('send “extend P01 off chased”');
    expect(await hears(lead, 'The deadline of your project is now')).toContain('P01');
    const planned = await house.app.stores.occasions.planned(eventId('office', 'chased'));
    expect(planned.filter(({ kind }) => kind === 'deadline')).toHaveLength(2);
  });
});
