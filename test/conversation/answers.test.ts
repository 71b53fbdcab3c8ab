import { describe, expect, it } from 'vitest';
import type { Book, Flow } from '../../src/conversation/flow.ts';
import { Chat } from '../support/talk.ts';
import { named, plain, TOY_FACTS, type ToyFacts, toy, trip } from '../support/toy.ts';

function chatAfter(...said: string[]): Chat<ToyFacts> {
  const chat = new Chat(toy, TOY_FACTS);
  for (const one of ['trip', ...said]) chat.say(one);
  return chat;
}

describe('questions that depend on an answer', () => {
  it('appear when it is changed, and vanish again with their answers kept', () => {
    const chat = chatAfter('English', 'Ann', 'car');
    expect(chat.question).toBe('plate');
    for (const said of ['AB1234', 'cake', 'With sugar', 'skip']) chat.say(said);
    expect(chat.last.text).toContain('Plate: AB1234');
    expect(chat.last.text).toContain('Sugar: With sugar');

    for (const said of ['change travel', 'bus']) chat.say(said);
    expect(chat.last.text).not.toContain('Plate');
    for (const said of ['change meals', 'rice']) chat.say(said);
    expect(chat.last.text).not.toContain('Sugar');
    expect(chat.answers).toMatchObject({ plate: 'AB1234', sugar: ['yes'] });

    for (const said of ['change travel', 'car']) chat.say(said);
    expect(chat.last.text).toContain('Plate: AB1234');
    for (const said of ['change meals', '1 3']) chat.say(said);
    expect(chat.last.text).toContain('Sugar: With sugar');
  });

  it('that vanished are no part of what is done', () => {
    const chat = chatAfter('English', 'Ann', 'car', 'AB1234', 'rice', 'skip');
    for (const said of ['change travel', 'bus', 'confirm']) chat.say(said);
    expect(chat.effects[0]?.input).not.toHaveProperty('plate');
  });

  it('that appear are asked before the review comes again', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    expect(chat.last.kind).toBe('review');
    for (const said of ['change travel', 'car']) chat.say(said);
    expect(chat.question).toBe('plate');
    chat.say('AB1234');
    expect(chat.last.kind).toBe('review');
  });
});

describe('an only choice', () => {
  it('is taken without asking and named in the title', () => {
    const chat = chatAfter('English');
    expect(chat.answers.where).toEqual(['lake']);
    expect(chat.heard.map(({ question }) => question)).not.toContain('where');
  });

  it('stays taken when others join it, and can then be changed', () => {
    const chat = chatAfter('English');
    chat.facts = { ...TOY_FACTS, trips: ['hill', 'lake'] };
    for (const said of ['Ann', 'bus', 'rice', 'skip']) chat.say(said);
    expect(chat.last.text).toContain('Place: Lake walk');
    for (const said of ['change place', 'hill', 'confirm']) chat.say(said);
    expect(chat.effects[0]?.input).toMatchObject({ where: 'hill' });
  });

  it('never takes the place of another that was chosen and is gone', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    for (const said of ['trip lake', 'English', 'Ann']) chat.say(said);
    chat.facts = { ...TOY_FACTS, trips: ['hill'] };
    chat.say('bus');
    expect(chat.question).toBe('where');
    expect(chat.last.text).toBe(
      'Something has changed: please answer this one first. I did not use “bus” yet; please send it again afterwards.\n\nWhere to?',
    );
    expect(chat.labels).toEqual(['Hill climb']);
    chat.say('1');
    expect(chat.question).toBe('travel');
  });

  it('never takes the place of another only one either', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    chat.facts = { ...TOY_FACTS, trips: ['hill'] };
    chat.say('confirm');
    expect(chat.effects).toEqual([]);
    expect(chat.question).toBe('where');
  });
});

