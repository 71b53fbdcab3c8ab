import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelHouse, openChannelHouse, Platforms } from '../support/channel-house.ts';
import { anEvent } from '../support/events.ts';
import { ENGINES } from '../support/house.ts';
import type { TelegramPerson } from '../support/telegram-api-person.ts';
import type { Update } from '../support/telegram-api-updates.ts';

const CHATS = 200;
const IN_FLIGHT = 20;
/** One update in so many is followed by one that came before, from whichever chat. */
const DUPLICATE_EVERY = 4;

/** What a guest says at each step, and what only the answer to it says. A label in brackets is pressed. */
const STEPS = [
  { says: '/start storm', hears: 'Please choose your language' },
  { says: '[English]', hears: 'What is your name?' },
  { says: 'Guest {n}', hears: 'Which organization are you from?' },
  { says: 'Office {n}', hears: 'In which role are you coming?' },
  { says: '[Enterprise]', hears: 'Will you attend on site or online?' },
  { says: '1', hears: 'Which sessions would you like to join?' },
  { says: '1 2', hears: 'How many people in all' },
  { says: '2', hears: 'Your phone number?' },
  { says: '+86 138 0013 8000', hears: 'how your data is used' },
  { says: '[I agree]', hears: 'Please check your registration' },
] as const;

const session = (code: string) => {
  const { startsAt, endsAt } = anEvent();
  const title = { zh: code, en: code };
  return { code, title, venue: { zh: '主会场', en: 'Hall' }, startsAt, endsAt, capacity: null };
};

const STORM = anEvent({
  code: 'storm',
  attendance: ['onsite', 'online'],
  maxParty: 3,
  phone: 'required',
  sessions: [session('opening'), session('keynotes')],
});

describe.each(ENGINES)('a storm of 2,000 updates from 200 chats, on $name', (engine) => {
  let platforms: Platforms;
  let house: ChannelHouse;
  let people: readonly TelegramPerson[];
  beforeAll(async () => {
    platforms = await Platforms.open();
    house = await openChannelHouse(engine, platforms, await platforms.webhook());
    await house.addEvent(STORM);
    people = Array.from({ length: CHATS }, () => platforms.telegram.person('en'));
  });
  afterAll(async () => {
    await house?.close();
    await platforms.close();
  });

  it('leaves every guest with a dialogue that is right, no reply missing and none doubled', {
    timeout: 90_000,
  }, async () => {
    const { posted, repeated, statuses } = await storm(platforms, people);
    await house.app.settled();
    expect([posted, new Set(statuses)]).toEqual([CHATS * STEPS.length, new Set([200])]);
    expect(repeated).toBeGreaterThan(posted / DUPLICATE_EVERY / 2);
    for (const [n, { seen }] of people.entries()) {
      expect(seen.map(({ text }, i) => text.includes(STEPS[i]?.hears ?? ' '))).toEqual(STEPS.map(() => true));
      expect(seen.at(-1)?.text).toMatch(
        new RegExp(
          `Name: Guest ${n}\\nOrganization: Office ${n}\\nRole: Enterprise\\nAttendance: On site`,
          'u',
        ),
      );
    }
  });
});

/** Lets so many in at once; of those who wait, chance says who is next. */
class Gate {
  private readonly waiting: (() => void)[] = [];
  private free = IN_FLIGHT;

  async pass(work: () => Promise<unknown>): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    await work();
    const [next] = this.waiting.splice(randomInt(Math.max(1, this.waiting.length)), 1);
    if (next) next();
    else this.free++;
  }
}

/**
 * Posts what 200 people write, from whichever chat comes next by chance and 20 at once. A person goes on when they
 * have read the answer, as people do; duplicates of anything that was posted come at any time, some while the first
 * is still under way.
 */
async function storm({ telegram }: Platforms, people: readonly TelegramPerson[]) {
  const posted: Update[] = [];
  const statuses: number[] = [];
  const gate = new Gate();
  let repeated = 0;
  const post = (update: Update) =>
    gate.pass(async () => void statuses.push(await telegram.updates.post(update)));

  const walks = people.map(async (person, n) => {
    for (const step of STEPS.keys()) {
      const update = updateOf(telegram, person, step, n);
      posted.push(update);
      const earlier = randomInt(DUPLICATE_EVERY) === 0 ? posted[randomInt(posted.length)] : undefined;
      if (earlier) repeated++;
      await Promise.all([post(update), earlier && post(earlier)]);
      await telegram.until(() => person.seen.length > step);
    }
  });
  await Promise.all(walks);
  // Everybody's last words once more, when all is over.
  await Promise.all(posted.slice(-CHATS).map(post));
  return { posted: posted.length, repeated, statuses };
}

function updateOf(telegram: Platforms['telegram'], person: TelegramPerson, step: number, n: number): Update {
  const says = STEPS[step]?.says.replace('{n}', String(n)) ?? '';
  const label = /^\[(?<label>.*)\]$/u.exec(says)?.groups?.label;
  if (label === undefined)
    return telegram.updates.make({ message: person.message(person.privateChat, { text: says }) });
  return telegram.updates.make({ callback_query: person.press(label) });
}
