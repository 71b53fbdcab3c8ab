import { describe, expect, it } from 'vitest';
import { Chat } from '../support/talk.ts';
import { plain, TOY_FACTS, toy } from '../support/toy.ts';

function chatAfter(...said: string[]): Chat<typeof TOY_FACTS> {
  const chat = new Chat(toy, TOY_FACTS);
  for (const one of ['trip', ...said]) chat.say(one);
  return chat;
}

describe('text', () => {
  it('answers only the question that the person had seen', () => {
    const chat = chatAfter('English');
    const { seq } = chat.last;
    chat.say('Ann', seq);
    const [reply, ...more] = chat.say('Ann', seq);
    expect(more).toEqual([]);
    expect(reply?.text).toBe(
      'You sent “Ann” before you could see the question below, so I did not use it. Please answer this one.\n\nHow will you come?',
    );
    expect(chat.answers).not.toHaveProperty('travel');
  });

  it('sent before anything was seen answers nothing', () => {
    const chat = chatAfter('English');
    chat.say('Ann', 0);
    expect(chat.answers).not.toHaveProperty('name');
    expect(chat.question).toBe('name');
  });

  it('still answers a question that was asked again since', () => {
    const chat = chatAfter('English', 'Ann');
    const { seq } = chat.last;
    for (const said of ['what?', 'help', 'weather']) chat.say(said);
    chat.say('2', seq);
    expect(chat.answers.travel).toEqual(['car']);
  });

  it('answers a question that was gone back to, not the one in between', () => {
    const chat = chatAfter('English', 'Ann');
    chat.say('back');
    expect(chat.question).toBe('name');
    chat.say('Ben', chat.last.seq);
    expect(chat.answers.name).toBe('Ben');
    expect(chat.question).toBe('travel');
  });

  it('that says “skip” passes only a question that was seen', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'cake');
    const { seq } = chat.last;
    chat.say('skip', seq);
    expect(chat.question).toBe('note');
    chat.say('skip', seq);
    expect(chat.question).toBe('note');
    expect(chat.answers).not.toHaveProperty('note');
    expect(chat.last.text).toContain('before you could see the question below');
  });

  it('that steers is heard whatever was seen', () => {
    for (const [said, sign] of [
      ['cancel', 'Stopped'],
      ['back', 'What is your name?'],
      ['help', 'You are filling in'],
      ['weather', 'sunny'],
    ] as const) {
      const chat = chatAfter('English', 'Ann');
      expect(chat.say(said, 0).at(-1)?.text).toContain(sign);
    }
  });

  it('that is a number means what stood beside it when it was seen', () => {
    const chat = chatAfter('English', 'Ann', 'bus');
    const { seq } = chat.last;
    chat.facts = { ...chat.facts, meals: ['cake', 'rice', 'soup'] };
    chat.say('1 2', seq);
    expect([...(chat.answers.meals ?? [])].sort()).toEqual(['rice', 'soup']);
  });

  it('that is a number of what is gone is not taken for what came in its place', () => {
    const chat = chatAfter('English', 'Ann', 'bus');
    chat.facts = { ...chat.facts, meals: ['soup', 'cake'] };
    const [reply] = chat.say('1');
    expect(reply?.text).toContain('can no longer be taken');
    expect(reply?.choices?.map(({ label }) => label)).toEqual(['Soup of the day', 'Cake', 'Done']);
    chat.say('1');
    expect(chat.answers.meals).toEqual(['soup']);
  });

  it('confirms only the answers that the person had seen', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    const seen = chat.last.seq;
    for (const said of ['change name', 'Ben']) chat.say(said);
    chat.say('1', seen);
    expect(chat.effects).toEqual([]);
    expect(chat.last.kind).toBe('review');
    expect(chat.last.text).toContain('Name: Ben');
    chat.say('1', chat.last.seq);
    expect(chat.effects).toHaveLength(1);
  });
});

describe('what a conversation remembers of its askings', () => {
  it('is bounded, and the question that stands can still be answered', () => {
    const chat = chatAfter('English', 'Ann');
    for (let i = 0; i < 40; i++) {
      chat.notice({
        kind: 'card',
        text: `News ${i}`,
        choices: [{ value: `weather`, label: `Weather ${i}` }],
      });
    }
    expect(chat.session.prompts.length).toBeLessThanOrEqual(24);
    chat.say('bus', chat.last.seq);
    chat.say('bus', chat.last.seq);
    expect(chat.answers.travel).toEqual(['bus']);
  });

  it('is one asking while the same question is asked again at once', () => {
    const chat = chatAfter('English', 'Ann');
    const first = chat.last.prompt;
    chat.say('plane');
    expect(chat.last.prompt).toBe(first);
    chat.say('back');
    chat.say('Ann');
    expect(chat.question).toBe('travel');
    expect(chat.last.prompt).not.toBe(first);
  });
});

describe('an answer that a later question depends on', () => {
  it('is read with what stands before it, also when it is typed late', () => {
    const extra = [plain('first'), plain('second', { when: ({ answers }) => answers.first === 'yes' })];
    const chat = new Chat(toy, { ...TOY_FACTS, extra });
    for (const said of ['trip', 'English', 'Ann', 'bus', 'rice', 'skip', 'yes']) chat.say(said);
    expect(chat.question).toBe('second');
    chat.say('back');
    chat.say('no');
    expect(chat.last.kind).toBe('review');
  });
});
