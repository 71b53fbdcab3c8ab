import { describe, expect, it } from 'vitest';
import type { Book, Flow, Question } from '../../src/conversation/flow.ts';
import fc from '../support/any.ts';
import { Chat } from '../support/talk.ts';
import { plain, TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

type Questions = readonly Question<ToyFacts>[];

function form(questions: Questions): Flow<ToyFacts> {
  return {
    id: 'trip',
    title: () => 'Form',
    questions,
    review: { zh: '请核对', en: 'Please check' },
    confirm: { zh: '确认', en: 'Confirm' },
    effect: ({ answers }) => ({ kind: 'send', input: { ...answers } }),
  };
}

const release = (questions: Questions): Book<ToyFacts> => ({ ...toy, flows: { trip: form(questions) } });

function choice(id: string, ...values: string[]): Question<ToyFacts> {
  const text = { zh: `${id}?`, en: `${id}?` };
  const choices = () => values.map((value) => ({ value, label: value.toUpperCase() }));
  return { id, kind: 'choice', ask: text, label: { zh: id, en: id }, choices };
}

const OLD: Questions = [plain('a'), choice('b', 'x', 'y'), plain('c'), plain('d')];

/** A chat in which a, b and c are answered and d is asked. */
function halfWay(): Chat<ToyFacts> {
  const chat = new Chat(release(OLD), TOY_FACTS);
  for (const said of ['trip', 'one', 'y', 'three']) chat.say(said);
  expect(chat.question).toBe('d');
  return chat;
}

/** The same conversation after the next release. */
function upgraded(questions: Questions): Chat<ToyFacts> {
  const chat = halfWay();
  chat.book = release(questions);
  return chat;
}

const GIVEN = { a: 'one', b: ['y'], c: 'three' };

describe('a release in the middle of a conversation', () => {
  it('that inserts a question asks it next and keeps every answer', () => {
    const [a, b, c, d] = OLD as [
      Question<ToyFacts>,
      Question<ToyFacts>,
      Question<ToyFacts>,
      Question<ToyFacts>,
    ];
    const chat = upgraded([a, plain('new'), b, c, d]);
    chat.say('four');
    expect(chat.last.text).toBe(
      'Something has changed: please answer this one first. I did not use “four” yet; please send it again afterwards.\n\nnew?',
    );
    expect(chat.answers).toEqual(GIVEN);
    for (const said of ['fresh', 'four']) chat.say(said);
    expect(chat.last.kind).toBe('review');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toEqual({ a: 'one', new: 'fresh', b: 'y', c: 'three', d: 'four' });
  });

  it('that inserts a question does not take a button of another one for it', () => {
    const chat = new Chat(release(OLD), TOY_FACTS);
    for (const said of ['trip', 'one']) chat.say(said);
    chat.book = release([choice('new', 'p', 'q'), ...OLD]);
    chat.press('y');
    expect(chat.question).toBe('new');
    expect(chat.answers).toEqual({ a: 'one' });
    expect(chat.last.text).toContain('Something has changed');
  });

  it('that removes questions leaves out their answers and keeps the others', () => {
    const chat = upgraded(OLD.filter(({ id }) => id !== 'b'));
    chat.say('four');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toEqual({ a: 'one', c: 'three', d: 'four' });
  });

  it('that removes the open question goes on with what is left', () => {
    const chat = upgraded(OLD.filter(({ id }) => id !== 'd'));
    chat.say('four');
    expect(chat.last.kind).toBe('review');
    expect(chat.effects).toEqual([]);
    expect(chat.answers).toEqual(GIVEN);
  });

  it('that changes the order keeps every answer', () => {
    const chat = upgraded([...OLD].reverse());
    chat.say('four');
    expect(chat.last.kind).toBe('review');
    expect(chat.answers).toEqual({ ...GIVEN, d: 'four' });
  });

  it('that tightens a question asks again only where the answer does not hold', () => {
    const long = plain('c', {
      parse: (text) => (text.length > 10 ? { ok: text } : { wrong: 'More words, please.' }),
    });
    const chat = upgraded(OLD.map((one) => (one.id === 'c' ? long : one)));
    chat.say('help');
    expect(chat.question).toBe('c');
    chat.say('rather more words');
    expect(chat.question).toBe('d');
    expect(chat.answers).toEqual({ ...GIVEN, c: 'rather more words' });
  });

  it('that takes away a chosen choice asks for another', () => {
    const chat = upgraded(OLD.map((one) => (one.id === 'b' ? choice('b', 'x', 'z') : one)));
    chat.say('help');
    expect(chat.question).toBe('b');
    chat.say('z');
    expect(chat.question).toBe('d');
    expect(chat.answers).toEqual({ ...GIVEN, b: ['z'] });
  });

  it('that turns words into a choice asks it again', () => {
    const chat = upgraded(OLD.map((one) => (one.id === 'a' ? choice('a', 'one', 'two') : one)));
    chat.say('help');
    expect(chat.question).toBe('a');
    expect(chat.answers).toEqual(GIVEN);
  });

  it('that takes the whole form away answers with the menu', () => {
    const chat = halfWay();
    chat.book = { ...toy, flows: {} };
    expect(chat.say('four').map(({ text }) => text)).toEqual(['Hello']);
    expect(chat.session.active).toBeUndefined();
  });

  it('that takes a form away which was put aside leaves the others resumable', () => {
    const chat = new Chat(toy, TOY_FACTS);
    for (const said of ['trip', 'English', 'Ann', 'rate', '5', '/cancel']) chat.say(said);
    chat.book = { ...toy, flows: { trip: toy.flows.trip as Flow<ToyFacts> } };
    chat.say('continue');
    expect(chat.question).toBe('travel');
  });
});

describe('any release at any time', () => {
  const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
  const tight = (id: string) =>
    plain(id, { parse: (text) => (text.endsWith('!') ? { ok: text } : { wrong: 'With an !' }) });
  const made = fc.record({ id: fc.constantFrom(...IDS), tight: fc.boolean(), optional: fc.boolean() });
  const version = fc
    .uniqueArray(made, { selector: ({ id }) => id, minLength: 1, maxLength: 6 })
    .map((all) =>
      all.map(({ id, tight: isTight, optional }) => ({ ...(isTight ? tight(id) : plain(id)), optional })),
    );
  const words = fc.constantFrom('hm', 'fine!', 'skip', 'back', 'well', 'sure!');

  it('keeps every answer that is still valid, asks the first that is not, and asks every other once', () => {
    fc.assert(
      fc.property(version, version, fc.array(words, { maxLength: 12 }), (before, after, said) => {
        const chat = new Chat(release(before), TOY_FACTS);
        for (const one of ['trip', ...said]) chat.say(one);
        const given = chat.active.raw;
        chat.book = release(after);
        chat.say('help');
        expect(chat.active.raw).toEqual(given);
        const holds = after.map(({ id, optional, parse }) => {
          const raw = given[id];
          if (raw?.kind === 'skipped') return optional;
          return (
            raw?.kind === 'text' && 'ok' in parse(raw.text, { facts: TOY_FACTS, answers: {}, lang: 'en' })
          );
        });
        const open = after[holds.indexOf(false)]?.id ?? '$review';
        const editing = chat.active.editing;
        if (!after.some(({ id }) => id === editing)) expect(chat.question).toBe(open);
        const asked: string[] = [];
        for (let turns = 0; chat.question !== '$review' && turns < 20; turns++) {
          const { question } = chat;
          const holding = holds[after.findIndex(({ id }) => id === question)];
          asked.push(question ?? '');
          chat.say(chat.active.editing === question && holding ? 'continue' : 'last!');
        }
        chat.say('confirm');
        expect(new Set(asked).size).toBe(asked.length);
        expect(Object.keys(chat.effects[0]?.input ?? {}).sort()).toEqual(after.map(({ id }) => id).sort());
        for (const [i, { id }] of after.entries()) {
          const raw = given[id];
          if (holds[i] && raw) expect(chat.active.raw[id]).toEqual(raw);
        }
      }),
      { numRuns: 400 },
    );
  });
});