describe('a question that has nothing to choose from', () => {
  it('ends the form in the words of its flow', () => {
    const chat = chatAfter('English', 'Ann');
    chat.facts = { ...TOY_FACTS, trips: [] };
    expect(chat.say('bus').map(({ text }) => text)).toEqual(['There are no trips.']);
    expect(chat.session.active).toBeUndefined();
  });

  it('ends the form with a sentence and the menu where its flow has no words for it', () => {
    const chat = chatAfter('English', 'Ann');
    chat.facts = { ...TOY_FACTS, meals: [] };
    expect(chat.say('bus').map(({ text }) => text)).toEqual([
      'This cannot be filled in any further at present: Trip · Lake walk. Nothing was submitted.\n\nHello',
    ]);
    expect(chat.session.active).toBeUndefined();
  });

  it('is passed where it is optional', () => {
    const none: Flow<ToyFacts> = {
      ...trip,
      questions: trip.questions.map((one) => (one.kind === 'multi' ? { ...one, optional: true } : one)),
    };
    const chat = new Chat({ ...toy, flows: { trip: none } }, { ...TOY_FACTS, meals: [] });
    for (const said of ['trip', 'English', 'Ann', 'bus', 'skip']) chat.say(said);
    expect(chat.last.kind).toBe('review');
    expect(chat.last.text).not.toContain('Meals');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({ meals: null });
  });

  it('does not begin a form; the open one goes on in the same message', () => {
    const full: Flow<ToyFacts> = { ...trip, unavailable: () => [{ kind: 'say', text: 'All full.' }] };
    const chat = new Chat({ ...toy, flows: { ...toy.flows, trip: full } }, TOY_FACTS);
    expect(chat.say('trip').map(({ text }) => text)).toEqual(['All full.']);
    expect(chat.session.active).toBeUndefined();
    chat.say('rate');
    expect(chat.say('/trip').map(({ text }) => text)).toEqual(['All full.\n\nstars?']);
    expect(chat.active.flow).toBe('rating');
  });
});

describe('a preset answer', () => {
  it('is neither asked, nor gone back to, nor listed for changes', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    chat.say('rate hill');
    expect(chat.question).toBe('stars');
    expect(chat.say('back')[0]?.text).toContain('This is the first question already.');
    for (const said of ['4', 'Fine']) chat.say(said);
    expect(chat.labels).toEqual(['Send rating', 'Change: stars', 'Change: why', 'Cancel']);
  });

  it('is asked for when it no longer holds', () => {
    const chat = new Chat<ToyFacts>(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    chat.say('rate hill');
    chat.facts = TOY_FACTS;
    chat.say('4');
    expect(chat.question).toBe('of');
    chat.say('lake');
    expect(chat.question).toBe('stars');
  });
});

describe('an answer that is about something', () => {
  const terms = {
    id: 'terms',
    kind: 'choice' as const,
    ask: { zh: '同意吗？', en: 'Do you agree?' },
    label: { zh: '条款', en: 'Terms' },
    about: ({ answers }: { answers: Readonly<Record<string, unknown>> }) => String(answers.where),
    choices: () => [{ value: 'agree', label: 'I agree' }],
  };
  const book: Book<ToyFacts> = {
    ...toy,
    flows: { trip: { ...trip, questions: [...trip.questions, terms] } },
  };

  it('is asked again when that changes, and holds again when it changes back', () => {
    const chat = new Chat(book, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    for (const said of ['trip lake', 'English', 'Ann', 'bus', 'rice', 'skip', 'I agree']) chat.say(said);
    expect(chat.last.kind).toBe('review');
    for (const said of ['change place', 'Hill climb']) chat.say(said);
    expect(chat.question).toBe('terms');
    expect(chat.last.text).toContain('Something has changed');
    for (const said of ['back', 'back', 'back', 'back', 'back', 'back', 'lake']) chat.say(said);
    expect(chat.last.kind).toBe('review');
  });
});

describe('a choice that depends on nothing', () => {
  it('is named in the language of the moment wherever it is shown', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    chat.say('language zh');
    chat.ends();
    expect(chat.last.text).toContain(`餐食：${named('rice', 'zh').label}`);
    expect(chat.last.text).toContain('出游 · 湖边');
  });

  it('can be read under facts that add a question at the end', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    chat.facts = { ...TOY_FACTS, extra: [plain('shoes')] };
    chat.say('confirm');
    expect(chat.question).toBe('shoes');
    expect(chat.effects).toEqual([]);
  });
});
