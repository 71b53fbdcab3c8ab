import { beforeEach, describe, expect, it } from 'vitest';
import type { Book, Flow, Question, Told } from '../../src/conversation/flow.ts';
import type { Raw } from '../../src/conversation/types.ts';
import { Chat } from '../support/talk.ts';
import { plain, TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

interface Part {
  readonly value: Raw;
  readonly version: number;
  readonly mine: boolean;
}
interface Facts extends ToyFacts {
  readonly kept: Readonly<Record<string, Part>>;
}

const same = (words: string) => ({ zh: words, en: words });
const versionOf = ({ kept }: Facts, id: string): string => String(kept[id]?.version ?? 0);

/** What every question of the form has in common: its answer stands outside, with a version. */
function outside(id: string) {
  return {
    id,
    ask: same(`${id}?`),
    label: same(id),
    about: ({ facts }: { facts: Facts }) => versionOf(facts, id),
    given: ({ facts }: { facts: Facts }) => facts.kept[id]?.value,
    changedNote: ({ facts }: { facts: Facts }) =>
      facts.kept[id]?.mine ? undefined : `Somebody changed ${id} meanwhile.`,
  };
}

const words = (id: string, optional = false): Question<Facts> => ({
  ...outside(id),
  kind: 'text',
  optional,
  parse: (text) => {
    if (text === '5') return { wrong: 'Of what?', meant: [{ value: '5 cups', label: 'Five cups' }] };
    return /\D/u.test(text) && text.length <= 20 ? { ok: text } : { wrong: 'Too long.' };
  },
});

const QUESTIONS: readonly Question<Facts>[] = [
  words('name'),
  {
    ...outside('size'),
    kind: 'choice',
    choices: () => ['small', 'large'].map((value) => ({ value, label: value })),
  },
  {
    ...outside('extras'),
    kind: 'multi',
    optional: true,
    choices: () => ['milk', 'sugar'].map((value) => ({ value, label: value })),
    shown: (answer) => (answer === null ? 'nothing extra' : undefined),
  },
  {
    ...outside('photo'),
    kind: 'file',
    accepts: ['image/'],
    maxBytes: 1_000,
    formats: same('a picture'),
  },
  words('note', true),
];

const order: Flow<Facts> = {
  id: 'order',
  title: () => 'Order',
  questions: QUESTIONS,
  review: same('Please check:'),
  confirm: same('Send'),
  effect: () => ({ kind: 'send', input: {} }),
  keeps: (part, { answers, run = '' }) => ({ kind: 'keep', input: { part, value: answers[part], run } }),
  leaves: () => 'The order is kept.',
};

const told: Record<string, Told> = {};
const book: Book<Facts> = {
  ...(toy as unknown as Book<Facts>),
  flows: { order },
  commands: [
    { id: 'order', words: { zh: ['点单'], en: ['order'] }, run: () => ({ start: { flow: 'order' } }) },
  ],
  tell: ({ kind }, outcome) =>
    kind === 'send'
      ? { replies: [{ kind: 'say', text: 'Sent.' }] }
      : (told[outcome.ok ? 'ok' : outcome.reason] ?? { replies: [] }),
};

let chat: Chat<Facts>;
const texts = (replies: readonly { text: string }[]) => replies.map(({ text }) => text);

/** What the world outside keeps: the newest effect is carried out, or somebody else writes. */
function keepLast(): void {
  const { part, value } = chat.effects.at(-1)?.input ?? {};
  write(String(part), rawOf(value), true);
}

function write(part: string, value: Raw, mine = false): void {
  const version = Number(versionOf(chat.facts, part)) + 1;
  chat.facts = { ...chat.facts, kept: { ...chat.facts.kept, [part]: { value, version, mine } } };
}

function rawOf(value: unknown): Raw {
  if (value === null) return { kind: 'skipped' };
  if (Array.isArray(value)) return { kind: 'picked', values: value };
  if (typeof value === 'object')
    return { kind: 'file', ...(value as { ref: string; name: string; type: string; size: number }) };
  return ['small', 'large'].includes(String(value))
    ? { kind: 'picked', values: [String(value)] }
    : { kind: 'text', text: String(value) };
}

/** Says something whose answer is kept and the outcome heard, as the house does it. */
function answer(text: string) {
  const before = chat.effects.length;
  const heard = [...chat.say(text)];
  if (chat.effects.length === before) return heard;
  keepLast();
  return [...heard, ...chat.ends()];
}

const PHOTO = { ref: 'f1', type: 'image/png', size: 10 };

beforeEach(() => {
  for (const key of Object.keys(told)) delete told[key];
  chat = new Chat<Facts>(book, { ...TOY_FACTS, kept: {}, extra: [] }, 'en');
  chat.say('order');
});

/** The form filled to its review. */
function fill(): void {
  for (const said of ['Ann', 'large', 'milk']) answer(said);
  chat.sendFile('me.png', PHOTO);
  keepLast();
  chat.ends();
  answer('skip');
  expect(chat.last.kind).toBe('review');
}

describe('an answer that is kept outside as it is given', () => {
  it('is kept at once, by an effect of its own that names the form, while the form goes on', () => {
    expect(texts(chat.say('Ann'))).toEqual(['size?']);
    const [effect] = chat.effects;
    expect(effect).toMatchObject({
      kind: 'keep',
      run: 'chat.1',
      input: { part: 'name', value: 'Ann', run: 'chat.1' },
    });
    expect(effect?.id).toBe('chat.2');
    expect(chat.active.state).toBe('open');
    keepLast();
    expect(chat.ends()).toEqual([]);
    expect(chat.question).toBe('size');
  });

  it('is kept whether typed, pressed, ticked, sent as a file or skipped', () => {
    answer('Ann');
    chat.press('large');
    keepLast();
    chat.ends();
    chat.press('sugar');
    expect(chat.effects).toHaveLength(2);
    chat.press('done');
    keepLast();
    chat.ends();
    chat.sendFile('me.png', PHOTO);
    keepLast();
    chat.ends();
    answer('skip');
    expect(chat.effects.map(({ input }) => [input.part, input.value])).toEqual([
      ['name', 'Ann'],
      ['size', 'large'],
      ['extras', ['sugar']],
      ['photo', { ...PHOTO, name: 'me.png' }],
      ['note', null],
    ]);
    expect(new Set(chat.effects.map(({ id }) => id)).size).toBe(5);
  });

  it('does not make the confirmation the same effect', () => {
    fill();
    chat.say('confirm');
    expect(chat.effects.at(-1)).toMatchObject({ id: 'chat.1', run: 'chat.1', kind: 'send' });
    expect(texts(chat.ends())).toEqual(['Sent.']);
    expect(chat.session.active).toBeUndefined();
  });

  it('is confirmed only as it was shown: what somebody changed since is shown first', () => {
    fill();
    const shown = chat.last.prompt;
    write('name', { kind: 'text', text: 'Cleo' });
    const [again] = chat.say('confirm');
    expect(again?.text).toContain('nothing is confirmed yet');
    expect(again?.text).toContain('name: Cleo');
    expect(chat.last.prompt).not.toBe(shown);
    expect(chat.effects.some(({ kind }) => kind === 'send')).toBe(false);
    chat.say('confirm');
    expect(chat.effects.at(-1)?.kind).toBe('send');
  });

  it('is changed from the review, and gone back to', () => {
    fill();
    for (const said of ['change name', 'Bo']) answer(said);
    expect(chat.last.text).toContain('name: Bo');
    chat.say('back');
    expect(chat.question).toBe('note');
    answer('none');
    expect(chat.last.text).toContain('note: none');
  });

  it('is not lost when the form is left: it says so, and another chat goes on from what is kept', () => {
    for (const said of ['Ann', 'large']) answer(said);
    expect(chat.say('cancel')[0]?.text).toBe('The order is kept.');
    const other = new Chat<Facts>(book, chat.facts, 'en');
    other.say('order');
    expect(other.question).toBe('extras');
    expect(other.take({ kind: 'nudge' })[0]).toMatchObject({ kind: 'card', text: 'The order is kept.' });
    expect(texts(chat.say('continue'))[0]).toContain('extras?');
    expect(texts(chat.take({ kind: 'expire' }))).toEqual(['The order is kept.']);
  });
});

describe('an answer that is given', () => {
  it('stands for every kind of question, and nothing is asked', () => {
    write('name', { kind: 'text', text: 'Cy' });
    write('size', { kind: 'picked', values: ['small'] });
    write('extras', { kind: 'skipped' });
    write('photo', { kind: 'file', name: 'cy.png', ...PHOTO });
    write('note', { kind: 'text', text: 'fine' });
    chat.say('order');
    expect(chat.last.text).toBe(
      'Please check:\nOrder\n\nname: Cy\nsize: small\nextras: nothing extra\nphoto: cy.png (1 KB)\nnote: fine',
    );
  });

  it('is asked for where it cannot be read', () => {
    write('name', { kind: 'text', text: 'much longer than twenty characters' });
    chat.say('order');
    expect(chat.question).toBe('name');
  });

  it('takes the place of an answer that is about something else by now, instead of its being asked again', () => {
    fill();
    write('name', { kind: 'text', text: 'Di' });
    write('note', { kind: 'text', text: 'with care' });
    chat.say('order');
    expect(chat.last.kind).toBe('review');
    expect(chat.last.text).toContain('name: Di');
    expect(chat.last.text).toContain('note: with care');
  });
});

describe('a question that is about something else than when it was asked', () => {
  it('takes no answer: what is typed is not kept, and it is asked again with what stands there now', () => {
    fill();
    chat.say('change name');
    write('name', { kind: 'text', text: 'Di' });
    expect(texts(chat.say('Ed'))).toEqual(['Somebody changed name meanwhile.\n\nname?']);
    expect(chat.effects).toHaveLength(5);
    answer('Ed');
    expect(chat.last.text).toContain('name: Ed');
  });

  it('takes no press, no tick and no file either', () => {
    answer('Ann');
    write('size', { kind: 'picked', values: ['small'] });
    chat.press('large');
    expect(chat.question).toBe('extras');
    chat.press('milk');
    write('extras', { kind: 'picked', values: ['sugar'] });
    chat.press('done');
    expect(chat.question).toBe('photo');
    write('photo', { kind: 'file', name: 'other.png', ...PHOTO });
    chat.sendFile('me.png', PHOTO);
    expect(chat.question).toBe('note');
    expect(chat.effects).toHaveLength(1);
    for (const [id, raw] of Object.entries(chat.facts.kept)) expect([id, raw.version]).toEqual([id, 1]);
  });

  it('takes no press under it while it stands open again', () => {
    fill();
    chat.say('change extras');
    chat.press('milk');
    write('extras', { kind: 'picked', values: ['sugar'] });
    expect(texts(chat.press('done'))).toEqual([
      'Somebody changed extras meanwhile.\n\nextras? (optional: reply “skip” to pass)',
    ]);
    expect(chat.active.ticked).toBeUndefined();
    chat.say('change photo');
    chat.say('resume');
    chat.say('change photo');
    write('photo', { kind: 'file', name: 'other.png', ...PHOTO });
    expect(texts(chat.sendFile('me.png', PHOTO))[0]).toContain('Somebody changed photo meanwhile.');
    expect(chat.effects).toHaveLength(5);
  });

  it('takes it all the same where the question says so', () => {
    fill();
    chat.say('change name');
    write('name', { kind: 'text', text: 'Di' }, true);
    answer('Ed');
    expect(chat.last.text).toContain('name: Ed');
  });

  it('says so in the words of the house where it has none of its own', () => {
    const { changedNote: _none, ...question } = words('name');
    chat = new Chat<Facts>(
      { ...book, flows: { order: { ...order, questions: [question, words('note')] } } },
      chat.facts,
    );
    chat.say('order');
    answer('Ann');
    answer('none');
    chat.say('change name');
    write('name', { kind: 'text', text: 'Di' });
    expect(chat.say('Ed')[0]?.text).toBe(
      'What this question is about has just changed, so your answer was not used. Please answer it again.\n\nname?',
    );
  });

  it('may be a consent whose words have changed: nobody agrees to what they did not read', () => {
    let terms = 'old terms';
    const consent: Question<ToyFacts> = {
      id: 'consent',
      kind: 'choice',
      ask: () => terms,
      label: same('Terms'),
      about: () => terms,
      choices: () => [{ value: 'agree', label: 'I agree' }],
    };
    const form = { ...toy.flows.trip, questions: [consent, plain('a')] } as Flow<ToyFacts>;
    const talk = new Chat<ToyFacts>({ ...toy, flows: { trip: form } }, TOY_FACTS);
    talk.say('trip');
    terms = 'new terms';
    expect(talk.press('I agree')[0]?.text).toBe(
      'What this question is about has just changed, so your answer was not used. Please answer it again.\n\nnew terms',
    );
    talk.press('I agree');
    expect(talk.question).toBe('a');
  });
});

describe('what is told of a kept answer', () => {
  it('stands below the question, which is not asked again for it', () => {
    told.ok = { replies: [{ kind: 'say', text: 'Somebody changed: size.' }] };
    expect(texts(answer('Ann'))).toEqual(['size?', 'Somebody changed: size.']);
    expect(chat.question).toBeUndefined();
    answer('large');
    expect(chat.effects).toHaveLength(2);
  });

  it('is followed by the question where that has changed with it', () => {
    told.ok = { replies: [{ kind: 'say', text: 'Somebody answered for you.' }] };
    chat.say('Ann');
    keepLast();
    write('size', { kind: 'picked', values: ['small'] });
    expect(texts(chat.ends())).toEqual([
      'Somebody answered for you.\n\nextras? (optional: reply “skip” to pass)',
    ]);
  });

  it('may be a refusal, after which that very question is asked again with what is kept', () => {
    told.changed = { replies: [{ kind: 'say', text: 'Somebody was faster.' }], reopen: ['name'] };
    chat.say('Ann');
    write('name', { kind: 'text', text: 'Di' });
    expect(texts(chat.ends({ ok: false, reason: 'changed' }))).toEqual(['Somebody was faster.\n\nname?']);
    chat.say('resume');
    expect(chat.question).toBe('size');
  });

  it('may end the form', () => {
    told.late = { replies: [{ kind: 'say', text: 'Too late.' }], ends: true };
    chat.say('Ann');
    expect(texts(chat.ends({ ok: false, reason: 'late' }))).toEqual(['Too late.']);
    expect(chat.session.active).toBeUndefined();
    expect(chat.session.parked).toEqual([]);
  });
});

describe('an answer that may mean several things', () => {
  it('is asked back with these to choose from, until it is answered', () => {
    const [asked] = chat.say('5');
    expect(asked?.text).toBe('Of what?\n\nname?');
    expect(asked?.choices?.map(({ label }) => label)).toEqual(['Five cups']);
    chat.press('Five cups');
    keepLast();
    chat.ends();
    expect(chat.effects[0]?.input.value).toBe('5 cups');
    expect(chat.active.meant).toBeUndefined();
  });

  it('is chosen by number too, and forgotten over another answer', () => {
    chat.say('5');
    answer('1');
    expect(chat.effects[0]?.input.value).toBe('5 cups');
    chat.say('back');
    chat.say('5');
    answer('six cups');
    expect(chat.question).toBe('size');
    chat.say('back');
    expect(chat.last.choices).toBeUndefined();
  });
});
