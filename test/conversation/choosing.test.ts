import { describe, expect, it } from 'vitest';
import { chooseMany, chooseOne, wholeNumber } from '../../src/conversation/choose.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

const MEALS = [
  { value: 'rice', label: '09:00–10:00 米饭 · Hall A' },
  { value: 'soup', label: '10:00–11:00 Soup of the day' },
  { value: 'cake', label: 'Cake, warm' },
];

function atTravel(): Chat<typeof TOY_FACTS> {
  const chat = new Chat(toy, TOY_FACTS);
  for (const said of ['trip', 'English', 'Ann']) chat.say(said);
  expect(chat.question).toBe('travel');
  return chat;
}

function atMeals(): Chat<typeof TOY_FACTS> {
  const chat = atTravel();
  chat.say('1');
  expect(chat.question).toBe('meals');
  return chat;
}

describe('a number', () => {
  it.each([
    ['2', 2],
    ['２', 2],
    ['②', 2],
    ['2️⃣', 2],
    ['二', 2],
    ['两', 2],
    ['两位', 2],
    ['第2个', 2],
    ['第二', 2],
    ['选2', 2],
    ['#2', 2],
    ['（2）', 2],
    ['2.', 2],
    ['2。', 2],
    ['2、', 2],
    ['2号', 2],
    [' 2 ', 2],
    ['two', 2],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['二十一', 21],
    ['0', 0],
    ['012', 12],
  ])('is read from “%s”', (text, number) => expect(wholeNumber(text)).toBe(number));

  it.each([
    '',
    ' ',
    '二三',
    '2 3',
    '1.5',
    '-1',
    '2x',
    'to',
    '1234567',
    '个',
    '第',
    '１０００００００',
    '十十',
  ])('is not read from “%s”', (text) => expect(wholeNumber(text)).toBeUndefined());
});

describe('one choice', () => {
  it.each([
    ['2', 'car'],
    ['２', 'car'],
    ['二', 'car'],
    ['第2个', 'car'],
    ['2。', 'car'],
    ['By car', 'car'],
    ['by CAR!', 'car'],
    ['ＢＹ　ＣＡＲ', 'car'],
    ['by', 'car'],
    ['car', 'car'],
    ['bus', 'bus'],
    ['the bus', 'bus'],
  ])('is taken from “%s”', (text, value) => {
    const chat = atTravel();
    chat.say(text);
    expect(chat.answers.travel).toEqual([value]);
    expect(chat.question).not.toBe('travel');
  });

  it.each(['4', '-2', 'on', 'o', 'plane', '1 2', '２３', '😀'])('is not taken from “%s”', (text) => {
    const chat = atTravel();
    const [reply, ...more] = chat.say(text);
    expect(more).toEqual([]);
    expect(reply?.text).toMatch(/did not understand “.+”.*1–3.*\n\nHow will you come\?/su);
    expect(chat.answers).not.toHaveProperty('travel');
  });

  it('goes by the number that stands beside it before a value that is a number', () => {
    const halls = [
      { value: '2', label: 'Hall two' },
      { value: '1', label: 'Hall one' },
    ];
    expect(chooseOne('1', halls)?.label).toBe('Hall two');
    expect(chooseOne('2', halls)?.label).toBe('Hall one');
  });

  it('goes by a label that is a number before its place', () => {
    const sizes = ['2', '3', '5'].map((size) => ({ value: `size-${size}`, label: size }));
    expect(chooseOne('3', sizes)?.value).toBe('size-3');
  });

  it('is none where two read the same', () => {
    const twins = [
      { value: 'a', label: 'Salon' },
      { value: 'b', label: 'Salon' },
    ];
    expect(chooseOne('Salon', twins)).toBeUndefined();
    expect(chooseOne('2', twins)?.value).toBe('b');
  });

  it('is found by a part of its label that no other has', () => {
    expect(chooseOne('米饭', MEALS)?.value).toBe('rice');
    expect(chooseOne('soup', MEALS)?.value).toBe('soup');
    expect(chooseOne('10:00', MEALS)?.value).toBe('soup');
    expect(chooseOne('09', MEALS)).toBeUndefined();
    expect(chooseOne('a', MEALS)).toBeUndefined();
  });
});

