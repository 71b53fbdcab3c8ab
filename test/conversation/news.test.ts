import { describe, expect, it } from 'vitest';
import { step, stepNotice } from '../../src/conversation/step.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

function chatAfter(...said: string[]): Chat<ToyFacts> {
  const chat = new Chat(toy, TOY_FACTS);
  for (const one of said) chat.say(one);
  return chat;
}

const REVIEWED = ['trip', 'English', 'Ann', 'bus', 'rice', 'skip'];

describe('the outcome of a confirmed form', () => {
  it('is told, and the form is over', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    expect(chat.ends().map(({ text }) => text)).toEqual(['Done: book-trip.']);
    expect(chat.session.active).toBeUndefined();
    expect(chat.session.parked).toEqual([]);
  });

  it('is waited for: whatever is sent meanwhile changes nothing', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    const before = chat.active;
    for (const send of [
      () => chat.say('1'),
      () => chat.say('back'),
      () => chat.say('trip'),
      () => chat.open('lake'),
      () => chat.open(),
      () => chat.sendFile(),
      () => chat.press('cancel'),
    ])
      expect(send().map(({ text }) => text)).toEqual(['Working on it, one moment please.']);
    expect(chat.active).toEqual(before);
    expect(chat.effects).toHaveLength(1);
    expect(chat.ends()[0]?.text).toBe('Done: book-trip.');
  });

  it('that is a refusal ends the form with its reason', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    expect(chat.ends({ ok: false, reason: 'closed' }).map(({ text }) => text)).toEqual(['Refused: closed.']);
    expect(chat.session.active).toBeUndefined();
  });

  it('that reopens asks the question again in the same message and keeps the other answers', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    const replies = chat.ends({ ok: false, reason: 'full' });
    expect(replies.map(({ text }) => text)).toEqual(['Refused: full.\n\nHow will you come?']);
    expect(chat.answers).toMatchObject({ name: 'Ann', meals: ['rice'] });
    expect(chat.answers).not.toHaveProperty('travel');
    chat.say('1');
    expect(chat.last.kind).toBe('review');
    chat.say('confirm');
    expect(chat.effects.map(({ id }) => id)).toEqual(['chat.1', 'chat.1']);
    expect(chat.ends()[0]?.text).toBe('Done: book-trip.');
  });

  it('that reopens makes earlier reviews expire', () => {
    const chat = chatAfter(...REVIEWED);
    const review = chat.last;
    chat.press('confirm', review);
    chat.ends({ ok: false, reason: 'full' });
    chat.say('1');
    chat.press('confirm', review);
    expect(chat.effects).toHaveLength(1);
    expect(chat.last.text).toContain('That button has expired');
  });

  it('of a flow that a release took away is told all the same', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    chat.book = { ...toy, flows: {} };
    expect(chat.ends().map(({ text }) => text)).toEqual(['Done: book-trip.']);
    expect(chat.session.active).toBeUndefined();
  });
});

describe('the outcome of a command', () => {
  it('is told outside a form', () => {
    const chat = chatAfter('cancel yes');
    expect(chat.ends().map(({ text }) => text)).toEqual(['Done: cancel-trip.']);
  });

  it('is told above the open question, in one message', () => {
    const chat = chatAfter('trip', 'English');
    chat.say('/cancel yes');
    expect(chat.heard.at(-1)?.question).toBe('name');
    const replies = chat.ends();
    expect(replies.map(({ text }) => text)).toEqual(['Done: cancel-trip.\n\nWhat is your name?']);
    chat.say('Ann', replies[0]?.seq);
    expect(chat.answers.name).toBe('Ann');
  });

  it('has an id of its own each time', () => {
    const chat = chatAfter('cancel yes');
    chat.ends();
    chat.say('cancel yes');
    chat.ends();
    chat.say('trip');
    const ids = chat.effects.map(({ id }) => id);
    expect(new Set([...ids, chat.active.id]).size).toBe(3);
  });
});

describe('a notice', () => {
  it('is said and leaves the open form alone', () => {
    const chat = chatAfter('trip', 'English');
    const before = chat.active;
    const replies = chat.notice(
      { kind: 'card', text: 'The bus leaves at 9.' },
      { kind: 'say', text: 'Bye.' },
    );
    expect(replies.map(({ text }) => text)).toEqual(['The bus leaves at 9.', 'Bye.']);
    expect(chat.active).toEqual(before);
    chat.say('Ann', replies.at(-1)?.seq);
    expect(chat.answers.name).toBe('Ann');
  });

  it('has buttons that work inside a form, and the form goes on', () => {
    const chat = chatAfter('trip', 'English');
    chat.notice({ kind: 'card', text: 'News', choices: [{ value: 'cancel yes', label: 'I cannot come' }] });
    chat.press('cancel yes');
    expect(chat.effects.map(({ kind }) => kind)).toEqual(['cancel-trip']);
    expect(chat.answers).not.toHaveProperty('name');
    chat.ends();
    expect(chat.question).toBe('name');
  });
});

