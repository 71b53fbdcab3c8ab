import { describe, expect, it } from 'vitest';
import { event, facts, guest, registered, texts } from './guest.ts';

const fair = event('fair');
const salon = event('salon', { title: { zh: '沙龙', en: 'Salon' } });

describe('a greeting or an unknown word', () => {
  it.each(['hello', '你好', 'what?', '/start', 'constructor', 'toString'])('“%s” gets the menu', (said) => {
    const chat = guest(facts([fair, salon]));
    const [reply, ...more] = chat.say(said);
    expect(more).toEqual([]);
    expect(reply?.choices?.map(({ label }) => label)).toEqual([
      'Register: Matchmaking fair',
      'Register: Salon',
      'Agenda',
      'Mine',
      'Language / 语言',
    ]);
  });

  it('gets a menu that fits who has registered', () => {
    const chat = guest(facts([fair, salon], { registrations: [registered(fair)] }));
    chat.say('hello');
    expect(chat.labels).toEqual([
      'Register: Salon',
      'Agenda',
      'Mine',
      'Language / 语言',
      'Change my registration',
      'Cancel my registration',
    ]);
  });
});

describe('help', () => {
  it.each(['help', '帮助', '?', 'menu'])('“%s” tells how to reach a person', (said) => {
    expect(guest(facts([fair])).say(said)[0]?.text).toContain('To reach a person: the event team');
    expect(guest(facts([])).say(said)[0]?.text).toContain('please contact the organizer');
  });
});

describe('register', () => {
  const say = (said: string, ...given: Parameters<typeof facts>) => guest(facts(...given)).say(said)[0];

  it('with an unknown code names the events that there are', () => {
    const reply = say('register nowhere', [fair, salon]);
    expect(reply?.text).toContain('There is no event “nowhere”');
    expect(reply?.text).toContain('for example: register fair');
    expect(reply?.choices?.map(({ value }) => value)).toEqual(['register fair', 'register salon']);
  });

  it('with an unknown code, and nothing open, says what else can be done', () => {
    expect(say('register nowhere', [])?.text).toContain('Send “agenda”');
  });

  it('repeats only the beginning of a long code', () => {
    expect(say(`register ${'x'.repeat(10_000)}`, [fair])?.text.length).toBeLessThan(300);
  });

  it.each(['register FAIR', '报名ｆａｉｒ', '/register fair', 'register: fair', '报名 fair'])(
    'hears the code in “%s”',
    (said) => {
      const chat = guest(facts([fair, salon]));
      chat.say(said);
      expect(chat.answers.event).toEqual(['id-fair']);
    },
  );

  it('for an event that is over says so and what else there is', () => {
    const over = { ...fair, registrationClosesAt: new Date('2026-05-01T00:00:00Z') };
    expect(say('register fair', [over])?.text).toBe(
      '“Matchmaking fair” does not take registrations at present. Send “agenda” to see what is coming up.',
    );
  });

  it('before it opens says when', () => {
    const soon = { ...fair, registrationOpensAt: new Date('2026-05-12T01:00:00Z') };
    expect(say('register fair', [soon])?.text).toBe(
      'Registration for “Matchmaking fair” opens on Tue, 12 May 2026 09:00 (Asia/Shanghai). Please send “register fair” then.',
    );
  });

  it('for an event that one is registered for offers what can be done with that', () => {
    const reply = say('register fair', [fair], { registrations: [registered(fair)] });
    expect(reply?.text).toContain('ticket 7K2M9QXA');
    expect(reply?.choices?.map(({ value }) => value)).toEqual(['mine fair', 'change fair', 'cancel fair']);
  });

  it('with nothing left to register for says so', () => {
    expect(say('register', [fair], { registrations: [registered(fair)] })?.text).toContain(
      'no further event',
    );
  });
});

describe('mine, change and cancel', () => {
  it.each(['mine', '我的报名', 'change', 'cancel'])(
    '“%s” without a registration says how to begin',
    (said) => {
      const [reply] = guest(facts([fair])).say(said);
      expect(reply?.text).toBe('You have no registration yet. Send “register” to begin.');
    },
  );

  it('ask which one where there are several, and take its label, number or code', () => {
    for (const said of ['Salon', '2', 'cancel salon', '/cancel SALON']) {
      const chat = guest(facts([fair, salon], { registrations: [registered(fair), registered(salon)] }));
      chat.say('cancel');
      expect(chat.last.text).toBe('Which registration would you like to cancel?');
      chat.say(said);
      expect(chat.last.text).toContain('Do you really want to cancel');
      expect(chat.last.text).toContain('Salon');
    }
  });

  it('cancel only after asking, by a press, a number, its words or “yes”', () => {
    for (const said of ['1', 'Yes, cancel it', 'yes', '第1个']) {
      const chat = guest(facts([fair], { registrations: [registered(fair)] }));
      chat.say('cancel');
      expect(chat.effects).toEqual([]);
      chat.say(said);
      expect(chat.effects).toEqual([
        { id: 'chat.1', kind: 'cancel-registration', input: { event: 'id-fair' } },
      ]);
    }
    const kept = guest(facts([fair], { registrations: [registered(fair)] }));
    for (const said of ['cancel', '2']) kept.say(said);
    expect(kept.effects).toEqual([]);
    expect(kept.last.text).toContain('stays as it is');
  });

  it('“取消报名” in a form stops the form when there is no registration, and asks about one that there is', () => {
    const chat = guest(facts([fair]));
    for (const said of ['register', '取消报名']) chat.say(said);
    expect(chat.last.text).toContain('Stopped: Registration · Matchmaking fair');
    const other = guest(facts([fair, salon], { registrations: [registered(salon)] }));
    for (const said of ['register', '取消报名']) other.say(said);
    expect(texts(other.heard)).toContainEqual(expect.stringContaining('Do you really want to cancel'));
    expect(other.question).toBe('name');
  });
});

describe('commands with a code inside a form', () => {
  it('are heard where words are asked for, when the code is known', () => {
    const chat = guest(facts([fair, salon]));
    for (const said of ['register fair', 'agenda salon']) chat.say(said);
    expect(texts(chat.heard)).toContainEqual(expect.stringContaining('To register, send “register salon”.'));
    expect(chat.answers).not.toHaveProperty('name');
    chat.say('register salon');
    expect(chat.answers.event).toEqual(['id-salon']);
  });

  it('are words like any other when it is not', () => {
    const chat = guest(facts([fair]));
    for (const said of ['register', '我的朋友']) chat.say(said);
    expect(chat.answers.name).toBe('我的朋友');
  });
});
