import { describe, expect, it } from 'vitest';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

const FILLED = ['trip', 'English', 'Ann', 'bus', '1 3'];

/** A chat in which so many of the usual answers were given. */
function chatAfter(count: number, lang: 'zh' | 'en' = 'en'): Chat<typeof TOY_FACTS> {
  const chat = new Chat(toy, TOY_FACTS, lang);
  for (const said of FILLED.slice(0, count)) chat.say(said === 'English' && lang === 'zh' ? '中文' : said);
  return chat;
}

describe('several forms', () => {
  it('are put aside and taken up again with all their answers', () => {
    const chat = chatAfter(4);
    chat.say('rate');
    expect(chat.last.text).toBe(
      'Put aside with all your answers: Trip · Lake walk. Send “continue” later to return to it.\n\nstars?',
    );
    chat.say('5');
    chat.say('skip');
    chat.press('confirm');
    chat.ends();
    expect(chat.last.text).toBe('You still have this to finish: Trip · Lake walk. Send “continue” to go on.');
    chat.say('continue');
    expect(chat.question).toBe('meals');
    expect(chat.answers).toMatchObject({ name: 'Ann', travel: ['bus'] });
  });

  it('go on where they were when the same one is started again', () => {
    const chat = chatAfter(4);
    chat.say('trip');
    expect(chat.question).toBe('meals');
    chat.say('/trip lake');
    expect(chat.question).toBe('meals');
    expect(chat.session.parked).toEqual([]);
  });

  it('go on where they were when the same one was put aside', () => {
    const chat = chatAfter(4);
    chat.say('rate');
    chat.say('4');
    chat.say('/trip');
    expect(chat.question).toBe('meals');
    expect(chat.last.text).toContain('Going on with: Trip · Lake walk.');
    expect(chat.session.parked.map(({ flow }) => flow)).toEqual(['rating']);
  });

  it('of which nothing was answered are dropped without a word', () => {
    const chat = new Chat(toy, TOY_FACTS);
    chat.say('trip');
    chat.say('rate');
    expect(chat.last.text).toBe('stars?');
    expect(chat.session.parked).toEqual([]);
  });

  it('are kept up to five', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill', 'a', 'b', 'c', 'd', 'e'] });
    for (const place of chat.facts.trips) {
      chat.say(`/rate ${place}`);
      chat.say('3');
    }
    expect(chat.session.parked).toHaveLength(5);
    expect(chat.active.raw.of).toEqual({ kind: 'picked', values: ['e'] });
  });
});

describe('commands inside a form', () => {
  it.each([
    ['weather', 'It will be sunny.'],
    ['天气', 'It will be sunny.'],
    ['/weather', 'It will be sunny.'],
    ['The Weather', 'It will be sunny.'],
  ])('are heard: “%s”', (said, told) => {
    const chat = chatAfter(2);
    const replies = chat.say(said);
    expect(replies.map(({ text }) => text)).toEqual([`${told}\n\nWhat is your name?`]);
    expect(chat.answers).not.toHaveProperty('name');
  });

  it('are not heard in a sentence where words are asked for', () => {
    const chat = chatAfter(2);
    chat.say('weather permitting');
    expect(chat.answers.name).toBe('weather permitting');
  });

  it('are heard with an argument that is surely their own', () => {
    const chat = chatAfter(2);
    chat.say('trip hill');
    expect(chat.answers.name).toBe('trip hill');
    const other = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    for (const said of ['trip lake', 'English', 'trip hill']) other.say(said);
    expect(other.active.raw).toEqual({ where: { kind: 'picked', values: ['hill'] } });
  });

  it('give way to a choice that is called the same', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, meals: ['weather', 'help', 'soup'] });
    for (const said of ['trip', 'English', 'Ann', 'bus', 'weather']) chat.say(said);
    expect(chat.answers.meals).toEqual(['weather']);
  });

  it('win over a choice that only begins or goes on like them', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, meals: ['weather cake', 'no help', 'cancelled soup'] });
    for (const said of ['trip', 'English', 'Ann', 'bus']) chat.say(said);
    expect(chat.say('weather')[0]?.text).toContain('It will be sunny.');
    expect(chat.say('help')[0]?.text).toContain('You are filling in: Trip');
    expect(chat.say('cancel')[0]?.text).toContain('Stopped: Trip');
  });

  it('help says where one is, what can be said, and how to reach a person, in both languages', () => {
    expect(chatAfter(2).say('help')[0]?.text).toBe(
      'You are filling in: Trip · Lake walk. Send “back” to change the last answer, “skip” to pass an optional one, “cancel” to stop. Everything you have entered is kept.\nA person: 028-1234\n\nWhat is your name?',
    );
    for (const said of ['帮助', '？', '?', '/help'])
      expect(chatAfter(2, 'zh').say(said)[0]?.text).toBe(
        '正在填写：出游 · 湖边。发送“返回”可修改上一项，“跳过”可略过选填项，“取消”可停止填写。已填的内容都会保留。\n人工：028-1234\n\n请问怎么称呼您？',
      );
  });
});

describe('the language', () => {
  it('follows the answer of a form', () => {
    const chat = chatAfter(1, 'zh');
    chat.say('English');
    expect(chat.last.text).toBe('What is your name?');
    expect(chat.session.lang).toBe('en');
  });

  it('is switched in the middle of a form, which goes on in the new one and stays in it', () => {
    const chat = chatAfter(3);
    chat.say('language zh');
    chat.ends();
    expect(chat.last.text).toBe('Language set.\n\n怎么来？');
    chat.say('坐大巴');
    expect(chat.last.text).toBe('想吃什么？可多选。');
    expect(chat.answers).toMatchObject({ tongue: ['zh'], name: 'Ann' });
  });

  it('of a form put aside follows too', () => {
    const chat = chatAfter(3);
    chat.say('rate');
    chat.say('语言 zh');
    chat.ends();
    for (const said of ['5', '跳过', '1']) chat.say(said);
    chat.ends();
    chat.say('继续');
    expect(chat.last.text).toBe('继续填写：出游 · 湖边。\n\n怎么来？');
  });

  it('is chosen by a press or a word of a card inside a form, which is no answer', () => {
    const chat = chatAfter(2);
    chat.say('/language');
    expect(chat.last.question).toBe('name');
    chat.press('language zh');
    expect(chat.answers).not.toHaveProperty('name');
    expect(chat.effects).toEqual([
      expect.objectContaining({ kind: 'set-language', input: { argument: 'zh' } }),
    ]);
  });
});

describe('three failures in a row', () => {
  it('offer a human, and again after three more', () => {
    const chat = chatAfter(3);
    const helps = ['x', 'y', 'z', 'u', 'v', 'w'].map((said) => chat.say(said)[0]?.text.includes('028-1234'));
    expect(helps).toEqual([false, false, true, false, false, true]);
  });

  it('are counted anew after an answer', () => {
    const chat = chatAfter(3);
    for (const said of ['x', 'y', 'bus', 'x']) chat.say(said);
    expect(chat.last.text).not.toContain('028-1234');
  });
});
