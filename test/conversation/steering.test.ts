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

function atReview(lang: 'zh' | 'en' = 'en'): Chat<typeof TOY_FACTS> {
  const chat = chatAfter(5, lang);
  for (const said of ['skip', '跳过']) chat.say(said);
  expect(chat.last.kind).toBe('review');
  return chat;
}

describe('back', () => {
  it.each(['back', '返回', '/back', '上一步', 'Back.', 'ＢＡＣＫ'])(
    'goes to the last answer with “%s”',
    (said) => {
      const chat = chatAfter(4);
      chat.say(said);
      expect(chat.question).toBe('travel');
      expect(chat.last.text).toBe(
        'Your answer so far: On the bus. To keep it, send “continue”.\n\nHow will you come?',
      );
    },
  );

  it('is also the 0 that stands beside numbered choices, and is no answer where none stand', () => {
    const chat = chatAfter(3);
    expect(chat.question).toBe('travel');
    chat.say('０');
    expect(chat.question).toBe('name');
    chat.say('0');
    expect(chat.question).toBe('name');
  });

  it('goes further each time, over questions that were skipped, not asked or answered by the start', () => {
    const chat = atReview();
    const asked = ['note', 'sugar', 'meals', 'travel', 'name', 'tongue'].map((question) => {
      chat.say('back');
      expect(chat.question).toBe(question);
      return question;
    });
    chat.say('back');
    expect(chat.last.text).toContain('This is the first question already.');
    expect(chat.question).toBe(asked.at(-1));
  });

  it('asks again only what was gone back to, and keeps the rest', () => {
    const chat = atReview();
    for (const said of ['back', 'back', 'back', '2']) chat.say(said);
    expect(chat.answers).toMatchObject({ name: 'Ann', meals: ['soup'], travel: ['bus'] });
    expect(chat.last.kind).toBe('review');
  });

  it('keeps the answer with “continue”, or with an untouched “Done”', () => {
    for (const keep of ['continue', '继续', 'Done']) {
      const chat = chatAfter(5);
      chat.say('back');
      expect(chat.question).toBe('meals');
      chat.say(keep);
      expect(chat.answers.meals).toEqual(['rice', 'cake']);
      expect(chat.question).toBe('sugar');
    }
  });
});

describe('skip', () => {
  it('passes an optional question', () => {
    const chat = chatAfter(5);
    chat.say('2');
    chat.say('skip');
    expect(chat.answers.note).toBeNull();
    expect(chat.last.kind).toBe('review');
    expect(chat.last.text).toContain('Note: (none)');
  });

  it('is told in the words of an optional question that has no choices', () => {
    const chat = chatAfter(5);
    chat.say('2');
    expect(chat.last.text).toBe('Anything else? (optional: reply “skip” to pass)');
  });

  it('does not pass a question that is needed, and says so', () => {
    const chat = chatAfter(3);
    chat.say('略过');
    expect(chat.last.text).toMatch(/cannot be skipped[\s\S]*How will you come\?/u);
    expect(chat.answers).not.toHaveProperty('travel');
  });
});

describe('the review', () => {
  it('shows what it is for, every answer, and what can be done', () => {
    const chat = atReview();
    expect(chat.last.text).toBe(
      [
        'Please check:',
        'Trip · Lake walk',
        '',
        'Language: English',
        'Name: Ann',
        'Travel: On the bus',
        'Meals: Rice, Cake',
        'Sugar: (none)',
        'Note: (none)',
      ].join('\n'),
    );
    expect(chat.labels).toEqual([
      'Confirm trip',
      'Change: Language',
      'Change: Name',
      'Change: Travel',
      'Change: Meals',
      'Change: Sugar',
      'Change: Note',
      'Cancel',
    ]);
  });

  it.each(['1', '１', 'Confirm trip', 'confirm', 'yes', 'OK', '好的', '确认', '第1个'])(
    'is confirmed by “%s”',
    (said) => {
      const chat = atReview();
      expect(chat.say(said)).toEqual([]);
      expect(chat.effects).toEqual([
        {
          id: 'chat.1',
          run: 'chat.1',
          kind: 'book-trip',
          input: {
            where: 'lake',
            tongue: 'en',
            name: 'Ann',
            travel: 'bus',
            meals: ['rice', 'cake'],
            sugar: null,
            note: null,
          },
        },
      ]);
    },
  );

  it.each(['3', 'Change: Name', 'change: name', 'change name', 'Name', 'edit name', '修改 name'])(
    'leads to an answer with “%s” and back to the review',
    (said) => {
      const chat = atReview();
      chat.say(said);
      expect(chat.question).toBe('name');
      chat.say('Ben');
      expect(chat.last.kind).toBe('review');
      expect(chat.last.text).toContain('Name: Ben');
    },
  );

  it('asks which answer when “change” stands alone', () => {
    for (const said of ['change', '修改', 'edit']) {
      const chat = atReview();
      chat.say(said);
      expect(chat.last.text).toContain('Which answer would you like to change?');
      expect(chat.last.kind).toBe('review');
    }
  });

  it('says how to answer it when it did not understand', () => {
    const chat = atReview();
    chat.say('perhaps');
    expect(chat.last.text).toContain('did not understand “perhaps”');
    expect(chat.last.text).toContain('1–8');
    expect(chat.last.kind).toBe('review');
    expect(chat.effects).toEqual([]);
  });
});

describe('cancel', () => {
  it.each(['cancel', '取消', '/cancel', 'stop', '退出', 'quit'])(
    'stops the form with “%s” and does nothing',
    (said) => {
      const chat = chatAfter(4);
      const replies = chat.say(said);
      expect(replies).toHaveLength(1);
      expect(chat.last.text).toBe(
        'Stopped: Trip · Lake walk. Nothing was submitted. Changed your mind? Send “continue” to go on where you were.',
      );
      expect(chat.session.active).toBeUndefined();
      expect(chat.effects).toEqual([]);
    },
  );

  it('is undone by “continue”, by its button, or by its number', () => {
    for (const undo of [
      (chat: Chat<typeof TOY_FACTS>) => chat.say('continue'),
      (chat: Chat<typeof TOY_FACTS>) => chat.press('resume'),
      (chat: Chat<typeof TOY_FACTS>) => chat.say('1'),
    ]) {
      const chat = chatAfter(4);
      chat.say('cancel');
      undo(chat);
      expect(chat.last.text).toContain('Going on with: Trip · Lake walk.');
      expect(chat.question).toBe('meals');
      expect(chat.answers).toMatchObject({ name: 'Ann', travel: ['bus'] });
    }
  });

  it('of a review is its last choice', () => {
    const chat = atReview();
    chat.press('cancel');
    expect(chat.last.text).toContain('Nothing was submitted');
  });

  it('begins afresh when the form is started anew', () => {
    const chat = chatAfter(4);
    chat.say('cancel');
    chat.say('trip');
    expect(chat.question).toBe('tongue');
    expect(chat.answers).not.toHaveProperty('name');
  });
});
