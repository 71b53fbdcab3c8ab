import { describe, expect, it } from 'vitest';
import { event, facts, guest, registered, texts } from './guest.ts';

const fair = event('fair');
const salon = event('salon', { title: { zh: '沙龙', en: 'Salon' } });

describe('the language', () => {
  it.each(['语言 中文', 'language zh', 'language Chinese', '/lang 汉语'])('is switched by “%s”', (said) => {
    const chat = guest(facts([fair]));
    chat.say(said);
    expect(chat.effects[0]?.input).toEqual({ lang: 'zh' });
    expect(texts(chat.ends())).toEqual(['好的，以后用中文。']);
  });

  it.each(['language', 'language constructor', 'language __proto__', 'language 法语'])(
    'is asked for by “%s”',
    (said) => {
      const chat = guest(facts([fair]));
      chat.say(said);
      expect(chat.effects).toEqual([]);
      expect(chat.labels).toEqual(['中文', 'English']);
      chat.say('中文');
      expect(chat.effects[0]?.input).toEqual({ lang: 'zh' });
    },
  );
});

describe('messages', () => {
  it.each([
    ['unsubscribe', false, 'Send “subscribe”'],
    ['stop', false, 'Send “subscribe”'],
    ['退订', false, 'Send “subscribe”'],
    ['subscribe', true, 'Send “unsubscribe”'],
    ['订阅', true, 'Send “unsubscribe”'],
  ])('“%s” turns them off and on, and says how to undo it', (said, wanted, undo) => {
    const chat = guest(facts([fair]));
    chat.say(said);
    expect(chat.effects[0]).toMatchObject({ kind: 'set-notices', input: { wanted } });
    expect(chat.ends()[0]?.text).toContain(undo);
  });
});

describe('an offered seat', () => {
  const offered = registered(fair, {}, [{ pool: 'hall', state: 'offered' }]);
  const talk = registered(salon, { sessions: ['talk'] }, [
    { pool: 'hall', state: 'held' },
    { pool: 'session:talk', state: 'offered' },
  ]);

  it.each(['accept 7K2M9QXA', '接受 7k2m9qxa', '接受７Ｋ２Ｍ９ＱＸＡ', 'accept', '接受', '/accept'])(
    'is taken with “%s”',
    (said) => {
      const chat = guest(facts([fair], { registrations: [offered] }));
      chat.say(said);
      expect(chat.effects[0]?.input).toEqual({ ticket: '7K2M9QXA', session: null, accepted: true });
    },
  );

  it('in a session is named by its code', () => {
    const chat = guest(facts([salon], { registrations: [talk] }));
    chat.say('decline');
    expect(chat.effects[0]?.input).toEqual({ ticket: '7K2M9QXA', session: 'talk', accepted: false });
  });

  it('is taken in the middle of a form, where words are asked for', () => {
    const chat = guest(facts([fair, salon], { registrations: [offered] }));
    for (const said of ['register salon', 'accept 7K2M9QXA']) chat.say(said);
    expect(chat.effects[0]?.kind).toBe('answer-offer');
    expect(chat.answers).not.toHaveProperty('name');
  });

  it('is asked for where there are several, and told of where there is none', () => {
    const chat = guest(facts([fair, salon], { registrations: [offered, talk] }));
    chat.say('accept');
    expect(chat.effects).toEqual([]);
    expect(chat.last.choices?.map(({ value }) => value)).toEqual(['accept 7K2M9QXA', 'accept 7K2M9QXA talk']);
    expect(guest(facts([fair])).say('accept')[0]?.text).toContain('No seat is being kept for you');
  });

  it('that is gone, or of an unknown ticket, is told with what to do', () => {
    const chat = guest(facts([fair], { registrations: [offered] }));
    chat.say('accept');
    expect(chat.ends({ ok: false, reason: 'no-offer' })[0]?.text).toContain('Send “mine”');
    chat.say('accept AAAAAAAA');
    expect(chat.ends({ ok: false, reason: 'unknown-ticket' })[0]?.text).toContain('for example: accept');
  });
});

describe('the agenda', () => {
  const days = event('fair', {
    endsAt: new Date('2026-05-21T17:00:00+08:00'),
    sessions: [
      ['close', '2026-05-21T09:00:00+08:00', 0],
      ['talk', '2026-05-20T10:00:00+08:00', 1],
      ['open', '2026-05-20T09:00:00+08:00', null],
    ].map(([code, from, capacity]) => ({
      code: String(code),
      title: { zh: String(code), en: String(code) },
      venue: { zh: '一号厅', en: 'Hall 1' },
      startsAt: new Date(String(from)),
      endsAt: new Date(new Date(String(from)).getTime() + 3_600_000),
      capacity: capacity === null ? null : Number(capacity),
    })),
  });

  it('goes by day and hour, with what is full and what is one’s own', () => {
    const mine = registered(days, { sessions: ['talk'] });
    const [reply] = guest(facts([days], { registrations: [mine] })).say('agenda');
    expect(reply?.text.split('\n').slice(3)).toEqual([
      'Day 1',
      '09:00–10:00 open · Hall 1',
      '✓ 10:00–11:00 talk · Hall 1',
      'Day 2',
      '09:00–10:00 close · Hall 1 (full, waitlist open)',
    ]);
  });

  it('of nothing says so', () => {
    expect(guest(facts([]), 'zh').say('日程')[0]?.text).toBe('近期没有活动安排。');
  });
});
