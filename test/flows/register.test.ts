import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/usecases/load-facts.ts';
import type { Chat } from '../support/talk.ts';
import { event, facts, guest, registered, texts } from './guest.ts';

const fair = event('fair', {
  kinds: ['guest', 'investor'],
  maxParty: 3,
  phone: 'required',
  email: 'optional',
});
const salon = event('salon', {
  kinds: ['guest'],
  title: { zh: '沙龙', en: 'Salon' },
  privacy: { zh: '沙龙的说明。', en: 'The salon has other terms.' },
});
const session = (code: string, capacity: number | null = null) => ({
  code,
  title: { zh: code, en: code },
  venue: { zh: '一号厅', en: 'Hall 1' },
  startsAt: fair.startsAt,
  endsAt: fair.endsAt,
  capacity,
});
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
function fillTo(
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

describe('the questions of a registration', () => {
  it('are those that the event needs, and no more', () => {
    const chat = guest(facts([salon]));
    chat.say('register');
    expect(fillTo(chat)).toEqual(['name', 'organization', 'consent']);
    const full = guest(facts([{ ...fair, languages: ['zh', 'en'], sessions: [session('talk')] }]));
    full.say('register');
    expect(fillTo(full, '$review', { language: 'English' })).toEqual([
      'language',
      'name',
      'organization',
      'kind',
      'sessions',
      'party',
      'phone',
      'email',
      'consent',
    ]);
  });

  it('begin with the event where there are several, and with its title where one was named', () => {
    const chat = guest(facts([fair, salon]));
    chat.say('register');
    expect(chat.question).toBe('event');
    expect(chat.last.text).toBe('Which event would you like to register for?');
    const linked = guest(facts([fair, salon]));
    linked.open('salon');
    expect(linked.last.text).toBe('Registration · Salon\n\nWhat is your name?');
  });

  it('leave out the language of somebody who has chosen one', () => {
    const chat = guest(facts([{ ...salon, languages: ['zh', 'en'] }], { person: { langChosen: true } }));
    chat.say('register');
    expect(chat.question).toBe('name');
  });

  it('do not ask for the party of who attends online', () => {
    const chat = guest(facts([{ ...fair, attendance: ['onsite', 'online'] }]));
    chat.say('register');
    expect(fillTo(chat, '$review', { attendance: 'Online' })).not.toContain('party');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({ details: { attendance: 'online', party: 1 } });
  });
});

describe('an event of its own', () => {
  const asking = event('fair', {
    questions: [
      {
        id: 'diet',
        kind: 'text',
        ask: { zh: '忌口？', en: 'Diet?' },
        label: { zh: '忌口', en: 'Diet' },
        optional: true,
        max: 20,
      },
      {
        id: 'name',
        kind: 'choice',
        ask: { zh: '胸牌？', en: 'Badge?' },
        label: { zh: '胸牌', en: 'Badge' },
        optional: false,
        choices: [
          { value: 'red', label: { zh: '红', en: 'Red' } },
          { value: 'blue', label: { zh: '蓝', en: 'Blue' } },
        ],
      },
      {
        id: 'fields',
        kind: 'multi',
        ask: { zh: '领域？', en: 'Fields?' },
        label: { zh: '领域', en: 'Fields' },
        optional: true,
        choices: [
          { value: 'a', label: { zh: '甲', en: 'A field' } },
          { value: 'b', label: { zh: '乙', en: 'B field' } },
        ],
      },
    ],
  });

  it('asks questions that never meet those of the form', () => {
    const chat = guest(facts([asking]));
    chat.say('register');
    fillTo(chat, '$review', { kind: '1', 'own-diet': 'No nuts', 'own-name': 'Blue', 'own-fields': '1 2' });
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({
      details: { name: 'Ann', extra: { diet: 'No nuts', name: 'blue', fields: ['a', 'b'] } },
    });
  });

  it('leaves out what was passed, and bounds what was written', () => {
    const chat = guest(facts([asking]));
    chat.say('register');
    fillTo(chat, 'own-diet', { kind: '1' });
    chat.say('x'.repeat(21));
    expect(chat.last.text).toContain('21 characters received, 20 at most');
    fillTo(chat, '$review', { 'own-diet': '1', 'own-name': '1', 'own-fields': 'Done' });
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({ details: { extra: { name: 'red' } } });
  });
});

describe('consent', () => {
  it('holds for the text that was read: another event, or another text, asks again', () => {
    const chat = guest(facts([fair, salon]));
    chat.open('fair');
    fillTo(chat);
    for (const said of ['change event', 'Salon']) chat.say(said);
    expect(chat.question).toBe('consent');
    expect(chat.last.text).toContain('The salon has other terms.');
    chat.say('I agree');
    expect(chat.question).toBe('$review');
    chat.facts = facts([fair, { ...salon, privacy: { zh: '新的说明。', en: 'New terms.' } }]);
    chat.say('confirm');
    expect(chat.effects).toEqual([]);
    expect(chat.last.text).toContain('New terms.');
  });
});

describe('an event that changes while somebody fills in', () => {
  it('and closes is never replaced by another one that is open', () => {
    const chat = guest(facts([fair, salon]));
    chat.open('fair');
    fillTo(chat);
    chat.facts = facts([{ ...fair, status: 'closed' }, salon]);
    chat.say('confirm');
    expect(chat.effects).toEqual([]);
    expect(chat.question).toBe('event');
    expect(chat.labels).toEqual(['Salon']);
  });

  it('and closes as the only one ends the form with a sentence that says what to do', () => {
    const chat = guest(facts([fair]));
    chat.say('register');
    fillTo(chat, 'kind');
    chat.facts = facts([{ ...fair, status: 'closed' }]);
    expect(texts(chat.say('Guest'))).toEqual([
      'There is no further event to register for at present. Send “mine” to see your registrations, “agenda” to see what is coming up.',
    ]);
    expect(chat.session.active).toBeUndefined();
  });

  it('and is joined by another one stays the event of the form', () => {
    const chat = guest(facts([fair]));
    chat.say('register');
    fillTo(chat, 'kind');
    chat.facts = facts([salon, fair]);
    fillTo(chat);
    expect(chat.last.text).toContain('Event: Matchmaking fair');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({ event: 'id-fair' });
  });
});

describe('a full hall', () => {
  const full = { ...fair, capacity: 10, attendance: ['onsite' as const, 'online' as const] };
  const hall = (taken: number) => ({ taken: { fair: { hall: taken } } });

  it('is told with the way of attending', () => {
    const chat = guest(facts([full], hall(10)));
    chat.say('register');
    fillTo(chat, 'attendance');
    expect(chat.labels).toEqual(['On site (full, waitlist open)', 'Online']);
  });

  it('is asked about by the size of the party, and again when that grows', () => {
    const chat = guest(facts([full], hall(8)));
    chat.say('register');
    expect(fillTo(chat, '$review', { party: '2' })).not.toContain('hall-full');
    for (const said of ['change people', '3']) chat.say(said);
    expect(chat.question).toBe('hall-full');
    chat.say('Join the waitlist');
    chat.facts = facts([full], hall(9));
    for (const said of ['change people', '2']) chat.say(said);
    expect(chat.question).toBe('hall-full');
    chat.say('Attend online instead');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({
      details: { attendance: 'online', party: 1 },
      waitlist: { hall: false },
    });
  });

  it('that filled at the last moment is asked about in one message, with everything kept', () => {
    const chat = guest(facts([full], hall(0)));
    chat.say('register');
    fillTo(chat);
    chat.say('confirm');
    chat.facts = facts([full], hall(10));
    const replies = chat.ends({ ok: false, reason: 'hall-full' });
    expect(replies).toHaveLength(1);
    expect(replies[0]?.text).toMatch(/were taken just now[\s\S]*join the waitlist\?/u);
    chat.say('1');
    chat.say('confirm');
    expect(chat.effects[1]?.input).toMatchObject({ waitlist: { hall: true }, details: { name: 'Ann' } });
  });
});

describe('full sessions', () => {
  const talks = { ...fair, sessions: [session('talk', 1), session('tour', 1), session('tea')] };
  const taken = { taken: { fair: { 'session:talk': 1, 'session:tour': 1 } } };

  it('are left out or waited for, as the guest says', () => {
    for (const [answer, sessions, waits] of [
      ['Leave them out', ['tea'], false],
      ['Join their waitlist', ['talk', 'tea'], true],
    ] as const) {
      const chat = guest(facts([talks], taken));
      chat.say('register');
      fillTo(chat, '$review', { sessions: 'talk and tea', 'sessions-full': answer });
      chat.say('confirm');
      expect(chat.effects[0]?.input).toMatchObject({ details: { sessions }, waitlist: { sessions: waits } });
    }
  });

  it('that join the first are asked about anew', () => {
    const chat = guest(facts([talks], taken));
    chat.say('register');
    fillTo(chat, '$review', { sessions: 'talk and tea', 'sessions-full': 'Leave them out' });
    for (const said of ['change sessions', '1 2 3']) chat.say(said);
    expect(chat.question).toBe('sessions-full');
    expect(chat.last.text).toContain('tour');
  });
});

describe('a change', () => {
  const held = (given = {}) => registered(fair, { phone: '+8613800138000', party: 2, ...given });

  it('begins with the review of what is registered', () => {
    const chat = guest(facts([fair], { registrations: [held()] }));
    chat.say('change');
    expect(chat.last.kind).toBe('review');
    expect(chat.last.text).toContain('Name: Ann');
    expect(chat.last.text).toContain('People: 2');
    chat.say('confirm');
    expect(chat.effects[0]).toMatchObject({
      kind: 'register',
      input: { event: 'id-fair', details: { party: 2 } },
    });
  });

  it('goes on with what was changed when it is called for again', () => {
    const chat = guest(facts([fair], { registrations: [held()] }));
    for (const said of ['change', 'change name', 'Ben', 'change']) chat.say(said);
    expect(chat.last.text).toContain('Name: Ben');
    for (const said of ['3', '/change fair']) chat.say(said);
    expect(chat.session.parked).toEqual([]);
    expect(chat.answers.name).toBe('Ben');
  });

  it('of who waits does not ask again whether to wait', () => {
    const waiting = registered(fair, { phone: '+8613800138000', sessions: [] }, [
      { pool: 'hall', state: 'waiting' },
    ]);
    const chat = guest(
      facts([{ ...fair, capacity: 1 }], { registrations: [waiting], taken: { fair: { hall: 1 } } }),
    );
    chat.say('change');
    expect(chat.last.kind).toBe('review');
    for (const said of ['change people', '2']) chat.say(said);
    expect(chat.question).toBe('hall-full');
  });

  it('is refused at once when registration has closed, with what can still be done', () => {
    const closed = { ...fair, registrationClosesAt: new Date('2026-05-01T00:00:00Z') };
    const chat = guest(facts([closed], { registrations: [registered(closed)] }));
    const [reply] = chat.say('change');
    expect(reply?.text).toMatch(/can no longer be changed[\s\S]*8512 3456[\s\S]*“cancel fair”/u);
    expect(chat.session.active).toBeUndefined();
  });
});