describe('several choices', () => {
  it.each([
    '1 3',
    '1、3',
    '1,3',
    '1，3',
    '3；1',
    '1和3',
    '1 and 3',
    '第1个和第3个',
    '１　３',
    '一、三',
    '1.3',
    '1/3',
    '1+3',
    '3 1 3',
    '1\n3',
    'Rice, Cake',
    'rice and cake',
    'Rice 3',
  ])('are taken from “%s”', (text) => {
    const chat = atMeals();
    chat.say(text);
    expect(chat.answers.meals).toEqual(['rice', 'cake']);
  });

  it.each(['全部', 'all', '1 2 3'])('are all of them with “%s”', (text) => {
    const chat = atMeals();
    chat.say(text);
    expect(chat.answers.meals).toEqual(['rice', 'soup', 'cake']);
  });

  it('may be a single one', () => {
    const chat = atMeals();
    chat.say('Soup of the day');
    expect(chat.answers.meals).toEqual(['soup']);
  });

  it('are not taken by halves', () => {
    for (const text of ['1 9', '1, beer', '1-3', '13']) {
      const chat = atMeals();
      expect(chat.say(text).at(-1)?.text).toMatch(/did not understand.*1–3.*“1 3”/u);
      expect(chat.answers).not.toHaveProperty('meals');
    }
  });

  it('may have a comma in their label', () => {
    expect(chooseMany('Cake, warm', MEALS)?.map(({ value }) => value)).toEqual(['cake']);
    expect(chooseMany('米饭和cake', MEALS)?.map(({ value }) => value)).toEqual(['rice', 'cake']);
  });
});

describe('a multiple choice by presses', () => {
  it('ticks, unticks and is done', () => {
    const chat = atMeals();
    chat.press('rice');
    expect(chat.labels).toEqual(['✓ Rice', 'Soup of the day', 'Cake', 'Done']);
    chat.press('cake');
    chat.press('rice');
    expect(chat.labels).toEqual(['Rice', 'Soup of the day', '✓ Cake', 'Done']);
    chat.press('done');
    expect(chat.answers.meals).toEqual(['cake']);
    expect(chat.question).toBe('sugar');
  });

  it('keeps the order of the choices, not of the presses', () => {
    const chat = atMeals();
    for (const value of ['soup', 'rice', 'done']) chat.press(value);
    expect(chat.answers.meals).toEqual(['rice', 'soup']);
  });

  it('is ticked once by a double tap', () => {
    const chat = atMeals();
    const asking = chat.last;
    chat.press('rice', asking);
    chat.press('rice', asking);
    expect(chat.labels[0]).toBe('✓ Rice');
  });

  it('is not done with nothing ticked, and says so', () => {
    const chat = atMeals();
    const [reply] = chat.press('done');
    expect(reply?.text).toContain('Nothing is chosen yet');
    expect(reply?.question).toBe('meals');
  });

  it('is done by the word or the number of its last choice too', () => {
    for (const said of ['Done', '4']) {
      const chat = atMeals();
      chat.press('soup');
      chat.say(said);
      expect(chat.answers.meals).toEqual(['soup']);
    }
  });

  it('takes what is typed as the whole answer', () => {
    const chat = atMeals();
    chat.press('soup');
    chat.say('1 3');
    expect(chat.answers.meals).toEqual(['rice', 'cake']);
  });
});

describe('an optional choice', () => {
  it.each(['skip', '跳过', 'Skip', '3', '/skip'])('is passed with “%s”', (said) => {
    const chat = atMeals();
    chat.say('3');
    expect(chat.labels).toEqual(['With sugar', 'Without', 'Skip']);
    chat.say(said);
    expect(chat.answers.sugar).toBeNull();
    expect(chat.question).toBe('note');
  });

  it('is passed by its button', () => {
    const chat = atMeals();
    chat.say('3');
    chat.press('skip');
    expect(chat.answers.sugar).toBeNull();
  });
});
