import { describe, expect, it } from 'vitest';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

const WAITING_AT = { name: ['trip', 'English'], travel: ['trip', 'English', 'Ann'] } as const;

function at(question: keyof typeof WAITING_AT, lang: 'zh' | 'en' = 'en'): Chat<typeof TOY_FACTS> {
  const chat = new Chat(toy, TOY_FACTS, lang);
  for (const said of WAITING_AT[question]) chat.say(said === 'English' && lang === 'zh' ? '中文' : said);
  expect(chat.question).toBe(question);
  return chat;
}

const EMPTY = ['', ' ', '\n\n', '\u200b', '\u202e\u0000', '　'];
const USELESS = ['1', '…', '😀', '👩‍🔬🎉', '\u200d', '-', '<>', 'A'.repeat(10_000), '好'.repeat(10_000)];
const ODD_WORDS = [
  'مكتب التعاون',
  '{"$ne":1}',
  '<img src=x onerror=alert(1)>',
  "Robert'); DROP TABLE people;--",
  '__proto__ constructor',
  '{name, plural, other {#}}',
  '%s %d $' + '{process.env}',
  'Zoë O’Neill-Ångström',
  '\u202eevil\u202c',
];

describe('where words are asked for', () => {
  it.each(EMPTY)('an empty message (%j) is told so, in one reply, and the question stands', (text) => {
    const chat = at('name');
    expect(chat.say(text).map((reply) => reply.text)).toEqual([
      'That message was empty. Please answer the question below.\n\nWhat is your name?',
    ]);
    expect(chat.answers).not.toHaveProperty('name');
  });

  it.each(USELESS)('what is no answer gets what is expected, with an example', (text) => {
    for (const [lang, expected] of [
      ['en', 'Please answer in words, for example: Ann\n\nWhat is your name?'],
      ['zh', '请用文字回答，例如：张工\n\n请问怎么称呼您？'],
    ] as const) {
      const chat = at('name', lang);
      expect(chat.say(text).map((reply) => reply.text)).toEqual([expected]);
      expect(chat.answers).not.toHaveProperty('name');
    }
  });

  it.each(ODD_WORDS)('“%s” is kept as the words that it is', (text) => {
    const chat = at('name');
    chat.say(text);
    expect(chat.question).toBe('travel');
    expect(chat.answers.name).toBe(text.replace(/[\u202e\u202c]/gu, ''));
    for (const said of ['bus', 'rice', 'skip']) chat.say(said);
    expect(chat.last.text).toContain(`Name: ${String(chat.answers.name)}\n`);
  });

  it('a file is told that it was not kept', () => {
    const chat = at('name');
    const [reply, ...more] = chat.sendFile('plan <b>.pdf');
    expect(more).toEqual([]);
    expect(reply?.text).toBe(
      'A written answer is needed here; the file “plan <b>.pdf” was not kept. Please type your answer.\n\nWhat is your name?',
    );
  });

  it('keeps nothing that is long: what was said is repeated in short', () => {
    const chat = at('travel');
    const [reply] = chat.say('飞'.repeat(10_000));
    expect(reply?.text.length).toBeLessThan(300);
    expect(JSON.stringify(chat.session).length).toBeLessThan(3_000);
  });

  it('cuts what is repeated between letters, not within them', () => {
    const [reply] = at('travel').say('🎉'.repeat(100));
    expect(reply?.text).toContain(`“${'🎉'.repeat(40)}…”`);
  });
});

describe('where a choice is asked for', () => {
  it.each([...EMPTY, ...USELESS.slice(1), ...ODD_WORDS])('%j gets one reply with the choices', (text) => {
    for (const lang of ['zh', 'en'] as const) {
      const chat = at('travel', lang);
      const replies = chat.say(text);
      expect(replies).toHaveLength(1);
      expect(replies[0]).toMatchObject({ kind: 'ask', question: 'travel' });
      expect(replies[0]?.choices).toHaveLength(3);
      expect(chat.answers).not.toHaveProperty('travel');
    }
  });
});

describe('outside any form', () => {
  it.each([...EMPTY, ...USELESS, ...ODD_WORDS])('%j gets the menu', (text) => {
    for (const lang of ['zh', 'en'] as const) {
      const chat = new Chat(toy, TOY_FACTS, lang);
      const replies = chat.say(text);
      expect(replies).toHaveLength(1);
      expect(replies[0]?.choices).toHaveLength(2);
      expect(chat.effects).toEqual([]);
    }
  });

  it('an empty message is told so', () => {
    expect(new Chat(toy, TOY_FACTS, 'zh').say('  ')[0]?.text).toBe('收到的是一条空消息。\n\n您好');
  });

  it('a file is told that nothing needs it', () => {
    const [reply] = new Chat(toy, TOY_FACTS).sendFile();
    expect(reply?.text).toBe('Nothing needs a file just now, so “plan.pdf” was not kept.\n\nHello');
  });
});
