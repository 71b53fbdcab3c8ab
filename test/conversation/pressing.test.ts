import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/conversation/types.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

function chatAfter(...said: string[]): Chat<typeof TOY_FACTS> {
  const chat = new Chat(toy, TOY_FACTS);
  for (const one of ['trip', ...said]) chat.say(one);
  return chat;
}

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
