import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/conversation/types.ts';
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

describe('a button', () => {
  const press = (chat: Chat<typeof TOY_FACTS>, reply: Reply, index: number) =>
    chat.take({ kind: 'pick', prompt: reply.prompt ?? '', index });

  it('of a question that is answered changes nothing and says what was answered', () => {
    const chat = chatAfter('English', 'Ann');
    const asking = chat.last;
    press(chat, asking, 1);
    const [reply, ...more] = press(chat, asking, 2);
    expect(more).toEqual([]);
    expect(reply?.text).toContain('“Travel” is already answered: By car. To change it, send “back”');
    expect(chat.answers.travel).toEqual(['car']);
  });

  it('means its own question, whatever its index under another one', () => {
    const chat = chatAfter();
    const tongue = chat.last;
    press(chat, tongue, 1);
    chat.say('Ann');
    expect(chat.question).toBe('travel');
    press(chat, tongue, 0);
    expect(chat.answers).toMatchObject({ tongue: ['en'] });
    expect(chat.answers).not.toHaveProperty('travel');
  });

  it.each([
    ['an unknown prompt', 'p999', 0],
    ['an empty prompt', '', 0],
    ['a prototype', '__proto__', 0],
  ])('of %s has expired', (_, prompt, index) => {
    const chat = chatAfter('English', 'Ann');
    const [reply] = chat.take({ kind: 'pick', prompt, index });
    expect(reply?.text).toBe('That button has expired; nothing was changed.\n\nHow will you come?');
  });

  it('beyond the choices has expired', () => {
    const chat = chatAfter('English', 'Ann');
    for (const index of [3, 999]) {
      const [reply] = press(chat, chat.last, index);
      expect(reply?.text).toContain('That button has expired');
      expect(reply?.question).toBe('travel');
    }
  });

  it('of a form that has ended has expired, and the menu comes instead', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    const review = chat.last;
    press(chat, review, 0);
    chat.ends();
    const [reply] = press(chat, review, 0);
    expect(reply?.text).toBe('That button has expired; nothing was changed.\n\nHello');
    expect(chat.effects).toHaveLength(1);
  });

  it('of another form that is put aside does not touch the open one', () => {
    const chat = chatAfter('English', 'Ann');
    const travel = chat.last;
    chat.say('rate');
    press(chat, travel, 1);
    expect(chat.question).toBe('stars');
    expect(chat.active.raw).toEqual({ of: { kind: 'picked', values: ['lake'] } });
  });

  it('of a review does not confirm what was changed after it', () => {
    const chat = chatAfter('English', 'Ann', 'bus', 'rice', 'skip');
    const review = chat.last;
    for (const said of ['change name', 'Ben']) chat.say(said);
    press(chat, review, 0);
    expect(chat.effects).toEqual([]);
    expect(chat.last.kind).toBe('review');
  });

  it('of a menu is a command in a form too, never an answer', () => {
    const chat = new Chat(toy, TOY_FACTS);
    chat.say('hi');
    const menu = chat.last;
    for (const said of ['trip', 'English']) chat.say(said);
    const [reply] = press(chat, menu, 1);
    expect(reply?.text).toBe('It will be sunny.\n\nWhat is your name?');
    expect(chat.answers).not.toHaveProperty('name');
  });

  it('of a command that exists no longer has expired', () => {
    const chat = new Chat(toy, TOY_FACTS);
    chat.notice({ kind: 'card', text: 'News', choices: [{ value: 'dance 7', label: 'Dance' }] });
    for (const pressed of [() => chat.press('dance 7'), () => chat.say('1'), () => chat.say('Dance')]) {
      chat.notice({ kind: 'card', text: 'News', choices: [{ value: 'dance 7', label: 'Dance' }] });
      expect(pressed().at(-1)?.text).toContain('That button has expired');
    }
  });
});

describe('a menu', () => {
  it('is answered by its numbers and its words', () => {
    for (const said of ['2', '２', '第2个', '二', 'Weather', 'weath']) {
      const chat = new Chat(toy, TOY_FACTS);
      chat.say('hi');
      expect(chat.say(said)[0]?.text).toBe('It will be sunny.');
    }
  });

  it('comes to whoever says what nobody understands', () => {
    for (const said of ['hi', '你好', '999', '😀', 'constructor', '__proto__']) {
      const chat = new Chat(toy, TOY_FACTS);
      expect(chat.say(said).map(({ text }) => text)).toEqual(['Hello']);
    }
  });

  it('is the one that the person had seen', () => {
    const chat = new Chat(toy, TOY_FACTS);
    chat.say('hi');
    const { seq } = chat.last;
    chat.say('cancel');
    expect(chat.last.text).toBe('Cancel the trip?');
    chat.say('1', seq);
    expect(chat.question).toBe('tongue');
    expect(chat.effects).toEqual([]);
  });

  it('is not meant by a number that answered a form which has ended', () => {
    const chat = new Chat(toy, TOY_FACTS);
    chat.say('cancel');
    for (const said of ['rate', '5', 'skip']) chat.say(said);
    const { seq } = chat.last;
    chat.say('1', seq);
    chat.ends();
    chat.say('1', seq);
    expect(chat.effects.map(({ kind }) => kind)).toEqual(['rate']);
    expect(chat.last.text).toBe('Hello');
  });

  it('that came after the question makes a number unclear: nothing is done, and both ways are told', () => {
    const chat = chatAfter('English', 'Ann');
    chat.notice({
      kind: 'card',
      text: 'A seat is free',
      choices: [{ value: 'cancel yes', label: 'No thanks' }],
    });
    const [reply] = chat.say('1');
    expect(reply?.text).toMatch(/not sure which message “1” belongs to[\s\S]*How will you come\?/u);
    expect(chat.effects).toEqual([]);
    expect(chat.answers).not.toHaveProperty('travel');
    chat.say('1');
    expect(chat.answers.travel).toEqual(['foot']);
  });

  it('that came after the question leaves every other answer alone', () => {
    const chat = chatAfter('English', 'Ann');
    const { seq } = chat.last;
    chat.notice({
      kind: 'card',
      text: 'A seat is free',
      choices: [{ value: 'cancel yes', label: 'No thanks' }],
    });
    chat.say('3');
    expect(chat.answers.travel).toEqual(['bus']);
    const other = chatAfter('English', 'Ann');
    other.notice({ kind: 'card', text: 'A seat is free', choices: [{ value: 'cancel yes', label: 'No' }] });
    other.say('1', seq);
    expect(other.answers.travel).toEqual(['foot']);
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
