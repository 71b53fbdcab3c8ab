import { describe, expect, it } from 'vitest';
import { event, facts, fillTo, guest, texts } from './guest.ts';

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
