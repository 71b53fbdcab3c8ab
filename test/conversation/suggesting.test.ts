import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src/conversation/flow.ts';
import { Chat } from '../support/talk.ts';
import { plain, TOY_FACTS, type ToyFacts, toy, trip } from '../support/toy.ts';

const CLOCK = /^\d{1,2}:\d{2}$/u;

/** A form whose hour can be chosen or typed, and whose note is there until another one is given. */
const table: Flow<ToyFacts> = {
  ...trip,
  id: 'table',
  title: () => 'Table',
  questions: [
    { ...plain('code', { preset: true, parse: parsed(/^T\d$/u) }) },
    {
      ...plain('hour', { parse: parsed(CLOCK) }),
      suggests: () => [
        { value: '12:00', label: 'At noon' },
        { value: '18:00', label: 'In the evening' },
      ],
    },
    {
      ...plain('note'),
      given: ({ answers }) => ({ kind: 'text', text: answers.hour === '12:00' ? 'Lunch' : 'Dinner' }),
    },
    plain('guests'),
  ],
  effect: ({ answers }) => ({ kind: 'table', input: { ...answers } }),
};

function parsed(pattern: RegExp) {
  return (text: string) => (pattern.test(text) ? { ok: text } : { wrong: 'For example 12:30' });
}

const book = { ...toy, flows: { ...toy.flows, table } };

function chatAfter(...said: string[]): Chat<ToyFacts> {
  const chat = new Chat({ ...book, start: () => startOf('T1') }, TOY_FACTS);
  chat.open('table');
  for (const one of said) chat.say(one);
  return chat;
}

const startOf = (code: string) => ({
  start: { flow: 'table', raw: { code: { kind: 'text' as const, text: code } } },
});

describe('a question in words that offers answers', () => {
  it('shows them, and takes a number, a label, a press or words of one’s own', () => {
    expect(chatAfter().labels).toEqual(['At noon', 'In the evening']);
    for (const said of ['1', 'at noon', '12:00']) expect(chatAfter(said).answers.hour).toBe('12:00');
    expect(chatAfter('13:15').answers.hour).toBe('13:15');
    const chat = chatAfter();
    chat.press('In the evening');
    expect(chat.answers.hour).toBe('18:00');
  });

  it('refuses what it cannot read with its own sentence, and offers them again', () => {
    const chat = chatAfter('9');
    expect(chat.last.text).toContain('For example 12:30');
    expect(chat.labels).toEqual(['At noon', 'In the evening']);
  });

  it('is reviewed by the label of what was chosen, and by the words of what was typed', () => {
    expect(chatAfter('1', 'two').last.text).toContain('hour: At noon');
    expect(chatAfter('13:15', 'two').last.text).toContain('hour: 13:15');
  });
});

describe('an answer that is there before it is asked for', () => {
  it('is not asked for, stands in the review and follows what it comes from', () => {
    const chat = chatAfter('1', 'two');
    expect(chat.question).toBe('$review');
    expect(chat.last.text).toContain('note: Lunch');
    for (const said of ['change hour', '2']) chat.say(said);
    expect(chat.last.text).toContain('note: Dinner');
  });

  it('can be changed, and stays as it was given then', () => {
    const chat = chatAfter('1', 'two', 'change note', 'Brunch', 'change hour', '2');
    expect(chat.last.text).toContain('note: Brunch');
    chat.say('confirm');
    expect(chat.effects[0]?.input).toMatchObject({ code: 'T1', note: 'Brunch', hour: '18:00' });
  });
});

describe('a preset answer in words', () => {
  it('is neither asked for nor listed for changes', () => {
    expect(chatAfter('1', 'two').labels).not.toContain('Change: code');
  });

  it('makes a form of its own for each', () => {
    const chat = chatAfter('1');
    const first = chat.active.id;
    chat.open('table');
    expect(chat.active.id).toBe(first);
    chat.book = { ...book, start: () => startOf('T2') };
    chat.open('table');
    expect(chat.active.id).not.toBe(first);
  });
});

describe('news that begins a form', () => {
  it('says what it has to say, and asks its first question', () => {
    const chat = new Chat({ ...book, tell: () => ({ replies: [], ...startOf('T1') }) }, TOY_FACTS);
    chat.say('trip');
    const run = chat.session.active?.id ?? '';
    chat.take({
      kind: 'outcome',
      effect: { id: 'other', kind: 'x', input: {} },
      outcome: { ok: true, data: null },
    });
    expect(chat.question).toBe('hour');
    expect(chat.active.id).not.toBe(run);
  });
});