describe('a form that was left', () => {
  it('is reminded of by a card, which does not ask', () => {
    const chat = chatAfter('trip', 'English');
    const before = chat.active;
    const [reply, ...more] = chat.take({ kind: 'nudge' });
    expect(more).toEqual([]);
    expect(reply).toMatchObject({ kind: 'card', choices: [{ value: 'resume', label: 'Continue' }] });
    expect(reply?.question).toBeUndefined();
    expect(reply?.text).toBe(
      'You have not finished: Trip · Lake walk. Your answers are kept; send “continue” to go on. Unfinished forms are deleted after 7 days.',
    );
    expect(chat.active).toEqual(before);
  });

  it('goes on by the button, the word or the number of that card', () => {
    for (const goOn of [
      (chat: Chat<ToyFacts>) => chat.press('resume'),
      (chat: Chat<ToyFacts>) => chat.say('continue'),
      (chat: Chat<ToyFacts>) => chat.say('1'),
    ]) {
      const chat = chatAfter('trip', 'English', 'Ann');
      chat.take({ kind: 'nudge' });
      expect(goOn(chat).map(({ text }) => text)).toEqual(['How will you come?']);
      expect(chat.answers).not.toHaveProperty('travel');
    }
  });

  it('can simply be answered', () => {
    const chat = chatAfter('trip', 'English', 'Ann');
    chat.take({ kind: 'nudge' });
    chat.say('bus');
    expect(chat.answers.travel).toEqual(['bus']);
  });

  it('is not reminded of when there is none, or when it is being done', () => {
    expect(chatAfter('hi').take({ kind: 'nudge' })).toEqual([]);
    expect(chatAfter(...REVIEWED, 'confirm').take({ kind: 'nudge' })).toEqual([]);
  });

  it('is dropped in the end, and said to be', () => {
    const chat = chatAfter('trip', 'English', 'Ann', 'rate', '5');
    expect(chat.take({ kind: 'expire' }).map(({ text }) => text)).toEqual([
      'Not finished for 7 days, so its answers have been deleted: Rating. You can start again whenever you like.',
    ]);
    expect(chat.session.active).toBeUndefined();
    expect(chat.session.parked).toEqual([]);
    expect(chat.say('continue')[0]?.text).toContain('There is nothing to go on with.');
  });

  it('is not dropped while it is being done', () => {
    const chat = chatAfter(...REVIEWED, 'confirm');
    expect(chat.take({ kind: 'expire' })).toEqual([]);
    expect(chat.ends()[0]?.text).toBe('Done: book-trip.');
  });
});

describe('a link', () => {
  it('leads to what it names', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    chat.open('hill');
    expect(chat.question).toBe('tongue');
    expect(chat.answers.where).toEqual(['hill']);
  });

  it('goes on with the form that it began', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    chat.open('hill');
    for (const said of ['English', 'Ann']) chat.say(said);
    chat.open('hill');
    expect(chat.question).toBe('travel');
    expect(chat.session.parked).toEqual([]);
  });

  it('to something else puts the open form aside', () => {
    const chat = new Chat(toy, { ...TOY_FACTS, trips: ['lake', 'hill'] });
    chat.open('hill');
    for (const said of ['English', 'Ann']) chat.say(said);
    chat.open('lake');
    expect(chat.last.text).toContain('Put aside with all your answers: Trip · Hill climb.');
    expect(chat.answers).toEqual({ where: ['lake'] });
  });

  it('that leads nowhere says so and what there is; an open form goes on', () => {
    const chat = new Chat(toy, TOY_FACTS);
    expect(chat.open('moon').map(({ text }) => text)).toEqual(['No trip called moon.']);
    for (const said of ['trip', 'English']) chat.say(said);
    chat.open('moon');
    expect(chat.question).toBe('name');
  });

  it('without a name greets, or goes on with the open form in one message', () => {
    const chat = new Chat(toy, TOY_FACTS);
    expect(chat.open().map(({ text }) => text)).toEqual(['Welcome']);
    for (const said of ['trip', 'English']) chat.say(said);
    expect(chat.open().map(({ text }) => text)).toEqual([
      'Going on with: Trip · Lake walk.\n\nWhat is your name?',
    ]);
  });
});

describe('a fault', () => {
  it('is told, and everything stays as it was', () => {
    const chat = chatAfter('trip', 'English');
    const before = chat.session;
    const [reply] = chat.take({ kind: 'fault' });
    expect(reply?.text).toContain('could not be processed');
    expect({ ...chat.session, seq: before.seq }).toEqual(before);
  });
});

describe('a notice that is told without facts', () => {
  it('is the turn that it is with any', () => {
    const drafts = [{ kind: 'card' as const, text: 'Seat!', choices: [{ value: 'trip', label: 'Go' }] }];
    const gone = { id: 'chat.9', flow: 'gone', raw: {}, failures: 0, state: 'open' as const };
    for (const said of [[], ['trip', 'English', 'Ann'], REVIEWED, [...REVIEWED, 'confirm']]) {
      const { session } = chatAfter(...said);
      for (const one of [session, { ...session, active: gone }])
        expect(stepNotice(toy, one, drafts)).toEqual(step(toy, one, { kind: 'notice', drafts }, TOY_FACTS));
    }
  });
});
