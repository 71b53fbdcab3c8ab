import { describe, expect, it } from 'vitest';
import { event, facts, fillTo, guest, registered } from './guest.ts';

const fair = event('fair', {
  kinds: ['guest', 'investor'],
  maxParty: 3,
  phone: 'required',
  email: 'optional',
});
const session = (code: string, capacity: number | null = null) => ({
  code,
  title: { zh: code, en: code },
  venue: { zh: '一号厅', en: 'Hall 1' },
  startsAt: fair.startsAt,
  endsAt: fair.endsAt,
  capacity,
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

  it('that wants more seats than there are is told what waiting would give up', () => {
    const holding = registered(fair, { phone: '+8613800138000', sessions: [], party: 2 }, [
      { pool: 'hall', state: 'held', seats: 2 },
    ]);
    const chat = guest(
      facts([{ ...fair, capacity: 4 }], { registrations: [holding], taken: { fair: { hall: 4 } } }),
    );
    for (const said of ['change', 'change people', '3']) chat.say(said);
    expect(chat.question).toBe('hall-full');
    expect(chat.last.text).toContain('gives up the 2 seats you have');
    for (const said of ['back', '1']) chat.say(said);
    expect(chat.question).not.toBe('hall-full');
  });
});
